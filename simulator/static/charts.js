// The charts over the table of a tab. A chart is drawn anew only when something in it has changed.
import { drawChart } from "./chart.js";
import { el } from "./dom.js";
import { HEAD_HEIGHT, HEAD_WIDTH } from "./layout.js";

/** Keeps a <figure data-chart="…"> in the grid's box for each chart of the shown tab, at the cell it is anchored to. */
export class Charts {
  constructor(grid) {
    this.grid = grid;
    this.drawn = new Map();
  }

  show() {
    const { charts } = this.grid;
    const kept = new Map(charts.map((chart) => [chart.id, this.figureOf(chart)]));
    for (const [id, { figure }] of this.drawn) if (kept.get(id)?.figure !== figure) figure.remove();
    this.drawn = kept;
    for (const chart of charts) this.place(kept.get(chart.id).figure, chart);
  }

  figureOf(chart) {
    const look = JSON.stringify(chart);
    const known = this.drawn.get(chart.id);
    if (known?.look === look) return known;
    return { look, figure: el("figure", { class: "chart", tabindex: "0", "aria-keyshortcuts": "Delete", data: { chart: chart.id } }, drawChart(chart)) };
  }

  // The row is not asked, as it may be out of sight. In the place of a hidden column stands the next one that is shown.
  place(figure, { row, column, x, y }) {
    const { layout } = this.grid;
    Object.assign(figure.style, { left: `${HEAD_WIDTH + layout.lefts[column] + x}px`, top: `${HEAD_HEIGHT + layout.tops[row] + y}px` });
    if (!figure.isConnected) this.grid.box.append(figure);
  }
}
