import { get, path, send } from "./api.js";
import { rateChart } from "./chart.js";
import { now, secondsOf, span, time } from "./clock.js";
import { el, show, svg } from "./dom.js";
import { listen, rates } from "./live.js";
import { badge, card, every, heading, instant, load, soon, who, words } from "./parts.js";

const healthWords = { ready: ["Ready", "good"], degraded: ["Degraded", "warn"], not_ready: ["Not ready", "bad"] };
const beat = 2, mostLeads = 5;

/** Hours: a key is made within minutes of its time. */
const tolerance = 0.25;

export function overview(main, signal) {
  const [health, leads, changes] = [el("div"), el("div"), el("div")];
  const charts = [["tokens", rateChart("Tokens issued", "a second")], ["verifications", rateChart("Keys and tokens verified", "a second")], ["turnedAway", rateChart("Turned away", "a second")]];
  const whose = el("p", { class: "hint" });
  show(main, heading("Overview"),
    el("div", { class: "columns" }, card("Health", health), card("Lead", el("p", { class: "hint" }, "For how long keys are there already; the mark is what each ring needs."), leads)),
    card("Rates", el("div", { class: "rates" }, charts.map(([, chart]) => chart.node)), whose),
    card("Latest changes", changes));

  const drawRates = () => {
    const samples = rates();
    for (const [name, chart] of charts) chart.draw(samples.map(sample => sample[name]));
    whose.textContent = samples.length > 0 ? `What ${samples.at(-1).node || "the node that answers"} has done in the last ${span(Math.max(1, samples.length) * beat)}.` : "";
  };
  const readHealth = () => load(health, signal, () => readiness(signal), drawHealth);
  const readLead = () => load(leads, signal, () => readLeads(signal), drawLeads);
  const readChanges = () => load(changes, signal, () => get("api/v1/admin/audit-logs", { query: { limit: 6 }, signal }), drawChanges);
  const readAll = soon(signal, () => { readLead(); readChanges(); });

  listen(signal, kind => kind === "counts" ? drawRates() : readAll());
  every(signal, 5000, readHealth);
  every(signal, 60000, readLead);
  drawRates();
  return Promise.all([readHealth(), readLead(), readChanges()]);
}

async function readiness(signal) {
  const answer = await send("GET", "health/ready", { signal, accept: status => status === 503 });
  return answer.json();
}

function drawHealth({ status, checks }) {
  const [word, kind] = healthWords[status] ?? [status, "bad"];
  return [
    el("p", { class: "large" }, badge(word, kind)),
    checks
      ? el("ul", { class: "checks" }, checks.map(check => el("li", { class: check.ok ? "good" : check.needed ? "bad" : "warn" },
        el("strong", {}, check.name), ` ${check.ok ? "ok" : check.reason}`)))
      : el("p", { class: "hint" }, "This server shows what it checks to the admin key only."),
  ];
}

/** The rings whose next key signs first, one without any next key before them, with their keys. */
async function readLeads(signal) {
  const { items, next_cursor: more } = await get("api/v1/admin/rings", { query: { limit: 50 }, signal });
  const first = items.toSorted((a, b) => (time(a.status.next_transition_at) ?? 0) - (time(b.status.next_transition_at) ?? 0)).slice(0, mostLeads);
  const keys = await Promise.all(first.map(({ ring }) => get(path("api/v1/admin/rings", ring, "keys"), { signal })));
  return { leads: first.map((ring, n) => ({ ring, until: signedUntil(keys[n].items) })), more: more || items.length > first.length };
}

/** When signing ends if no key is made any more: the end of the last key that follows the one that signs without a gap. */
function signedUntil(keys) {
  const begins = key => time(key.activates_at);
  const next = keys.filter(key => key.state === "published" || key.state === "prepared").sort((a, b) => begins(a) - begins(b));
  return next.reduce((end, key) => begins(key) <= end ? Math.max(end, time(key.signs_until)) : end, time(keys.find(key => key.state === "signing")?.signs_until) ?? 0);
}

const drawLeads = ({ leads, more }) => leads.length === 0
  ? el("p", { class: "empty" }, "There are no rings yet.")
  : [
    el("ul", { class: "leads" }, leads.map(lead)),
    more && el("p", { class: "more" }, el("a", { href: "#/rings", "data-key": "all-rings" }, "All rings")),
  ];

/** Below one lead a key should be published by now and is not there, as the metrics and the alert have it. */
function lead({ ring: { ring, policy, status }, until }) {
  const hours = Math.max(0, until - now()) / 3600000;
  const needed = secondsOf(policy.lead) / 3600;
  const least = Math.max(0, needed - tolerance);
  return el("li", {},
    el("a", { href: `#/${path("rings", ring)}`, "data-key": `lead-${ring}` }, ring),
    el("span", {}, el("strong", { class: hours < least && "fault" }, `${hours.toFixed(1)} h`),
      el("span", { class: "hint" }, " left, ", status.next_transition_at ? ["next key ", instant(status.next_transition_at)] : badge("no next key", "bad"))),
    svg("svg", { class: hours < least ? "lead short" : "lead", role: "meter", "aria-label": `Hours for which ring ${ring} has keys`,
      "aria-valuemin": 0, "aria-valuemax": 2 * needed, "aria-valuenow": hours.toFixed(1) },
    svg("rect", { width: `${Math.min(100, 50 * hours / needed).toFixed(1)}%`, height: "100%", rx: 4 }),
    svg("line", { x1: "50%", x2: "50%", y1: 0, y2: "100%" })),
    status.last_failure && el("p", { class: "fault" }, status.last_failure));
}

const drawChanges = ({ items }) => items.length === 0
  ? el("p", { class: "empty" }, "Nothing has happened yet.")
  : [
    el("ul", { class: "changes" }, items.map(entry => el("li", {},
      el("span", { class: "what" }, el("strong", {}, words(entry.action)), ` ${words(entry.resource_type)} `, el("code", {}, entry.resource_id),
        entry.status !== "SUCCESS" && [" ", badge(words(entry.status), "bad")]),
      el("span", { class: "hint" }, who(entry.actor), ", ", instant(entry.time))))),
    el("p", { class: "more" }, el("a", { href: "#/audit", "data-key": "all-audit" }, "All of the audit log")),
  ];
