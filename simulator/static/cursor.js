// Which cell is selected, and how the keyboard moves from cell to cell.
import { cellName } from "./cells.js";

const STEPS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  PageUp: [-20, 0], PageDown: [20, 0],
};

/** The step a key means, `[rows, columns]`, or null. */
export function stepOf(event) {
  if (event.key === "Tab") return [0, event.shiftKey ? -1 : 1];
  if (event.key === "Enter") return [event.shiftKey ? -1 : 1, 0];
  return STEPS[event.key] ?? null;
}

/** The selected cell of a grid; `moved(at)` is called after each move. */
export class Cursor {
  constructor(grid, moved) {
    this.grid = grid;
    this.moved = moved;
    this.at = { row: 0, column: 0 };
  }

  get name() {
    return cellName(this.at.row, this.at.column);
  }

  /** Select a cell; false when the grid has no such cell. */
  select(at, { scroll = true } = {}) {
    const td = this.grid.cellAt(at);
    if (!td) return false;
    this.at = at;
    this.mark(td);
    if (scroll) td.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.moved(at);
    return true;
  }

  /** Put the mark back after the table was drawn anew; the first cell when the old one is gone. */
  restore() {
    if (!this.select(this.at, { scroll: false })) this.select(this.firstCell(), { scroll: false });
  }

  firstCell() {
    return { row: 0, column: this.grid.columns[0] ?? 0 };
  }

  // Hidden rows and columns are stepped over: a move goes from one shown cell to another.
  step([rows, columns]) {
    const shown = this.grid.columns;
    const place = clamp(shown.indexOf(this.at.column) + columns, shown.length - 1);
    let wanted = this.at.row + rows;
    while (this.grid.hides(wanted)) wanted += Math.sign(rows) || 1;
    if (wanted >= this.grid.rowCount) this.grid.grow();
    if (wanted < 0 && this.grid.hides(0)) wanted = this.at.row;
    this.select({ row: clamp(wanted, this.grid.rowCount - 1), column: shown[place] });
  }

  mark(td) {
    const { box } = this.grid;
    for (const old of box.querySelectorAll(".active, .crossed")) {
      old.classList.remove("active", "crossed");
      old.removeAttribute("aria-selected");
    }
    td.classList.add("active");
    td.setAttribute("aria-selected", "true");
    const { row, column } = this.at;
    for (const head of box.querySelectorAll(`th[data-row="${row}"], th[data-column="${column}"]`)) head.classList.add("crossed");
  }
}

const clamp = (value, last) => Math.max(0, Math.min(last, value));
