// The textInput widget: one line or several, with Google's validation, suggestions and autocomplete.
import { el, freshId } from "./dom.js";
import { strings } from "./form.js";

const KEYBOARDS = { INTEGER: "numeric", FLOAT: "decimal", EMAIL: "email" };
const FAULTS = {
  INTEGER: (text) => (/^[+-]?\d+$/.test(text) ? "" : "Enter a whole number"),
  FLOAT: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? "" : "Enter a number"),
  EMAIL: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? "" : "Enter an email address"),
};

const TYPING_PAUSE_MS = 300;

export function textInput(input, context, path) {
  if (!input.name) return context.refuse(path, "a textInput needs a name");
  if (!input.label && !input.hintText) return context.refuse(path, "a textInput needs a label or a hintText");
  const id = freshId("input");
  const box = textBox(input, id);
  const message = el("p", { class: "field-message", id: `${id}-message` });
  const field = textField(input, box, message);
  context.form.add(field);
  listen(input, box, field, context);
  return el("div", { class: "field" },
    el("div", { class: "field-box" }, input.label && el("label", { for: id, text: input.label }), box),
    input.hintText && input.label && el("p", { class: "field-hint", text: input.hintText }),
    message, suggestions(input, box, context));
}

function textBox(input, id) {
  const { inputType, characterLimit } = input.validation ?? {};
  const several = input.type === "MULTIPLE_LINE" && !input.initialSuggestions && !input.autoCompleteAction;
  const box = el(several ? "textarea" : "input", {
    id, name: input.name, maxlength: characterLimit || null, inputmode: KEYBOARDS[inputType] ?? null, autocomplete: "off",
    "aria-describedby": `${id}-message`, "aria-label": input.label ? null : input.hintText, placeholder: input.label ? null : input.hintText,
    ...(several ? { rows: "3" } : { type: "text" }),
  });
  box.value = input.value ?? "";
  return box;
}

function textField(input, box, message) {
  return {
    name: input.name,
    kind: "text",
    read: () => box.value,
    show: (value) => { box.value = value; },
    input: (value) => strings(value === "" ? [] : [value]),
    fault: (value) => (value === "" ? "" : FAULTS[input.validation?.inputType]?.(value) ?? ""),
    complain: complainer(box, message),
    focus: () => box.focus(),
  };
}

/** Shows a sentence under an input and marks it wrong; an empty one takes both away. */
export function complainer(box, message) {
  return (sentence) => {
    message.textContent = sentence;
    if (sentence) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  };
}

// `change` fires on blur and on Enter, which is when Google runs an onChangeAction.
function listen(input, box, field, context) {
  box.addEventListener("input", () => context.form.changed(field));
  if (input.onChangeAction) box.addEventListener("change", () => context.run(input.onChangeAction));
}

function suggestions(input, box, context) {
  if (!input.initialSuggestions && !input.autoCompleteAction) return null;
  const list = el("datalist", { id: freshId("suggestions") });
  box.setAttribute("list", list.id);
  offer(list, input.initialSuggestions?.items ?? []);
  if (input.autoCompleteAction) completeWhileTyping(input.autoCompleteAction, box, list, context);
  return list;
}

function completeWhileTyping(action, box, list, context) {
  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => offer(list, await context.complete(action)), TYPING_PAUSE_MS);
  });
}

function offer(list, items) {
  list.replaceChildren(...items.map(({ text }) => el("option", { value: text })));
}
