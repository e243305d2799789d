// The service's clock, which is not the browser's: it may be ahead, and in development many times faster.

const mostHeard = 30;
let heard = [];
let last = null;
let rate = 1;

/** Told with every count that comes in. */
export function learn(time) {
  last = { here: performance.now(), there: Date.parse(time) };
  heard.push(last);
  if (heard.length > mostHeard) heard.shift();

  // One that came late says little, the longer the others have been coming.
  const [first, long] = [heard[0], last.here - heard[0].here];
  if (long < 1500) return;
  const measured = (last.there - first.there) / long;
  if (measured > 0) rate = Math.abs(measured - 1) < 0.1 ? 1 : measured;
}

/** Others will tell it from now on, whose clock may be another one. */
export function listenAnew() {
  heard = [];
}

export function now() {
  return last ? last.there + (performance.now() - last.here) * rate : Date.now();
}

export function time(text) {
  return text ? Date.parse(text) : null;
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayAndTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });

/** An instant for people, to the minute. */
export function short(at) {
  return at === null ? "–" : dayAndTime.format(at);
}

export function long(at) {
  return at === null ? "–" : whole.format(at);
}

export const timeOfDay = at => clockTime.format(at);

/** At a tick of a scale: the day where one begins, the time of day elsewhere. */
export function tick(at) {
  const { hours, minutes } = { hours: new Date(at).getHours(), minutes: new Date(at).getMinutes() };
  return hours === 0 && minutes === 0 ? day.format(at) : clockTime.format(at);
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

const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

/** The seconds of an ISO 8601 duration as the API writes them. */
export function secondsOf(duration) {
  const found = parts.exec(duration ?? "");
  return found ? units.reduce((sum, [, size], n) => sum + size * Number(found[n + 1] ?? 0), 0) : null;
}

/** A duration as people say it: PT24H is 24 h, for a policy speaks of hours. */
export function duration(text) {
  const seconds = secondsOf(text);
  if (seconds === null) return text ?? "–";
  return seconds > 0 && seconds % 3600 === 0 ? `${seconds / 3600} h` : span(seconds);
}

/** How long ago, or how soon. */
export function relative(at) {
  if (at === null) return "–";
  const seconds = (at - now()) / 1000;
  if (Math.abs(seconds) < 2) return "now";
  return seconds > 0 ? `in ${span(seconds)}` : `${span(-seconds)} ago`;
}
