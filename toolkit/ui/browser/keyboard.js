/* The focus that must not get lost among the buttons of the page, what a screen reader is told of the review, and
   what is not saved when the page is left. The keys are in ``early.js``. */

import { make } from "./elements.js";

const PATIENCE = 3000; // ms in which the page answers a button

let isListening = false;

export default function mount() {
  if (isListening) return;
  isListening = true;
  document.addEventListener("click", onClick);
  window.addEventListener("beforeunload", onLeaving);
  // Who goes back or forward leaves the field in which they typed: it is sent before the page goes.
  window.addEventListener("popstate", () => document.activeElement?.blur?.(), { capture: true });
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
    // A field stands in their place for a while; a text whose analysis failed has none.
    const isOver = !words && document.querySelector(".st-key-nd-review > * .nd-problem[role='alert']");
    if ((words || isOver) && words !== live.textContent) live.textContent = words;
  };
  new MutationObserver(tell).observe(document.getElementById("root") ?? document.body, { childList: true, subtree: true, characterData: true });
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

/* The browser asks before a page goes of which something waits, was typed or is on its way. The address tells what
   waits, on any view of the page. */
function onLeaving(event) {
  const detail = { isBusy: new URLSearchParams(location.search).has("waits") || document.querySelector(".nd-unsaved") !== null };
  document.dispatchEvent(new CustomEvent("newsdesk-leaving", { detail }));
  if (detail.isBusy) event.preventDefault();
}
