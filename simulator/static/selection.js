// Choosing: selectionInput in its five kinds, and the switch of a decoratedText.
import { el, freshId } from "./dom.js";
import { strings } from "./form.js";
import { complainer } from "./textinput.js";

const DRAW = { CHECK_BOX: boxes, RADIO_BUTTON: boxes, SWITCH: boxes, DROPDOWN: dropdown, MULTI_SELECT: multiSelect };
const MOST_ITEMS = 100;

export function selectionInput(input, context, path) {
  const draw = DRAW[input.type ?? "CHECK_BOX"];
  const items = input.items ?? [];
  if (!input.name) return context.refuse(path, "a selectionInput needs a name");
  if (!draw) return context.refuse(path, `${input.type} is no type of a selectionInput`);
  if (items.length > MOST_ITEMS) return context.refuse(path, `a selectionInput takes ${MOST_ITEMS} items at most, not ${items.length}`);
  return draw({ ...input, items }, context);
}

function wire(input, field, node, context) {
  context.form.add(field);
  node.addEventListener("change", () => {
    context.form.changed(field);
    if (input.onChangeAction) context.run(input.onChangeAction);
  });
}

function dropdown(input, context) {
  const id = freshId("input");
  const options = input.items.map(({ text, value }) => el("option", { value: value ?? "", text }));
  const select = el("select", { id, name: input.name, "aria-label": input.label ? null : input.name }, options);
  select.selectedIndex = input.items.findIndex(({ selected }) => selected);
  const message = el("p", { class: "field-message" });
  wire(input, {
    name: input.name,
    kind: "dropdown",
    read: () => [...select.selectedOptions].map(({ value }) => value),
    show: ([value]) => { select.value = value; },
    input: strings,
    complain: complainer(select, message),
    focus: () => select.focus(),
  }, select, context);
  return el("div", { class: "field" },
    el("div", { class: "field-box" }, input.label && el("label", { for: id, text: input.label }), select), message);
}

function boxes(input, context) {
  const group = el("fieldset", { class: "choices" }, input.label && el("legend", { text: input.label }),
    input.items.map((item) => choice(item, input.type, input.name)));
  addChoices(input, group, "choice", context);
  return group;
}

function choice(item, type, name) {
  const radio = type === "RADIO_BUTTON";
  const box = el("input", { type: radio ? "radio" : "checkbox", role: type === "SWITCH" ? "switch" : null, name, value: item.value ?? "" });
  box.checked = item.selected === true;
  const texts = el("span", {}, item.text, item.bottomText && el("small", { text: item.bottomText }));
  return el("label", { class: type === "SWITCH" ? "choice choice-switch" : "choice" }, box, texts);
}

function addChoices(input, group, kind, context) {
  const all = [...group.querySelectorAll("input")];
  const message = el("p", { class: "field-message" });
  group.append(message);
  wire(input, {
    name: input.name,
    kind,
    read: () => all.filter(({ checked }) => checked).map(({ value }) => value),
    show: (values) => all.forEach((box) => { box.checked = values.includes(box.value); }),
    input: strings,
    complain: complainer(group, message),
    focus: () => all[0]?.focus(),
  }, group, context);
}

function multiSelect(input, context) {
  const summary = el("span", { class: "multi-chosen" });
  const list = el("fieldset", { class: "choices" }, input.items.map((item) => choice(item, "CHECK_BOX", input.name)));
  const node = el("details", { class: "field multi" },
    el("summary", { class: "field-box" }, input.label && el("span", { class: "multi-label", text: input.label }), summary), list);
  const all = [...list.querySelectorAll("input")];
  const tell = () => {
    const chosen = all.filter(({ checked }) => checked);
    const full = chosen.length >= (input.multiSelectMaxSelectedItems || all.length);
    for (const box of all) box.disabled = full && !box.checked;
    summary.textContent = chosen.map((box) => box.parentElement.textContent).join(", ") || "None";
  };
  addChoices(input, list, "multiselect", context);
  list.addEventListener("change", tell);
  tell();
  return node;
}

/** The checkbox or switch at the end of a decoratedText; `label` is the text of its row, spoken for the box. */
export function switchControl(control, label, context) {
  const type = control.controlType ?? "SWITCH";
  const box = el("input", {
    type: "checkbox", role: type === "SWITCH" ? "switch" : null, class: type === "SWITCH" ? "switch" : null,
    name: control.name, value: control.value ?? "true", "aria-label": label,
  });
  box.checked = control.selected === true;
  wire(control, {
    name: control.name,
    key: `${control.name}\n${box.value}`,
    kind: "switch",
    read: () => box.checked,
    show: (value) => { box.checked = value; },
    input: (value) => strings(value ? [box.value] : []),
    complain: () => {},
  }, box, context);
  return box;
}
