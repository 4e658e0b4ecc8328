// A dialog that asks for one text.
import { el, freshId } from "./dom.js";

/** Ask for a text: `{heading, label, value, lines, yes}`. Resolves to it, or to null for Cancel and Escape. */
export function askText({ heading, label, value = "", lines = 1, yes = "Save" }) {
  const id = freshId("asked");
  const field = el(lines > 1 ? "textarea" : "input", { id, class: "dialog-field", autofocus: true, spellcheck: "false", rows: lines > 1 ? lines : null });
  field.value = value;
  const dialog = el("dialog", { class: "dialog", "aria-label": heading }, el("form", { method: "dialog" },
    el("h2", { text: heading }),
    el("label", { for: id, class: "dialog-label", text: label }), field,
    el("div", { class: "dialog-buttons" },
      el("button", { class: "card-button borderless", text: "Cancel", on: { click: () => dialog.close("") } }),
      el("button", { type: "submit", class: "card-button filled", value: "yes", text: yes }))));
  document.body.append(dialog);
  dialog.showModal();
  field.select();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes" ? field.value : null);
  }));
}
