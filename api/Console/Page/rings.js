import { call, get, path } from "./api.js";
import { duration, long, short, time } from "./clock.js";
import { ask } from "./dialog.js";
import { el, show } from "./dom.js";
import { listen } from "./live.js";
import { badge, button, card, heading, instant, load, pages, soon, table } from "./parts.js";
import { timeline } from "./timeline.js";

const all = "api/v1/admin/rings";
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
const reasonField = { name: "reason", label: "Reason", kind: "text", hint: "For the audit log, at most 200 characters." };

/** A few at a time: each ring's keys are a request of their own. */
export function rings(main, signal) {
  const place = el("div");
  const cards = new Map();
  show(main, heading("Rings", button("New ring", () => put(null).then(done => done && list.again()), { kind: "primary" })), place);
  const list = pages(place, signal, all, () => ({}), found => {
    for (const ring of found) if (!cards.has(ring.ring)) cards.set(ring.ring, ringCard(ring, signal));
    return found.length === 0 ? el("p", { class: "empty" }, "There are no rings yet.") : found.map(ring => cards.get(ring.ring).node);
  }, { limit: 8 });
  const again = soon(signal, list.again);
  listen(signal, (kind, name) => {
    if (kind === "all" || (kind === "ring" && name === "*")) for (const card of cards.values()) card.again();
    else if (kind === "ring" && cards.has(name)) cards.get(name).again();
    else if (kind === "ring") again();
  });
  return list.begin();
}

function ringCard(ring, signal) {
  const place = el("div");
  const [drawing, at] = [lifetimes(signal), {}];
  const read = () => load(place, signal, () => readRing(ring.ring, signal), ([view, keys]) => [
    summary(view),
    timeline(view.ring, keys, at, drawing.next(), again),
  ]);
  const again = soon(signal, read, 300);
  read();
  return {
    again,
    node: el("section", { class: "card" },
      el("div", { class: "heading" },
        el("h2", {}, el("a", { href: `#/${path("rings", ring.ring)}`, "data-key": `open-${ring.ring}` }, ring.ring)),
        el("div", { class: "buttons" }, button("Rotate", () => rotate(ring.ring, read), { key: `rotate-${ring.ring}`, label: `Rotate ring ${ring.ring}` }))),
      place),
  };
}

export function ring(main, signal, id) {
  const place = el("div");
  const [drawing, at] = [lifetimes(signal), {}];
  const read = () => load(place, signal, () => readRing(id, signal), ([view, keys]) => [
    card("Time line", summary(view), timeline(id, keys, at, drawing.next(), again)),
    card("Keys", keyTable(id, keys, read)),
    card("Policy", policy(view)),
  ]);
  const again = soon(signal, read, 300);
  const edit = button("Change policy", async () => {
    const view = await get(path(all, id), { signal });
    if (await put(view)) read();
  });
  show(main, el("p", {}, el("a", { href: "#/rings" }, "All rings")), heading(id,
    button("Rotate", () => rotate(id, read), { kind: "primary" }), edit,
    button("Revoke ring", () => revokeRing(id, read), { kind: "danger" })), place);
  listen(signal, (kind, name) => { if (kind === "all" || (kind === "ring" && (name === id || name === "*"))) again(); });
  return read();
}

const readRing = (id, signal) => Promise.all([get(path(all, id), { signal }), get(path(all, id, "keys"), { signal }).then(keys => keys.items)]);

/** Each drawing ends when the next begins, or the page does. */
function lifetimes(signal) {
  let current = new AbortController();
  signal.addEventListener("abort", () => current.abort());
  return {
    next() {
      current.abort();
      current = new AbortController();
      return current.signal;
    },
  };
}

function summary({ status, policy: { algorithm, interval } }) {
  return el("p", { class: "summary" },
    el("span", {}, "Signs with ", status.signing_kid ? el("code", {}, status.signing_kid.slice(0, 8)) : badge("no key", "bad")),
    el("span", {}, `${algorithm}, a new key every ${duration(interval)}`),
    status.next_transition_at ? el("span", {}, "next key signs ", instant(status.next_transition_at)) : badge("no next key", "bad"),
    status.last_rotation && el("span", {}, `last rotation ${status.last_rotation.outcome}, `, instant(status.last_rotation.at)),
    status.last_failure && el("span", { class: "fault" }, status.last_failure));
}

