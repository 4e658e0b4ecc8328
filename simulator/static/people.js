// Who else is in the Sheet, and where: a coloured frame around the cell of each other window. Windows tell each other; nobody keeps it.
import { tellCursor } from "./api.js";
import { el } from "./dom.js";
import { HEAD_HEIGHT, HEAD_WIDTH } from "./layout.js";

const PAUSE = 80;  // milliseconds; a key held down is one move
const STILL_HERE = 30_000;
const COLOURS = ["#9334e6", "#188038", "#e8710a", "#d93025", "#12858d", "#b80672"];

export class People {
  constructor(sheet) {
    Object.assign(this, { sheet, grid: sheet.grid, cursor: sheet.cursor, name: "", others: new Map(), told: "" });
    this.window = Math.random().toString(36).slice(2);
    this.grid.painters.push(() => this.paint());
    setInterval(() => this.tick(), STILL_HERE);
    window.addEventListener("pagehide", () => tellCursor({ window: this.window, name: this.name, id: this.sheet.id ?? "" }));
  }

  /** Tell the others where this window is, once for each place. */
  moved() {
    const place = { id: this.sheet.id, sheetId: this.grid.tab.sheetId, ...this.cursor.at, name: this.name };
    if (JSON.stringify(place) === this.told) return;
    this.told = JSON.stringify(place);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), PAUSE);
  }

  tell() {
    if (this.told) tellCursor({ ...JSON.parse(this.told), window: this.window });
  }

  // A window that was cut off says nothing more, and is forgotten.
  tick() {
    this.tell();
    for (const [key, { heard }] of this.others) if (Date.now() - heard > 3 * STILL_HERE) this.forget(key);
  }

  forget(key) {
    this.others.get(key)?.frame.remove();
    this.others.delete(key);
  }

  /** Another window is somewhere. One that is new here is told where this one is. */
  heard(other) {
    if (other.window === this.window) return;
    const known = this.others.get(other.window);
    const isNew = !known && other.row !== null;
    if (other.row !== null) this.others.set(other.window, { ...other, heard: Date.now(), frame: known?.frame ?? frameOf(other) });
    else this.forget(other.window);
    if (isNew) this.tell();
    if (this.grid.tab) this.paint();
  }

  paint() {
    const { grid, grid: { tab, layout } } = this;
    for (const { id, sheetId, row, column, frame } of this.others.values()) {
      const here = id === this.sheet.id && sheetId === tab.sheetId && row < tab.rowCount && column < layout.columnCount;
      if (!here || layout.hidesRow(row) || layout.hidesColumn(column)) {
        frame.remove();
        continue;
      }
      const area = layout.cornerAt(row, column) ?? { top: row, left: column, bottom: row + 1, right: column + 1 };
      const { left, top, width, height } = layout.box(area);
      Object.assign(frame.style, { left: `${HEAD_WIDTH + left - 1}px`, top: `${HEAD_HEIGHT + top - 1}px`, width: `${width + 1}px`, height: `${height + 1}px` });
      if (!frame.isConnected) grid.box.append(frame);
    }
  }
}

function frameOf({ window: key, name }) {
  const number = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const frame = el("div", { class: "person", data: { person: name } }, el("span", { text: name }));
  frame.style.setProperty("--person", COLOURS[number % COLOURS.length]);
  return frame;
}
