// A ring as it is: one row for each key, from when it was published to its end, and now moving across.

import { long, now, relative, short, time } from "./clock.js";
import { el, show, svg } from "./dom.js";
import { every } from "./parts.js";

const rowHeight = 40, barHeight = 14, top = 20, bottom = 22, mostKeys = 6;

const words = {
  prepared: "prepared", published: "published, signs next", signing: "signing", retired: "retired, still verifies",
  expired: "expired", revoked: "revoked",
};

/** @param keys as the API lists them, newest first
 * @param passed called when an instant of change has passed, for the states are others then */
export function timeline(ring, keys, signal, passed) {
  const rows = keys.map(spans).sort((a, b) => a.activates - b.activates).slice(-mostKeys);
  const detail = el("p", { class: "detail" }, rows.length > 0 ? "Point at a key, or go to it with the Tab key, to see its instants." : "This ring has no keys yet.");
  if (rows.length === 0) return el("div", { class: "timeline" }, detail);

  const [first, to] = [Math.min(...rows.map(row => row.published), now()), Math.max(...rows.map(row => row.expires), now())];
  // A little of what was before, so that a first key does not begin at the edge.
  const from = first - (to - first) / 25;
  const height = top + rows.length * rowHeight + bottom;
  const picture = svg("svg", { class: "ring", height, role: "group", "aria-label": `Time line of ring ${ring}` });
  const nowLine = svg("g", { class: "now", "aria-hidden": "true" }, svg("line", { y1: top - 4, y2: height - bottom }), svg("text", { y: 11 }, "now"));
  let width = 0;
  const x = at => 2 + (width - 4) * (at - from) / (to - from || 1);

  function draw() {
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    show(picture, axis(), rows.map(row), nowLine);
    move();
  }

  function axis() {
    const ticks = Math.max(2, Math.floor(width / 150));
    return svg("g", { class: "axis", "aria-hidden": "true" }, Array.from({ length: ticks + 1 }, (_, n) => {
      const at = from + (to - from) * n / ticks;
      return [
        svg("line", { x1: x(at), x2: x(at), y1: top, y2: height - bottom }),
        svg("text", { x: x(at), y: height - 7, "text-anchor": n === 0 ? "start" : n === ticks ? "end" : "middle" }, short(at)),
      ];
    }));
  }

  function row(key, n) {
    const y = top + n * rowHeight;
    const bar = (kind, start, end) => end > start
      && svg("rect", { class: kind, x: x(start), y: y + 18, width: Math.max(1.5, x(end) - x(start)), height: barHeight, rx: 3 });
    const tell = () => describe(key);
    // The text stands where the bar begins, or further left when it would not end in the picture.
    const text = `${key.kid.slice(0, 8)} · ${words[key.state]}`;
    const start = Math.max(2, Math.min(x(key.published) + 4, width - text.length * 7));
    return svg("g", { class: `key ${key.state}`, tabindex: "0", role: "img", "data-key": key.kid, "aria-label": sentence(key), on: { focus: tell, pointerenter: tell } },
      svg("rect", { class: "back", x: 0, y: y + 1, width, height: rowHeight - 3, rx: 4 }),
      svg("text", { x: start, y: y + 13 }, text),
      bar("published", key.published, Math.min(key.activates, key.end)),
      bar("signs", key.activates, key.signsUntil),
      bar("retired", Math.max(key.signsUntil, key.published), key.end),
      key.revoked !== null && svg("path", { class: "cross", d: `M${x(key.end) - 5} ${y + 20}l10 10m0 -10l-10 10` }));
  }

  function describe(key) {
    show(detail, el("code", {}, key.kid), ` · ${key.algorithm}, number ${key.number}, ${key.origin} · ${sentence(key)}`);
  }

  function move() {
    const at = x(Math.min(Math.max(now(), from), to));
    nowLine.setAttribute("transform", `translate(${at.toFixed(1)} 0)`);
    nowLine.lastChild.setAttribute("text-anchor", at < 20 ? "start" : at > width - 20 ? "end" : "middle");
  }

  const changes = rows.flatMap(row => [row.published, row.activates, row.signsUntil, row.end]).filter(at => at > now()).sort((a, b) => a - b);
  every(signal, 500, () => {
    move();
    if (changes.length > 0 && now() > changes[0] + 1000) {
      changes.length = 0;
      passed();
    }
  });

  const watch = new ResizeObserver(([entry]) => {
    const found = Math.floor(entry.contentRect.width);
    if (found > 0 && found !== width) {
      width = found;
      draw();
    }
  });
  watch.observe(picture);
  signal.addEventListener("abort", () => watch.disconnect());

  return el("div", { class: "timeline" }, picture, detail, legend());
}

function spans(key) {
  const [published, activates, expires] = [time(key.published_at), time(key.activates_at), time(key.expires_at)];
  const [tainted, revoked] = [time(key.tainted_at), time(key.revoked_at)];
  const end = Math.min(expires, revoked ?? expires);
  return {
    kid: key.kid, algorithm: key.algorithm, number: key.rotation_count, origin: key.origin, state: key.state, reason: key.reason,
    published, activates, expires, revoked, tainted, end,
    signsUntil: Math.min(time(key.signs_until), tainted ?? Infinity, end),
  };
}

function sentence(key) {
  const parts = [`Key ${key.kid.slice(0, 8)} is ${words[key.state]}`];
  if (key.state === "published" || key.state === "prepared") parts.push(`signs from ${long(key.activates)} (${relative(key.activates)})`);
  if (key.state === "signing") parts.push(`since ${long(key.activates)}, until ${long(key.signsUntil)} (${relative(key.signsUntil)})`);
  if (key.revoked === null) parts.push(`in the key set until ${long(key.expires)}`);
  else parts.push(`revoked ${long(key.revoked)}`);
  if (key.tainted !== null && key.revoked === null) parts.push(`tainted ${long(key.tainted)}`);
  if (key.reason) parts.push(`reason: ${key.reason}`);
  return `${parts.join("; ")}.`;
}

function legend() {
  const entry = (kind, text) => el("li", {}, svg("svg", { width: 20, height: 10, "aria-hidden": "true" }, svg("rect", { class: kind, x: 1, y: 1, width: 18, height: 8, rx: 2 })), text);
  return el("ul", { class: "legend" }, entry("published", "published"), entry("signs", "signs"), entry("retired", "only verifies"));
}
