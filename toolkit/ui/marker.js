/* The text marker in the browser: draws the article with its marks, and tells what an editor asks for.

   Laws. The article goes in as text nodes only, and all text nodes of .nm-text joined are the
   article: letters, numbers and ticks are drawn by the style sheet. Offsets are code points on the
   wire and UTF-16 units in here. Nothing is decided here: an action goes to Python with the
   revision it was made on, and what came of it comes back as new data, for which only the blocks
   that changed are drawn again.

   For a screen reader the text stays text. A mark is a <mark>, whose role may not be named, so what
   it is stands in aria-description on its first piece; the marks together are one tab stop, from
   which arrows lead on (roving tabindex), and what can't be told by focus goes to a live region. */

const LETTERS = { PERSON: "P", ORG: "O", PLACE: "L", GROUP: "G", FACILITY: "F", EVENT: "E", WORK: "W", PRODUCT: "Pr", LAW: "§" };
const TINTS = 8; // hues in the style sheet
const PATIENCE = 5000; // ms after which an action without an answer no longer holds up the next
const LEAST = 96; // px of height that a box needs to be of use
const SETTLE = 300; // ms in which the page may open a field that it was asked for

/* All that keys and buttons do. `when` is what must be selected: words, a mark, or any(thing); `of`
   limits it to some marks. `asks`: the page opens a field, so keys typed ahead are meant for that. */
const COMMANDS = [
  { name: "add-quote", when: "words", keys: ["q"], title: "Quote", shown: true },
  { name: "add-mention", value: "PERSON", when: "words", keys: ["p"], title: "Person", shown: true },
  { name: "add-mention", value: "ORG", when: "words", keys: ["o"], title: "Organisation", shown: true },
  { name: "add-mention", value: "PLACE", when: "words", keys: ["l"], title: "Place", shown: true },
  { name: "add-mention", value: "GROUP", when: "words", keys: ["g"], title: "Group", shown: true },
  { name: "add-mention", value: "EVENT", when: "words", keys: ["e"], title: "Event" },
  { name: "add-mention", value: "WORK", when: "words", keys: ["w"], title: "Work" },
  { name: "add-mention", value: "FACILITY", when: "words", keys: ["f"], title: "Facility" },
  { name: "add-mention", value: "PRODUCT", when: "words", keys: [], title: "Product" },
  { name: "add-mention", value: "LAW", when: "words", keys: [], title: "Law" },
  { name: "confirm", when: "mark", keys: ["c", "Enter"], title: "Confirm", shown: true },
  { name: "reject", when: "mark", keys: ["x", "Delete"], title: "Reject", shown: true },
  { name: "speaker", when: "mark", of: ["quote"], keys: ["s"], title: "Speaker", shown: true, asks: true },
  { name: "choose", when: "mark", of: ["quote", "mention"], keys: ["k"], title: "Kind", shown: true },
  { name: "extent-grow", value: "left", when: "mark", keys: ["[", "Alt+Shift+ArrowLeft"], title: "Begin a word earlier" },
  { name: "extent-shrink", value: "left", when: "mark", keys: ["]", "Alt+Shift+ArrowRight"], title: "Begin a word later" },
  { name: "extent-shrink", value: "right", when: "mark", keys: ["{", "Alt+ArrowLeft"], title: "End a word earlier" },
  { name: "extent-grow", value: "right", when: "mark", keys: ["}", "Alt+ArrowRight"], title: "End a word later" },
  { name: "merge", when: "mark", of: ["mention"], keys: ["m"], title: "Same as another name", asks: true },
  { name: "move", when: "mark", of: ["mention"], keys: ["t"], title: "Here it is somebody else", asks: true },
  { name: "split", when: "mark", of: ["mention"], keys: ["d"], title: "Not the same as the others" },
  { name: "rename", when: "mark", of: ["mention"], keys: ["r"], title: "Rename", asks: true },
  { name: "note", when: "mark", keys: ["a"], title: "Add a note", asks: true },
  { name: "reset", when: "mark", keys: ["v"], title: "Back to the machine’s suggestion" },
  { name: "next", when: "any", keys: ["n", "j"], title: "Next to review" },
  { name: "previous", when: "any", keys: ["p", "N", "J"], title: "The one before" },
  { name: "undo", when: "any", keys: ["u", "Ctrl+z"], title: "Undo" },
  { name: "redo", when: "any", keys: ["U", "Ctrl+Shift+z"], title: "Redo" },
  { name: "keys", when: "any", keys: ["?"], title: "These keys" },
];
const WALKS = [
  [["ArrowRight", "ArrowLeft"], "To the next mark, or the one before"],
  [["Shift+ArrowRight", "Shift+ArrowLeft"], "Select words; arrows alone then move what is selected"],
  [["Escape"], "Let go"],
];
const HEADINGS = { words: "With words selected", mark: "With a mark selected", any: "Always", walk: "To get about" };
const KNOWN = new Set(COMMANDS.flatMap((command) => command.keys));

