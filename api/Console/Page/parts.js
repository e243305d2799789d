// What pages are made of.

import { Problem, get } from "./api.js";
import { long, relative, time } from "./clock.js";
import { el, say, show } from "./dom.js";

/** What the server refused, with the id under which its log has it. */
export function problemText(problem, { fields = true } = {}) {
  return el("div", { class: "problem" },
    el("p", {}, problem.message, problem.retryAfter > 1 && ` (${problem.retryAfter} s)`),
    fields && problem.fields.length > 0 && el("ul", {}, problem.fields.map(field => el("li", {}, el("code", {}, field.field), " ", field.message))),
    problem.errorId && el("p", { class: "hint" }, "In the server's log: ", el("code", {}, problem.errorId)));
}

/** Fills a place with what comes, keeps what stands there while it comes again, and shows why it did not. */
export async function load(place, signal, read, draw) {
  if (!place.hasChildNodes()) show(place, el("p", { class: "loading" }, "Loading…"));
  try {
    const what = await read();
    if (!signal.aborted) show(place, draw(what));
  } catch (problem) {
    if (signal.aborted) return;
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 401) return;
    show(place, el("div", { role: "alert", class: "card failed" },
      problemText(problem),
      el("button", { type: "button", "data-key": "retry", on: { click: () => load(place, signal, read, draw) } }, "Try again")));
  }
}

export function heading(text, ...beside) {
  return el("div", { class: "heading" }, el("h1", { tabindex: "-1", "data-key": "title" }, text), el("div", { class: "buttons" }, beside));
}

export function card(title, ...children) {
  return el("section", { class: "card" }, title && el("h2", {}, title), children);
}

export function button(text, click, { kind = "", key, label } = {}) {
  return el("button", { type: "button", class: kind, "data-key": key ?? text, "aria-label": label, on: { click } }, text);
}

export function badge(text, kind) {
  return el("span", { class: `badge ${kind}` }, text);
}

/** An instant: how long ago it was, and when exactly for who points at it. */
export function instant(text) {
  const at = time(text);
  return at === null ? el("span", { class: "none" }, "never") : el("time", { datetime: text, title: long(at), "data-relative": true }, relative(at));
}

/** What is said of instants changes without them. */
export function tellAnew() {
  for (const node of document.querySelectorAll("time[data-relative]")) node.textContent = relative(time(node.dateTime));
}

/** What the API writes in capitals: SIGNING_KEY. */
export const words = text => text.toLowerCase().replaceAll("_", " ").replace(/\bapi\b/, "API");

/** Who did it: an administrator by the id, the service itself by its name. */
export const who = ({ type, id }) => id && id !== "-" ? id : words(type);

/** @param columns [title, cell(item), class?] */
export function table(caption, columns, items, empty) {
  if (items.length === 0) return el("p", { class: "empty" }, empty);
  // Named and reached by keyboard, for it scrolls where the window is narrow.
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption, "data-key": `table ${caption}` },
    // The roles said once more: in a narrow window it is laid out as something else.
    el("table", { role: "table" },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        columns.map(([title]) => el("th", { scope: "col", role: "columnheader" }, title || el("span", { class: "unseen" }, "Actions"))))),
      el("tbody", { role: "rowgroup" }, items.map(item => el("tr", { role: "row" },
        columns.map(([title, cell, kind]) => el("td", { role: "cell", class: kind, "data-title": title }, cell(item))))))));
}

/** A list that comes in pages: all that were read so far, and a button for the next. */
export function pages(place, signal, address, query, draw, { limit = 50 } = {}) {
  let items = [], cursor = null, wanted = 1;

  async function read() {
    const found = [];
    let next = null;
    for (let page = 0; page < wanted && (page === 0 || next); page++) {
      const answer = await get(address, { query: { ...query(), limit, cursor: next }, signal });
      found.push(...answer.items);
      next = answer.next_cursor;
    }
    [items, cursor] = [found, next];
    return items;
  }

  async function more() {
    wanted++;
    await again();
    say(`${items.length} shown.`);
  }

  const again = () => load(place, signal, read, found => [draw(found), cursor && el("p", { class: "more" }, button("Show more", more))]);
  return { again, begin: () => { wanted = 1; return again(); }, items: () => items };
}

/** Does it soon, and once for many that want it. */
export function soon(signal, act, pause = 700) {
  let timer = null;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => timer ??= setTimeout(() => { timer = null; if (!signal.aborted) act(); }, pause);
}

export function every(signal, milliseconds, act) {
  const timer = setInterval(act, milliseconds);
  signal.addEventListener("abort", () => clearInterval(timer));
}

/** Puts a text on the clipboard, which plain HTTP has only on the own machine. */
export function copyButton(text, what) {
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text());
      copy.textContent = "Copied";
      say(`${what} copied.`);
    } catch {
      copy.textContent = "Select and copy by hand";
    }
  }, { label: `Copy ${what}` });
  return copy;
}
