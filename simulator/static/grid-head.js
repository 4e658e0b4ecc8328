// The head of a table: the letters of its columns, and their widths.
import { columnName } from "./cells.js";
import { el } from "./dom.js";
import { freezeColumn } from "./grid-places.js";

export function widths(layout) {
  const cols = layout.columns.map((column) => {
    const col = el("col");
    col.style.width = `${layout.widths[column]}px`;
    return col;
  });
  return el("colgroup", {}, el("col", { class: "row-head" }), cols);
}

export function head(layout) {
  const heads = layout.columns.map((column) => {
    const one = el("th", { scope: "col", "aria-colindex": column + 2, data: { column } }, columnName(column), el("span", { class: "grip" }));
    freezeColumn(one, column, layout);
    return one;
  });
  return el("thead", {}, el("tr", { "aria-rowindex": 1 }, el("td", { class: "corner", title: "Select all" }), heads));
}