const markers = new WeakMap(); // the element that Streamlit gives -> what stands in it

export default function mount(component) {
  const { parentElement } = component;
  let state = markers.get(parentElement);
  if (!state) {
    state = create(parentElement);
    markers.set(parentElement, state);
  }
  state.component = component;
  const turn = ++state.turn;
  update(state, component.data);
  return () => {
    // Streamlit also calls this for a drawing that a newer one has overtaken.
    if (turn !== state.turn) return;
    state.listening.abort();
    clearTimeout(state.telling);
    state.root.remove();
    markers.delete(parentElement);
  };
}

/* ---- What stands on the page ---- */

function create(parent) {
  const root = make("div", "nm");
  const text = make("div", "nm-text");
  text.setAttribute("role", "group");
  text.tabIndex = 0;
  const tip = make("div", "nm-tip");
  const bar = make("div", "nm-bar");
  const live = make("div", "nm-live");
  const help = make("button", "nm-help");
  tip.setAttribute("aria-hidden", "true"); // the same words are the marks' descriptions
  tip.hidden = bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  live.setAttribute("aria-live", "polite");
  help.type = "button";
  help.textContent = "Keys";
  help.title = "The keys of the text (?)";
  root.append(text, tip, bar, live, help);
  parent.append(root);
  const state = {
    root, text, tip, bar, live, component: null, data: null, turn: 0,
    blocks: [], marks: new Map(), order: [], pieces: new Map(), held: new WeakMap(), words: null,
    current: "", pointed: "", isOpen: false, shape: "", sent: 0, seen: 0, since: 0, typed: [], asked: 0, telling: 0, pressing: false, touching: false, holding: 0,
    listening: new AbortController(),
  };
  const { signal } = state.listening;
  const on = (target, kind, act, options) => target.addEventListener(kind, (event) => act(state, event), { signal, ...options });
  // On the window and first of all: Streamlit's own C and R hang on the document.
  on(window, "keydown", onKey, { capture: true });
  on(window, "resize", place);
  on(document, "selectionchange", onSelection);
  on(document, "pointerup", onRelease);
  on(document, "pointercancel", onRelease);
  on(document, "pointerdown", onPress);
  on(text, "click", onClick);
  on(text, "pointerover", onHover);
  on(text, "pointerleave", hideTip);
  on(text, "copy", onCopy);
  // The words must stay selected while a button is pressed.
  on(bar, "mousedown", (_, event) => event.preventDefault());
  on(help, "click", showKeys);
  return state;
}

function make(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words) element.textContent = words;
  return element;
}

/* ---- New data ---- */

