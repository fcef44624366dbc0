/* The keys of the page outside of the text and of its fields. */

let isListening = false;

export default function mount() {
  if (isListening) return;
  isListening = true;
  window.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("click", onClick);
}

/* C and R would clear Streamlit's cache or run the page again; on this page C confirms. */
function onKey(event) {
  const { target, key } = event;
  const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input, textarea, select, [contenteditable], .nm");
  // A key that is held down must not decide on what nobody has seen.
  const isHeld = event.repeat && /^[xu]$/i.test(key);
  if (isElsewhere || !(isHeld || /^[cr]$/i.test(key))) return;
  if (key === "c" && !event.repeat) document.querySelector(".st-key-nd-do-confirm button:not(:disabled)")?.click();
  event.stopPropagation();
}

/* Who presses a button of the bar by mouse goes on by key in the text; a click by key has no detail. */
function onClick(event) {
  if (event.detail && event.target.closest?.(".st-key-nd-review button")) document.activeElement?.blur();
}
