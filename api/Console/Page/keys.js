// The API keys of an organisation, and its registered clients.

import { call, path } from "./api.js";
import { ask, tell } from "./dialog.js";
import { el } from "./dom.js";
import { badge, button, copyButton, instant, pages, table } from "./parts.js";

const all = "api/v1/organizations";
const words = text => text.split(/[\s,]+/).filter(Boolean);
const scopes = ({ scopes: all }) => all.length > 0 ? all.map(scope => [el("code", { class: "scope" }, scope), " "]) : el("span", { class: "none" }, "none");

export function apiKeys(org, place, signal) {
  const list = pages(place, signal, path(all, org, "api-keys"), () => ({}), keys => table("API keys", [
    ["Name", key => key.name],
    ["Id", key => el("code", { title: key.id }, key.id.slice(0, 8))],
    ["State", key => badge(key.state, { active: "good", retiring: "warn" }[key.state] ?? "dim")],
    ["Scopes", key => scopes(key)],
    ["Last used", key => instant(key.last_used_at)],
    ["Ends", key => key.revoked_at ?? key.expires_at ? instant(key.revoked_at ?? key.expires_at) : el("span", { class: "none" }, "never")],
    ["Fingerprint", key => el("code", {}, key.fingerprint)],
    ["", key => (key.state === "active" || key.state === "retiring") && el("div", { class: "buttons" },
      button("Change", () => change(org, key).then(again), { key: `change-${key.id}`, label: `Change key ${key.name}` }),
      button("Revoke", () => revoke(org, key).then(again), { kind: "danger", key: `revoke-${key.id}`, label: `Revoke key ${key.name}` }))],
  ], keys, "There are no API keys. Whoever wants tokens needs one, or is a registered client."));
  const again = done => done && list.again();
  return { ...list, create: () => create(org).then(again), rotate: () => rotate(org).then(again) };
}

export function clients(org, place, signal) {
  const list = pages(place, signal, path(all, org, "clients"), () => ({}), found => table("Registered clients", [
    ["Name", client => client.client_name],
    ["Id", client => el("code", {}, client.client_id)],
    ["Method", client => client.token_endpoint_auth_method],
    ["Scopes", client => scopes(client)],
    ["Changed", client => instant(client.updated_at)],
    ["", client => button("Delete", () => remove(org, client).then(done => done && list.again()), { kind: "danger", key: `delete-${client.client_id}`, label: `Delete client ${client.client_name}` })],
  ], found, "There are no registered clients. The API and the command line register them."));
  return list;
}

const fields = key => [
  { name: "name", label: "Name", kind: "text", value: key?.name, required: true },
  { name: "scopes", label: "Scopes", kind: "text", value: key?.scopes.join(" "), hint: "What its tokens may carry at most, with spaces between.", mono: true },
  { name: "audiences", label: "Audiences", kind: "text", value: key?.audiences.join(" "), hint: "The services it may ask tokens for; none is this server itself.", mono: true },
  { name: "allowed_addresses", label: "Allowed addresses", kind: "text", value: key?.allowed_addresses.join(" "), hint: "Addresses or blocks (192.0.2.0/24); none is anywhere.", mono: true },
  { name: "expires_at", label: "Ends at", kind: "text", value: key?.expires_at ?? "", hint: "2027-01-31T12:00:00Z, or nothing.", mono: true },
  { name: "limit", label: "Uses a minute", kind: "text", value: key?.rate_limit?.window === "PT1M" ? String(key.rate_limit.limit) : "", hint: "Nothing is no limit of its own.", mono: true },
];

const bodyOf = values => ({
  name: values.name || null,
  scopes: words(values.scopes), audiences: words(values.audiences), allowed_addresses: words(values.allowed_addresses),
  expires_at: values.expires_at || null,
  ...values.limit ? { rate_limit: { limit: Number(values.limit) || 0, window: "PT1M" } } : {},
});

async function create(org) {
  const made = await ask({
    title: `New API key for ${org}`, action: "Create key", fields: fields(null),
    act: (values, once) => call("POST", path(all, org, "api-keys"), { body: bodyOf(values), once }),
  });
  if (made) await reveal(made.done, "The new API key");
  return made;
}

const change = (org, key) => ask({
  title: `Change key ${key.name}`, action: "Change", fields: fields(key),
  act: (values, once) => call("PATCH", path(all, org, "api-keys", key.id), { body: bodyOf(values), once }),
});

const revoke = (org, key) => ask({
  title: `Revoke key ${key.name}`, danger: true, typed: key.id.slice(0, 8), action: "Revoke",
  intro: "It is refused everywhere within two seconds, and so are its tokens.",
  act: (_, once) => call("DELETE", path(all, org, "api-keys", key.id), { once }),
});

const remove = (org, client) => ask({
  title: `Delete client ${client.client_name}`, danger: true, typed: client.client_name, action: "Delete",
  intro: "It gets no more tokens, and those it has are refused.",
  act: (_, once) => call("DELETE", path(all, org, "clients", client.client_id), { once }),
});

async function rotate(org) {
  const rotated = await ask({
    title: `Rotate the keys of ${org}`, action: "Rotate", typed: org,
    intro: "One new key takes the place of all live keys, with the rights of all of them.",
    fields: [{ name: "overlap", label: "The old ones are accepted", kind: "select", value: "PT10M", options: [
      ["", "not any more"], ["PT10M", "10 minutes more"], ["PT1H", "an hour more"], ["PT24H", "a day more"], ["P7D", "seven days more"]] }],
    act: ({ overlap }, once) => call("POST", path(all, org, "api-key", "rotate"), { body: overlap ? { overlap } : {}, once }),
  });
  if (rotated) await reveal(rotated.done, "The new API key");
  return rotated;
}

/** It is in this box and nowhere else, and goes with it. */
async function reveal({ key }, title) {
  const text = el("output", { class: "secret mono", "data-secret": true }, key);
  await tell({
    title,
    action: "I have kept it",
    body: [
      el("p", {}, "It is shown this once. The server keeps a hash only; nobody can show it again."),
      el("div", { class: "once" }, text, copyButton(() => key, "API key")),
    ],
  });
  text.textContent = "";
}
