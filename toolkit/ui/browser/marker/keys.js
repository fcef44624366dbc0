/* The keys of the text. */

import { applies, around, isForField, keepKey, perform } from "./asking.js";
import { handleBar } from "./bar.js";
import { COMMANDS, keyName, KNOWN } from "./commands.js";
import { hideTip } from "./pointing.js";
import { focusText, select } from "./selecting.js";
import { walk } from "./walking.js";

const TYPED = /^(.|Backspace|Escape|Enter|Tab|Delete|Arrow\w+)$/su;

export function onKey(state, event) {
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

function handle(state, event, key, target) {
  if (state.root.querySelector("dialog[open]")) return false;
  if (isForField(state)) {
    if (!TYPED.test(key)) return KNOWN.has(key);
    if (!event.repeat) keepKey(state, key);
    return true;
  }
  if (state.bar.contains(target) && handleBar(state, key, target)) return true;
  if (key === "Escape") return letGo(state);
  if (target.closest("button") && (key === "Enter" || key === " ")) return false;
  const arrow = /^(Shift\+)?Arrow(Left|Right|Up|Down)$/.exec(key);
  if (arrow && !state.bar.contains(target)) return walk(state, arrow[2], Boolean(arrow[1]));
  const fitting = COMMANDS.filter((command) => command.keys.includes(key));
  // Words first, then the mark, then the rest: the order of the table.
  const command = fitting.find((one) => applies(state, one)) ?? fitting.find((one) => around(state, one)) ?? alone(state, key);
  if (!command || (state.words && command.when === "mark")) return false;
  if (event.repeat && command.name !== "next" && command.name !== "previous") return true;
  perform(state, command);
  return true;
}

/* What a key is for where nothing is selected: what the page looks at, or leads to meanwhile. */
function alone(state, key) {
  const command = state.current || state.words ? null : COMMANDS.find((one) => one.alone === key);
  return command && { ...command, isAlone: true };
}

/* Escape: out of the bar into the text, then the words are let go, then the mark. */
function letGo(state) {
  if (!state.tip.hidden) hideTip(state);
  else if (state.bar.contains(document.activeElement)) focusText(state);
  else if (state.words) document.getSelection().collapseToStart();
  else if (state.current) select(state, "", { tell: 1 });
  else return false;
  return true;
}
