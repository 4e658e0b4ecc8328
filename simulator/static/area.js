// Rectangles of cells `{top, left, bottom, right}`, counted from 0, the far edges not included.
import { cellName, columnName } from "./cells.js";

/** The smallest rectangle with both positions in it. */
export const between = (one, other) => ({
  top: Math.min(one.row, other.row),
  left: Math.min(one.column, other.column),
  bottom: Math.max(one.row, other.row) + 1,
  right: Math.max(one.column, other.column) + 1,
});

export const holds = (area, row, column) => row >= area.top && row < area.bottom && column >= area.left && column < area.right;

export const meets = (one, other) =>
  one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right;

export const union = (one, other) => ({
  top: Math.min(one.top, other.top),
  left: Math.min(one.left, other.left),
  bottom: Math.max(one.bottom, other.bottom),
  right: Math.max(one.right, other.right),
});

export const isOne = (area) => area.bottom - area.top === 1 && area.right - area.left === 1;

/** Google's GridRange. */
export const gridRange = (sheetId, { top, left, bottom, right }) => ({
  sheetId, startRowIndex: top, endRowIndex: bottom, startColumnIndex: left, endColumnIndex: right,
});

/** "B2", "B2:C9". */
export function areaName(area) {
  const first = cellName(area.top, area.left);
  return isOne(area) ? first : `${first}:${cellName(area.bottom - 1, area.right - 1)}`;
}

/** The area that somebody names: "b2", "B2:C9", "B:B", "3:3" within `tab`; null for anything else. */
export function namedArea(text, tab) {
  const halves = text.trim().toUpperCase().split(":").map((half) => /^([A-Z]{1,3})?([1-9]\d{0,6})?$/.exec(half));
  if (halves.length > 2 || halves.some((half) => !half || !half[0]) || (halves.length === 1 && !(halves[0][1] && halves[0][2]))) return null;
  const [columns, rows] = [1, 2].map((part) => halves.map((half) => half[part]).filter(Boolean));
  const [lefts, tops] = [columns.map(columnIndex), rows.map((row) => Number(row) - 1)];
  const area = {
    top: Math.min(...tops, tops.length ? Infinity : 0),
    left: Math.min(...lefts, lefts.length ? Infinity : 0),
    bottom: tops.length ? Math.max(...tops) + 1 : tab.rowCount,
    right: lefts.length ? Math.max(...lefts) + 1 : tab.columnCount,
  };
  return area.bottom <= tab.rowCount && area.right <= tab.columnCount ? area : null;
}

function columnIndex(name) {
  return [...name].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** How rows or columns are spoken of: "row 3", "columns B to D". */
export function linesName(dimension, start, end) {
  const name = (index) => (dimension === "ROWS" ? String(index + 1) : columnName(index));
  const word = dimension === "ROWS" ? "row" : "column";
  return end - start === 1 ? `${word} ${name(start)}` : `${word}s ${name(start)} to ${name(end - 1)}`;
}
