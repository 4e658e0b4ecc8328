// The table of one tab. It is drawn once and then patched cell by cell, so a live change never disturbs what is being typed.
import { cellName, columnName, dress } from "./cells.js";
import { el } from "./dom.js";

const SPARE_ROWS = 30;
const LEAST_COLUMNS = 26;
const HEADER_HEIGHT = 24;
const ROW_HEIGHT = 22;

/** One tab as a real <table data-tab="…"> inside `box`. Positions are `{row, column}` from 0. */
export class Grid {
  constructor(box) {
    this.box = box;
    this.extraRows = 0;
    this.drawn = "";
    box.addEventListener("scroll", () => this.growWhenAtEnd());
  }

  /** Show `tab`; `busy(row, column)` says which cells wait for the server and keep what the person typed. */
  show(tab, busy = () => false) {
    if (this.tab?.sheetId !== tab.sheetId) this.extraRows = 0;
    this.tab = tab;
    if (this.shape() !== this.drawn) return this.draw();
    this.fitRows();
    this.patch(busy);
  }

  clear() {
    this.tab = null;
    this.drawn = "";
    this.box.replaceChildren();
  }

  /** The `{row, column}` of a <td> of this table, or of something inside it; null for anything else. */
  positionOf(node) {
    return this.places?.get(node.closest?.("td")) ?? null;
  }

  cellAt({ row, column }) {
    return this.cells?.[row]?.[column] ?? null;
  }

  valueAt({ row, column }) {
    return this.tab?.rows[row]?.[column] ?? null;
  }

  get rowCount() {
    const used = Math.max(this.tab.rows.length, ...this.charts.map(({ row }) => row + 1));
    return Math.min(this.tab.rowCount, used + SPARE_ROWS + this.extraRows);
  }

  /** Charts of the tab; the cells that they are anchored to are always drawn. */
  get charts() {
    return this.tab.charts ?? [];
  }

  /** Indices of the columns to show, hidden ones left out. */
  get columns() {
    const used = Math.max(LEAST_COLUMNS, ...this.tab.rows.map((row) => row.length), ...this.charts.map(({ column }) => column + 1));
    const hidden = new Set(this.tab.hiddenColumns ?? []);
    return [...Array(Math.min(this.tab.columnCount, used)).keys()].filter((column) => !hidden.has(column));
  }

  hides(row) {
    return this.tab.hiddenRows?.includes(row) ?? false;
  }

  /** More blank rows at the end, as far as the tab has them. */
  grow() {
    this.extraRows += SPARE_ROWS;
    this.fitRows();
  }

  // Rows come and go at the end only: what is there stays in the page, with its scroll place and its focus.
  fitRows() {
    const columns = this.columns;
    for (let row = this.cells.length; row < this.rowCount; row++) this.body.append(this.rowOf(row, columns));
    while (this.cells.length > this.rowCount) {
      this.body.lastChild.remove();
      this.cells.pop();
      this.seen.pop();
    }
  }

  growWhenAtEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    if (this.tab && scrollTop > 0 && scrollTop + clientHeight > scrollHeight - 2 * ROW_HEIGHT) this.grow();
  }

  // Tables of one shape differ in cells and in rows at the end. Another shape is rare (a hidden column, a new width) and draws anew.
  shape() {
    const { sheetId, title, frozenRowCount, columnWidths, hiddenRows } = this.tab;
    return JSON.stringify([sheetId, title, frozenRowCount, columnWidths, hiddenRows, this.columns]);
  }

  draw() {
    const { scrollTop, scrollLeft } = this.box;
    const columns = this.columns;
    Object.assign(this, { cells: [], seen: [], places: new WeakMap(), body: el("tbody") });
    this.fitRows();
    const table = el("table", { role: "grid", "aria-label": this.tab.title, data: { tab: this.tab.title } },
      this.widths(columns), this.head(columns), this.body);
    this.replace(table);
    this.box.style.scrollPaddingTop = `${HEADER_HEIGHT + this.frozenRows * ROW_HEIGHT}px`;
    this.box.scrollTo(scrollLeft, scrollTop);
    this.drawn = this.shape();
  }

  // Only the old table goes: the box in which somebody types lies beside it and stays.
  replace(table) {
    for (const old of this.box.querySelectorAll(":scope > table, :scope > p")) old.remove();
    this.box.prepend(table);
  }

  get frozenRows() {
    return this.tab.frozenRowCount ?? 0;
  }

  widths(columns) {
    const widths = this.tab.columnWidths ?? {};
    const cols = columns.map((column) => {
      const col = el("col");
      col.style.width = `${widths[column] ?? 100}px`;
      return col;
    });
    return el("colgroup", {}, el("col", { class: "row-head" }), cols);
  }

  head(columns) {
    const heads = columns.map((column) => el("th", { scope: "col", text: columnName(column), data: { column } }));
    return el("thead", {}, el("tr", {}, el("td", { class: "corner" }), heads));
  }

  rowOf(row, columns) {
    const line = el("tr", {}, el("th", { scope: "row", text: String(row + 1), data: { row } }));
    this.cells[row] = [];
    this.seen[row] = [];
    for (const column of columns) {
      const td = document.createElement("td");
      td.setAttribute("data-cell", cellName(row, column));
      this.places.set(td, { row, column });
      this.cells[row][column] = td;
      if (this.tab.rows[row]?.[column]) this.dressAt(row, column);
      line.append(td);
    }
    line.hidden = this.hides(row);
    if (row < this.frozenRows) this.freeze(line, row);
    return line;
  }

  freeze(line, row) {
    line.className = row === this.frozenRows - 1 ? "frozen frozen-last" : "frozen";
    for (const cell of line.cells) cell.style.top = `${HEADER_HEIGHT + row * ROW_HEIGHT}px`;
  }

  patch(busy) {
    this.cells.forEach((line, row) => line.forEach((_, column) => {
      if (!busy(row, column)) this.dressAt(row, column);
    }));
  }

  // A checkbox speaks the text of its row, so it is dressed again when the row changes, other cells when they change themselves.
  dressAt(row, column) {
    const line = this.tab.rows[row] ?? [];
    const cell = line[column] ?? null;
    const look = cell === null ? "" : JSON.stringify(cell.checkbox ? line : cell);
    if ((this.seen[row][column] ?? "") === look) return;
    const td = this.cells[row][column];
    const active = td.classList.contains("active");
    dress(td, cell, this.visible(line));
    td.classList.toggle("active", active);
    this.seen[row][column] = look;
  }

  visible(line) {
    const hidden = this.tab.hiddenColumns ?? [];
    return line.filter((_, column) => !hidden.includes(column));
  }

  /** Show `value` in the cell at once, before the server has it; the next patch puts the truth there. */
  promise({ row, column }, value) {
    const td = this.cellAt({ row, column });
    const box = td.querySelector("input[type=checkbox]");
    if (box) box.checked = value === "TRUE";
    else td.replaceChildren(value);
    this.seen[row][column] = "?";
  }
}
