/* The list of keys. */

import { make } from "../elements.js";
import { COMMANDS, HEADINGS, keyLabel, named, WALKS } from "./commands.js";
import { focusText } from "./selecting.js";

export function showKeys(state) {
  if (state.root.querySelector("dialog")) return;
  const back = document.activeElement;
  const dialog = make("dialog", "nm-keys");
  const title = make("h2", "", "Keys of the text");
  title.id = "nm-keys-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const close = make("button", "", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, close);
  const groups = Object.entries(HEADINGS).map(([when, heading]) => {
    const rows = when === "walk" ? WALKS : COMMANDS.filter((one) => one.when === when && one.keys.length).map((one) => [one.keys, named(state, one)]);
    const group = make("section");
    const list = make("dl");
    for (const [keys, words] of rows) {
      const term = make("dt");
      keys.forEach((key) => term.append(make("kbd", "", keyLabel(key))));
      list.append(term, make("dd", "", words));
    }
    group.append(make("h3", "", heading), list);
    return group;
  });
  const table = make("div", "nm-groups");
  table.append(...groups);
  dialog.append(table);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
    else focusText(state);
  });
  state.root.append(dialog);
  dialog.showModal();
}
