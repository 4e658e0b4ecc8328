// The menus of cells, rows and columns. They open under what they are about, by the right mouse button or by keyboard.
import { linesName } from "./area.js";
import { choicesOf, columnName, shownValue } from "./cells.js";
import { symbol } from "./dom.js";
import { openMenu } from "./menu.js";

const item = (text, icon, chosen, disabled = false) => ({ text, icon: symbol(icon), chosen, disabled });

const line = (one) => ({ ...one, line: true });

export class SheetMenus {
  constructor(sheet) {
    Object.assign(this, { sheet, grid: sheet.grid, cursor: sheet.cursor });
  }

  /** The menu of what is selected: of whole rows, of whole columns, or of cells. */
  ofSelection() {
    const { lines } = this.sheet;
    const [rows, columns] = [lines.isWhole("ROWS"), lines.isWhole("COLUMNS")];
    if (rows === columns) this.cell();
    else this.lines(rows ? "ROWS" : "COLUMNS", this.grid.cellAt(this.cursor.at));
  }

  /** Everything about the selected cells. */
  cell(td = this.grid.cellAt(this.cursor.at)) {
    if (!td) return;
    const { at } = this.cursor;
    this.open(td, [
      ...this.comings("ROWS"),
      ...this.comings("COLUMNS"),
      line(item("Clear", "backspace", () => this.sheet.deeds.clear())),
      ...this.sorting(at.column),
      ...this.sheet.things.items(),
    ]);
  }

  /** Everything about the selected rows or columns. */
  lines(dimension, head) {
    const { lines } = this.sheet;
    const [start, end] = lines.selected(dimension);
    const name = linesName(dimension, start, end);
    const near = lines.hiddenNear(dimension);
    const rows = dimension === "ROWS";
    this.open(head, [
      ...this.comings(dimension),
      line(item(`Clear ${name}`, "backspace", () => this.sheet.deeds.clear())),
      item(`Hide ${name}`, "visibility_off", () => lines.hide(dimension, start, end, true)),
      ...(near ? [item(`Show ${linesName(dimension, ...near)}`, "visibility", () => lines.hide(dimension, ...near, false))] : []),
      line(item(`Resize ${name}…`, rows ? "height" : "width", () => this.sheet.things.askSize(dimension, start, end))),
      item(rows ? "Fit to a line" : "Fit to the texts", "fit_width", () => lines.fit(dimension, start, end)),
      this.freezing(dimension, end),
      ...(rows ? [] : this.sorting(start)),
    ]);
  }

  comings(dimension) {
    const { lines } = this.sheet;
    const [start, end] = lines.selected(dimension);
    const [word, before, after] = dimension === "ROWS" ? ["row", "above", "below"] : ["column", "left", "right"];
    const many = end - start === 1 ? `a ${word}` : `${end - start} ${word}s`;
    return [
      line(item(`Insert ${many} ${before}`, "add", () => lines.insert(dimension, start, end - start))),
      item(`Insert ${many} ${after}`, "add", () => lines.insert(dimension, end, end - start)),
      item(`Delete ${linesName(dimension, start, end)}`, "delete", () => lines.delete(dimension, start, end)),
    ];
  }

  freezing(dimension, end) {
    const { tab } = this.grid;
    const frozen = dimension === "ROWS" ? tab.frozenRowCount : tab.frozenColumnCount;
    if (frozen === end) return item("Unfreeze", "lock_open", () => this.sheet.lines.freeze(dimension, 0));
    return item(`Freeze up to ${linesName(dimension, end - 1, end)}`, "push_pin", () => this.sheet.lines.freeze(dimension, end));
  }

  // More than one selected row is sorted by itself, else all rows below the frozen ones.
  sorting(column) {
    const { area } = this.cursor;
    const { tab } = this.grid;
    const part = area.bottom - area.top > 1 && area.bottom - area.top < tab.rowCount ? area : undefined;
    const what = part ? "selected rows" : "the tab";
    return [
      line(item(`Sort ${what} by column ${columnName(column)}, A to Z`, "arrow_upward", () => this.sheet.lines.sort(column, false, part))),
      item(`Sort ${what} by column ${columnName(column)}, Z to A`, "arrow_downward", () => this.sheet.lines.sort(column, true, part)),
    ];
  }

  /** What the active cell offers to choose from, when it is a cell that does. */
  choices() {
    const { at } = this.cursor;
    const cell = this.grid.valueAt(at);
    const choices = choicesOf(cell, this.grid.tab.lists);
    const td = this.grid.cellAt(at);
    if (!choices || !td) return;
    this.open(td, choices.map((text) => ({
      text,
      icon: symbol(text === shownValue(cell) ? "check" : ""),
      chosen: () => this.sheet.write(at, text),
    })));
  }

  // The focus comes back to the table, where it was.
  open(from, items) {
    this.grid.focus();
    openMenu(from, items);
  }
}
