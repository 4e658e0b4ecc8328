// What the place of a cell makes of it: frozen, merged, or in the head of a filter.
import { el } from "./dom.js";
import { HEAD_WIDTH } from "./layout.js";

/** A cell or head of a frozen column stays where it is when the table is scrolled. */
export function freezeColumn(node, column, layout) {
  const { columns } = layout.frozen;
  if (column >= columns) return;
  node.classList.add("frozen-column");
  node.classList.toggle("frozen-column-last", column === columns - 1);
  node.style.left = `${HEAD_WIDTH + layout.lefts[column]}px`;
}

/** The corner of a merged area lies as one sheet of paper over the cells that it hides; `merge` null: an ordinary cell. */
export function spread(td, merge, layout) {
  for (const [name, span] of [["rowspan", merge && merge.bottom - merge.top], ["colspan", merge && merge.right - merge.left]]) {
    if (span) td.setAttribute(`aria-${name}`, span);
    else td.removeAttribute(`aria-${name}`);
  }
  if (!merge) return;
  const { width, height } = layout.box(merge);
  const paper = el("div", { class: "merge" }, ...td.childNodes);
  Object.assign(paper.style, { width: `${width - 1}px`, height: `${height - 1}px`, backgroundColor: td.style.backgroundColor });
  td.classList.add("merged");
  td.replaceChildren(paper);
}

/** In the head of a filter: whether its column leaves rows out (`sieving`) or not (`open`); null elsewhere. */
export function sieveAt({ filter }, row, column) {
  if (!filter || row !== filter.area[0] || column < filter.area[1] || column >= filter.area[3]) return null;
  const { hidden = [], condition } = filter.columns[column] ?? {};
  return hidden.length || condition ? "sieving" : "open";
}
