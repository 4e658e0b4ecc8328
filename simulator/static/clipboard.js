// Copy, cut and paste of blocks. Inside the page a block brings its formulas and looks along, elsewhere its texts.
import { areaName, gridRange, isOne } from "./area.js";
import { shownValue } from "./cells.js";
import { el } from "./dom.js";
import { fromTsv, toTsv } from "./tsv.js";

export class Clipboard {
  constructor({ grid, cursor, deeds }) {
    Object.assign(this, { grid, cursor, deeds, taken: null, ants: el("div", { class: "ants", "aria-hidden": "true" }) });
    const { table } = grid;
    table.addEventListener("copy", (event) => this.take(event, false));
    table.addEventListener("cut", (event) => this.take(event, true));
    table.addEventListener("paste", (event) => this.paste(event));
    grid.painters.push(() => this.paint());
  }

  // Of whole columns only the rows that are used; hidden rows and columns come along, as in Sheets.
  take(event, cut) {
    const { tab, layout } = this.grid;
    const { area } = this.cursor;
    const bottom = Math.max(area.top + 1, Math.min(area.bottom, tab.rows.length));
    const right = Math.max(area.left + 1, Math.min(area.right, layout.columnCount));
    const kept = { ...area, bottom, right };
    const text = toTsv(this.texts(kept));
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    this.taken = { sheetId: tab.sheetId, area: kept, text, cut };
    this.paint();
  }

  texts({ top, left, bottom, right }) {
    const rows = [];
    for (let row = top; row < bottom; row++) {
      rows.push(Array.from({ length: right - left }, (_, index) => String(shownValue(this.grid.valueAt({ row, column: left + index })))));
    }
    return rows;
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    if (this.taken && unified(text) === unified(this.taken.text)) this.pasteOwn(this.taken);
    else if (text) this.deeds.put(this.cursor.at, this.filling(fromTsv(text.replace(/\r?\n$/, ""))));
  }

  // One value fills all that is selected.
  filling(rows) {
    const { area } = this.cursor;
    if (isOne(area) || rows.length !== 1 || rows[0].length !== 1) return rows;
    const bottom = Math.min(area.bottom, Math.max(area.top + 1, this.grid.tab.rows.length));
    return Array.from({ length: bottom - area.top }, () => Array(area.right - area.left).fill(rows[0][0]));
  }

  pasteOwn({ sheetId, area, cut }) {
    const { tab } = this.grid;
    const { at, area: goal } = this.cursor;
    const source = gridRange(sheetId, area);
    const size = { bottom: area.bottom - area.top, right: area.right - area.left };
    const large = !cut && goal.bottom - goal.top >= size.bottom && goal.right - goal.left >= size.right && !isOne(goal);
    const place = large ? goal : { top: at.row, left: at.column, bottom: at.row + size.bottom, right: at.column + size.right };
    const request = cut
      ? { cutPaste: { source, destination: { sheetId: tab.sheetId, rowIndex: at.row, columnIndex: at.column }, pasteType: "PASTE_NORMAL" } }
      : { copyPaste: { source, destination: gridRange(tab.sheetId, place), pasteType: "PASTE_NORMAL" } };
    if (cut) this.forget();
    this.deeds.do({ requests: [...this.deeds.room(place.bottom, place.right), request] }, this.deeds.selecting(place));
  }

  forget() {
    this.taken = null;
    this.paint();
  }

  paint() {
    const { grid, taken, ants } = this;
    const here = taken && taken.sheetId === grid.tab?.sheetId && grid.table.isConnected && taken.area.bottom <= grid.tab.rowCount;
    if (!here) return ants.remove();
    const { left, top, width, height } = grid.layout.box(taken.area);
    Object.assign(ants.style, { left: `${left + 46}px`, top: `${top + 24}px`, width: `${width}px`, height: `${height}px` });
    ants.title = areaName(taken.area);
    if (!ants.isConnected) grid.box.append(ants);
  }
}

const unified = (text) => text.replaceAll("\r\n", "\n").replace(/\n$/, "");
