// The service's clock, which is not the browser's: it may be ahead, and in development many times faster.

let last = null;
let rate = 1;

/** Told with every count that comes in. */
export function learn(time) {
  const here = performance.now();
  const there = Date.parse(time);
  if (last) {
    const measured = (there - last.there) / (here - last.here);
    if (measured > 0 && here - last.here > 500) rate = Math.abs(measured - 1) < 0.1 ? 1 : measured;
  }
  if (!last || here - last.here > 500) last = { here, there };
}

export function now() {
  return last ? last.there + (performance.now() - last.here) * rate : Date.now();
}

export function time(text) {
  return text ? Date.parse(text) : null;
}

const sameDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const otherDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium", hour12: false });

/** An instant for people: of today only the time of day. */
export function short(at) {
  if (at === null) return "–";
  return (new Date(at).toDateString() === new Date(now()).toDateString() ? sameDay : otherDay).format(at);
}

export function long(at) {
  return at === null ? "–" : whole.format(at);
}

const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

/** So many seconds, in its two largest units. */
export function span(seconds) {
  let left = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([, size]) => left >= size);
  if (first < 0) return "0 s";
  return units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? `${count} ${name}` : null;
  }).filter(Boolean).join(" ");
}

/** How long ago, or how soon. */
export function relative(at) {
  if (at === null) return "–";
  const seconds = (at - now()) / 1000;
  if (Math.abs(seconds) < 2) return "now";
  return seconds > 0 ? `in ${span(seconds)}` : `${span(-seconds)} ago`;
}
