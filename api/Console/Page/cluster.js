import { get } from "./api.js";
import { el, show } from "./dom.js";
import { listen } from "./live.js";
import { badge, card, every, heading, instant, load, table } from "./parts.js";

const kinds = { active: "good", joining: "warn", leaving: "warn" };

export function cluster(main, signal) {
  const place = el("div");
  show(main, heading("Cluster"), place);
  const read = () => load(place, signal, () => get("api/v1/admin/cluster", { signal }), draw);
  every(signal, 5000, read);
  listen(signal, kind => { if (kind === "all") read(); });
  return read();
}

function draw({ engine, id, silos: all, reminders }) {
  // Of one that was started again the directory knows its former life as well.
  const silos = all.filter(silo => silo.status === "active" || !all.some(other => other.name === silo.name && other.status === "active"));
  const seconds = (value, most) => value === null || value === undefined ? "–" : el("span", { class: Math.abs(value) > most ? "fault" : "" }, `${value.toFixed(2)} s`);
  return [
    card(null, el("dl", {}, [["Engine", engine], ["Cluster id", id ?? "alone"], ["Active", `${silos.filter(silo => silo.status === "active").length} of ${silos.length}`], ["Reminders set", reminders ?? "–"]]
      .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))))),
    card("Silos", table("Silos", [
      ["Name", silo => [el("strong", {}, silo.name), " ", silo.here && badge("answers here", "here")]],
      ["Status", silo => badge(silo.status, kinds[silo.status] ?? "bad")],
      ["Address", silo => el("code", {}, silo.address ?? "–")],
      ["Version", silo => silo.report ? el("span", { title: silo.report.version }, silo.report.version.replace(/\+(.{7}).*/, " ($1)")) : badge("no answer", "bad")],
      ["Started", silo => silo.report ? instant(silo.report.started_at) : "–"],
      ["Up to date", silo => silo.report ? [seconds(silo.report.snapshot_age_seconds, 5), " ago"] : "–"],
      ["Clock off by", silo => seconds(silo.report?.clock_difference_seconds, 5)],
      ["Rings", silo => silo.report?.rings ?? "–", "number"],
      ["Orgs", silo => silo.report?.organizations ?? "–", "number"],
    ], silos, "No silo is known.")),
  ];
}
