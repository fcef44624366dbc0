/* Lists beside the text, in the browser: draws groups of rows and tells which one was pressed.

   Words go in as text nodes only. A list is one tab stop: arrows go from row to row, Home and End to
   its ends, and right and left to what can be done with a row. Nothing is decided here: a press goes
   to Python, and what came of it comes back as new data. */

import { bidi, make as plain } from "./elements.js";

const TINTS = 8; // hues in the style sheet
const lists = new WeakMap(); // the element that Streamlit gives -> what stands in it

export default function mount(component) {
  const { parentElement } = component;
  let state = lists.get(parentElement);
  if (!state) {
    const root = make("div", "nr");
    state = { root, drawn: "", sent: 0, turn: 0, current: "", component };
    root.addEventListener("click", (event) => onClick(state, event));
    root.addEventListener("keydown", (event) => onKey(state, event));
    root.addEventListener("focusin", (event) => follow(state, event.target.closest(".nr-item")));
    parentElement.append(root);
    lists.set(parentElement, state);
  }
  state.component = component;
  const turn = ++state.turn;
  update(state, component.data);
  return () => {
    // Streamlit also calls this for a drawing that a newer one has overtaken.
    if (turn !== state.turn) return;
    state.root.remove();
    lists.delete(parentElement);
  };
}

/* An element whose words, if it has any, are written whichever way they are. */
const make = (tag, name, words) => (words ? bidi(plain(tag, name, words)) : plain(tag, name));

/* The rows that can be reached: not those behind a closed title. */
const itemsOf = (state) => [...state.root.querySelectorAll(".nr-item")].filter((item) => !item.closest("details:not([open])"));

function update(state, data) {
  state.sent = Math.max(state.sent, data.seen);
  const drawn = JSON.stringify([data.groups, data.actions, data.label, data.language]);
  if (drawn === state.drawn) return;
  state.drawn = drawn;
  const active = state.root.contains(document.activeElement) ? document.activeElement : null;
  const place = active ? itemsOf(state).indexOf(active.closest(".nr-item")) : -1;
  const held = active ? [active.closest(".nr-item")?.dataset.id, active.dataset.action ?? ""] : null;
  const open = new Set([...state.root.querySelectorAll("details[open]")].map((one) => one.dataset.group));
  state.root.replaceChildren(...data.groups.map((group, i) => drawGroup(data, group, open, i)));
  const items = itemsOf(state);
  follow(state, items.find((item) => item.dataset.id === state.current) ?? items[0]);
  if (!held) return;
  // The row is gone, or the button: the focus goes to the nearest thing that is left.
  const item = items.find((one) => one.dataset.id === held[0]) ?? items[Math.min(place, items.length - 1)];
  const buttons = item ? [...item.querySelectorAll("button")] : [];
  (buttons.find((one) => one.dataset.action === held[1]) ?? buttons[0])?.focus({ preventScroll: true });
}

function drawGroup(data, [title, isFolded, rows], open, number) {
  const list = make("ul", "nr-list");
  list.append(...rows.map((row) => drawRow(data, row)));
  const name = [data.label, title].filter(Boolean).join(", ");
  if (name) list.setAttribute("aria-label", name);
  if (!isFolded) {
    const group = make("section", "nr-group");
    if (title) group.append(make("h2", "nr-title", title));
    group.append(list);
    return group;
  }
  const group = make("details", "nr-group");
  // By its place, since its title may count what is in it.
  group.dataset.group = String(number);
  group.open = open.has(String(number));
  group.append(make("summary", "nr-title", title), list);
  return group;
}

function drawRow(data, [id, lead, title, aside, detail, words, remark, tint, isAlarm, actions, isOpen]) {
  const item = make("li", "nr-item");
  item.dataset.id = id;
  const row = make(isOpen ? "button" : "div", "nr-row");
  if (isOpen) {
    row.type = "button";
    row.tabIndex = -1;
    row.dataset.action = "";
  }
  if (lead) row.classList.add("nr-led");
  if (tint) row.classList.add("nr-tinted", `nr-tint-${((tint - 1) % TINTS) + 1}`);
  const cells = [
    lead && make("span", "nr-lead", lead),
    title && make("span", isAlarm ? "nr-head nr-alarm" : "nr-head", title),
    aside && make("span", "nr-aside", aside),
    detail && make("span", "nr-detail", detail),
    ...words.map((pieces) => drawWords(data, pieces)),
    remark && make("span", "nr-remark", remark),
  ].filter(Boolean);
  // The blanks keep the cells apart for a screen reader; the grid drops them.
  row.append(...cells.flatMap((cell) => [cell, " "]));
  item.append(row);
  if (actions.length) {
    const bar = make("div", "nr-actions");
    const about = title || words[0]?.map(([piece]) => piece).join("") || "";
    for (const action of actions) {
      const button = make("button", "nr-action", data.actions[action] ?? action);
      button.type = "button";
      button.tabIndex = -1;
      button.dataset.action = action;
      button.setAttribute("aria-label", `${button.textContent}: ${about.slice(0, 80)}`);
      bar.append(button);
    }
    item.append(bar);
  }
  return item;
}

function drawWords(data, pieces) {
  const words = make("span", "nr-words");
  words.dir = "auto";
  if (data.language) words.lang = data.language;
  words.append(...pieces.map(([piece, isFound]) => (isFound ? make("mark", "nr-found", piece) : piece)));
  return words;
}

/* One row is the tab stop, with its buttons. */
function follow(state, item) {
  if (!item) return;
  state.current = item.dataset.id;
  for (const button of state.root.querySelectorAll('button[tabindex="0"]')) button.tabIndex = -1;
  for (const button of item.querySelectorAll("button")) button.tabIndex = 0;
}

function onClick(state, event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { id } = button.closest(".nr-item").dataset;
  state.sent += 1;
  state.component.setTriggerValue("press", { number: state.sent, id, action: button.dataset.action });
}

function onKey(state, event) {
  const item = event.target.closest(".nr-item");
  if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
  const items = itemsOf(state);
  const at = items.indexOf(item);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  const buttons = [...item.querySelectorAll("button")];
  const isRtl = getComputedStyle(item).direction === "rtl";
  const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
  const next = to !== undefined ? items[to]?.querySelector("button") : step && buttons[buttons.indexOf(event.target) + step];
  if (next) next.focus();
  if (next || to !== undefined) event.preventDefault();
}
