import { call, get, path, send } from "./api.js";
import { long, span, time } from "./clock.js";
import { ask } from "./dialog.js";
import { el, say, show } from "./dom.js";
import { listen } from "./live.js";
import { badge, button, card, every, heading, instant, load, pages, table, who, words } from "./parts.js";

const all = "api/v1/admin/audit-logs";
const filters = [
  ["org", "Organisation"], ["action", "Action", ["CREATE", "UPDATE", "DELETE", "EXECUTE", "ROTATE", "REVOKE"]],
  ["resource_type", "Resource", ["RING", "SIGNING_KEY", "ORGANIZATION", "API_KEY", "POLICY", "CONFIG", "CREDENTIAL"]],
  ["resource_id", "Resource id"], ["actor", "Actor"], ["status", "Outcome", ["SUCCESS", "FAILURE"]],
  ["from", "From", "datetime-local"], ["until", "Until", "datetime-local"],
];

export function audit(main, signal) {
  const place = el("div");
  const newer = el("p", { class: "more" });
  const inputs = filters.map(([name, label, kind]) => [name, filter(name, label, kind)]);
  const values = () => Object.fromEntries(inputs.map(([name, { input }]) => [name, input.type === "datetime-local" && input.value ? new Date(input.value).toISOString() : input.value.trim()]));
  let list = null;
  const begin = () => {
    const { org, ...query } = values();
    show(newer);
    list = pages(place, signal, org ? path(all, org) : all, () => query, draw);
    return list.begin();
  };

  show(main, heading("Audit log"),
    el("div", { class: "columns" }, card("Verify", verify(signal)), card("Export", exports(signal, () => values().org))),
    el("section", { class: "card" }, el("h2", {}, "Entries"),
      el("form", { class: "filters", role: "search", "aria-label": "Audit entries", on: { submit: event => { event.preventDefault(); begin(); } } },
        inputs.map(([, { node }]) => node),
        el("div", { class: "buttons" },
          el("button", { type: "submit", class: "primary" }, "Filter"),
          button("Clear", () => { for (const [, { input }] of inputs) input.value = ""; begin(); }))),
      newer, place));
  listen(signal, kind => {
    if (kind !== "counts" && !newer.hasChildNodes()) show(newer, button("There are newer entries: show them", begin));
  });
  return begin();
}

function filter(name, label, kind) {
  const id = `filter-${name}`;
  const input = Array.isArray(kind)
    ? el("select", { id }, el("option", { value: "" }, "any"), kind.map(value => el("option", { value }, words(value))))
    : el("input", { id, type: kind ?? "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off" });
  return { input, node: el("div", { class: "field" }, el("label", { for: id }, label), input) };
}

const draw = entries => table("Audit entries", [
  ["When", entry => instant(entry.time)],
  ["Action", entry => el("strong", { class: "word" }, words(entry.action))],
  ["Resource", entry => [words(entry.resource_type), " ", el("code", {}, entry.resource_id)]],
  ["By", entry => who(entry.actor)],
  ["Outcome", entry => entry.status === "SUCCESS" ? el("span", { class: "none" }, "success") : badge(words(entry.status), "bad")],
  ["", more],
], entries, "No entry is like that.");

/** Opens and closes a row of its own, below the entry's. */
function more(entry) {
  const id = `entry-${entry.chain}-${entry.seq}`;
  const open = button("Details", () => {
    const row = document.getElementById(id);
    if (row) row.remove();
    else open.closest("tr").after(el("tr", { role: "row", id, class: "details" }, el("td", { role: "cell", colspan: 6, "data-title": "" }, details(entry))));
    open.setAttribute("aria-expanded", String(!row));
  }, { key: id, label: `Details of ${words(entry.action)} ${entry.resource_id}` });
  open.setAttribute("aria-expanded", "false");
  return open;
}

function details(entry) {
  const facts = [
    ["Time", long(time(entry.time))], ["Actor", `${words(entry.actor.type)} ${entry.actor.id}`], ["Organisation", entry.org ?? "–"], ["From", entry.source], ["Request", entry.request_id],
    ["Chain", `${entry.chain} no. ${entry.seq}`], ...Object.entries(entry.details).map(([name, value]) => [words(name), value || "–"]), ["Hash", entry.hash],
  ];
  return el("dl", {}, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { class: "mono" }, value))));
}

function verify(signal) {
  const place = el("div", { role: "status" });
  const start = button("Verify the log", async () => {
    const began = performance.now();
    const told = el("span", {}, "recomputing every entry…");
    show(place, el("progress", { "aria-label": "Verifying the audit log" }), " ", told);
    start.disabled = true;
    const clock = setInterval(() => told.textContent = `recomputing every entry, for ${span((performance.now() - began) / 1000)}`, 1000);
    await load(place, signal, () => call("POST", `${all}/verify`, { signal }), verdict => [
      el("p", {}, badge(verdict.valid ? "It verifies" : "It does not verify", verdict.valid ? "good" : "bad")),
      el("p", {}, `${verdict.entries} entries in ${verdict.chains} chains, ${verdict.checkpoints} checkpoints.`),
      verdict.first_fault && el("p", { class: "fault" }, `${verdict.first_fault.chain}, number ${verdict.first_fault.seq}: ${verdict.first_fault.problem}`),
    ]);
    clearInterval(clock);
    start.disabled = false;
  });
  return [el("p", {}, "Recomputes every hash, code and checkpoint; a long log takes minutes."), el("p", {}, start), place];
}

function exports(signal, org) {
  const place = el("div");
  const read = () => load(place, signal, () => get(`${all}/exports`, { query: { limit: 5 }, signal }), ({ items }) => {
    running = items.some(each => each.status === "waiting" || each.status === "running");
    return items.length === 0 ? el("p", { class: "empty" }, "There are no exports yet.") : el("ul", { class: "exports" }, items.map(each => one(each, signal)));
  });
  let running = false;
  every(signal, 1000, () => running && read());
  const start = button("New export", async () => {
    const only = org();
    const done = await ask({
      title: only ? `Export the log of ${only}` : "Export the whole log", action: "Export",
      intro: "A signed copy that can be verified without this server. The organisation is the one of the filter.",
      fields: [{ name: "timestamp", label: "With a time stamp of an authority", kind: "check", value: false }],
      act: ({ timestamp }, once) => call("POST", only ? path(all, only, "export") : `${all}/export`, { body: { timestamp }, once }),
    });
    if (done) await read();
  });
  read();
  return [el("p", {}, start), place];
}

function one(found, signal) {
  const failure = el("div", { role: "alert" });
  return el("li", {},
    el("p", {}, el("strong", {}, found.org ?? "Whole log"), " ", instant(found.requested_at), " ", badge(found.status, { completed: "good", failed: "bad" }[found.status] ?? "")),
    found.status === "running" && el("progress", { max: found.entries_total ?? 1, value: found.entries_done, "aria-label": "Export" }),
    found.problem && el("p", { class: "fault" }, found.problem),
    found.files && el("p", { class: "buttons" }, found.files.map(file =>
      button(file, () => load(failure, signal, () => download(found.id, file, signal), () => []), { key: `${found.id}-${file}`, label: `Download ${file}` }))),
    failure);
}

/** A link could not send the credential. */
async function download(id, file, signal) {
  const content = await (await send("GET", path(`${all}/exports`, id, "files", file), { signal })).blob();
  const address = URL.createObjectURL(content);
  el("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  say(`${file} downloaded.`);
}
