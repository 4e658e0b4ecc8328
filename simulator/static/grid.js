// The table of one tab. Only the rows in sight are in the page, and they are patched cell by cell: a live change never
// disturbs what is being typed, and ten thousand rows cost what fifty do.
import { el } from "./dom.js";
import { head, widths } from "./grid-head.js";
import { Rows } from "./grid-rows.js";
import { HEAD_HEIGHT, HEAD_WIDTH, Layout } from "./layout.js";

const SPARE_ROWS = 8;

/** One tab as a real <table data-tab="…"> inside `box`. Positions are `{row, column}` from 0. */
export class Grid {
  constructor(box) {
    Object.assign(this, { box, tab: null, drawn: "", rows: new Rows(), painters: [], pending: new Map() });
    this.table = el("table", {
      role: "grid", tabindex: "0", "aria-multiselectable": "true", "aria-description": "Arrow keys move. Escape and then Tab leave the table.",
    });
    box.addEventListener("scroll", () => this.tab && this.fitRows());
    new ResizeObserver(() => this.tab && this.fitRows()).observe(box);
  }

  /** Show `tab`; `busy(row, column)` says which cells wait for the server and keep what the person typed. */
  show(tab, busy = () => false) {
    this.tab = tab;
    this.layout = new Layout(tab);
    if (this.shape() !== this.drawn) this.draw();
    this.rows.renew(tab, this.layout, busy);
    this.fitRows();
  }

  clear() {
    Object.assign(this, { tab: null, drawn: "", rows: new Rows() });
    this.box.replaceChildren();
  }

  focus() {
    this.table.focus({ preventScroll: true });
  }

  /** The `{row, column}` of a <td> of this table, or of something inside it; null for anything else. */
  positionOf(node) {
    return this.rows.places.get(node.closest?.("td")) ?? null;
  }

  /** The <td> of a cell that is drawn; null for one that is out of sight. */
  cellAt({ row, column }) {
    return this.rows.drawn.get(row)?.cells[column] ?? null;
  }

  /** What a cell holds; what was just typed counts before the server has it. */
  valueAt({ row, column }) {
    const cell = this.tab?.rows[row]?.[column] ?? null;
    const typed = this.tab && this.pending.get(this.keyOf({ row, column }));
    return typed ? { t: "s", ...cell, v: typed.value, formula: typed.value.startsWith("=") ? typed.value : undefined } : cell;
  }

  keyOf({ row, column }) {
    return `${this.tab.sheetId} ${row} ${column}`;
  }

  get charts() {
    return this.tab?.charts ?? [];
  }

  /** Scroll until the cell is in sight, free of the headers and of what is frozen. */
  reveal({ row, column }) {
    const { box, layout, layout: { frozen } } = this;
    const place = layout.box({ top: row, left: column, bottom: row + 1, right: column + 1 });
    if (row >= frozen.rows) box.scrollTop = inSight(box.scrollTop, box.clientHeight - HEAD_HEIGHT, frozen.height, place.top, place.height);
    if (column >= frozen.columns) box.scrollLeft = inSight(box.scrollLeft, box.clientWidth - HEAD_WIDTH, frozen.width, place.left, place.width);
    this.fitRows();
  }

  // Tabs of one shape differ in their rows. Another shape is rare (a hidden column, a new width) and draws anew.
  shape() {
    const { sheetId, title, frozenRowCount, frozenColumnCount, merges, rowCount } = this.tab;
    return JSON.stringify([sheetId, title, rowCount, frozenRowCount, frozenColumnCount, merges, this.layout.widths]);
  }

  // The new rows are as high at once as they will be, so that the scroll place is kept.
  draw() {
    const { table, tab, layout, box, box: { scrollTop, scrollLeft } } = this;
    this.rows = new Rows(layout.tops[tab.rowCount]);
    table.dataset.tab = tab.title;
    for (const [name, value] of [["label", tab.title], ["rowcount", tab.rowCount + 1], ["colcount", layout.columnCount + 1]]) {
      table.setAttribute(`aria-${name}`, value);
    }
    table.replaceChildren(widths(layout), head(layout), this.rows.body);
    for (const old of box.querySelectorAll(":scope > p")) old.remove();
    if (!table.isConnected) box.prepend(table);
    box.scrollTo(scrollLeft, scrollTop);
    this.drawn = this.shape();
  }

  fitRows() {
    this.rows.fit(...this.window());
    this.paint();
  }

  window() {
    const { box, layout, tab } = this;
    const first = layout.rowAt(box.scrollTop + layout.frozen.height);
    const last = layout.rowAt(box.scrollTop + Math.max(box.clientHeight, 200));
    const corner = layout.merges.filter(({ top, bottom }) => top < first && bottom > first);
    return [Math.max(0, Math.min(first - SPARE_ROWS, ...corner.map(({ top }) => top))), Math.min(tab.rowCount - 1, last + SPARE_ROWS)];
  }

  /** Let everyone who draws over the cells do so again. */
  paint() {
    for (const painter of this.painters) painter();
  }

  /** Show `value` in the cell at once, before the server has it. Gives the function to call when the server's own is here. */
  promise(at, value) {
    const [key, typed] = [this.keyOf(at), { value }];
    this.pending.set(key, typed);
    this.rows.promise(at, value);
    return () => { if (this.pending.get(key) === typed) this.pending.delete(key); };
  }
}

// The scroll place from which `size` pixels at `start` are seen: `view` pixels, the first `covered` of which lie under something.
function inSight(scroll, view, covered, start, size) {
  if (start - covered < scroll) return start - covered;
  return start + size > scroll + view ? start + size - view : scroll;
}
