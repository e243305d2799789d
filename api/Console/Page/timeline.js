// A ring as it is: one row for each key, from when it was published to its end, and now moving across.

import { long, now, relative, tick, time, timeOfDay } from "./clock.js";
import { el, show, svg } from "./dom.js";
import { every } from "./parts.js";

const mostKeys = 6, letter = 6.6;

/** Where there is room, who a key is stands before its row; elsewhere above it. */
const wide = { from: 620, gutter: 158, row: 46, bar: 22, barTop: 12, kid: 20, state: 36 };
const narrow = { gutter: 0, row: 54, bar: 18, barTop: 26, kid: 19, state: 19 };
const top = 30, bottom = 26;

const words = {
  prepared: "prepared", published: "published, signs next", signing: "signing", retired: "retired, still verifies",
  expired: "expired", revoked: "revoked",
};

/** @param keys as the API lists them, newest first
 * @param at what is kept from one drawing to the next: which key is told about
 * @param passed called when an instant of change has passed, for the states are others then */
export function timeline(ring, keys, at, signal, passed) {
  const rows = keys.map(spans).sort((a, b) => a.activates - b.activates).slice(-mostKeys);
  if (rows.length === 0) return el("p", { class: "empty" }, "This ring has no keys yet.");

  const detail = el("div", { class: "detail" });
  const [first, to] = [Math.min(...rows.map(row => row.published), now()), Math.max(...rows.map(row => row.expires), now())];
  // A little of what was before, so that a first key does not begin at the edge.
  const from = first - (to - first) / 25;
  const picture = svg("svg", { class: "ring", role: "group", "aria-label": `Time line of ring ${ring}` });
  const past = svg("rect", { class: "past", y: top - 6 });
  const flag = [svg("rect", { class: "flag", y: 2, width: 84, height: 19, rx: 9.5 }), svg("text", { y: 16, "text-anchor": "middle" })];
  const nowLine = svg("path");
  const nowMark = svg("g", { class: "now", "aria-hidden": "true" }, nowLine, flag);
  let width = 0, sizes = wide, height = 0, labels = [];
  const x = instant => sizes.gutter + 2 + (width - sizes.gutter - 4) * (instant - from) / (to - from || 1);

  function draw() {
    sizes = width >= wide.from ? wide : narrow;
    height = top + rows.length * sizes.row + bottom;
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, height })) picture.setAttribute(name, value);
    past.setAttribute("height", height - bottom - top + 6);
    labels = [];
    show(picture, past, scale(), rows.map(row), nowMark);
    move();
    choose(rows.find(key => key.kid === at.kid) ?? rows.find(key => key.state === "signing") ?? rows.at(-1));
  }

  function scale() {
    const found = ticks(from, to, Math.max(2, Math.floor((width - sizes.gutter) / 76)));
    return svg("g", { class: "axis", "aria-hidden": "true" }, found.map(instant => {
      const where = x(instant);
      const room = where > sizes.gutter + 20 && where < width - 20;
      return [svg("line", { x1: where, x2: where, y1: top - 6, y2: height - bottom }), room && svg("text", { x: where, y: height - 8, "text-anchor": "middle" }, tick(instant))];
    }));
  }

  function row(key, n) {
    const y = top + n * sizes.row;
    const tell = () => choose(key);
    const bar = (kind, word, start, end) => {
      const [left, right, long] = [x(start), x(end), word.length * letter + 14];
      const label = right - left > long && svg("text", { class: `in ${kind}`, x: left + 8, y: y + sizes.barTop + sizes.bar / 2 + 4 }, word);
      if (label) labels.push({ label, left, right, long });
      return end > start && svg("g", {}, svg("rect", { class: kind, x: left, y: y + sizes.barTop, width: Math.max(2, right - left - 1), height: sizes.bar, rx: 4 }), label);
    };
    return svg("g", { class: `key ${key.state}`, tabindex: "0", role: "img", "data-key": key.kid, "aria-label": sentence(key), on: { focus: tell, pointermove: tell, click: tell } },
      svg("rect", { class: "back", x: 1.5, y: y + 1.5, width: width - 3, height: sizes.row - 3, rx: 7 }),
      svg("text", { class: "kid", x: 10, y: y + sizes.kid }, key.kid.slice(0, 8)),
      svg("text", { class: "state", x: sizes.gutter ? 10 : 80, y: y + sizes.state }, stateOf(key)),
      bar("published", "published", key.published, Math.min(key.activates, key.end)),
      bar("signs", "signs", key.activates, key.signsUntil),
      bar("retired", "verifies", Math.max(key.signsUntil, key.published), key.end),
      key.revoked !== null && [
        svg("rect", { class: "ghost", x: x(key.end) + 1, y: y + sizes.barTop + 1, width: Math.max(2, x(key.expires) - x(key.end) - 2), height: sizes.bar - 2, rx: 4 }),
        svg("path", { class: "cross", d: `M${x(key.end) - 5} ${y + sizes.barTop + sizes.bar / 2 - 5}l10 10m0 -10l-10 10` })]);
  }

  function choose(key) {
    at.kid = key.kid;
    for (const node of picture.querySelectorAll(".key")) node.classList.toggle("chosen", node.dataset.key === key.kid);
    if (detail.dataset.of === key.kid) return;
    detail.dataset.of = key.kid;
    show(detail, facts(key));
  }

  function move() {
    const instant = Math.min(Math.max(now(), from), to);
    const where = x(instant);
    past.setAttribute("x", sizes.gutter);
    past.setAttribute("width", Math.max(0, where - sizes.gutter));
    nowMark.setAttribute("data-at", where.toFixed(1));
    nowLine.setAttribute("d", pieces(where).map(([up, down]) => `M${where.toFixed(1)} ${up}V${down}`).join(""));
    for (const { label, left, right, long } of labels) {
      const crossed = where > left && where < left + long;
      label.setAttribute("x", crossed ? where + 8 : left + 8);
      label.setAttribute("visibility", crossed && where + long > right ? "hidden" : "visible");
    }
    const middle = Math.min(Math.max(where, 44), width - 44);
    flag[0].setAttribute("x", middle - 42);
    flag[1].setAttribute("x", middle);
    flag[1].textContent = `now ${timeOfDay(now())}`;
  }

  /** All the way down, but not through what is written above the bars. */
  function pieces(where) {
    const through = rows.map((key, n) => [top + n * sizes.row, sizes === narrow && where < 84 + stateOf(key).length * letter]).filter(([, written]) => written);
    const ends = through.flatMap(([y]) => [y + 4, y + sizes.barTop - 2]);
    return [18, ...ends, height - bottom].reduce((all, y, n) => n % 2 === 0 ? [...all, [y]] : [...all.slice(0, -1), [all.at(-1)[0], y]], []);
  }

  const changes = rows.flatMap(row => [row.published, row.activates, row.signsUntil, row.end]).filter(instant => instant > now()).sort((a, b) => a - b);
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

  return el("div", { class: "timeline" }, picture, legend(), detail);
}

