/* Telling Python what an editor asks for, one thing after the other, and keys that come too early.

   An action goes with the revision it was made on. Keys that are pressed while Python works wait for what it
   shows then. Keys after one that opens a field are meant for that field, until Escape or a click leaves it: they
   are kept, act on nothing, and go to it when it comes. What is asked for after that, or while a field's answer is
   on its way, waits until the field has gone. */

import { chooseKind, refresh, warn } from "./bar.js";
import { showKeys } from "./help.js";
import { paragraphSpans } from "./places.js";
import { select, tellSelection } from "./selecting.js";

const PATIENCE = 5000; // ms after which an action without an answer no longer holds up the next
const MOST = 200; // keys that are kept
const CLICK = "Click"; // kept like a key
const LEAVING = ["Escape", CLICK];

// Settled: all is answered. Idle: the next may go. Only a selection may be overtaken: Streamlit drops an
// action that it has not begun with when the next one comes.
const isLate = (state) => Date.now() - state.since > PATIENCE;
export const isSettled = (state) => state.sent <= state.seen || isLate(state);
export const isIdle = (state) => (state.holding <= state.seen && !state.ahead && !state.answering) || isLate(state);

export function ask(state, name, { id = "", spans = [], value = "" } = {}) {
  state.sent = Math.max(state.sent, state.seen) + 1;
  state.since = Date.now();
  if (name !== "select") state.holding = state.sent;
  state.component.setTriggerValue("action", { number: state.sent, revision: state.data.revision, name, id, spans, value });
  // Should no answer come, what was typed meanwhile must not wait for ever.
  setTimeout(() => isIdle(state) && catchUp(state), PATIENCE + 50);
}

/* What has been answered: takes up the keys that waited for it. */
export function catchUp(state) {
  const { ahead } = state;
  // The field came, or there is none: why, the page tells. One that is open comes a moment later.
  if (ahead && ahead.number <= state.seen && [0, state.opened].includes(state.data.field)) state.ahead = null;
  if (state.ahead && isLate(state)) state.ahead = null;
  state.drawn = Math.max(state.drawn, state.data.field);
  if (state.answering <= state.drawn && state.answering !== state.data.field) state.answering = 0;
  while (state.queue.length && isIdle(state)) {
    const { act, command } = state.queue.shift();
    if (act) act();
    else if (command) perform(state, command);
  }
}

/* Whether keys are meant for a field that is about to open: what was done last, of what opens or leaves one. */
export function isForField(state) {
  if (state.ahead && isLate(state)) state.ahead = null;
  const kept = [...(state.ahead?.keys ?? []).map((key) => ({ key })), ...state.queue];
  const last = kept.findLast(({ key, command, act }) => LEAVING.includes(key) || command || act);
  return last ? Boolean(last.command?.asks) : Boolean(state.ahead);
}

/* Keeps such a key. */
export function keepKey(state, key) {
  if (state.ahead && !state.queue.length) {
    if (state.ahead.keys.length < MOST) state.ahead.keys.push(key);
  } else if (state.queue.length < MOST) {
    state.queue.push({ key });
  }
}

/* A click in the text leaves a field that is about to open. */
export function leave(state) {
  if (isForField(state)) keepKey(state, CLICK);
}

/* A field has come: it takes what was typed ahead, or goes if it was left meanwhile. */
export function handOver(state, { detail }) {
  state.opened = detail.number;
  if (!state.ahead) return;
  for (const key of state.ahead.keys) {
    if (LEAVING.includes(key)) detail.left = key;
    else if (key === "Backspace") detail.typed = [...detail.typed].slice(0, -1).join("");
    else if ([...key].length === 1) detail.typed += key;
  }
  state.ahead = null;
  if (detail.left) awaitAnswer(state, detail.number);
}

/* A field has answered: what is asked for now is about what comes of it. */
export function awaitAnswer(state, number) {
  state.answering = number;
  state.since = Date.now();
  setTimeout(() => isIdle(state) && catchUp(state), PATIENCE + 50);
}

/* Does what a key or a button stands for: at once, or when it is its turn. */
export function perform(state, command) {
  if (command.name === "keys") return showKeys(state);
  if (!isIdle(state)) {
    tellSelection(state);
    if (state.queue.length < MOST) state.queue.push({ command });
    return;
  }
  const holder = applies(state, command) ? null : around(state, command);
  if (holder) select(state, holder.id);
  if (!applies(state, command)) return;
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
  ask(state, name, { id: state.current, spans: command.when === "mark" && mark ? pairs(mark.points) : [], value });
  if (command.asks) {
    // Those that are its own: what else waits was asked for when it had been left.
    const rest = state.queue.findIndex(({ key }) => !key);
    const typed = state.queue.splice(0, rest < 0 ? state.queue.length : rest);
    state.ahead = { number: state.sent, keys: typed.map(({ key }) => key) };
  }
}

const pairs = (ends) => ends.flatMap((end, i) => (i % 2 ? [] : [[end, ends[i + 1]]]));

/* Of a command for quotes alone: the shortest quotation around the selected mark, for who speaks can be told
   from a name in it. */
export function around(state, { of }) {
  const mark = state.marks.get(state.current);
  if (!mark || state.words || of?.length !== 1 || of[0] !== "quote") return null;
  const [start, end] = [mark.points[0], mark.points.at(-1)];
  const length = ({ points }) => points.at(-1) - points[0];
  const holding = state.order.filter(({ of, points }) => of === "quote" && points[0] <= start && end <= points.at(-1));
  return holding.sort((one, other) => length(one) - length(other))[0] ?? null;
}

export function applies(state, { when, of, isAlone }) {
  if (when === "words") return Boolean(state.words);
  if (when === "any") return true;
  const mark = state.marks.get(state.current);
  return mark ? !of || of.includes(mark.of) : Boolean(isAlone) && !state.words;
}
