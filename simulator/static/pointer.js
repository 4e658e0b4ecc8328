// The mouse on the table: select by click and drag, also by the headers; widths and heights by their edges; menus.
import { between, holds } from "./area.js";
import { ROW_HEIGHT } from "./heights.js";
import { onceLetGo } from "./press.js";

export class Pointer {
  constructor(sheet) {
    Object.assign(this, { sheet, grid: sheet.grid, cursor: sheet.cursor });
    const { table } = this.grid;
    table.addEventListener("mousedown", (event) => this.pressed(event));
    table.addEventListener("dblclick", (event) => this.pressedTwice(event));
    table.addEventListener("contextmenu", (event) => this.menu(event));
    table.addEventListener("change", (event) => this.ticked(event));
  }

  pressed(event) {
    if (event.button !== 0) return;
    this.sheet.editor.commit();
    const { target } = event;
    event.preventDefault();
    this.grid.focus();
    if (target.closest(".grip")) return this.resize(event, target.closest("th"));
    const at = this.grid.positionOf(target);
    if (at) this.pressedCell(event, at);
    else if (target.closest(".corner")) this.cursor.selectAll();
    else if (target.closest("th")) this.pressedHead(event, target.closest("th"));
  }

  pressedCell(event, at) {
    if (event.shiftKey) this.cursor.extend(at);
    else this.cursor.select(at);
    if (event.target.closest(".choose")) return onceLetGo(event, () => this.sheet.menus.choices());
    if (event.target.closest(".sieve")) return onceLetGo(event, () => this.sheet.filters.ask());
    this.drag((over) => this.grid.positionOf(over), (end) => this.cursor.extend(end));
  }

  // From the head that was pressed to the one under the mouse, all lines are selected.
  pressedHead(event, head) {
    const line = this.lineOf(head);
    const from = event.shiftKey ? this.cursor.at[line.rows ? "row" : "column"] : line.index;
    const select = (index) => this.cursor.selectArea(this.lines(line.rows, from, index));
    select(line.index);
    this.drag((over) => {
      const other = over.closest?.("th");
      return other && this.lineOf(other).rows === line.rows ? this.lineOf(other).index : null;
    }, select);
  }

  lineOf({ dataset: { row, column } }) {
    return row === undefined ? { rows: false, index: Number(column) } : { rows: true, index: Number(row) };
  }

  lines(rows, from, to) {
    const { tab, layout } = this.grid;
    const one = { row: rows ? from : 0, column: rows ? 0 : from };
    return between(one, { row: rows ? to : tab.rowCount - 1, column: rows ? layout.columnCount - 1 : to });
  }

  drag(read, move) {
    let last = null;
    const moved = ({ target, buttons }) => {
      if (!(buttons & 1)) return stop();
      const found = read(target);
      if (found === null || JSON.stringify(found) === last) return;
      last = JSON.stringify(found);
      move(found);
    };
    const stop = () => {
      this.grid.table.removeEventListener("mousemove", moved);
      window.removeEventListener("mouseup", stop);
    };
    this.grid.table.addEventListener("mousemove", moved);
    window.addEventListener("mouseup", stop);
  }

  // A line shows where the edge will be; the size is written once, when the mouse is let go.
  resize(event, head) {
    const { rows, index } = this.lineOf(head);
    const start = rows ? event.clientY : event.clientX;
    const size = rows ? head.offsetHeight : head.offsetWidth;
    const wanted = (now) => Math.max(rows ? ROW_HEIGHT : 24, Math.round(size + (rows ? now.clientY : now.clientX) - start));
    head.classList.add("resizing");
    const moved = (now) => head.style.setProperty("--wanted", `${wanted(now)}px`);
    const stop = (now) => {
      window.removeEventListener("mousemove", moved);
      head.classList.remove("resizing");
      head.style.removeProperty("--wanted");
      if (wanted(now) !== size) this.sheet.lines.resize(rows ? "ROWS" : "COLUMNS", index, wanted(now));
    };
    window.addEventListener("mousemove", moved);
    window.addEventListener("mouseup", stop, { once: true });
  }

  pressedTwice(event) {
    const grip = event.target.closest(".grip");
    if (grip) {
      const { rows, index } = this.lineOf(grip.closest("th"));
      this.sheet.lines.fit(rows ? "ROWS" : "COLUMNS", index, index + 1);
    } else if (this.grid.positionOf(event.target)) this.sheet.editor.open();
  }

  // As in Sheets, a click inside what is selected keeps it.
  menu(event) {
    const head = event.target.closest("th");
    const at = this.grid.positionOf(event.target);
    if (head) this.menuOfHead(event, head);
    else if (at) {
      if (!holds(this.cursor.area, at.row, at.column)) this.cursor.select(at);
      onceLetGo(event, () => this.sheet.menus.cell(this.grid.cellAt(at)));
    }
  }

  menuOfHead(event, head) {
    const { rows, index } = this.lineOf(head);
    const dimension = rows ? "ROWS" : "COLUMNS";
    const [start, end] = this.sheet.lines.selected(dimension);
    const inside = this.sheet.lines.isWhole(dimension) && index >= start && index < end;
    if (!inside) this.cursor.selectArea(this.lines(rows, index, index));
    onceLetGo(event, () => this.sheet.menus.lines(dimension, head));
  }

  ticked(event) {
    const at = this.grid.positionOf(event.target);
    if (at && event.target.type === "checkbox") this.sheet.write(at, event.target.checked ? "TRUE" : "FALSE");
  }
}
