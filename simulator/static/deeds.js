// What a person does to the cells of a Sheet. Each deed is one edit at the server, whole or not at all, and can be undone.
import { editSheet, undoEdit } from "./api.js";
import { gridRange, isOne } from "./area.js";
import { shownValue, typedValue } from "./cells.js";
import { turned } from "./keys.js";

const MOST_UNDONE = 50;

export class Deeds {
  constructor(sheet) {
    Object.assign(this, { sheet, grid: sheet.grid, cursor: sheet.cursor, turn: Promise.resolve() });
    this.forgetAll();
  }

  /** Another Sheet: nothing of the last one can be undone here. */
  forgetAll() {
    Object.assign(this, { done: [], undone: [] });
  }

  get range() {
    return gridRange(this.grid.tab.sheetId, this.cursor.area);
  }

  /** Do `{requests, typed}`; true when it was done. `answered` is called when the server has spoken, `seen` when it can be seen. */
  async do(edit, seen = null, answered = () => {}) {
    const place = { sheetId: this.grid.tab.sheetId, area: this.cursor.area };
    const answer = await this.inTurn(async (id) => {
      const given = await editSheet(id, edit).finally(answered);
      this.done = [...this.done, { edit: given.edit, place }].slice(-MOST_UNDONE);
      this.undone = [];
      return given;
    });
    if (answer) seen?.(answer);
    return Boolean(answer);
  }

  request(kind, body, seen) {
    return this.do({ requests: [{ [kind]: body }] }, seen);
  }

  undo() {
    return this.takeBack("done", "undone", "There is nothing to undo.");
  }

  redo() {
    return this.takeBack("undone", "done", "There is nothing to redo.");
  }

  async takeBack(from, to, nothing) {
    const { area: selected } = this.cursor;
    const place = await this.inTurn(async (id) => {
      const last = this[from].pop();
      if (!last) throw new Error(nothing);
      const { edit } = await undoEdit(id, last.edit);
      this[to].push({ edit, place: last.place });
      return last.place;
    });
    if (place && this.cursor.area === selected) this.sheet.goTo(place);
  }

  // One after the other, in the order in which they were done; what `call` gives can be seen when this resolves.
  async inTurn(call) {
    const { sheet, sheet: { id } } = this;
    this.turn = this.turn.then(() => sheet.saving(() => call(id)).catch((error) => {
      sheet.failed(error.message);
      return null;
    }));
    const answer = await this.turn;
    if (id === sheet.id) await sheet.refresh();
    return id === sheet.id ? answer : null;
  }

  typed({ row, column }, values) {
    return { sheetId: this.grid.tab.sheetId, row, column, values };
  }

  /** Requests that make room for an area that ends there. */
  room(bottom, right) {
    const { sheetId, rowCount, columnCount } = this.grid.tab;
    const more = (dimension, length) => (length > 0 ? [{ appendDimension: { sheetId, dimension, length } }] : []);
    return [...more("ROWS", bottom - rowCount), ...more("COLUMNS", right - columnCount)];
  }

  /** Type a block of texts from this cell on, and select it. */
  put(at, rows) {
    const bottom = at.row + rows.length;
    const right = at.column + Math.max(...rows.map((row) => row.length));
    const area = { top: at.row, left: at.column, bottom, right };
    return this.do({ requests: this.room(bottom, right), typed: [this.typed(at, rows)] }, this.selecting(area));
  }

  /** Selects an area when it is called, unless something else was selected meanwhile. */
  selecting(area) {
    const { area: selected } = this.cursor;
    return () => { if (this.cursor.area === selected) this.cursor.selectArea(area); };
  }

  /** Empty what is selected; boxes are only unticked. */
  clear() {
    this.change((cell) => (cell?.checkbox ? "FALSE" : shownValue(cell) === "" && !cell?.formula ? null : ""));
  }

  /** Tick or untick all selected boxes, as the active one needs. */
  tick() {
    const value = turned(this.grid.valueAt(this.cursor.at));
    this.change((cell) => (cell?.checkbox ? value : null));
  }

  // `value(cell)` gives the new text of each selected cell that has something, or null to leave it.
  change(value) {
    const { area } = this.cursor;
    if (isOne(area)) return this.changeOne(value(this.grid.valueAt(this.cursor.at)));
    const rows = [];
    for (let row = area.top; row < Math.min(area.bottom, this.grid.tab.rows.length); row++) {
      rows.push((this.grid.tab.rows[row] ?? []).slice(area.left, area.right).map(value));
    }
    if (rows.flat().some((text) => text !== null)) this.do({ typed: [this.typed({ row: area.top, column: area.left }, rows)] });
  }

  changeOne(text) {
    const { at } = this.cursor;
    if (text !== null && typedValue(this.grid.valueAt(at)) !== text) this.sheet.write(at, text);
  }

  /** Give what is selected the format `look`, under the field mask `fields`. */
  format(look, fields) {
    return this.request("repeatCell", { range: this.range, cell: { userEnteredFormat: look }, fields: `userEnteredFormat.${fields}` });
  }

  flip(flag) {
    return this.format({ textFormat: { [flag]: !this.grid.valueAt(this.cursor.at)?.[flag] } }, `textFormat.${flag}`);
  }

  fillDown() {
    const { area } = this.cursor;
    const source = { ...this.range, endRowIndex: area.top + 1 };
    return this.request("copyPaste", { source, destination: { ...this.range, startRowIndex: Math.min(area.top + 1, area.bottom - 1) } });
  }

  forgetCut() {
    this.sheet.clipboard.forget();
  }
}
