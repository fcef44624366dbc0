/* A field that the text has asked for: words to choose from the article, or a note to write.

   It takes the focus when it comes and gives it back to the text when it goes. Whatever is of the
   article goes in as text. The keys are a combobox's: letters narrow the list, arrows walk it,
   Enter chooses, Escape leaves. A note that was written on is kept when the editor presses elsewhere
   in the page: the field goes then, and what was written must not go with it. Keys that were typed before
   the field was here are told by whoever kept them, and the text makes room, so that what it is about stays in
   sight. */

import { make } from "./elements.js";

const MOST = 200; // rows that are drawn
const FRAMES = 60; // in which a style sheet comes
const SOON = 250; // ms: a hand is no quicker to press what an eye has just seen
const fields = new WeakMap();

export default function mount({ parentElement, data, setTriggerValue }) {
  let state = fields.get(parentElement);
  if (state && state.number !== data.number) {
    state.leaving.abort();
    state.root.remove();
    state = null;
  }
  if (!state) {
    state = data.kind === "note" ? note(data) : chooser(data);
    state.number = data.number;
    fields.set(parentElement, state);
    parentElement.append(state.root);
    begin(state);
  }
  const turn = (state.turn = (state.turn ?? 0) + 1);
  state.send = (answer) => {
    if (state.isDone) return;
    state.isDone = true;
    document.dispatchEvent(new CustomEvent("newsdesk-answered", { detail: { number: state.number } }));
    (document.querySelector(".nm-current-first") ?? document.querySelector(".nm-text"))?.focus({ preventScroll: true });
    setTriggerValue("done", { number: state.number, ...answer });
  };
  return () => {
    // Streamlit also calls this for a drawing that a newer one has overtaken.
    if (turn !== state.turn) return;
    state.leaving.abort();
    state.root.remove();
    fields.delete(parentElement);
  };
}

/* Takes the focus, and what was typed for it while it was on its way. */
function begin(state) {
  const { input } = state;
  const ahead = { number: state.number, typed: "", left: "" };
  document.dispatchEvent(new CustomEvent("newsdesk-field", { detail: ahead }));
  input.value += ahead.typed;
  if (ahead.left) {
    // Without the focus: the next key is for the text. Not now: what is sent while Streamlit draws is lost.
    setTimeout(() => (ahead.left === "Click" && state.leave ? state.leave() : state.send({})));
    return;
  }
  input.focus({ preventScroll: true });
  input.setSelectionRange(input.value.length, input.value.length);
  state.show?.();
  requestAnimationFrame(() => askForRoom(state, FRAMES));
}

/* Asks the text for room once the field has its looks, which come by themselves. */
function askForRoom(state, patience) {
  if (!state.root.isConnected) return;
  if (patience && getComputedStyle(state.root).position === "static") {
    requestAnimationFrame(() => askForRoom(state, patience - 1));
    return;
  }
  const foot = () => Math.max(...[state.root, ...state.root.children].map((one) => one.getBoundingClientRect().bottom));
  document.dispatchEvent(new CustomEvent("newsdesk-room", { detail: { foot } }));
}

