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

/** Shows other nodes in a place. Who was at something in it is at its successor afterwards: what has the same `data-key`. */
export function show(place, ...nodes) {
  const inside = place !== document.activeElement && place.contains(document.activeElement);
  const key = inside ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...nodes.flat(3).filter(Boolean));
  if (inside) goTo(key);
}

/** To what has this key; where there is no such thing any more, to the page's title: nobody has to begin at the top of the document. */
export function goTo(key) {
  const found = key && [...document.querySelectorAll("#main [data-key]")].find(node => node.dataset.key === key);
  (found || document.querySelector("#main h1"))?.focus({ preventScroll: true });
}

/** Says something to those who listen instead of looking. */
export function say(text) {
  document.getElementById("said").textContent = text;
}
