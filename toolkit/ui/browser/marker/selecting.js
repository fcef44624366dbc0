/* What is selected: the current mark, its focus, and where the window stands. */

import { ask, isIdle } from "./asking.js";
import { refresh } from "./bar.js";

const APART = 12; // px between a field and the text that it is about

export const runsOf = (state) => state.pieces.get(state.current) ?? [];

/* Gives the focus to the current mark, or else to the text. */
export function focusText(state) {
  (runsOf(state)[0] ?? state.text).focus({ preventScroll: true });
}

export function showCurrent(state) {
  for (const run of state.text.querySelectorAll(".nm-current, [tabindex]")) {
    run.classList.remove("nm-current", "nm-current-first", "nm-current-last");
    run.removeAttribute("tabindex");
  }
  const runs = runsOf(state);
  runs.forEach((run, i) => {
    run.classList.add("nm-current");
    if (i === 0) run.classList.add("nm-current-first");
    if (i === runs.length - 1) run.classList.add("nm-current-last");
  });
  letReach(state, true);
}

/* Whether the current mark takes the focus. Not while the mouse is down: Chromium selects no words by dragging
   within an element that does. */
export function letReach(state, may) {
  const [run] = runsOf(state);
  if (run && may) run.tabIndex = 0;
  else run?.removeAttribute("tabindex");
  state.text.tabIndex = run ? -1 : 0;
}

/* Makes a mark the current one. `tell` lets the page know, after so many milliseconds. */
export function select(state, id, { focus = false, reveal: shouldReveal = false, tell = 0 } = {}) {
  const isFocused = state.text.contains(document.activeElement);
  const changed = state.current !== id;
  state.current = id;
  if (changed) showCurrent(state);
  const [run] = runsOf(state);
  if (run) {
    const wasFocused = document.activeElement === run;
    if (focus) run.focus({ preventScroll: true });
    if (shouldReveal) reveal(state, run.getClientRects()[0]);
    // The focus tells of what begins at this piece; another mark here, or no focus, must be said.
    if (changed && (wasFocused || !focus)) say(state, state.marks.get(id).title);
  } else if (isFocused) {
    state.text.focus({ preventScroll: true });
  }
  refresh(state);
  if (tell && changed) {
    clearTimeout(state.telling);
    // An arrow held down passes many marks; the page hears of the last.
    state.telling = setTimeout(() => tellSelection(state), tell);
  }
}

/* Tells the page at once what a timer would tell it. While it answers something else, the choice waits among the
   keys that came before and after it, for those that follow are meant for this mark wherever the page leads. */
export function tellSelection(state) {
  if (!state.telling) return;
  clearTimeout(state.telling);
  state.telling = 0;
  const chosen = state.current;
  if (isIdle(state)) return ask(state, "select", { id: chosen });
  if (state.queue.at(-1)?.chosen !== undefined) state.queue.pop();
  const act = () => {
    select(state, state.marks.has(chosen) ? chosen : "");
    ask(state, "select", { id: state.current });
  };
  state.queue.push({ chosen, act });
}

/* Goes where the page points; the focus comes along only if it was in the text. */
export function follow(state, id) {
  const isHere = state.text.contains(document.activeElement);
  if (state.marks.has(id)) select(state, id, { focus: isHere, reveal: true });
  else select(state, "");
}

/* Scrolls a place into sight, clear of what the page has above the text and of the `bottom` pixels below it. */
export function reveal(state, rect, bottom = 0) {
  if (!rect) return;
  const margin = Math.min(120, window.innerHeight / 5);
  const top = Math.max(margin, covered(state) + 40);
  const end = window.innerHeight - Math.max(margin, bottom);
  if (rect.top >= (bottom ? covered(state) : top) && rect.bottom <= end) return;
  const mover = scroller(state) ?? document.scrollingElement;
  const to = bottom ? (covered(state) + end - rect.height) / 2 : window.innerHeight * 0.4;
  const by = rect.top - to;
  const isCalm = bottom || Math.abs(by) > 2 * window.innerHeight || matchMedia("(prefers-reduced-motion: reduce)").matches;
  // To a place and not by a distance, which would be added to a scrolling that is under way.
  mover.scrollTo({ top: mover.scrollTop + by, behavior: isCalm ? "instant" : "smooth" });
}

/* Moves the text so far that the paragraph of the current mark, or as much as there is room for, stands clear of
   a field that reaches down to `foot()`; at the top of the page, where nothing scrolls, by a margin. */
export function makeRoom(state, { detail: { foot } }) {
  takeRoom(state);
  const [run] = runsOf(state);
  if (!run) return;
  const mover = scroller(state) ?? document.scrollingElement;
  const line = parseFloat(getComputedStyle(state.text).lineHeight) || 32;
  const end = state.bar.getBoundingClientRect().top;
  const missing = () => {
    const [paragraph, own] = [run.parentElement.closest("p, .nm-text").getBoundingClientRect(), run.getClientRects()[0]];
    const room = end - foot() - APART;
    const top = paragraph.height <= room ? paragraph.top : own.top - Math.max(0, Math.min(2 * line, room - 2 * line));
    return foot() + APART - top;
  };
  const by = missing();
  if (by > 0) mover.scrollTo({ top: mover.scrollTop - by, behavior: "instant" });
  const rest = missing();
  if (by > 0 && rest > 1) state.root.style.marginTop = `${rest}px`;
}

/* The field is gone, and with it the room. */
export function takeRoom(state) {
  state.root.style.removeProperty("margin-top");
}

function scroller(state) {
  let found = state.root.parentElement;
  while (found && !(found.scrollHeight > found.clientHeight && /auto|scroll/.test(getComputedStyle(found).overflowY))) {
    found = found.parentElement;
  }
  return found;
}

/* How much of the window's top a bar of the page covers, as the page's scroll-padding tells. */
export function covered(state) {
  const found = scroller(state);
  return (found && parseFloat(getComputedStyle(found).scrollPaddingTop)) || 0;
}

export function say(state, words) {
  state.live.textContent = words;
}
