// What the server tells by itself. An EventSource could not send the credential, so the stream is read by hand.

import { Problem, send } from "./api.js";
import { learn, listenAnew } from "./clock.js";

const listeners = new Set();
const mostSamples = 150;

/** Numbers come every other second: who says nothing for so long is gone, though the connection stands. */
const longestSilence = 10000;
let samples = [];
let following = null;

/** Rates of what one node does, oldest first: {at, tokens, verifications, turnedAway} a second. */
export const rates = () => samples;

/** @param hear called with the kind, "ring", "organization", "counts" or "all", and the name. Ends with the signal. */
export function listen(signal, hear) {
  listeners.add(hear);
  signal.addEventListener("abort", () => listeners.delete(hear));
}

export function follow(state) {
  stop();
  following = new AbortController();
  samples = [];
  keepFollowing(following.signal, state);
}

export function stop() {
  following?.abort();
  following = null;
}

async function keepFollowing(signal, state) {
  let pause = 500, missed = false;
  state("opening");
  while (!signal.aborted) {
    try {
      const answer = await open(signal);
      state("live");
      listenAnew();
      if (missed) tell("all", "*");
      pause = 500;
      await read(answer.body, signal);
    } catch (problem) {
      if (signal.aborted || problem.status === 401) return;
      state("away");
      pause = Math.min(pause * 2, 15000);
    }
    // What happens until the next stream begins is not heard.
    missed = true;
    await new Promise(done => setTimeout(done, pause));
  }
}

async function open(signal) {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), longestSilence);
  try {
    return await send("GET", "api/v1/admin/events", { signal: AbortSignal.any([signal, silent.signal]) });
  } finally {
    clearTimeout(timer);
  }
}

async function read(body, signal) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!signal.aborted) {
    const { value, done } = await heard(reader);
    if (done) return;
    const events = (text + value).split("\n\n");
    text = events.pop();
    for (const event of events) hear(event);
  }
}

async function heard(reader) {
  let timer = null;
  const silence = new Promise((_, give) => timer = setTimeout(() => give(new Problem(0, { message: "The server says nothing." })), longestSilence));
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (failure) {
    reader.cancel().catch(() => {});
    throw failure;
  } finally {
    clearTimeout(timer);
  }
}

let before = null;

function hear(event) {
  const lines = Object.fromEntries(event.split("\n").map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
  if (lines.event === "counts") count(JSON.parse(lines.data));
  tell(lines.event, lines.data);
}

function tell(kind, name) {
  for (const listener of [...listeners]) listener(kind, name);
}

function count(counts) {
  learn(counts.time);
  const at = performance.now();
  // Another node's numbers begin anew, as those of one that was started again.
  if (before && before.node === counts.node && counts.tokens >= before.tokens && at > before.at) {
    const seconds = (at - before.at) / 1000;
    samples.push({
      node: counts.node,
      tokens: (counts.tokens - before.tokens) / seconds,
      verifications: (counts.verifications - before.verifications) / seconds,
      turnedAway: Math.max(0, counts.turned_away - before.turned_away) / seconds,
    });
    if (samples.length > mostSamples) samples.shift();
  } else {
    samples = [];
  }
  before = { ...counts, at };
}