function update(state, data) {
  const began = performance.now();
  const before = state.data;
  state.data = data;
  state.seen = Math.max(state.seen, data.seen);
  state.sent = Math.max(state.sent, data.seen);
  const isOther = !before || before.text !== data.text;
  if (isOther) setText(state, data);
  setMarks(state, data);
  draw(state);
  if (isOther || before.language !== data.language) {
    if (data.language) state.text.lang = data.language;
    else state.text.removeAttribute("lang");
  }
  const count = state.order.length;
  state.text.setAttribute("aria-label", `The article, ${count} ${count === 1 ? "mark" : "marks"}. Right arrow: to a mark. Question mark: keys.`);
  // Where the page points counts when it is new, and when no newer choice is on its way there.
  const pointed = `${data.jump} ${data.focus}`;
  if ((isOther || pointed !== state.pointed) && isSettled(state) && !state.telling) {
    state.pointed = pointed;
    follow(state, data.focus);
  }
  if (state.current && !state.marks.has(state.current)) select(state, "");
  refresh(state);
  // What stands above the text is drawn after it, and may have moved it.
  setTimeout(() => place(state), SETTLE);
  catchUp(state);
  performance.measure("newsdesk-marker", { start: began });
}

/* Goes where the page points; the focus comes along only if it was here or nowhere. */
function follow(state, id) {
  if (!state.marks.has(id)) {
    select(state, "");
    return;
  }
  const active = document.activeElement;
  const isHere = active === document.body || state.text.contains(active) || state.bar.contains(active);
  select(state, id, { focus: isHere && active !== document.body, reveal: true, open: isHere });
}

function setText(state, data) {
  const text = data.text;
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
  state.tokens = null;
  state.current = "";
  state.words = null;
  state.blocks = blocks(text);
  state.text.replaceChildren(...state.blocks.map((block) => block.element));
}

const units = (state, point) => (state.toUnits ? state.toUnits[point] : point);
const points = (state, unit) => (state.toPoints ? state.toPoints[unit] : unit);

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

