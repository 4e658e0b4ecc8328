// Charts by hand: made of what is selected, moved by mouse or by arrows, taken away by Delete.
import { gridRange, isOne } from "./area.js";
import { symbol } from "./dom.js";
import { openMenu } from "./menu.js";
import { onceLetGo } from "./press.js";

const KINDS = { COLUMN: ["Column chart", "bar_chart"], BAR: ["Bar chart", "align_horizontal_left"], LINE: ["Line chart", "show_chart"], AREA: ["Area chart", "area_chart"], PIE: ["Pie chart", "pie_chart"] };
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 20;

export class ChartTools {
  constructor({ grid, cursor, deeds }) {
    Object.assign(this, { grid, cursor, deeds });
    grid.box.addEventListener("keydown", (event) => this.at(event.target, (chart) => this.key(event, chart)));
    grid.box.addEventListener("pointerdown", (event) => this.at(event.target, (chart, figure) => this.drag(event, chart, figure)));
    grid.box.addEventListener("contextmenu", (event) => this.at(event.target, (chart, figure) => onceLetGo(event, () => this.menu(chart, figure))));
  }

  at(node, act) {
    const figure = node.closest(".chart");
    const chart = figure && this.grid.charts.find(({ id }) => id === Number(figure.dataset.chart));
    if (chart) act(chart, figure);
  }

  /** Offer the kinds of charts under `button`. */
  offer(button) {
    openMenu(button, Object.entries(KINDS).map(([kind, [text, icon]]) => ({ text, icon: symbol(icon), chosen: () => this.insert(kind) })));
  }

  insert(kind) {
    const { grid: { tab, layout }, cursor: { area, last } } = this;
    const whole = isOne(area) ? { top: 0, left: 0, bottom: last.row + 1, right: last.column + 1 } : { ...area, bottom: Math.min(area.bottom, last.row + 1) };
    const columns = Array.from({ length: Math.max(1, whole.right - whole.left) }, (_, index) => this.column(whole, whole.left + index));
    const labels = columns.length > 1 ? columns.shift() : null;
    const spec = kind === "PIE" ? pieOf(labels ?? columns[0], columns) : basicOf(kind, labels, columns, this.headed(whole));
    const anchorCell = { sheetId: tab.sheetId, rowIndex: whole.top, columnIndex: Math.min(whole.right, layout.columnCount - 1) };
    const position = { overlayPosition: { anchorCell, offsetXPixels: 20, offsetYPixels: 20, widthPixels: 480, heightPixels: 300 } };
    return this.deeds.request("addChart", { chart: { spec, position } });
  }

  column({ top, bottom }, column) {
    const source = gridRange(this.grid.tab.sheetId, { top, left: column, bottom: Math.max(bottom, top + 1), right: column + 1 });
    return { sourceRange: { sources: [source] } };
  }

  // A first row without numbers names the series.
  headed({ top, left, right }) {
    const cells = (this.grid.tab.rows[top] ?? []).slice(left, right);
    return cells.every((cell) => cell?.t !== "n") ? 1 : 0;
  }

  menu(chart, figure) {
    openMenu(figure, [{ text: "Delete chart", icon: symbol("delete"), chosen: () => this.delete(chart) }]);
  }

  delete({ id }) {
    this.grid.focus();
    return this.deeds.request("deleteEmbeddedObject", { objectId: id });
  }

  key(event, chart) {
    const by = ARROWS[event.key];
    if (by) this.move(chart, by[0] * STEP, by[1] * STEP);
    else if (event.key === "Delete" || event.key === "Backspace") this.delete(chart);
    else if (event.key === "Escape") this.grid.focus();
    else return;
    event.preventDefault();
  }

  // The figure follows the mouse; its place is written once, when the mouse is let go.
  drag(event, chart, figure) {
    if (event.button !== 0) return;
    const start = [event.clientX, event.clientY];
    const by = (now) => [now.clientX - start[0], now.clientY - start[1]];
    const moved = (now) => { figure.style.translate = by(now).map((pixels) => `${pixels}px`).join(" "); };
    figure.setPointerCapture(event.pointerId);
    figure.addEventListener("pointermove", moved);
    figure.addEventListener("lostpointercapture", (now) => {
      figure.removeEventListener("pointermove", moved);
      if (Math.hypot(...by(now)) > 3) this.move(chart, ...by(now)).then(() => { figure.style.translate = ""; });
    }, { once: true });
  }

  // Its place is told as the cell under its corner, and the pixels from there.
  move(chart, right, down) {
    const { layout, tab } = this.grid;
    const x = Math.max(0, layout.lefts[chart.column] + chart.x + right);
    const y = Math.max(0, layout.tops[chart.row] + chart.y + down);
    const rowIndex = layout.rowAt(y);
    const columnIndex = Math.max(0, layout.lefts.findLastIndex((left, column) => column < layout.columnCount && left <= x));
    const overlayPosition = {
      anchorCell: { sheetId: tab.sheetId, rowIndex, columnIndex },
      offsetXPixels: Math.round(x - layout.lefts[columnIndex]),
      offsetYPixels: Math.round(y - layout.tops[rowIndex]),
    };
    return this.deeds.request("updateEmbeddedObjectPosition", { objectId: chart.id, newPosition: { overlayPosition }, fields: "anchorCell,offsetXPixels,offsetYPixels" });
  }
}

function basicOf(chartType, labels, columns, headerCount) {
  const series = columns.map((column) => ({ series: column, targetAxis: chartType === "BAR" ? "BOTTOM_AXIS" : "LEFT_AXIS" }));
  return { basicChart: { chartType, headerCount, legendPosition: "BOTTOM_LEGEND", domains: labels ? [{ domain: labels }] : [], series } };
}

const pieOf = (domain, [series]) => ({ pieChart: { legendPosition: "RIGHT_LEGEND", domain, series } });