function keyTable(ring, keys, read) {
  const alive = key => key.state !== "revoked" && key.state !== "expired";
  return table("Keys", [
    ["No.", key => key.rotation_count, "number"],
    ["Kid", key => el("code", { title: key.kid }, key.kid.slice(0, 8))],
    ["State", key => [badge(key.state, { signing: "good", revoked: "bad", expired: "dim" }[key.state] ?? ""), key.tainted_at && badge("tainted", "warn")]],
    ["Algorithm", key => key.algorithm],
    ["Because", key => key.origin],
    ["Signs from", key => exact(key.activates_at)],
    ["Ends", key => exact(key.revoked_at ?? key.expires_at)],
    ["", key => alive(key) && el("div", { class: "buttons" },
      !key.tainted_at && key.state !== "retired" && button("Taint", () => withdraw(ring, key.kid, "taint", read), { key: `taint-${key.kid}`, label: `Taint key ${key.kid.slice(0, 8)}` }),
      button("Revoke", () => withdraw(ring, key.kid, "revoke", read), { kind: "danger", key: `revoke-${key.kid}`, label: `Revoke key ${key.kid.slice(0, 8)}` }))],
  ], keys, "This ring has no keys yet.");
}

const exact = text => el("time", { datetime: text, title: long(time(text)) }, short(time(text)));

function policy({ issuer, owner, created_at: created, policy: { algorithm, rsa_bits: bits, interval, validity, lead, max_token_lifetime: lifetime, from_configuration: fixed } }) {
  const facts = [
    ["Issuer", el("code", {}, issuer)], ["Algorithm", bits ? `${algorithm}, ${bits} bits` : algorithm], ["Interval", duration(interval)], ["Validity", duration(validity)],
    ["Lead", duration(lead)], ["Longest token", duration(lifetime)], ["Set by", fixed ? "the configuration" : "request"], ["Owner", owner ?? "this process"], ["Made", instant(created)],
  ];
  return el("dl", {}, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

async function rotate(id, then) {
  const done = await ask({
    title: `Rotate ring ${id}`, action: "Rotate", typed: id,
    fields: [
      { name: "mode", label: "When the next key signs", kind: "choice", value: "graceful", options: [
        ["graceful", "As soon as every verifier can know it", "No verifier meets an unknown key."],
        ["immediate", "At once", "Verifiers that have read the keys not long ago may refuse tokens for some minutes."]] },
      reasonField,
    ],
    act: ({ mode, reason }, once) => call("POST", path(all, id, "rotate"), { body: { mode, reason: reason || null }, once }),
  });
  if (done) await then();
}

async function withdraw(ring, kid, how, then) {
  const short = kid.slice(0, 8);
  const done = await ask({
    title: how === "taint" ? `Taint key ${short}` : `Revoke key ${short}`, danger: true, typed: short,
    intro: how === "taint"
      ? "It stops signing; what it has signed goes on being accepted. If it signs now, another key signs at once."
      : "It leaves the key set at once and all its tokens are refused. If it signs now, another key signs at once.",
    action: how === "taint" ? "Taint" : "Revoke", fields: [reasonField],
    act: ({ reason }, once) => call("POST", path(all, ring, "keys", kid, how), { body: { reason: reason || null }, once }),
  });
  if (done) await then();
}

async function revokeRing(id, then) {
  const done = await ask({
    title: `Revoke ring ${id}`, danger: true, typed: id, action: "Revoke every key", fields: [reasonField],
    intro: "Every key is revoked and every token of this ring is refused. New keys sign at once.",
    act: ({ reason }, once) => call("POST", path(all, id, "revoke"), { body: { reason: reason || null }, once }),
  });
  if (done) await then();
}

/** @param view null for a ring that is new */
function put(view) {
  const policy = view?.policy ?? { algorithm: "RS256", rsa_bits: null, interval: "PT24H" };
  return ask({
    title: view ? `Policy of ring ${view.ring}` : "New ring", action: view ? "Change" : "Create",
    intro: view && "What changes here holds for the next key; keys that are made keep their instants.",
    fields: [
      ...view ? [] : [{ name: "ring", label: "Id", kind: "text", required: true, mono: true }],
      { name: "algorithm", label: "Algorithm", kind: "select", value: policy.algorithm, options: algorithms.map(name => [name, name]) },
      { name: "rsa_bits", label: "RSA bits", kind: "select", value: String(policy.rsa_bits ?? ""), options: [["", "2048, or none with ES"], ["2048", "2048"], ["3072", "3072"], ["4096", "4096"]] },
      { name: "interval", label: "Interval", kind: "text", value: policy.interval, hint: "How long each key signs: PT24H is a day.", mono: true },
    ],
    act: ({ ring: id, algorithm, rsa_bits: bits, interval }) => call("PUT", path(all, view?.ring ?? id), {
      body: { algorithm, rsa_bits: bits ? Number(bits) : null, interval: interval || null },
    }),
  });
}
