/* Mouse and touch: what is clicked, dragged over and hovered on, and what goes to the clipboard. */

import { bidi, make } from "../elements.js";
import { leave } from "./asking.js";
import { closeMenu, refresh } from "./bar.js";
import { offsetOf, rangeOf, selected } from "./places.js";
import { covered, letReach, select } from "./selecting.js";

export function onPress(state, event) {
  state.pressing = state.text.contains(event.target);
  state.touching = state.bar.contains(event.target);
  if (state.pressing) {
    leave(state);
    hideTip(state);
    letReach(state, false);
  }
  if (!event.target.closest?.(".nm-menu, [aria-haspopup]")) closeMenu(state, { isLeft: true });
}

export function onRelease(state, event) {
  const wasPressing = state.pressing;
  state.pressing = false;
  if (!wasPressing) return;
  letReach(state, true);
  onSelection(state);
  // A mouse shows what was understood; a finger still holds on to its handles.
  if (state.words && event.pointerType === "mouse") setTimeout(() => showSnapped(state));
}

function showSnapped(state) {
  const selection = document.getSelection();
  if (!state.words || !state.text.contains(selection.anchorNode) || !state.text.contains(selection.focusNode)) return;
  const range = rangeOf(state, state.words);
  const now = selection.getRangeAt(0);
  if (now.toString() !== range.toString()) {
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }
}

export function onSelection(state) {
  // A finger on a button may drop the selection that the button is for.
  if (state.touching && state.words) return;
  const words = selected(state);
  if (!words && !state.words) return;
  state.words = words;
  refresh(state);
}

export function onClick(state, event) {
  if (!document.getSelection().isCollapsed) return;
  const chip = event.target.closest(".nm-number");
  const run = event.target.closest(".nm-run");
  const here = run ? state.held.get(run).map((mark) => mark.id) : chip ? [chip.dataset.mark] : [];
  if (!here.length) {
    if (state.current) select(state, "", { tell: 1 });
    return;
  }
  // The innermost; the same place again: the next outer one.
  const id = here[(here.indexOf(state.current) + 1) % here.length];
  select(state, id, { focus: true, tell: 1 });
}

export function onHover(state, event) {
  const run = event.target.closest(".nm-run");
  if (!run || event.pointerType === "touch" || state.pressing || state.words) return hideTip(state);
  const here = state.held.get(run);
  state.tip.replaceChildren(...here.map((mark) => bidi(make("div", "nm-told", mark.title))));
  state.tip.hidden = false;
  const rects = [...run.getClientRects()];
  const rect = rects.find((one) => event.clientY >= one.top - 4 && event.clientY <= one.bottom + 4) ?? rects[0];
  put(state, state.tip, rect);
}

export function hideTip(state) {
  state.tip.hidden = true;
}

/* The clipboard gets the article's own characters. */
export function onCopy(state, event) {
  const selection = document.getSelection();
  if (selection.isCollapsed || !state.text.contains(selection.anchorNode) || !state.text.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [offsetOf(state, range.startContainer, range.startOffset), offsetOf(state, range.endContainer, range.endOffset)];
  event.clipboardData.setData("text/plain", state.data.text.slice(start, end));
  event.preventDefault();
}

/* Puts the tip above a rectangle, or below it where there is no room, within the column and the window. */
function put(state, box, rect) {
  const frame = state.root.getBoundingClientRect();
  box.style.left = "0";
  const width = Math.min(frame.width, document.documentElement.clientWidth - 8 - frame.left);
  const [least, most] = [Math.max(0, 8 - frame.left), width - box.offsetWidth];
  const above = rect.top - 8 - box.offsetHeight;
  const top = above >= Math.max(8, covered(state)) ? above : rect.bottom + 8;
  box.style.left = `${Math.max(least, Math.min(rect.left - frame.left, most))}px`;
  box.style.top = `${top - frame.top}px`;
}
