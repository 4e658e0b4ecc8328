// The basic filter of a tab: a button in each head cell, and a dialog with the values of its column.
import { gridRange, isOne } from "./area.js";
import { columnName, shownValue } from "./cells.js";
import { el } from "./dom.js";
import { sieveAt } from "./grid-places.js";

export class Filters {
  constructor({ grid, cursor, deeds, lines }) {
    Object.assign(this, { grid, cursor, deeds, lines });
  }

  get filter() {
    return this.grid.tab.filter;
  }

  /** Make a filter over what is selected, or over all that is used; take it away where there is one. */
  toggle() {
    const { grid: { tab }, cursor: { area, at, last } } = this;
    if (this.filter) return this.deeds.request("clearBasicFilter", { sheetId: tab.sheetId });
    const used = { top: Math.min(tab.frozenRowCount ? tab.frozenRowCount - 1 : 0, at.row), left: 0, bottom: Math.max(last.row + 1, 2), right: last.column + 1 };
    return this.put(isOne(area) ? used : area, {});
  }

  put(area, columns) {
    const filterSpecs = Object.entries(columns).flatMap(([column, { hidden, condition }]) => (hidden.length || condition
      ? [{ columnIndex: Number(column), filterCriteria: { hiddenValues: hidden, ...(condition ? { condition } : {}) } }] : []));
    return this.deeds.request("setBasicFilter", { filter: { range: gridRange(this.grid.tab.sheetId, area), filterSpecs } });
  }

  /** The column whose head is the active cell; null elsewhere. */
  get column() {
    const { row, column } = this.cursor.at;
    return sieveAt(this.grid.tab, row, column) ? column : null;
  }

  get area() {
    const [top, left, bottom, right] = this.filter.area;
    return { top, left, bottom, right };
  }

  /** The different texts below the head of a column. */
  values(column) {
    const { tab } = this.grid;
    const rows = tab.rows.slice(this.area.top + 1, this.area.bottom);
    const texts = new Set(rows.map((row) => String(shownValue(row[column]))));
    return [...texts].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
  }

  async ask(column = this.column) {
    if (column === null) return;
    const { area } = this;
    const hidden = new Set(this.filter.columns[column]?.hidden ?? []);
    const answer = await askValues(`Filter column ${columnName(column)}`, this.values(column), hidden);
    this.grid.focus();
    if (answer === "up" || answer === "down") await this.lines.sort(column, answer === "down", { ...area, top: area.top + 1 });
    else if (answer) await this.put(area, { ...this.filter.columns, [column]: { hidden: answer } });
  }
}

// Resolves to the texts to hide, "up" or "down" to sort, null for Cancel.
function askValues(heading, values, hidden) {
  const boxes = values.map((value) => {
    const box = el("input", { type: "checkbox", value });
    box.checked = !hidden.has(value);
    return box;
  });
  const all = (checked) => () => boxes.forEach((box) => { box.checked = checked; });
  const quick = (text, act) => el("button", { class: "card-button borderless", text, on: { click: act } });
  const choose = (text, value) => el("button", { type: "submit", class: "card-button borderless", value, text });
  const dialog = el("dialog", { class: "dialog filter-dialog", "aria-label": heading }, el("form", { method: "dialog" },
    el("h2", { text: heading }),
    el("div", { class: "filter-quick" }, choose("Sort A to Z", "up"), choose("Sort Z to A", "down"), quick("All", all(true)), quick("None", all(false))),
    el("div", { class: "filter-values" }, boxes.map((box) => el("label", {}, box, box.value === "" ? "(Blanks)" : box.value))),
    el("div", { class: "dialog-buttons" },
      quick("Cancel", () => dialog.close("")),
      el("button", { type: "submit", class: "card-button filled", value: "yes", text: "Apply" }))));
  document.body.append(dialog);
  dialog.showModal();
  boxes[0]?.focus();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    const { returnValue } = dialog;
    resolve(returnValue === "yes" ? boxes.filter(({ checked }) => !checked).map(({ value }) => value) : returnValue || null);
  }));
}
