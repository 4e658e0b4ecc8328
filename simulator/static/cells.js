// How one cell looks: from the server's `{v, t, formula, bold, bg, note, checkbox, …}` to a <td>. Rows and columns count from 0 here.
import { el, symbol } from "./dom.js";

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

/** What a cell offers to choose from, or null; `lists` are those of its tab. */
export const choicesOf = (cell, lists) => cell?.options ?? lists?.[cell?.list] ?? null;

/** Dress `td` as `cell`; `row` is the row as it is seen, which gives a checkbox its spoken name. */
export function dress(td, cell, row) {
  td.className = classes(cell);
  td.style.backgroundColor = cell?.bg ?? "";
  td.style.color = cell?.fg ?? "";
  if (cell?.note) td.setAttribute("aria-description", `Note: ${cell.note}`);
  else td.removeAttribute("aria-description");
  td.replaceChildren(...content(cell, row));
}

function content(cell, row) {
  if (cell?.checkbox) return [checkbox(cell, row)];
  const text = String(shownValue(cell));
  if (cell?.wrap || text.includes("\n")) return [el("div", { class: "clip", text })];
  if (!cell || !("options" in cell || "list" in cell)) return [text];
  return [text, el("span", { class: "choose", "aria-hidden": "true" }, symbol("arrow_drop_down"))];
}

function classes(cell) {
  if (!cell) return "";
  const names = [];
  if (shownValue(cell) !== "") names.push("filled");
  if (cell.checkbox) names.push("ticking");
  else if (cell.align) names.push(cell.align);
  else if (cell.t === "n" || cell.t === "d") names.push("right");
  else if (cell.t === "b") names.push("centre");
  for (const flag of ["bold", "italic", "underline", "strikethrough", "wrap"]) if (cell[flag]) names.push(flag);
  if (!cell.wrap && String(cell.v).includes("\n")) names.push("lines");
  if (cell.note) names.push("noted");
  if ("options" in cell || "list" in cell) names.push("choosing");
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
