// Which cell is active, which cells are selected, and how both move.
import { areaName, between, holds, isOne, meets, union } from "./area.js";
import { cellName, shownValue } from "./cells.js";

/** The selection of a grid; `moved(at)` is called after each move. */
export class Cursor {
  constructor(grid, moved) {
    Object.assign(this, { grid, moved });
    this.home();
    grid.painters.push(() => this.paint());
  }

  home() {
    this.at = this.end = { row: 0, column: 0 };
    this.area = between(this.at, this.end);
  }

  get name() {
    return isOne(this.area) || this.grid.layout?.mergeAt(this.at.row, this.at.column) ? cellName(this.at.row, this.at.column) : areaName(this.area);
  }

  /** Select one cell; false when the tab has no such cell. */
  select(at, { scroll = true } = {}) {
    const { tab, layout } = this.grid;
    if (at.row < 0 || at.column < 0 || at.row >= tab.rowCount || at.column >= layout.columnCount) return false;
    const merge = layout.mergeAt(at.row, at.column);
    this.set(merge ? { row: merge.top, column: merge.left } : at, at, scroll);
    return true;
  }

  /** Select from the active cell to this one. */
  extend(end) {
    this.set(this.at, end);
  }

  set(at, end, scroll = true) {
    const area = this.whole(between(at, end));
    Object.assign(this, { at, end, area });
    if (scroll) this.grid.reveal(end);
    this.paint();
    this.moved(at);
  }

  // A merged area is selected as a whole.
  whole(area) {
    const grown = this.grid.layout.merges.filter((merge) => meets(merge, area)).reduce(union, area);
    return areaName(grown) === areaName(area) ? area : this.whole(grown);
  }

  /** Select an area; its first shown cell becomes the active one. */
  selectArea(area) {
    const at = this.shown({ row: area.top, column: area.left }, [1, 1]);
    Object.assign(this, { at, end: { row: area.bottom - 1, column: area.right - 1 }, area });
    this.paint();
    this.moved(at);
  }

  selectAll() {
    const { tab, layout } = this.grid;
    this.selectArea({ top: 0, left: 0, bottom: tab.rowCount, right: layout.columnCount });
  }

  /** Put the selection back after the table was drawn anew; the first cell when the old one is gone. */
  restore() {
    const { tab, layout } = this.grid;
    const gone = this.area.bottom > tab.rowCount || this.area.right > layout.columnCount;
    if (gone) this.home();
    if (gone || (isOne(this.area) && (layout.hidesRow(this.at.row) || layout.hidesColumn(this.at.column)))) {
      this.select(this.shown({ row: this.at.row, column: this.at.column }, [1, 1]), { scroll: false });
    } else {
      this.paint();
      this.moved(this.at);
    }
  }

  step(by) {
    this.select(this.next(this.at, by));
  }

  stretch(by) {
    this.extend(this.next(this.end, by));
  }

  // Hidden rows and columns are stepped over, and a merged area counts as one cell.
  next(from, [rows, columns]) {
    const { layout } = this.grid;
    const merge = layout.mergeAt(from.row, from.column);
    const row = merge && rows > 0 ? merge.bottom - 1 : from.row;
    const column = merge && columns > 0 ? merge.right - 1 : from.column;
    return this.shown({ row: row + rows, column: column + columns }, [rows, columns]);
  }

  shown({ row, column }, [rows, columns]) {
    const { tab, layout } = this.grid;
    return {
      row: nearest(row, tab.rowCount, Math.sign(rows) || 1, (index) => layout.hidesRow(index)),
      column: nearest(column, layout.columnCount, Math.sign(columns) || 1, (index) => layout.hidesColumn(index)),
    };
  }

  /** From `from` to the edge of the filled cells in this direction, as Ctrl and an arrow go. */
  edge(from, by) {
    const filled = (at) => shownValue(this.grid.valueAt(at)) !== "";
    let at = this.next(from, by);
    const running = filled(from) && filled(at);
    for (;;) {
      const next = this.next(at, by);
      if (next.row === at.row && next.column === at.column) return at;
      if (running ? !filled(next) : filled(at)) return at;
      at = next;
    }
  }

  /** The last cell with something in it, by row and by column. */
  get last() {
    const { rows } = this.grid.tab;
    return { row: Math.max(0, rows.length - 1), column: Math.max(0, ...rows.map((row) => row.length - 1)) };
  }

  paint() {
    const { grid, at, area } = this;
    const one = isOne(area) || (grid.layout.cornerAt(at.row, at.column) && areaName(this.whole(between(at, at))) === areaName(area));
    for (const [row, { cells, line }] of grid.rows.drawn) {
      line.cells[0].classList.toggle("crossed", row >= area.top && row < area.bottom);
      cells.forEach((td, column) => {
        const active = row === at.row && column === at.column;
        td.classList.toggle("active", active);
        td.classList.toggle("selected", !one && holds(area, row, column));
        if (holds(area, row, column)) td.setAttribute("aria-selected", "true");
        else td.removeAttribute("aria-selected");
      });
    }
    for (const head of grid.table.querySelectorAll("thead th")) {
      head.classList.toggle("crossed", Number(head.dataset.column) >= area.left && Number(head.dataset.column) < area.right);
    }
    grid.table.setAttribute("aria-activedescendant", `cell-${cellName(at.row, at.column)}`);
  }
}

// The shown index at `wanted` or behind it in the direction of `step`; back again when there is none.
function nearest(wanted, count, step, hidden) {
  const start = Math.max(0, Math.min(count - 1, wanted));
  for (let index = start; index >= 0 && index < count; index += step) if (!hidden(index)) return index;
  for (let index = start; index >= 0 && index < count; index -= step) if (!hidden(index)) return index;
  return start;
}
