/* Draws the article: its paragraphs, and in them the pieces of its marks.

   The text goes in as text nodes only, and all text nodes of .nm-text joined are the article: letters,
   numbers and ticks are drawn by the style sheet. Only the paragraphs that changed are drawn again. */

import { make } from "../elements.js";
import { count, offsetOf, placeOf, units } from "./places.js";
import { runsOf, showCurrent } from "./selecting.js";

const LETTERS = { PERSON: "P", ORG: "O", PLACE: "L", GROUP: "G", FACILITY: "F", EVENT: "E", WORK: "W", PRODUCT: "Pr", LAW: "§" };
const TINTS = 8; // hues in the style sheet

export function setText(state, data) {
  count(state, data.text);
  state.tokens = null;
  state.current = "";
  state.words = null;
  state.blocks = blocks(data.text);
  state.text.replaceChildren(...state.blocks.map((block) => block.element));
}

/* Paragraphs, each with the ends of its lines, and blank lines. */
function blocks(text) {
  const found = [];
  let last = null;
  for (const [line] of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const isBlank = !/\S/.test(line);
    if (!last || isBlank || last.isBlank) {
      const start = last ? last.end : 0;
      last = { start, end: start, isBlank, signature: null, runs: [], chips: [] };
      found.push(last);
    }
    last.end += line.length;
  }
  found.forEach((block, number) => {
    const words = text.slice(block.start, block.end);
    const isSpaced = /^[^\S\n]|[^\S\n]{2}|\t/m.test(words);
    block.element = make(block.isBlank ? "div" : "p", block.isBlank ? "nm-blank" : isSpaced ? "nm-spaced" : "");
    block.element.dir = "auto";
    block.element.dataset.block = number;
  });
  return found;
}

export function setMarks(state, data) {
  state.marks = new Map();
  const size = state.data.text.length;
  for (const [id, of, ends, style, tint, number, title, status, doubtful] of data.marks) {
    const spans = [];
    for (let i = 0; i < ends.length; i += 2) spans.push([units(state, ends[i]), units(state, ends[i + 1])]);
    if (!spans.length || !spans.every(([start, end]) => start < end && end <= size)) continue;
    spans.sort((a, b) => a[0] - b[0]);
    const look = [id, style, tint, number, title, status, doubtful].join("\u0001");
    state.marks.set(id, { id, of, spans, points: ends, style, tint, number, title, status, doubtful, look });
  }
  // In the order of the text, the outer before the inner.
  state.order = [...state.marks.values()].sort((a, b) => a.spans[0][0] - b.spans[0][0] || b.spans.at(-1)[1] - a.spans.at(-1)[1]);
}

export function draw(state) {
  const all = [];
  for (const mark of state.order) {
    mark.spans.forEach(([start, end], i) => {
      all.push({ mark, start, end, isFirst: i === 0, isLast: i === mark.spans.length - 1 });
    });
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  let open = [];
  const changed = [];
  for (const block of state.blocks) {
    open = open.filter((piece) => piece.end > block.start);
    while (next < all.length && all[next].start < block.end) open.push(all[next++]);
    const signature = open.map((p) => `${p.start - block.start},${p.end - block.start},${p.mark.look}`).join("\u0002");
    if (signature !== block.signature) {
      block.signature = signature;
      changed.push([block, open]);
    }
  }
  if (!changed.length) return;
  const kept = keep(state);
  for (const [block, pieces] of changed) drawBlock(state, block, pieces);
  state.pieces = new Map();
  for (const block of state.blocks) {
    for (const run of block.runs) {
      for (const { id } of state.held.get(run)) {
        const runs = state.pieces.get(id);
        if (runs) runs.push(run);
        else state.pieces.set(id, [run]);
      }
    }
  }
  restore(state, kept);
}

function drawBlock(state, block, pieces) {
  const { text } = state.data;
  const borders = new Set([block.start, block.end]);
  for (const { start, end } of pieces) {
    if (start > block.start) borders.add(start);
    if (end < block.end) borders.add(end);
  }
  const cuts = [...borders].sort((a, b) => a - b);
  const content = document.createDocumentFragment();
  block.runs = [];
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i], cuts[i + 1]];
    open = open.filter((piece) => piece.end > from);
    while (next < pieces.length && pieces[next].start <= from) {
      if (pieces[next].end > from) open.push(pieces[next]);
      next++;
    }
    const words = text.slice(from, to);
    if (!open.length || block.isBlank) {
      content.append(words);
      continue;
    }
    // Of two that hold the same words the later and shorter is the inner one.
    const inner = [...open].sort((a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start);
    const run = makeRun(inner, from, to);
    run.append(words);
    state.held.set(run, inner.map((piece) => piece.mark));
    block.runs.push(run);
    content.append(run);
    for (const { mark, end, isLast } of inner) {
      if (mark.of === "quote" && isLast && end === to) {
        const shown = `${mark.number || ""}${sign(mark)}`;
        if (shown) content.append(makeChip(mark, shown));
      }
    }
  }
  block.element.replaceChildren(content);
}

