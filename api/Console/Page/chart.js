// A small chart of something a second.

import { el, svg } from "./dom.js";

const width = 260, height = 64, fewest = 30;

const number = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

export function rateChart(title, unit) {
  const area = svg("path", { class: "area" });
  const line = svg("path", { class: "line" });
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", class: "chart" }, area, line);
  const value = el("strong", {}, "–");
  const most = el("p", { class: "hint" }, "waiting for numbers");

  return {
    node: el("figure", { class: "rate" }, el("figcaption", {}, title), el("p", {}, value, el("span", { class: "hint" }, ` ${unit}`)), picture, most),

    /** @param values oldest first */
    draw(values) {
      const last = values.at(-1);
      const top = Math.max(1, ...values);
      const points = Math.max(fewest, values.length);
      value.textContent = last === undefined ? "–" : number.format(last);
      most.textContent = values.length === 0 ? "waiting for numbers" : `at most ${number.format(Math.max(...values))}`;
      picture.setAttribute("aria-label", `${title}: ${last === undefined ? "no numbers yet" : `${number.format(last)} ${unit}, ${most.textContent}`}`);
      const steps = values.map((each, n) =>
        `${(width * (points - values.length + n) / (points - 1)).toFixed(1)} ${(height - 2 - (height - 6) * each / top).toFixed(1)}`);
      line.setAttribute("d", steps.length > 1 ? `M${steps.join("L")}` : "");
      area.setAttribute("d", steps.length > 1 ? `M${steps.join("L")}L${width} ${height}L${steps[0].split(" ")[0]} ${height}Z` : "");
    },
  };
}
