import { get, path, send } from "./api.js";
import { rateChart } from "./chart.js";
import { now, time } from "./clock.js";
import { el, show } from "./dom.js";
import { listen, rates } from "./live.js";
import { badge, card, every, heading, instant, load, soon, table } from "./parts.js";

const healthWords = { ready: ["Ready", "good"], degraded: ["Degraded", "warn"], not_ready: ["Not ready", "bad"] };

export function overview(main, signal) {
  const [health, lead, changes] = [el("div"), el("div"), el("div")];
  const charts = [["tokens", rateChart("Tokens issued", "a second")], ["verifications", rateChart("Keys and tokens verified", "a second")], ["turnedAway", rateChart("Turned away", "a second")]];
  const whose = el("p", { class: "hint" });
  show(main, heading("Overview"),
    el("div", { class: "columns" }, card("Health", health), card("Lead of the next key", lead)),
    card("Rates", el("div", { class: "rates" }, charts.map(([, chart]) => chart.node)), whose),
    card("Latest changes", changes));

  const drawRates = () => {
    const samples = rates();
    for (const [name, chart] of charts) chart.draw(samples.map(sample => sample[name]));
    whose.textContent = samples.length > 0 ? `Of ${samples.at(-1).node || "the node that answers"}, since this page listens; the last five minutes.` : "";
  };
  const readHealth = () => load(health, signal, () => readiness(signal), drawHealth);
  const readLead = () => load(lead, signal, () => get("api/v1/admin/rings", { query: { limit: 50 }, signal }), drawLead);
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

/** The ring whose next key is due first comes first; one without any next key even before. */
function drawLead({ items, next_cursor: more }) {
  const left = ring => ring.status.next_transition_at ? (time(ring.status.next_transition_at) - now()) / 1000 : -1;
  const rings = items.toSorted((a, b) => left(a) - left(b));
  if (rings.length === 0) return el("p", { class: "empty" }, "There are no rings yet.");
  return [
    el("ul", { class: "leads" }, rings.slice(0, 5).map(ring => {
      const seconds = left(ring);
      return el("li", {},
        el("a", { href: `#/${path("rings", ring.ring)}` }, ring.ring),
        el("span", {}, seconds < 0 ? badge("no next key", "bad") : el("strong", {}, `${(seconds / 3600).toFixed(1)} h`), seconds >= 0 && el("span", { class: "hint" }, ` until it signs`)),
        el("meter", { min: 0, max: 24, low: 1, value: Math.min(24, Math.max(0, seconds / 3600)), "aria-label": `Hours until the next key of ${ring.ring} signs` }),
        ring.status.last_failure && el("p", { class: "fault" }, ring.status.last_failure));
    })),
    (more || rings.length > 5) && el("p", {}, el("a", { href: "#/rings" }, "All rings")),
  ];
}

function drawChanges({ items }) {
  return table("Latest changes", [
    ["When", entry => instant(entry.time)],
    ["What", entry => `${entry.action} ${entry.resource_type}`],
    ["Which", entry => el("code", {}, entry.resource_id)],
    ["By", entry => entry.actor.id || entry.actor.type],
    ["Outcome", entry => badge(entry.status, entry.status === "SUCCESS" ? "good" : "bad")],
  ], items, "Nothing has happened yet.");
}
