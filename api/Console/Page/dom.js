// Elements. Whatever is shown is text: nothing here, nor anywhere else, turns text into markup.

const svgNamespace = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`on: {click}`) and children; null and false are left out. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false).map(child =>
    child instanceof Node ? child : String(child)));
  return node;
}

/** Shows other nodes in a place. Who was at something with a `data-key` is at its successor afterwards. */
export function show(place, ...nodes) {
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...nodes.flat(3).filter(Boolean));
  if (key) [...place.querySelectorAll("[data-key]")].find(node => node.dataset.key === key)?.focus({ preventScroll: true });
}

/** Says something to those who listen instead of looking. */
export function say(text) {
  document.getElementById("said").textContent = text;
}
