// Conditional colours by hand: a condition, a value and a colour for what is selected.
import { PAPERS, rgb } from "./colours.js";
import { el, freshId, symbol } from "./dom.js";

const CONDITIONS = {
  TEXT_CONTAINS: "Text contains", TEXT_EQ: "Text is exactly", NUMBER_GREATER: "Greater than", NUMBER_LESS: "Less than", NUMBER_EQ: "Equal to",
  DATE_BEFORE: "Date is before", DATE_AFTER: "Date is after", NOT_BLANK: "Is not empty", BLANK: "Is empty",
};

export class ColourRules {
  constructor({ grid, cursor, deeds }) {
    Object.assign(this, { grid, cursor, deeds });
  }

  items() {
    const { rules } = this.grid.tab;
    const remove = { text: "Remove the colour rules of this tab", icon: symbol("format_color_reset"), chosen: () => this.clear(rules) };
    return [{ text: "Colours by rule…", icon: symbol("palette"), chosen: () => this.ask() }, ...(rules ? [remove] : [])];
  }

  clear(count) {
    const { sheetId } = this.grid.tab;
    return this.deeds.do({ requests: Array.from({ length: count }, () => ({ deleteConditionalFormatRule: { sheetId, index: 0 } })) });
  }

  async ask() {
    const { range } = this.deeds;
    const answer = await askRule(`Colour ${this.cursor.name}`);
    this.grid.focus();
    if (!answer) return;
    const values = answer.type.endsWith("BLANK") ? [] : [{ userEnteredValue: answer.value }];
    const booleanRule = { condition: { type: answer.type, values }, format: { backgroundColorStyle: { rgbColor: rgb(answer.colour) } } };
    await this.deeds.request("addConditionalFormatRule", { rule: { ranges: [range], booleanRule }, index: 0 });
  }
}

function askRule(heading) {
  const type = choice(Object.entries(CONDITIONS));
  const colour = choice(Object.entries(PAPERS).filter(([name]) => name !== "White").map(([name, value]) => [value, name]));
  const value = el("input", { class: "dialog-field", id: freshId("rule") });
  const dialog = el("dialog", { class: "dialog", "aria-label": heading }, el("form", { method: "dialog" },
    el("h2", { text: heading }), field("If", type), field("Value", value), field("Then", colour),
    el("div", { class: "dialog-buttons" },
      el("button", { class: "card-button borderless", text: "Cancel", on: { click: () => dialog.close("") } }),
      el("button", { type: "submit", class: "card-button filled", value: "yes", text: "Save" }))));
  type.addEventListener("change", () => { value.disabled = type.value.endsWith("BLANK"); });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes" ? { type: type.value, value: value.value, colour: colour.value } : null);
  }));
}

const choice = (options) => el("select", { class: "dialog-field", id: freshId("rule") }, options.map(([value, text]) => el("option", { value, text })));

const field = (text, control) => [el("label", { class: "dialog-label", for: control.id, text }), control];