/* Heading, the input, Cancel, and what stands below. */
function frame(data, input, name) {
  const state = { root: make("div", `nf nf-${name}`), input, isDone: false, send: null, came: performance.now(), leaving: new AbortController() };
  const head = make("p", "nf-head");
  const title = make("span", "nf-title", data.heading);
  const words = make("bdi", "nf-words", data.words);
  title.id = `nf-title-${data.number}`;
  input.setAttribute("aria-labelledby", title.id);
  input.classList.add("nf-input");
  input.dir = "auto";
  input.autocomplete = "off";
  head.append(title, " ", words);
  const row = make("div", "nf-row");
  const cancel = make("button", "nf-cancel", "Cancel");
  cancel.type = "button";
  cancel.addEventListener("click", () => state.send({}));
  row.append(input, cancel);
  state.row = row;
  state.cancel = cancel;
  state.root.append(head, row);
  if (data.hint) state.root.append(make("p", "nf-hint", data.hint));
  // The field comes under the mouse: a press so soon was meant for what stood there before, and chooses nothing.
  let isMeant = true;
  state.root.addEventListener("pointerdown", () => { isMeant = performance.now() - state.came > SOON; }, { capture: true });
  state.root.addEventListener("mousedown", (event) => {
    if (!isMeant || event.target.closest(".nf-list")) event.preventDefault(); // the input keeps the focus
  });
  state.root.addEventListener("click", (event) => {
    if (!isMeant) event.stopPropagation();
    isMeant = true;
  }, { capture: true });
  state.root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") state.send({});
    else if (event.target !== input || !state.onKey?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return state;
}

function note(data) {
  const input = make("textarea");
  input.rows = 2;
  input.value = data.value;
  const state = frame(data, input, "note");
  const keep = make("button", "nf-keep", "Keep");
  keep.type = "button";
  const done = () => state.send({ words: input.value });
  const isWritten = () => input.value.trim() !== data.value.trim();
  state.leave = () => isWritten() ? done() : state.send({});
  document.addEventListener("pointerdown", ({ target }) => {
    if (!state.root.contains(target) && isWritten()) done();
  }, { capture: true, signal: state.leaving.signal });
  document.addEventListener("newsdesk-leaving", ({ detail }) => {
    if (!state.isDone && isWritten()) detail.isBusy = true;
  }, { signal: state.leaving.signal });
  keep.addEventListener("click", done);
  keep.title = "Enter; Shift and Enter for a new line";
  state.row.insertBefore(keep, state.cancel);
  state.onKey = (event) => {
    if (event.key !== "Enter" || event.shiftKey) return false;
    done();
    return true;
  };
  return state;
}

function chooser(data) {
  const input = make("input");
  const list = make("ul", "nf-list");
  list.id = `nf-list-${data.number}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", data.heading);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-autocomplete", "list"], ["aria-expanded", "true"]]) input.setAttribute(name, value);
  input.placeholder = data.placeholder;
  const state = frame(data, input, "choose");
  const none = make("p", "nf-none");
  none.setAttribute("role", "status");
  state.root.append(none, list);
  let answers = []; // what each row sends
  let at = 0;
  const row = (words, more, answer) => {
    const element = make("li", "");
    element.id = `${list.id}-${answers.length}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.append(make("bdi", "", words));
    if (more) element.append(make("span", "nf-more", more));
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", () => state.send(answer));
    answers.push(answer);
    return element;
  };
  const point = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = Math.min(Math.max(to, 0), answers.length - 1);
    const row = list.children[at];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  };
  state.show = () => {
    const found = matching(data.options, input.value).slice(0, MOST);
    answers = [];
    list.replaceChildren(...found.map(([index]) => row(...data.options[index], { choice: index })));
    const typed = input.value.trim();
    const own = data.takes_words && typed ? ownWords(typed) : "";
    if (own && !found.some(([index]) => data.options[index][0] === own)) list.append(row(own, "as in the article", { words: own }));
    list.hidden = !answers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    none.hidden = Boolean(answers.length) || (data.takes_words && !typed);
    none.textContent = none.hidden ? "" : data.takes_words ? `“${typed}” is nowhere in the article; a name is written in the article’s own words.` : "No such name in the article";
    at = 0;
    point(0);
  };
  state.onKey = ({ key }) => {
    if (key === "ArrowDown") point(at + 1);
    else if (key === "ArrowUp") point(at - 1);
    else if (key === "Enter" && answers.length) state.send(answers[at]);
    else return key === "Enter";
    return true;
  };
  input.addEventListener("input", state.show);
  return state;
}

/* The article's own words for what was typed, whatever their case and blanks: whole words rather than those that
   only begin so, and letter for letter rather than not; "" where it has none. */
function ownWords(typed) {
  const text = document.querySelector(".nm-text")?.textContent ?? "";
  const wanted = typed.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
  for (const end of ["(?![\\p{L}\\p{N}_])", "[\\p{L}\\p{M}\\p{N}_]*"]) {
    for (const flags of ["u", "iu"]) {
      const found = new RegExp(`(?<![\\p{L}\\p{N}_])${wanted}${end}`, flags).exec(text);
      if (found) return found[0].replace(/\s+/g, " ");
    }
  }
  return "";
}

/* The options that have the letters, the best first: as a beginning, as that of a word, within, apart. */
function matching(options, typed) {
  const wanted = plain(typed).trim().replace(/\s+/g, " ");
  const rows = options.map(([words], index) => [index, rank(plain(words), wanted)]);
  return rows.filter(([, rank]) => rank >= 0).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function rank(words, wanted) {
  if (!wanted || words.startsWith(wanted)) return 0;
  const at = words.indexOf(wanted);
  if (at > 0) return /[\p{L}\p{N}]/u.test(words[at - 1]) ? 2 : 1;
  let from = 0;
  for (const letter of wanted) {
    from = words.indexOf(letter, from) + 1;
    if (!from) return -1;
  }
  return 3;
}
