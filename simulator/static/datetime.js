// The dateTimePicker widget. Google writes the picked wall-clock time as if it were UTC: a day is midnight UTC of that day.
import { el, freshId } from "./dom.js";
import { complainer } from "./textinput.js";

const KINDS = {
  DATE_ONLY: { type: "date", cut: (iso) => iso.slice(0, 10), input: dateInput },
  DATE_AND_TIME: { type: "datetime-local", cut: (iso) => iso.slice(0, 16), input: dateTimeInput },
  TIME_ONLY: { type: "time", cut: (iso) => iso.slice(11, 16), input: timeInput },
};

export function dateTimePicker(picker, context, path) {
  const kind = KINDS[picker.type ?? "DATE_AND_TIME"];
  if (!picker.name) return context.refuse(path, "a dateTimePicker needs a name");
  if (!kind) return context.refuse(path, `${picker.type} is no type of a dateTimePicker`);
  const id = freshId("input");
  const box = el("input", { id, type: kind.type, name: picker.name, "aria-label": picker.label ? null : picker.name });
  if (picker.valueMsEpoch !== undefined) box.value = kind.cut(new Date(Number(picker.valueMsEpoch)).toISOString());
  const message = el("p", { class: "field-message" });
  const field = pickerField(picker, kind, box, message);
  context.form.add(field);
  listen(picker, box, field, context);
  return el("div", { class: "field" },
    el("div", { class: "field-box" }, picker.label && el("label", { for: id, text: picker.label }), box), message);
}

function pickerField(picker, kind, box, message) {
  return {
    name: picker.name,
    kind: "picker",
    read: () => box.value,
    show: (value) => { box.value = value; },
    input: (value) => (value ? kind.input(value) : null),
    complain: complainer(box, message),
    focus: () => box.focus(),
  };
}

// A date box changes with each key while the year is typed, so the value is kept at once but the action waits for blur or Enter.
function listen(picker, box, field, context) {
  let acted = box.value;
  box.addEventListener("input", () => context.form.changed(field));
  if (!picker.onChangeAction) return;
  const act = () => {
    if (box.value === acted) return;
    acted = box.value;
    context.run(picker.onChangeAction);
  };
  box.addEventListener("blur", act);
  box.addEventListener("keydown", (event) => event.key === "Enter" && act());
}

function dateInput(value) {
  return { dateInput: { msSinceEpoch: String(Date.parse(`${value}T00:00:00Z`)) } };
}

function dateTimeInput(value) {
  return { dateTimeInput: { msSinceEpoch: String(Date.parse(`${value}:00Z`)), hasDate: true, hasTime: true } };
}

function timeInput(value) {
  const [hours, minutes] = value.split(":").map(Number);
  return { timeInput: { hours, minutes } };
}
