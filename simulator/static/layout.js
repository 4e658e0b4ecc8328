// Where the rows and columns of a tab lie, in pixels from its first cell. Hidden ones have no height or width.
import { heightOf } from "./heights.js";

export const HEAD_WIDTH = 46;
export const HEAD_HEIGHT = 24;
const COLUMN_WIDTH = 100;
const LEAST_COLUMNS = 26;

export class Layout {
  constructor(tab) {
    this.tab = tab;
    const [hiddenRows, hiddenColumns] = [new Set([...tab.hiddenRows, ...(tab.filteredRows ?? [])]), new Set(tab.hiddenColumns)];
    this.columnCount = Math.min(tab.columnCount, usedColumns(tab));
    this.columns = [...Array(this.columnCount).keys()].filter((column) => !hiddenColumns.has(column));
    this.widths = Array.from({ length: this.columnCount }, (_, column) => (hiddenColumns.has(column) ? 0 : tab.columnWidths?.[column] ?? COLUMN_WIDTH));
    this.lefts = sums(this.columnCount, (column) => this.widths[column]);
    this.tops = sums(tab.rowCount, (row) => (hiddenRows.has(row) ? 0 : heightOf(tab, row, this.widths)));
    this.corners = new Map((tab.merges ?? []).map(([top, left, bottom, right]) => [`${top} ${left}`, { top, left, bottom, right }]));
    this.merges = [...this.corners.values()];
  }

  height(row) {
    return this.tops[row + 1] - this.tops[row];
  }

  hidesRow(row) {
    return this.height(row) === 0;
  }

  hidesColumn(column) {
    return this.widths[column] === 0;
  }

  /** The row at this many pixels from the first; the last one when that is beyond the end. */
  rowAt(y) {
    let [low, high] = [0, this.tab.rowCount - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** An area in pixels, `{left, top, width, height}`. */
  box({ top, left, bottom, right }) {
    const [x, y] = [this.lefts[left], this.tops[top]];
    return { left: x, top: y, width: this.lefts[Math.min(right, this.columnCount)] - x, height: this.tops[bottom] - y };
  }

  /** The merged area whose corner this cell is. */
  cornerAt(row, column) {
    return this.corners.get(`${row} ${column}`) ?? null;
  }

  /** The merged area in which this cell lies. */
  mergeAt(row, column) {
    return this.merges.find((area) => row >= area.top && row < area.bottom && column >= area.left && column < area.right) ?? null;
  }

  /** What the head of a tab takes that stays in sight. */
  get frozen() {
    const [rows, columns] = [this.tab.frozenRowCount ?? 0, Math.min(this.tab.frozenColumnCount ?? 0, this.columnCount)];
    return { rows, columns, height: this.tops[rows], width: this.lefts[columns] };
  }
}

// Charts may be anchored to the right of all values.
function usedColumns(tab) {
  const used = tab.rows.reduce((most, row) => Math.max(most, row.length), LEAST_COLUMNS);
  return (tab.charts ?? []).reduce((most, { column }) => Math.max(most, column + 1), used);
}

function sums(count, size) {
  const found = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) found[index + 1] = found[index] + size(index);
  return found;
}
