/* Arrows: from mark to mark, or from word to word once words are selected. */

import { offsetOf, placeOf, rangeOf } from "./places.js";
import { onSelection } from "./pointing.js";
import { reveal, runsOf, say, select } from "./selecting.js";

export function walk(state, to, isExtending) {
  const isRtl = getComputedStyle((runsOf(state)[0] ?? state.text.firstElementChild ?? state.text)).direction === "rtl";
  const step = to === "Down" ? 1 : to === "Up" ? -1 : (to === "Right") !== isRtl ? 1 : -1;
  const isAcross = to === "Left" || to === "Right";
  if (isExtending || state.words) return walkWords(state, step, isAcross, isExtending);
  if (!isAcross) return false; // scrolls
  const { order } = state;
  if (!order.length) return true;
  const at = order.findIndex((mark) => mark.id === state.current);
  const next = at < 0 ? firstInView(state) : order[Math.min(Math.max(at + step, 0), order.length - 1)];
  select(state, next.id, { focus: true, reveal: true, tell: 250 });
  return true;
}

function firstInView(state) {
  return state.order.find(({ id }) => state.pieces.get(id)?.[0].getBoundingClientRect().top >= 0) ?? state.order[0];
}

function walkWords(state, step, isAcross, isExtending) {
  const { text } = state.data;
  state.tokens ??= [...text.matchAll(/[\p{L}\p{M}\p{N}]+|\p{Extended_Pictographic}/gu)].map((found) => [found.index, found.index + found[0].length]);
  const { tokens } = state;
  if (!tokens.length) return true;
  const tokenAt = (offset) => Math.max(0, tokens.findLastIndex(([start]) => start <= offset));
  const selection = document.getSelection();
  const isHere = selection.rangeCount && state.text.contains(selection.anchorNode) && state.text.contains(selection.focusNode);
  let [anchor, head] = [0, 0];
  if (state.words) {
    const isBackward = isHere && offsetOf(state, selection.anchorNode, selection.anchorOffset) > offsetOf(state, selection.focusNode, selection.focusOffset);
    [anchor, head] = [tokenAt(state.words[0]), tokenAt(state.words[1] - 1)];
    if (isBackward) [anchor, head] = [head, anchor];
    head = isAcross ? head + step : tokenAt(lineBeside(state, tokens[head], step));
  } else {
    const mark = state.marks.get(state.current);
    const caret = mark ? mark.spans[0][0] : isHere ? offsetOf(state, selection.focusNode, selection.focusOffset) : firstInView(state)?.spans[0][0] ?? 0;
    anchor = head = tokens.findIndex(([, end]) => end > caret);
    if (head < 0) anchor = head = tokens.length - 1;
  }
  head = Math.min(Math.max(head, 0), tokens.length - 1);
  if (!isExtending) anchor = head;
  const ends = anchor <= head ? [tokens[anchor][0], tokens[head][1]] : [tokens[anchor][1], tokens[head][0]];
  selection.setBaseAndExtent(...placeOf(state, ends[0]), ...placeOf(state, ends[1]));
  onSelection(state);
  reveal(state, rangeOf(state, tokens[head]).getBoundingClientRect());
  say(state, text.slice(...state.words));
  return true;
}

/* The offset that stands a line below or above some words. */
function lineBeside(state, words, step) {
  const rect = rangeOf(state, words).getBoundingClientRect();
  const line = parseFloat(getComputedStyle(state.text).lineHeight) || rect.height * 1.6;
  for (let lines = 1; lines < 4; lines++) {
    const y = (rect.top + rect.bottom) / 2 + step * line * lines;
    const found = document.caretPositionFromPoint?.(rect.left + 2, y) ?? document.caretRangeFromPoint?.(rect.left + 2, y);
    const node = found?.offsetNode ?? found?.startContainer;
    if (node && node !== state.text && state.text.contains(node)) return offsetOf(state, node, found.offset ?? found.startOffset);
  }
  return words[0];
}
