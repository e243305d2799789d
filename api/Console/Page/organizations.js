import { call, get, path } from "./api.js";
import { ask } from "./dialog.js";
import { el, show } from "./dom.js";
import { apiKeys, clients } from "./keys.js";
import { listen } from "./live.js";
import { badge, button, card, heading, instant, load, pages, soon, table } from "./parts.js";

const all = "api/v1/organizations";
const status = text => badge(text, text === "active" ? "good" : "warn");

export function organizations(main, signal) {
  const place = el("div", { class: "card" });
  show(main, heading("Organisations", button("New organisation", () => create().then(done => done && list.again()), { kind: "primary" })), place);
  const list = pages(place, signal, all, () => ({}), found => table("Organisations", [
    ["Slug", org => el("a", { href: `#/${path("organizations", org.slug)}`, "data-key": `open-${org.slug}` }, org.slug)],
    ["Name", org => org.name],
    ["E-mail", org => org.email],
    ["Status", org => status(org.status)],
    ["API keys", org => org.api_keys, "number"],
    ["Changed", org => instant(org.updated_at)],
  ], found, "There are no organisations yet. One owns the API keys of those who want tokens."));
  const again = soon(signal, list.again, 1500);
  listen(signal, kind => { if (kind === "organization" || kind === "all") again(); });
  return list.begin();
}

export function organization(main, signal, slug) {
  const [about, keyPlace, clientPlace, title] = [el("div"), el("div"), el("div"), el("div")];
  const keys = apiKeys(slug, keyPlace, signal);
  const registered = clients(slug, clientPlace, signal);
  show(main, el("p", {}, el("a", { href: "#/organizations" }, "All organisations")), title, card(null, about),
    el("section", { class: "card" },
      el("div", { class: "heading" }, el("h2", {}, "API keys"), el("div", { class: "buttons" },
        button("New API key", keys.create, { kind: "primary" }), button("Rotate all", keys.rotate))),
      keyPlace),
    card("Registered clients", clientPlace));
  show(title, heading(slug));

  const read = () => load(about, signal, () => get(path(all, slug), { signal }), org => {
    const done = outcome => outcome && read();
    show(title, heading(slug,
      button("Change", () => change(org).then(done)),
      button(org.status === "active" ? "Suspend" : "Activate", () => suspend(org).then(done), { key: "suspend" }),
      button("Delete", () => remove(org), { kind: "danger" })));
    return el("dl", {}, [["Name", org.name], ["E-mail", org.email], ["Status", status(org.status)], ["Made", instant(org.created_at)], ["Changed", instant(org.updated_at)]]
      .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
  });
  const again = soon(signal, () => { read(); keys.again(); registered.again(); });
  listen(signal, (kind, name) => { if (kind === "all" || (kind === "organization" && (name === slug || name === "*"))) again(); });
  return Promise.all([read(), keys.begin(), registered.begin()]);
}

const create = () => ask({
  title: "New organisation", action: "Create",
  fields: [
    { name: "slug", label: "Slug", kind: "text", required: true, mono: true, hint: "3 to 50 letters, digits and underscores. It can't be changed, and is never given out again." },
    { name: "name", label: "Name", kind: "text", required: true },
    { name: "email", label: "E-mail", kind: "text", type: "email", required: true },
  ],
  act: (values, once) => call("POST", all, { body: values, once }),
});

const change = org => ask({
  title: `Change ${org.slug}`, action: "Change",
  fields: [{ name: "name", label: "Name", kind: "text", value: org.name, required: true }, { name: "email", label: "E-mail", kind: "text", type: "email", value: org.email, required: true }],
  act: (values, once) => call("PUT", path(all, org.slug), { body: values, once }),
});

const suspend = org => ask(org.status === "active"
  ? { title: `Suspend ${org.slug}`, action: "Suspend", danger: true, typed: org.slug, intro: "All its keys, clients and tokens are refused until it is active again.", act: (_, once) => call("PUT", path(all, org.slug), { body: { status: "suspended" }, once }) }
  : { title: `Activate ${org.slug}`, action: "Activate", intro: "Its keys and clients are accepted again.", act: (_, once) => call("PUT", path(all, org.slug), { body: { status: "active" }, once }) });

async function remove(org) {
  const gone = await ask({
    title: `Delete ${org.slug}`, action: "Delete", danger: true, typed: org.slug,
    intro: "Its keys are revoked and it is gone. Its audit entries stay; its slug is not given out again.",
    act: (_, once) => call("DELETE", path(all, org.slug), { once }),
  });
  if (gone) location.hash = "#/organizations";
}
