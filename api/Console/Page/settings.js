import { call, get } from "./api.js";
import { ask } from "./dialog.js";
import { long, time } from "./clock.js";
import { el, show } from "./dom.js";
import { badge, button, card, heading, load, table } from "./parts.js";

export function settings(main, signal) {
  const [place, certificates] = [el("div"), el("div")];
  const wanted = el("input", { id: "wanted", type: "search", autocomplete: "off", spellcheck: "false" });
  const given = el("input", { id: "given", type: "checkbox", checked: true });
  let view = null;
  const draw = () => {
    const rows = view.settings.filter(setting => setting.name.toLowerCase().includes(wanted.value.trim().toLowerCase()) && (!given.checked || setting.source !== "default"));
    return [
      el("p", { class: "hint" }, `${rows.length} of the ${view.settings.length} settings of ${view.node} (${view.environment}), read ${long(time(view.read_at))}. Of a secret the last four characters are shown at most.`),
      table("Settings", [
        ["Name", setting => el("code", {}, setting.name)],
        ["Value", setting => setting.value === null ? el("span", { class: "none" }, "not given") : el("code", {}, setting.value)],
        ["Secret", setting => setting.secret && badge("masked", "")],
        ["Given by", setting => setting.source],
      ], rows, "No setting has such a name."),
    ];
  };
  for (const input of [wanted, given]) input.addEventListener("input", () => view && show(place, draw()));
  show(main, heading("Settings"),
    el("section", { class: "card" },
      el("div", { class: "filters" },
        el("div", { class: "field" }, el("label", { for: "wanted" }, "Name contains"), wanted),
        el("div", { class: "field check" }, given, el("label", { for: "given" }, "Hide defaults"))),
      place),
    card("Key-encryption certificates", el("p", {}, "Private keys at rest are encrypted for these. To count them, every ring is read."), el("p", { class: "buttons" },
      button("Show certificates", () => look(certificates, signal)), button("Rewrap all keys", () => rewrap(certificates, signal))), certificates));
  return load(place, signal, () => get("api/v1/admin/config", { signal }), found => {
    view = found;
    return draw();
  });
}

const look = (place, signal) => load(place, signal, () => get("api/v1/admin/protection", { signal }), found => [
  table("Certificates", [
    ["Subject", certificate => certificate.subject],
    ["Role", certificate => certificate.role],
    ["Valid until", certificate => long(time(certificate.not_after))],
    ["Keys", certificate => certificate.keys, "number"],
    ["Needed by", certificate => certificate.needed_by, "number"],
    ["Thumbprint", certificate => el("code", {}, certificate.thumbprint.slice(0, 16))],
  ], found.certificates, "There are no certificates."),
  el("p", {}, `${found.keys} keys: ${found.outdated_keys} not encrypted for the present certificates, ${found.unreadable_keys} that can't be read.`),
]);

async function rewrap(place, signal) {
  const done = await ask({
    title: "Rewrap all keys", action: "Rewrap", typed: "rewrap",
    intro: "Every private key is encrypted anew for the present certificates. It goes on when this page is closed.",
    act: (_, once) => call("POST", "api/v1/admin/protection/rewrap", { once }),
  });
  if (done) await look(place, signal);
}