function setMarks(state, data) {
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

/* ---- Drawing ---- */

function draw(state) {
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

/* ---- Places in the text, in UTF-16 units ---- */

function offsetOf(state, node, offset) {
  if (node === state.text) return state.blocks[offset]?.start ?? state.data.text.length;
  const element = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-block]");
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return state.blocks[element.dataset.block].start + range.toString().length;
}

function placeOf(state, offset) {
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
function selected(state) {
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
function paragraphSpans(state, [start, end]) {
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

function rangeOf(state, [start, end]) {
  const range = document.createRange();
  range.setStart(...placeOf(state, start));
  range.setEnd(...placeOf(state, end));
  return range;
}

/* ---- What is selected ---- */

const runsOf = (state) => state.pieces.get(state.current) ?? [];

function showCurrent(state) {
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
  if (runs.length) runs[0].tabIndex = 0;
  state.text.tabIndex = runs.length ? -1 : 0;
}

/* Makes a mark the current one. `tell` lets the page know. */
function select(state, id, { focus = false, reveal: shouldReveal = false, tell = false, open = false } = {}) {
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
  state.isOpen = open && Boolean(run);
  refresh(state);
  if (tell && changed) {
    clearTimeout(state.telling);
    // An arrow held down passes many marks; the page hears of the last.
    state.telling = setTimeout(() => tellSelection(state), tell);
  }
}

function tellSelection(state) {
  state.telling = 0;
  const id = state.current;
  if (isIdle(state)) ask(state, "select", { id });
  else state.typed.push(() => id === state.current && ask(state, "select", { id }));
}

function reveal(state, rect) {
  if (!rect) return;
  const margin = Math.min(120, window.innerHeight / 5);
  if (rect.top >= Math.max(margin, covered(state) + 40) && rect.bottom <= window.innerHeight - margin) return;
  const mover = scroller(state) ?? document.scrollingElement;
  const by = rect.top - window.innerHeight * 0.4;
  const isCalm = Math.abs(by) > 2 * window.innerHeight || matchMedia("(prefers-reduced-motion: reduce)").matches;
  // To a place and not by a distance, which would be added to a scrolling that is under way.
  mover.scrollTo({ top: mover.scrollTop + by, behavior: isCalm ? "instant" : "smooth" });
}

function scroller(state) {
  let found = state.root.parentElement;
  while (found && !(found.scrollHeight > found.clientHeight && /auto|scroll/.test(getComputedStyle(found).overflowY))) {
    found = found.parentElement;
  }
  return found;
}

/* How much of the window's top a bar of the page covers, as the page's scroll-padding tells. */
function covered(state) {
  const found = scroller(state);
  return (found && parseFloat(getComputedStyle(found).scrollPaddingTop)) || 0;
}

function say(state, words) {
  state.live.textContent = words;
}

/* Why the selected words can't be marked so: in their bar, and in the live region. */
function warn(state, words) {
  const line = bidi(make("div", "nm-title nm-warning", words));
  state.bar.querySelector(".nm-warning")?.remove();
  state.bar.prepend(line);
  place(state);
  say(state, words);
}

/* ---- Telling Python ---- */

// Settled: all is answered. Idle: the next may go. Only a selection may be overtaken: Streamlit drops an
// action that it has not begun with when the next one comes.
const isLate = (state) => Date.now() - state.since > PATIENCE;
const isSettled = (state) => state.sent <= state.seen || isLate(state);
const isIdle = (state) => state.holding <= state.seen || isLate(state);

function ask(state, name, { id = "", spans = [], value = "" } = {}) {
  state.sent = Math.max(state.sent, state.seen) + 1;
  state.since = Date.now();
  if (name !== "select") state.holding = state.sent;
  state.component.setTriggerValue("action", { number: state.sent, revision: state.data.revision, name, id, spans, value });
  // Should no answer come, what was typed meanwhile must not wait for ever.
  setTimeout(() => isIdle(state) && catchUp(state), PATIENCE + 50);
}

/* Keys that were pressed while Python worked hold for what it showed then. */
function catchUp(state) {
  while (state.typed.length && isIdle(state)) state.typed.shift()();
}

function perform(state, command) {
  if (command.name === "keys") return showKeys(state);
  if (!isIdle(state)) {
    if (!state.asked && state.typed.length < 20) state.typed.push(() => perform(state, command));
    return;
  }
  if (!applies(state, command)) return;
  state.asked = command.asks ? Date.now() : 0;
  if (command.asks) state.typed.length = 0;
  clearTimeout(state.telling);
  state.telling = 0;
  const mark = state.marks.get(state.current);
  if (command.name === "choose") return chooseKind(state, mark);
  const { name, value = "" } = command;
  if (command.when === "words") {
    const spans = paragraphSpans(state, state.words);
    if (name === "add-mention" && spans.length !== 1) return warn(state, "A name stands in one paragraph; select less.");
    ask(state, name, { spans, value });
    // At once: the browser tells of it later, and what was snapped would be selected again meanwhile.
    state.words = null;
    document.getSelection().collapseToEnd();
    refresh(state);
    state.text.focus({ preventScroll: true });
    return;
  }
  const spans = mark ? mark.points.reduce((all, end, i) => (i % 2 ? [...all.slice(0, -1), [all.at(-1)[0], end]] : [...all, [end]]), []) : [];
  ask(state, name, { id: state.current, spans: command.when === "mark" ? spans : [], value });
}

const ofQuotes = ({ of }) => of?.length === 1 && of[0] === "quote";

/* The shortest quotation around the selected mark: who speaks can be told from a name in it. */
function around(state) {
  const mark = state.marks.get(state.current);
  if (!mark || state.words) return null;
  const [start, end] = [mark.points[0], mark.points.at(-1)];
  const length = ({ points }) => points.at(-1) - points[0];
  const holding = state.order.filter(({ of, points }) => of === "quote" && points[0] <= start && end <= points.at(-1));
  return holding.sort((one, other) => length(one) - length(other))[0] ?? null;
}

function applies(state, { when, of }) {
  if (when === "words") return Boolean(state.words);
  if (when === "any") return true;
  const mark = state.marks.get(state.current);
  return Boolean(mark) && (!of || of.includes(mark.of));
}

/* ---- Keys ---- */

function onKey(state, event) {
  const { target, key } = event;
  if (event.isComposing || !state.root.isConnected) return;
  const isHere = state.root.contains(target);
  const isNowhere = target === document.body || target === document.documentElement;
  if (!isHere && !(isNowhere && (state.current || state.words) && state.root.offsetParent)) return;
  if (target.closest?.("input, textarea, select, [contenteditable]")) return;
  const isDone = handle(state, event, keyName(event), target);
  if (isDone) event.preventDefault();
  // A key of the marker that means nothing at the moment must not clear Streamlit's cache instead.
  if (isDone || (KNOWN.has(key) && !event.ctrlKey && !event.metaKey)) event.stopImmediatePropagation();
}

/* "Ctrl+Shift+z", "Alt+ArrowLeft"; for what is typed, just the letter, however it came about. */
function keyName(event) {
  const { key } = event;
  const isTyped = key.length === 1;
  if (isTyped && (event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey))) return key;
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"].filter(Boolean);
  return [...held, isTyped ? key.toLowerCase() : key].join("+");
}

function handle(state, event, key, target) {
  if (state.root.querySelector("dialog[open]")) return false;
  if (state.bar.contains(target) && handleBar(state, key, target)) return true;
  if (key === "Escape") return letGo(state);
  if (state.asked && Date.now() - state.asked < SETTLE + (isIdle(state) ? 0 : PATIENCE)) return KNOWN.has(key);
  state.asked = 0;
  if (target.closest("button") && (key === "Enter" || key === " ")) return false;
  const arrow = /^(Shift\+)?Arrow(Left|Right|Up|Down)$/.exec(key);
  if (arrow && !state.bar.contains(target)) return walk(state, arrow[2], Boolean(arrow[1]));
  const fitting = COMMANDS.filter((command) => command.keys.includes(key));
  // Words first, then the mark, then the rest: the order of the table.
  const command = fitting.find((one) => applies(state, one)) ?? fitting.find((one) => ofQuotes(one) && around(state));
  if (!command) return false;
  if (!applies(state, command)) select(state, around(state).id);
  if (state.words && command.when === "mark") return false;
  if (event.repeat && command.name !== "next" && command.name !== "previous") return true;
  perform(state, command);
  return true;
}

function letGo(state) {
  if (!state.tip.hidden) hideTip(state);
  else if (state.words) document.getSelection().collapseToStart();
  else if (state.isOpen) {
    state.isOpen = false;
    const isInBar = state.bar.contains(document.activeElement);
    refresh(state);
    if (isInBar) runsOf(state)[0]?.focus({ preventScroll: true });
  } else if (state.current) select(state, "", { tell: 1 });
  else return false;
  return true;
}

/* Arrows: from mark to mark, or from word to word once words are selected. */
function walk(state, to, isExtending) {
  const isRtl = getComputedStyle((runsOf(state)[0] ?? state.text.firstElementChild ?? state.text)).direction === "rtl";
  const step = to === "Down" ? 1 : to === "Up" ? -1 : (to === "Right") !== isRtl ? 1 : -1;
  const isAcross = to === "Left" || to === "Right";
  if (isExtending || state.words) return walkWords(state, step, isAcross, isExtending);
  if (!isAcross) return false; // scrolls
  const { order } = state;
  if (!order.length) return true;
  const at = order.findIndex((mark) => mark.id === state.current);
  const next = at < 0 ? firstInView(state) : order[Math.min(Math.max(at + step, 0), order.length - 1)];
  select(state, next.id, { focus: true, reveal: true, tell: 250, open: true });
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

/* ---- Mouse and touch ---- */

function onPress(state, event) {
  state.pressing = state.text.contains(event.target);
  state.touching = state.bar.contains(event.target);
  if (state.pressing) hideTip(state);
  if (!state.root.contains(event.target) && state.isOpen) {
    state.isOpen = false;
    refresh(state);
  }
}

function onRelease(state, event) {
  const wasPressing = state.pressing;
  state.pressing = false;
  if (!wasPressing) return;
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

function onSelection(state) {
  // A finger on a button may drop the selection that the button is for.
  if (state.touching && state.words) return;
  const words = selected(state);
  if (!words && !state.words) return;
  state.words = words;
  refresh(state);
}

function onClick(state, event) {
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
  select(state, id, { focus: true, tell: 1, open: true });
}

function onHover(state, event) {
  const run = event.target.closest(".nm-run");
  if (!run || event.pointerType === "touch" || state.pressing || state.words) return hideTip(state);
  const here = state.held.get(run).filter((mark) => !(state.isOpen && mark.id === state.current));
  if (!here.length) return hideTip(state);
  state.tip.replaceChildren(...here.map((mark) => bidi(make("div", "nm-told", mark.title))));
  state.tip.hidden = false;
  const rects = [...run.getClientRects()];
  const rect = rects.find((one) => event.clientY >= one.top - 4 && event.clientY <= one.bottom + 4) ?? rects[0];
  put(state, state.tip, rect, rect, false);
}

function hideTip(state) {
  state.tip.hidden = true;
}

function bidi(element) {
  element.dir = "auto";
  return element;
}

/* The clipboard gets the article's own characters. */
function onCopy(state, event) {
  const selection = document.getSelection();
  if (selection.isCollapsed || !state.text.contains(selection.anchorNode) || !state.text.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const [start, end] = [offsetOf(state, range.startContainer, range.startOffset), offsetOf(state, range.endContainer, range.endOffset)];
  event.clipboardData.setData("text/plain", state.data.text.slice(start, end));
  event.preventDefault();
}

/* ---- The bar of buttons, its menu, the keys ---- */

/* Shows what fits what is selected: buttons for words, or for the current mark, or nothing. */
function refresh(state) {
  const mark = state.isOpen ? state.marks.get(state.current) : null;
  const shape = state.words ? "words" : mark ? `${mark.look}` : "";
  state.bar.hidden = !shape || state.pressing;
  if (state.bar.hidden) {
    state.shape = "";
    return;
  }
  if (shape !== state.shape) {
    state.shape = shape;
    const hadFocus = state.bar.contains(document.activeElement);
    const fitting = COMMANDS.filter((one) => one.when === (state.words ? "words" : "mark") && applies(state, one));
    const buttons = fitting.filter((one) => one.shown).map((one) => makeButton(state, one));
    const rest = fitting.filter((one) => !one.shown);
    const more = make("button", "nm-more", "More");
    more.type = "button";
    more.setAttribute("aria-haspopup", "menu");
    more.addEventListener("click", () => openMenu(state, rest.map((one) => [named(state, one), one.keys, () => perform(state, one)])));
    const row = make("div", "nm-buttons");
    row.append(...buttons, more);
    state.bar.replaceChildren(...(mark && !state.words ? [bidi(make("div", "nm-title", mark.title))] : []), row);
    state.bar.setAttribute("aria-label", state.words ? "Mark the selected words as" : "The selected mark");
    [...row.children].forEach((button, i) => (button.tabIndex = i ? -1 : 0));
    if (hadFocus) row.firstElementChild.focus({ preventScroll: true });
  }
  place(state);
}

/* What a command is called: labels and kinds as Python calls them. */
const named = (state, command) => (command.name === "add-mention" ? state.data.labels[command.value] : command.title);

function makeButton(state, command) {
  const button = make("button", "", named(state, command));
  button.type = "button";
  button.title = `${named(state, command)} (${keyLabel(command.keys[0])})`;
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

function chooseKind(state, mark) {
  const [name, choices] = mark.of === "quote" ? ["kind", state.data.kinds] : ["label", state.data.labels];
  state.isOpen = true;
  refresh(state);
  const rows = Object.entries(choices).map(([value, title], i) => [
    title, [String(i + 1)], () => value !== mark.style && perform(state, { name, value, when: "mark" }), value === mark.style,
  ]);
  openMenu(state, rows);
}

/* Rows are [title, keys, act, isChosen]. */
function openMenu(state, rows) {
  state.bar.querySelector(".nm-menu")?.remove();
  const menu = make("div", "nm-menu");
  menu.setAttribute("role", "menu");
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
  state.bar.append(menu);
  place(state);
  (menu.querySelector("[aria-checked=true]") ?? menu.firstElementChild).focus({ preventScroll: true });
}

function closeMenu(state) {
  const menu = state.bar.querySelector(".nm-menu");
  if (!menu) return false;
  menu.remove();
  (runsOf(state)[0] ?? state.text).focus({ preventScroll: true });
  place(state);
  return true;
}

/* Arrows within the bar and its menu. */
function handleBar(state, key, target) {
  const menu = target.closest(".nm-menu");
  if (menu) {
    const rows = [...menu.children];
    const at = rows.indexOf(target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + rows.length, Home: 0, End: rows.length - 1 }[key];
    if (to !== undefined) rows[to % rows.length].focus({ preventScroll: true });
    else if (key === "Escape" || key === "Tab") closeMenu(state);
    else if (key !== "Enter" && key !== " ") rows.find((row) => row.dataset.key === key)?.click();
    else return false;
    return true;
  }
  const buttons = [...state.bar.querySelectorAll(".nm-buttons > button")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return false;
  buttons[(buttons.indexOf(target) + step + buttons.length) % buttons.length].focus({ preventScroll: true });
  return true;
}

function place(state) {
  if (state.bar.hidden) return;
  const rects = state.words ? rangeOf(state, state.words).getClientRects() : runsOf(state).flatMap((run) => [...run.getClientRects()]);
  if (!rects.length) return;
  // A finger's own handles and menu stand above the words.
  put(state, state.bar, rects[0], rects[rects.length - 1], matchMedia("(pointer: coarse)").matches || Boolean(state.bar.querySelector(".nm-menu")));
}

/* Puts a box above the first of two rectangles, or below the last, within the column and the window: on the
   other side where there is no room, and else where there is more of it, cut to that. */
function put(state, box, first, last, isBelow) {
  const frame = state.root.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  box.style.left = "0";
  box.style.maxHeight = "";
  const [least, most] = [Math.max(0, 8 - frame.left), Math.min(frame.width, width - 8 - frame.left) - box.offsetWidth];
  // Not over what stands above the text, either.
  const top = Math.max(8, covered(state));
  const [above, below] = [first.top - 8 - top, window.innerHeight - 8 - (last.bottom + 8)];
  const height = box.offsetHeight;
  const [here, there] = isBelow ? [below, above] : [above, below];
  const goesBelow = isBelow === (here >= height || here >= there);
  const room = goesBelow ? below : above;
  let start = goesBelow ? last.bottom + 8 : first.top - 8 - Math.min(height, Math.max(room, LEAST));
  if (Math.max(above, below) < Math.min(height, LEAST)) {
    // The words fill the window: over their last lines.
    start = Math.max(top, window.innerHeight - 8 - height);
    box.style.maxHeight = `${window.innerHeight - 8 - start}px`;
  } else if (height > room) {
    box.style.maxHeight = `${Math.max(room, LEAST)}px`;
  }
  const beside = goesBelow ? last : first;
  box.style.left = `${Math.max(least, Math.min(beside.left - frame.left, most))}px`;
  box.style.top = `${start - frame.top}px`;
}

const SIGNS = { ArrowRight: "→", ArrowLeft: "←", Escape: "Esc", Delete: "Del" };
const keyLabel = (key) => (key ? key.split("+").map((part) => SIGNS[part] ?? part).join(" ") : "");

function showKeys(state) {
  if (state.root.querySelector("dialog")) return;
  const back = document.activeElement;
  const dialog = make("dialog", "nm-keys");
  const title = make("h2", "", "Keys of the text");
  title.id = "nm-keys-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const close = make("button", "", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, close);
  const groups = Object.entries(HEADINGS).map(([when, heading]) => {
    const rows = when === "walk" ? WALKS : COMMANDS.filter((one) => one.when === when && one.keys.length).map((one) => [one.keys, named(state, one)]);
    const group = make("section");
    const list = make("dl");
    for (const [keys, words] of rows) {
      const term = make("dt");
      keys.forEach((key) => term.append(make("kbd", "", keyLabel(key))));
      list.append(term, make("dd", "", words));
    }
    group.append(make("h3", "", heading), list);
    return group;
  });
  const table = make("div", "nm-groups");
  table.append(...groups);
  dialog.append(table);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  });
  state.root.append(dialog);
  dialog.showModal();
}
