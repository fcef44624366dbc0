/* The text marker in the browser: draws the article with its marks, and tells what an editor asks for.

   Laws. The article goes in as text nodes only, and all text nodes of .nm-text joined are the
   article. Offsets are code points on the wire and UTF-16 units in here. Nothing is decided here: an
   action goes to Python with the revision it was made on, and what came of it comes back as new data,
   for which only the blocks that changed are drawn again.

   For a screen reader the text stays text. A mark is a <mark>, whose role may not be named, so what
   it is stands in aria-description on its first piece; the marks together are one tab stop, from
   which arrows lead on (roving tabindex), and what can't be told by focus goes to a live region. */

import { make } from "./elements.js";
import { awaitAnswer, catchUp, handOver, isIdle, isSettled } from "./marker/asking.js";
import { refresh } from "./marker/bar.js";
import { showKeys } from "./marker/help.js";
import { onKey } from "./marker/keys.js";
import { draw, setMarks, setText } from "./marker/painting.js";
import { hideTip, onClick, onCopy, onHover, onPress, onRelease, onSelection } from "./marker/pointing.js";
import { follow, makeRoom, select, takeRoom, tellSelection } from "./marker/selecting.js";

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

function create(parent) {
  const root = make("div", "nm");
  const text = make("div", "nm-text");
  text.setAttribute("role", "group");
  text.tabIndex = 0;
  const tip = make("div", "nm-tip");
  const bar = make("div", "nm-bar");
  const title = make("div", "nm-title");
  const buttons = make("div", "nm-buttons");
  const help = make("button", "nm-help", "Keys");
  const live = make("div", "nm-live");
  tip.setAttribute("aria-hidden", "true"); // the same words are the marks' descriptions
  tip.hidden = true;
  bar.setAttribute("role", "toolbar");
  title.dir = "auto";
  live.setAttribute("aria-live", "polite");
  help.type = "button";
  help.dataset.name = "keys";
  help.title = "The keys of the text (?)";
  bar.append(title, buttons, help);
  root.append(text, tip, bar, live);
  parent.append(root);
  const state = {
    root, text, tip, bar, title, buttons, live, component: null, data: null, turn: 0,
    // What is drawn: blocks of the text, marks by id and in order, their pieces on the page and the marks of each.
    blocks: [], marks: new Map(), order: [], pieces: new Map(), held: new WeakMap(),
    // What is selected, where the page last pointed, and what the bar shows.
    words: null, current: "", pointed: "", shape: "", opener: null,
    // Numbers of the last action, of the last answered, of the last that holds up others; when; keys that wait.
    sent: 0, seen: 0, holding: 0, since: 0, telling: 0, queue: [],
    // Keys for a field that was asked for; numbers of fields: the last that came, the last that Python told of, one
    // whose answer is on its way.
    ahead: null, opened: 0, drawn: 0, answering: 0,
    pressing: false, touching: false, listening: new AbortController(),
  };
  const { signal } = state.listening;
  const on = (target, kind, act, options) => target.addEventListener(kind, (event) => act(state, event), { signal, ...options });
  // On the window and first of all: Streamlit's own C and R hang on the document.
  on(window, "keydown", onKey, { capture: true });
  on(document, "newsdesk-field", handOver);
  on(document, "newsdesk-answered", (_, { detail }) => awaitAnswer(state, detail.number));
  on(document, "newsdesk-room", makeRoom);
  on(document, "newsdesk-leaving", (_, { detail }) => { detail.isBusy ||= !isIdle(state) || state.queue.length > 0; });
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

function update(state, data) {
  const began = performance.now();
  const before = state.data;
  if (state.queue.length) tellSelection(state);
  state.data = data;
  state.seen = Math.max(state.seen, data.seen);
  state.sent = Math.max(state.sent, data.seen);
  const isOther = !before || before.text !== data.text;
  if (isOther) setText(state, data);
  if (!data.field) takeRoom(state);
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
  const isChosen = Boolean(state.telling) || state.queue[0]?.chosen !== undefined;
  if ((isOther || pointed !== state.pointed) && isSettled(state) && !isChosen) {
    state.pointed = pointed;
    follow(state, data.focus);
  }
  if (state.current && !state.marks.has(state.current)) select(state, "");
  refresh(state);
  catchUp(state);
  performance.measure("newsdesk-marker", { start: began });
}
