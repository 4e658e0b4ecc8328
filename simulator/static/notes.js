// The note of a cell, shown beside it while the mouse is on the cell or the cell is the active one.
import { el } from "./dom.js";

export class Notes {
  constructor({ grid, cursor }) {
    Object.assign(this, { grid, cursor, bubble: el("div", { class: "note", role: "note" }) });
    grid.table.addEventListener("mouseover", ({ target }) => this.show(this.noted(grid.positionOf(target)) ?? cursor.at));
    grid.table.addEventListener("mouseleave", () => this.show(cursor.at));
  }

  noted(at) {
    return at && this.grid.valueAt(at)?.note ? at : null;
  }

  moved() {
    this.show(this.cursor.at);
  }

  show(at) {
    const { grid, bubble } = this;
    const td = this.noted(at) && grid.cellAt(at);
    if (!td) return bubble.remove();
    bubble.textContent = grid.valueAt(at).note;
    if (!bubble.isConnected) grid.box.append(bubble);
    const right = td.offsetLeft + td.offsetWidth + 4;
    const room = grid.box.scrollLeft + grid.box.clientWidth - bubble.offsetWidth - 8;
    const left = right <= room ? right : Math.max(0, td.offsetLeft - bubble.offsetWidth - 4);
    Object.assign(bubble.style, { left: `${left}px`, top: `${td.offsetTop}px` });
  }
}
