// Dialogs: a form that asks before anything is done, and a box that shows something once.

import { Problem, newIdempotencyKey } from "./api.js";
import { el, goTo, say, show } from "./dom.js";
import { problemText } from "./parts.js";

let number = 0;

/** Where one was before, or at what has taken its place meanwhile. The browser itself knows the first only. */
function returnTo(opener) {
  if (!opener?.isConnected) goTo(opener?.dataset.key);
}

/** Asks, does it, and closes when it is done; what the server refuses is shown where it can be put right.
 * @param fields {name, label, kind: text | select | choice | check | area, value, hint, options: [[value, label]], required}
 * @param typed what has to be typed before the button works
 * @param act gets the values and a key under which the same request is done once, however often it is sent */
export function ask({ title, intro, fields = [], typed, action, danger = false, act }) {
  return new Promise(answer => {
    const id = `dialog-${++number}`;
    const [once, opener] = [newIdempotencyKey(), document.activeElement];
    const inputs = fields.map(field => ({ field, ...control(field, `${id}-${field.name}`) }));
    const typing = typed && control({ name: "typed", label: `Type ${typed} to confirm`, kind: "text", mono: true }, `${id}-typed`);
    const failure = el("div", { role: "alert" });
    const button = el("button", { type: "submit", class: danger ? "danger" : "primary", disabled: Boolean(typed) }, action);
    typing?.input.addEventListener("input", () => button.disabled = typing.input.value.trim() !== typed);

    let outcome = null;
    const form = el("form", { method: "dialog", novalidate: true, on: { submit } },
      el("h2", { id: `${id}-title` }, title),
      intro && el("p", {}, intro),
      inputs.map(input => input.node),
      typing?.node,
      failure,
      el("div", { class: "buttons" },
        el("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"),
        button));
    const dialog = el("dialog", { "aria-labelledby": `${id}-title`, on: { close: () => { dialog.remove(); returnTo(opener); answer(outcome); } } }, form);
    document.body.append(dialog);
    dialog.showModal();

    async function submit(event) {
      event.preventDefault();
      if (button.disabled) return;
      show(failure);
      for (const { wrong } of inputs) wrong(null);
      button.disabled = true;
      try {
        outcome = { done: await act(Object.fromEntries(inputs.map(({ field, read }) => [field.name, read()])), once) };
        say(`${action}: done.`);
        dialog.close();
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        button.disabled = false;
        const placed = inputs.filter(({ field, wrong }) => {
          const said = problem.fields.filter(each => each.field.replace(/\[.*|\..*/, "") === field.name).map(each => each.message).join(" ");
          if (said) wrong(said);
          return said;
        });
        show(failure, problemText(problem, { fields: placed.length === 0 }));
        placed[0]?.input.focus();
      }
    }
  });
}

/** Shows what will not be shown again. */
export function tell({ title, body, action = "Close" }) {
  return new Promise(answer => {
    const id = `dialog-${++number}`;
    const dialog = el("dialog", { "aria-labelledby": id, on: { close: () => { dialog.remove(); answer(); } } },
      el("form", { method: "dialog" }, el("h2", { id }, title), body, el("div", { class: "buttons" }, el("button", { class: "primary", type: "submit" }, action))));
    // Not by accident: a key that is gone is gone.
    dialog.addEventListener("cancel", event => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}

function control(field, id) {
  const notes = [];
  if (field.hint) notes.push(el("p", { class: "hint", id: `${id}-hint` }, field.hint));
  const fault = el("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const described = `${field.hint ? `${id}-hint ` : ""}${id}-fault`;

  if (field.kind === "choice") {
    const radios = field.options.map(([value, label, hint]) => el("label", { class: "choice" },
      el("input", { type: "radio", name: id, value, checked: value === field.value }), el("span", {}, label, hint && el("small", {}, hint))));
    return {
      node: el("fieldset", { class: "field" }, el("legend", {}, field.label), radios, notes, fault),
      input: radios[0].firstChild,
      read: () => radios.map(label => label.firstChild).find(radio => radio.checked)?.value,
      wrong: text => { fault.hidden = !text; fault.textContent = text ?? ""; },
    };
  }

  const common = { id, "aria-describedby": described, required: field.required, autocomplete: "off", class: field.mono && "mono" };
  const input = field.kind === "select"
    ? el("select", common, field.options.map(([value, label]) => el("option", { value, selected: value === field.value }, label)))
    : field.kind === "area" ? el("textarea", { ...common, rows: 3, spellcheck: "false" })
    : field.kind === "check" ? el("input", { ...common, type: "checkbox", checked: field.value })
    : el("input", { ...common, type: field.type ?? "text", spellcheck: "false", autocapitalize: "off" });
  if (field.value !== undefined && field.kind !== "check") input.value = field.value;
  const label = el("label", { for: id }, field.label, field.required && el("span", { class: "needed" }, " (needed)"));
  return {
    node: el("div", { class: field.kind === "check" ? "field check" : "field" }, field.kind === "check" ? [input, label] : [label, input], notes, fault),
    input,
    read: () => field.kind === "check" ? input.checked : input.value.trim(),
    wrong: text => {
      fault.hidden = !text;
      fault.textContent = text ?? "";
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}
