// How one cell looks: from the server's `{v, t, formula, bold, bg, note, checkbox}` to a <td>. Rows and columns count from 0 here.
import { el } from "./dom.js";

/** 0 -> "A", 25 -> "Z", 26 -> "AA". */
export function columnName(index) {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

export const cellName = (row, column) => `${columnName(column)}${row + 1}`;

export const shownValue = (cell) => cell?.v ?? "";

/** What a person edits: the formula behind a cell if it has one, else what it shows. */
export const typedValue = (cell) => String(cell?.formula ?? shownValue(cell));

export const isTicked = (cell) => String(shownValue(cell)).toUpperCase() === "TRUE";

/** Dress `td` as `cell`; `row` is the row as it is seen, which gives a checkbox its spoken name. */
export function dress(td, cell, row) {
  td.className = classes(cell);
  td.style.backgroundColor = cell?.bg ?? "";
  td.title = cell?.note ?? "";
  td.replaceChildren(cell?.checkbox ? checkbox(cell, row) : String(shownValue(cell)));
}

function classes(cell) {
  if (!cell) return "";
  const names = [];
  if (shownValue(cell) !== "") names.push("filled");
  if (cell.checkbox) names.push("ticking");
  else if (cell.t === "n" || cell.t === "d") names.push("right");
  else if (cell.t === "b") names.push("centre");
  if (cell.bold) names.push("bold");
  if (cell.note) names.push("noted");
  return names.join(" ");
}

// The grid moves by arrow keys, so the boxes themselves stay out of the Tab order.
function checkbox(cell, row) {
  const box = el("input", { type: "checkbox", tabindex: "-1", "aria-label": spokenName(row) });
  box.checked = isTicked(cell);
  return box;
}

function spokenName(row) {
  const texts = row.filter((other) => other && !other.checkbox && other.t === "s" && shownValue(other) !== "");
  return texts.length ? String(shownValue(texts[0])) : "Checkbox";
}
