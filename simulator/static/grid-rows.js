// The rows of a table that are in the page, and the gaps above and below that keep the scroll bar true.
import { cellName, dress } from "./cells.js";
import { el, symbol } from "./dom.js";
import { freezeColumn, sieveAt, spread } from "./grid-places.js";
import { HEAD_HEIGHT } from "./layout.js";

/** A <tbody> of this height; `drawn` has its rows by index: `{line, cells, seen}`. */
export class Rows {
  constructor(height = 0) {
    Object.assign(this, { drawn: new Map(), places: new WeakMap(), body: el("tbody"), gaps: [gap(), gap()] });
    this.gaps[1].style.height = `${height}px`;
    this.body.append(...this.gaps);
  }

  /** What there is to show from now on; `busy(row, column)` says which cells are left alone. */
  renew(tab, layout, busy) {
    Object.assign(this, { tab, layout });
    for (const row of this.drawn.keys()) this.patch(row, busy);
  }

  /** Have the frozen rows in the page, and those from `first` to `last`. Rows that stay keep their place and their focus. */
  fit(first, last) {
    const { layout, layout: { frozen } } = this;
    const start = Math.max(first, frozen.rows);
    const wanted = [...Array(frozen.rows).keys()];
    for (let row = start; row <= last; row++) if (!layout.hidesRow(row)) wanted.push(row);
    const kept = new Set(wanted);
    for (const [row, { line }] of this.drawn) if (!kept.has(row)) this.drop(row, line);
    this.arrange(wanted, frozen.rows);
    this.gaps[0].style.height = `${layout.tops[start] - frozen.height}px`;
    this.gaps[1].style.height = `${layout.tops[this.tab.rowCount] - layout.tops[Math.max(last + 1, frozen.rows)]}px`;
  }

  drop(row, line) {
    line.remove();
    this.drawn.delete(row);
  }

  arrange(wanted, frozen) {
    let next = this.body.firstChild;
    for (const row of wanted) {
      if (row >= frozen && next === this.gaps[0]) next = next.nextSibling;
      const { line } = this.drawn.get(row) ?? this.rowOf(row);
      if (line === next) next = next.nextSibling;
      else this.body.insertBefore(line, next);
    }
  }

  rowOf(row) {
    const { layout, layout: { frozen } } = this;
    const line = el("tr", { "aria-rowindex": row + 2 }, el("th", { scope: "row", data: { row } }, String(row + 1), el("span", { class: "grip" })));
    const drawn = { line, cells: [], seen: [] };
    this.drawn.set(row, drawn);
    for (const column of layout.columns) {
      const td = document.createElement("td");
      td.id = `cell-${cellName(row, column)}`;
      td.setAttribute("data-cell", cellName(row, column));
      td.setAttribute("aria-colindex", column + 2);
      this.places.set(td, { row, column });
      drawn.cells[column] = td;
      line.append(td);
    }
    if (row < frozen.rows) line.className = row === frozen.rows - 1 ? "frozen frozen-last" : "frozen";
    this.patch(row);
    return drawn;
  }

  patch(row, busy = () => false) {
    const { layout, layout: { frozen } } = this;
    const { line, cells } = this.drawn.get(row);
    line.style.height = `${layout.height(row)}px`;
    line.style.setProperty("--height", line.style.height);
    line.hidden = layout.hidesRow(row);
    for (const cell of row < frozen.rows ? line.cells : []) cell.style.top = `${HEAD_HEIGHT + layout.tops[row]}px`;
    cells.forEach((_, column) => busy(row, column) || this.dressAt(row, column));
  }

  // A checkbox speaks the text of its row, so it is dressed again when the row changes, other cells when they change themselves.
  dressAt(row, column) {
    const { cells, seen } = this.drawn.get(row);
    const values = this.tab.rows[row] ?? [];
    const cell = values[column] ?? null;
    const merge = this.layout.cornerAt(row, column);
    const sieve = sieveAt(this.tab, row, column);
    const look = JSON.stringify([cell?.checkbox ? values : cell, merge && this.layout.box(merge), sieve]);
    if (seen[column] === look) return;
    seen[column] = look;
    const td = cells[column];
    dress(td, cell, values.filter((_, other) => !this.layout.hidesColumn(other)));
    freezeColumn(td, column, this.layout);
    spread(td, merge, this.layout);
    if (sieve) td.append(el("span", { class: `sieve ${sieve}`, title: "Filter (Alt+Down)" }, symbol("filter_list")));
  }

  /** Show `value` in a cell at once; the next patch puts there what the tab says. */
  promise({ row, column }, value) {
    const { cells, seen } = this.drawn.get(row) ?? {};
    const td = cells?.[column];
    if (!td) return;
    const box = td.querySelector("input[type=checkbox]");
    if (box) box.checked = value === "TRUE";
    else (td.querySelector(".merge") ?? td).replaceChildren(value);
    seen[column] = "?";
  }
}

function gap() {
  return el("tr", { class: "gap", "aria-hidden": "true" }, el("td"));
}
