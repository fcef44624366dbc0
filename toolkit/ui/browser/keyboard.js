/* The keys of the page outside of the text and of its fields, the focus that must not get lost, and what a
   screen reader is told of the review. */

import { make } from "./elements.js";

const PATIENCE = 3000; // ms in which the page answers a button

let isListening = false;

export default function mount() {
  if (isListening) return;
  isListening = true;
  // Not on the window, where the text has its own and comes first: a key must not count twice.
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("click", onClick);
  tellReview();
}

/* What is left and what to look at, each time that it changes. Python draws its elements anew, and of those that
   come with their words a screen reader says nothing: this one stays. */
function tellReview() {
  const live = make("div", "nd-live");
  live.setAttribute("aria-live", "polite");
  document.body.append(live);
  const tell = () => {
    const parts = document.querySelectorAll(".st-key-nd-review .nd-look > p");
    const words = [...parts].map((part) => part.textContent.trim()).join(": ");
    if (words && words !== live.textContent) live.textContent = words;
  };
  new MutationObserver(tell).observe(document.getElementById("root") ?? document.body, { childList: true, subtree: true, characterData: true });
}

/* C and R would clear Streamlit's cache or run the page again; on this page C confirms. */
function onKey(event) {
  const { target, key } = event;
  const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input, textarea, select, [contenteditable], .nm");
  // A key that is held down must not decide on what nobody has seen.
  const isHeld = event.repeat && /^[xu]$/i.test(key);
  if (isElsewhere || !(isHeld || /^[cr]$/i.test(key))) return;
  if (key === "c" && !event.repeat) document.querySelector(".st-key-nd-do-confirm button:not(:disabled)")?.click();
  event.stopImmediatePropagation();
}

/* Who presses a button of the bar by mouse goes on by key in the text; who does so by key, which is a click
   without detail, stays among the buttons. */
function onClick(event) {
  if (!event.target.closest?.(".st-key-nd-review button")) return;
  if (event.detail) document.activeElement?.blur();
  else if (document.activeElement !== document.body) keepFocus();
}

/* The button that was pressed may go, or be off: then the focus goes to the first that is there. */
function keepFocus() {
  const look = () => {
    const active = document.activeElement;
    if (active !== document.body && !active.disabled) return;
    document.querySelector(".st-key-nd-acts button:enabled")?.focus();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.querySelector(".st-key-nd-review"), { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  setTimeout(() => watcher.disconnect(), PATIENCE);
}
