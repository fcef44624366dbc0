/* The bar below the text: what is selected, and what can be done with it.

   It has a place and a height of its own, at the end of the text or the foot of the window, whatever is
   selected: nothing that can be clicked comes to lie under the pointer, and no button moves. */

import { bidi, make } from "../elements.js";
import { applies, around, perform } from "./asking.js";
import { COMMANDS, keyLabel, named } from "./commands.js";
import { rangeOf } from "./places.js";
import { covered, focusText, reveal, runsOf, say } from "./selecting.js";

const APART = 8; // px between the menu and what is around it
const LINES = 80; // px of the text that a menu leaves in sight
const LONGEST = 120; // characters of the selected words

/* Shows what fits what is selected: words, or the current mark, or nothing. */
export function refresh(state) {
  if (state.pressing) return;
  const mark = state.marks.get(state.current);
  const shape = state.words ? `words ${state.words}` : mark ? `mark ${mark.id} ${mark.look}` : "none";
  if (shape === state.shape) return;
  state.shape = shape;
  const active = state.bar.contains(document.activeElement) ? document.activeElement : null;
  const when = state.words ? "words" : "mark";
  const all = COMMANDS.filter((one) => one.when === when);
  const rest = all.filter((one) => !one.shown && fits(state, one));
  const more = make("button", "nm-more", "More");
  more.type = "button";
  more.disabled = !rest.length;
  more.dataset.name = "more";
  more.setAttribute("aria-haspopup", "menu");
  more.addEventListener("click", () => openMenu(state, rest.map((one) => [named(state, one), one.keys, () => perform(state, one)])));
  state.buttons.replaceChildren(...all.filter((one) => one.shown).map((one) => makeButton(state, one)), more);
  state.bar.querySelector(".nm-menu")?.remove();
  state.title.className = shape === "none" ? "nm-title nm-hint" : "nm-title";
  state.title.textContent = state.words ? quoted(state) : mark ? mark.title : "Choose a mark, or select words";
  state.title.title = shape === "none" ? "" : state.title.textContent;
  state.bar.setAttribute("aria-label", state.words ? "Mark the selected words as" : mark ? "The selected mark" : "Nothing is selected");
  rove(state);
  if (active && !active.isConnected) {
    const same = find(state, ({ dataset }) => dataset.name === active.dataset.name && dataset.value === active.dataset.value);
    if (same) same.focus({ preventScroll: true });
    else focusText(state);
  }
}

function quoted({ data, words }) {
  const said = data.text.slice(...words).replace(/\s+/g, " ").slice(0, LONGEST);
  return /[“”„«»"「」『』]/.test(said) ? said : `“${said}”`;
}
const fits = (state, command) => applies(state, command) || Boolean(around(state, command));
const reachable = (state) => [...state.bar.querySelectorAll(".nm-buttons > button:enabled, .nm-help")];
const find = (state, isSought) => reachable(state).find(isSought);

/* One tab stop, from which arrows lead on. */
function rove(state) {
  reachable(state).forEach((button, i) => (button.tabIndex = i ? -1 : 0));
}

function makeButton(state, command) {
  const button = make("button", "", named(state, command));
  button.type = "button";
  button.title = `${named(state, command)} (${keyLabel(command.keys[0])})`;
  button.disabled = !fits(state, command);
  button.setAttribute("aria-keyshortcuts", command.keys.map((key) => key.replace("Ctrl", "Control")).join(" "));
  if (command.name === "choose") button.setAttribute("aria-haspopup", "menu");
  button.dataset.name = command.name;
  if (command.value) button.dataset.value = command.value;
  button.addEventListener("click", () => {
    state.touching = false;
    perform(state, command);
  });
  return button;
}

/* Why the selected words can't be marked so: in place of them, and in the live region. */
export function warn(state, words) {
  state.title.className = "nm-title nm-warning";
  state.title.textContent = words;
  say(state, words);
}

export function chooseKind(state, mark) {
  const [name, choices] = mark.of === "quote" ? ["kind", state.data.kinds] : ["label", state.data.labels];
  const rows = Object.entries(choices).map(([value, title], i) => [
    title, [String(i + 1)], () => value !== mark.style && perform(state, { name, value, when: "mark" }), value === mark.style,
  ]);
  openMenu(state, rows, "choose");
}

/* Rows are [title, keys, act, isChosen]. */
function openMenu(state, rows, opener = "more") {
  const active = document.activeElement;
  state.bar.querySelector(".nm-menu")?.remove();
  const menu = make("div", "nm-menu");
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", opener === "more" ? "More" : "Kind");
  for (const [title, keys, act, isChosen] of rows) {
    const row = make("button", "", title);
    row.type = "button";
    row.tabIndex = -1;
    row.setAttribute("role", isChosen === undefined ? "menuitem" : "menuitemradio");
    if (isChosen !== undefined) row.setAttribute("aria-checked", String(isChosen));
    if (keys[0]) row.dataset.key = keyLabel(keys[0]);
    row.addEventListener("click", () => {
      state.touching = false;
      closeMenu(state);
      act();
    });
    menu.append(row);
  }
  state.opener = state.bar.contains(active) ? active : null;
  state.bar.append(menu);
  placeMenu(state, menu, find(state, ({ dataset }) => dataset.name === opener));
  (menu.querySelector("[aria-checked=true]") ?? menu.firstElementChild)?.focus({ preventScroll: true });
}

/* Under the bar where there is room, else over it; then the text moves, so that what it is about stays in
   sight. */
function placeMenu(state, menu, button) {
  const bar = state.bar.getBoundingClientRect();
  const left = (button?.getBoundingClientRect().left ?? bar.left) - bar.left;
  menu.style.left = `${Math.max(0, Math.min(left, bar.width - menu.offsetWidth))}px`;
  const isBelow = window.innerHeight - bar.bottom - APART >= menu.offsetHeight;
  menu.classList.toggle("nm-below", isBelow);
  if (isBelow) return;
  menu.style.maxHeight = `${bar.top - Math.max(APART, covered(state)) - LINES}px`;
  const rects = state.words ? rangeOf(state, state.words).getClientRects() : (runsOf(state)[0]?.getClientRects() ?? []);
  const { top, left: from, right: to } = menu.getBoundingClientRect();
  const isUnder = [...rects].some((rect) => rect.bottom > top && rect.right > from && rect.left < to);
  if (isUnder) reveal(state, rects[0], window.innerHeight - top + APART);
}

/* Closes the menu; the focus goes back to where it was, unless it has left by itself. */
export function closeMenu(state, { isLeft = false } = {}) {
  const menu = state.bar.querySelector(".nm-menu");
  if (!menu) return;
  menu.remove();
  if (isLeft) return;
  if (state.opener?.isConnected) state.opener.focus({ preventScroll: true });
  else focusText(state);
}

/* Arrows within the bar and its menu. */
export function handleBar(state, key, target) {
  const menu = target.closest(".nm-menu");
  if (menu) {
    const rows = [...menu.children];
    const at = rows.indexOf(target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 }[key];
    if (to !== undefined) rows[to % rows.length].focus();
    else if (key === "Escape" || key === "Tab") closeMenu(state);
    else if (key !== "Enter" && key !== " ") rows.find((row) => row.dataset.key === key)?.click();
    else return false;
    return true;
  }
  const buttons = reachable(state);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return false;
  buttons[(buttons.indexOf(target) + step + buttons.length) % buttons.length].focus({ preventScroll: true });
  return true;
}
