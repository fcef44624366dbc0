/* Places in the text. In here they are UTF-16 units, on the wire code points. */

/* Reckons how the two go over into each other, for a text that has letters of two units. */
export function count(state, text) {
  state.toUnits = state.toPoints = null;
  if (/[\ud800-\udfff]/.test(text)) {
    const toPoints = new Uint32Array(text.length + 1);
    const toUnits = [];
    let unit = 0;
    for (const letter of text) {
      for (let i = 0; i < letter.length; i++) toPoints[unit + i] = toUnits.length;
      toUnits.push(unit);
      unit += letter.length;
    }
    toPoints[unit] = toUnits.length;
    toUnits.push(unit);
    state.toPoints = toPoints;
    state.toUnits = Uint32Array.from(toUnits);
  }
}

export const units = (state, point) => (state.toUnits ? state.toUnits[point] : point);
export const points = (state, unit) => (state.toPoints ? state.toPoints[unit] : unit);

export function offsetOf(state, node, offset) {
  if (node === state.text) return state.blocks[offset]?.start ?? state.data.text.length;
  const element = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-block]");
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return state.blocks[element.dataset.block].start + range.toString().length;
}

export function placeOf(state, offset) {
  let [low, high] = [0, state.blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (state.blocks[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  const block = state.blocks[low];
  if (!block) return [state.text, 0];
  let left = offset - block.start;
  const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (left <= walker.currentNode.data.length) return [walker.currentNode, left];
    left -= walker.currentNode.data.length;
  }
  return [block.element, block.element.childNodes.length];
}

/* The selected stretch of the article, or null. */
export function selected(state) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [startsHere, endsHere] = [range.startContainer, range.endContainer].map((node) => state.text.contains(node));
  if (!startsHere && !endsHere) return null;
  const start = startsHere ? offsetOf(state, range.startContainer, range.startOffset) : 0;
  const end = endsHere ? offsetOf(state, range.endContainer, range.endOffset) : state.data.text.length;
  return snap(state.data.text, start, end);
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;
// Where words are not set apart by blanks there is nothing to snap to.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const before = (text, at) => String.fromCodePoint(text.codePointAt(at - (/[\udc00-\udfff]/.test(text[at - 1]) && at > 1 ? 2 : 1)));
const behind = (text, at) => String.fromCodePoint(text.codePointAt(at));

/* Whole words without the blanks around them; null for nothing but blanks. */
function snap(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start === end) return null;
  const isWithin = (at) => {
    if (at <= 0 || at >= text.length) return false;
    const [left, right] = [before(text, at), behind(text, at)];
    if (left === "\u200d" || /[\p{M}\p{Emoji_Modifier}\u200d]/u.test(right)) return true; // one letter to the eye
    return LETTER.test(left) && LETTER.test(right) && !(UNSPACED.test(left) && UNSPACED.test(right));
  };
  while (isWithin(start)) start -= before(text, start).length;
  while (isWithin(end)) end += behind(text, end).length;
  return [start, end];
}

/* A stretch cut at blank lines, for a quotation may run over paragraphs; in code points. */
export function paragraphSpans(state, [start, end]) {
  const spans = [];
  for (const block of state.blocks) {
    if (block.isBlank || block.end <= start || block.start >= end) continue;
    let [from, to] = [Math.max(block.start, start), Math.min(block.end, end)];
    while (from < to && /\s/.test(state.data.text[from])) from++;
    while (to > from && /\s/.test(state.data.text[to - 1])) to--;
    if (from < to) spans.push([points(state, from), points(state, to)]);
  }
  return spans;
}

export function rangeOf(state, [start, end]) {
  const range = document.createRange();
  range.setStart(...placeOf(state, start));
  range.setEnd(...placeOf(state, end));
  return range;
}
