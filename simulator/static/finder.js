// Find in the shown tab. The browser's own search sees only the rows that are in the page.
import { shownValue } from "./cells.js";
import { el, symbol } from "./dom.js";

export class Finder {
  constructor(sheet) {
    Object.assign(this, { sheet, grid: sheet.grid, cursor: sheet.cursor });
    this.field = el("input", { type: "search", "aria-label": "Find in this tab", placeholder: "Find in this tab", spellcheck: "false" });
    this.told = el("span", { class: "finder-told", "aria-live": "polite" });
    this.bar = el("div", { class: "finder", role: "search" }, this.field, this.told,
      this.button("keyboard_arrow_up", "The one before", () => this.go(-1)),
      this.button("keyboard_arrow_down", "The next one", () => this.go(1)),
      this.button("close", "Close the search", () => this.close()));
    this.field.addEventListener("input", () => this.go(0));
    this.bar.addEventListener("keydown", (event) => this.key(event));
  }

  button(icon, label, act) {
    return el("button", { class: "tool", "aria-label": label, title: label, on: { click: act } }, symbol(icon));
  }

  open() {
    this.grid.box.before(this.bar);
    this.field.focus();
    this.field.select();
  }

  close() {
    this.bar.remove();
    this.grid.focus();
  }

  key(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.field) this.go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  // Row by row; rows and columns that are hidden are left out.
  places() {
    const { tab, layout } = this.grid;
    const wanted = this.field.value.toLocaleLowerCase();
    if (!wanted) return [];
    return tab.rows.flatMap((cells, row) => (layout.hidesRow(row) ? [] : cells.flatMap((cell, column) => (
      !layout.hidesColumn(column) && String(shownValue(cell)).toLocaleLowerCase().includes(wanted) ? [{ row, column }] : []))));
  }

  /** To the next place, the one before (-1), or, while one types (0), the first from here on. */
  go(by) {
    const found = this.places();
    const { at } = this.cursor;
    const order = ({ row, column }) => (row - at.row) * 1e6 + column - at.column;
    const next = found.findIndex((place) => (by > 0 ? order(place) > 0 : order(place) >= 0));
    const index = by < 0 ? (next < 0 ? found.length : next) - 1 : next;
    const shown = (index + found.length) % (found.length || 1);
    this.told.textContent = !this.field.value ? "" : found.length ? `${(by >= 0 && next < 0 ? 0 : shown) + 1} of ${found.length}` : "Nothing found";
    const place = found[by >= 0 && next < 0 ? 0 : shown];
    if (place) this.cursor.select(place);
  }
}
