/* The keys C and R outside of the text and of its fields. This stands in the page itself and is no module:
   a file that is fetched came after the buttons, and what was pressed meanwhile was lost. */

(() => {
  if (window.newsdeskListens) return;
  window.newsdeskListens = true;
  // Not on the window, where the text has its own and comes first: a key must not count twice.
  document.addEventListener("keydown", onKey, { capture: true });

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
})();