const sign = (mark) => (mark.doubtful ? "?" : mark.status === "confirmed" ? "✓" : "");
const tint = (mark) => (mark.tint ? ((mark.tint - 1) % TINTS) + 1 : 0);
const plain = (style) => style.toLowerCase().replace(/[^a-z]/g, "");

function makeRun(inner, from, to) {
  const run = make("mark", "nm-run");
  const { classList, dataset } = run;
  const [quote, outer] = inner.filter((piece) => piece.mark.of === "quote");
  const [name, around] = inner.filter((piece) => piece.mark.of === "mention");
  const figure = inner.find((piece) => piece.mark.of === "figure");
  if (quote) {
    classList.add("nm-quote", `nm-${plain(quote.mark.style)}`, `nm-tint-${tint(quote.mark)}`);
    if (quote.mark.doubtful) classList.add("nm-doubtful");
  }
  if (outer) classList.add("nm-within", `nm-outer-${tint(outer.mark)}`);
  if (name) classList.add("nm-name", `nm-${plain(name.mark.style)}`);
  if (name?.mark.doubtful) classList.add("nm-doubtful");
  if (around) classList.add("nm-around");
  if (figure) classList.add("nm-figure");
  if (inner.some((piece) => piece.start === from)) classList.add("nm-first");
  if (inner.some((piece) => piece.end === to)) classList.add("nm-last");
  const ending = inner.filter((piece) => piece.mark.of === "mention" && piece.end === to);
  const after = ending.map(({ mark }) => `${LETTERS[mark.style] ?? ""}${sign(mark)}`).join(" ");
  if (after) dataset.after = after;
  const starting = inner.filter((piece) => piece.isFirst && piece.start === from);
  // The outer first, as they are read.
  if (starting.length) run.setAttribute("aria-description", starting.map(({ mark }) => mark.title).reverse().join("; "));
  return run;
}

function makeChip(mark, shown) {
  const chip = make("span", `nm-number nm-tint-${tint(mark)}${mark.doubtful ? " nm-unsure" : ""}`);
  chip.dataset.number = shown;
  chip.dataset.mark = mark.id;
  chip.setAttribute("aria-hidden", "true");
  return chip;
}

/* What drawing would lose: the selected words and the focus. */
function keep(state) {
  const selection = document.getSelection();
  const isHere = selection.rangeCount > 0 && state.text.contains(selection.anchorNode) && state.text.contains(selection.focusNode);
  const ends = isHere ? [[selection.anchorNode, selection.anchorOffset], [selection.focusNode, selection.focusOffset]] : null;
  return {
    ends: ends && ends.map(([node, offset]) => offsetOf(state, node, offset)),
    isFocused: document.activeElement !== state.text && state.text.contains(document.activeElement),
  };
}

function restore(state, { ends, isFocused }) {
  showCurrent(state);
  if (ends) {
    const selection = document.getSelection();
    const [anchor, focus] = ends.map((offset) => placeOf(state, offset));
    const isSame = selection.anchorNode === anchor[0] && selection.anchorOffset === anchor[1] && selection.focusNode === focus[0] && selection.focusOffset === focus[1];
    if (!isSame) selection.setBaseAndExtent(...anchor, ...focus);
  }
  if (isFocused && !state.text.contains(document.activeElement)) {
    (runsOf(state)[0] ?? state.text).focus({ preventScroll: true });
  }
}
