/* What all components make: elements whose words go in as text nodes only. */

export function make(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words) element.textContent = words;
  return element;
}

/* An element whose words read whichever way they are written. */
export function bidi(element) {
  element.dir = "auto";
  return element;
}