const hour = 3600000;
const steps = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 8760];

/** At most so many instants, each at a full hour of the day or at its beginning. */
function ticks(from, to, most) {
  const step = steps.find(each => (to - from) / (each * hour) <= most) ?? steps.at(-1);
  const at = new Date(from);
  at.setHours(0, 0, 0, 0);
  const found = [];
  for (; at <= to; at.setHours(at.getHours() + step)) if (at >= from) found.push(at.getTime());
  return found;
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

const stateOf = key => `${words[key.state]}${key.tainted !== null && key.revoked === null ? ", tainted" : ""}`;

/** For those who point at it. */
function facts(key) {
  const instant = at => el("time", { datetime: new Date(at).toISOString(), title: relative(at) }, long(at));
  const known = [
    ["Key", el("code", {}, key.kid), "wide"], ["Algorithm", key.algorithm], ["Number", `${key.number}, ${key.origin}`], ["Published", instant(key.published)],
    ["Signs from", key.signsUntil > key.activates && instant(key.activates)], ["Signs until", key.signsUntil > key.activates && instant(key.signsUntil)],
    ["Verifies until", key.revoked === null && instant(key.expires)], ["Tainted", key.tainted !== null && instant(key.tainted)],
    ["Revoked", key.revoked !== null && instant(key.revoked)], ["Reason", key.reason, "wide"],
  ];
  return el("dl", {}, known.filter(([, value]) => value).map(([name, value, kind]) => el("div", { class: kind }, el("dt", {}, name), el("dd", {}, value))));
}

/** For those who listen. */
function sentence(key) {
  const said = [`Key ${key.kid.slice(0, 8)} is ${words[key.state]}`];
  if (key.state === "published" || key.state === "prepared") said.push(`signs from ${long(key.activates)} (${relative(key.activates)})`);
  if (key.state === "signing") said.push(`since ${long(key.activates)}, until ${long(key.signsUntil)} (${relative(key.signsUntil)})`);
  if (key.revoked === null) said.push(`in the key set until ${long(key.expires)}`);
  else said.push(`revoked ${long(key.revoked)}`);
  if (key.tainted !== null && key.revoked === null) said.push(`tainted ${long(key.tainted)}`);
  if (key.reason) said.push(`reason: ${key.reason}`);
  return `${said.join("; ")}.`;
}

function legend() {
  const entry = (kind, text) => el("li", {}, svg("svg", { width: 20, height: 12, "aria-hidden": "true" }, svg("rect", { class: kind, x: 1, y: 1, width: 18, height: 10, rx: 3 })), text);
  return el("ul", { class: "legend" }, entry("published", "published"), entry("signs", "signs"), entry("retired", "only verifies"), entry("ghost", "revoked before its end"));
}
