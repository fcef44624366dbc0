/* The keys of the page outside of the text and of its fields, and the focus that must not get lost. */

const PATIENCE = 3000; // ms in which the page answers a button

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
