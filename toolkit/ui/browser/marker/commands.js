/* All that keys and buttons do in the text, as a table, and what keys are called. */

/* All that keys and buttons do. `when` is what must be selected: words, a mark, or any(thing); `of`
   limits it to some marks. `alone`: with nothing selected, this key acts on what the page looks at above the text.
   `asks`: the page opens a field, so keys typed ahead are meant for that. */
export const COMMANDS = [
  { name: "add-quote", when: "words", keys: ["q"], title: "Quote", shown: true },
  { name: "add-mention", value: "PERSON", when: "words", keys: ["p"], title: "Person", shown: true },
  { name: "add-mention", value: "ORG", when: "words", keys: ["o"], title: "Organisation", shown: true },
  { name: "add-mention", value: "PLACE", when: "words", keys: ["l"], title: "Place", shown: true },
  { name: "add-mention", value: "GROUP", when: "words", keys: ["g"], title: "Group", shown: true },
  { name: "add-mention", value: "EVENT", when: "words", keys: ["e"], title: "Event" },
  { name: "add-mention", value: "WORK", when: "words", keys: ["w"], title: "Work" },
  { name: "add-mention", value: "FACILITY", when: "words", keys: ["f"], title: "Facility" },
  { name: "add-mention", value: "PRODUCT", when: "words", keys: [], title: "Product" },
  { name: "add-mention", value: "LAW", when: "words", keys: [], title: "Law" },
  { name: "confirm", when: "mark", keys: ["c", "Enter"], alone: "c", title: "Confirm", shown: true },
  { name: "reject", when: "mark", keys: ["x", "Delete"], alone: "x", title: "Reject", shown: true },
  { name: "speaker", when: "mark", of: ["quote"], keys: ["s"], title: "Speaker", shown: true, asks: true },
  { name: "choose", when: "mark", of: ["quote", "mention"], keys: ["k"], title: "Kind", shown: true },
  { name: "extent-grow", value: "left", when: "mark", keys: ["[", "Alt+Shift+ArrowLeft"], title: "Begin a word earlier" },
  { name: "extent-shrink", value: "left", when: "mark", keys: ["]", "Alt+Shift+ArrowRight"], title: "Begin a word later" },
  { name: "extent-shrink", value: "right", when: "mark", keys: ["{", "Alt+ArrowLeft"], title: "End a word earlier" },
  { name: "extent-grow", value: "right", when: "mark", keys: ["}", "Alt+ArrowRight"], title: "End a word later" },
  { name: "merge", when: "mark", of: ["mention"], keys: ["m"], title: "Same as another name", asks: true },
  { name: "move", when: "mark", of: ["mention"], keys: ["t"], title: "Here it is somebody else", asks: true },
  { name: "split", when: "mark", of: ["mention"], keys: ["d"], title: "Not the same as the others" },
  { name: "rename", when: "mark", of: ["mention"], keys: ["r"], title: "Rename", asks: true },
  { name: "note", when: "mark", keys: ["a"], title: "Add a note", asks: true },
  { name: "reset", when: "mark", keys: ["v"], title: "Back to the machine’s suggestion" },
  { name: "next", when: "any", keys: ["n", "j"], title: "Next to review" },
  { name: "previous", when: "any", keys: ["p", "N", "J"], title: "The one before" },
  { name: "undo", when: "any", keys: ["u", "Ctrl+z"], title: "Undo" },
  { name: "redo", when: "any", keys: ["U", "Ctrl+Shift+z"], title: "Redo" },
  { name: "keys", when: "any", keys: ["?"], title: "These keys" },
];
export const WALKS = [
  [["ArrowRight", "ArrowLeft"], "To the next mark, or the one before"],
  [["Shift+ArrowRight", "Shift+ArrowLeft"], "Select words; arrows alone then move what is selected"],
  [["Escape"], "Let go"],
];
export const HEADINGS = { words: "With words selected", mark: "With a mark selected", any: "Always", walk: "To get about" };
export const KNOWN = new Set(COMMANDS.flatMap((command) => command.keys));

/* What a command is called: labels and kinds as Python calls them. */
export const named = (state, command) => (command.name === "add-mention" ? state.data.labels[command.value] : command.title);

/* "Ctrl+Shift+z", "Alt+ArrowLeft"; for what is typed, just the letter, however it came about. */
export function keyName(event) {
  const { key } = event;
  const isTyped = key.length === 1;
  if (isTyped && (event.getModifierState("AltGraph") || !(event.ctrlKey || event.metaKey || event.altKey))) return key;
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"].filter(Boolean);
  return [...held, isTyped ? key.toLowerCase() : key].join("+");
}

const SIGNS = { ArrowRight: "→", ArrowLeft: "←", Escape: "Esc", Delete: "Del" };
export const keyLabel = (key) => (key ? key.split("+").map((part) => SIGNS[part] ?? part).join(" ") : "");
