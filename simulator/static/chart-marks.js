// The marks of the charts that have axes. Each takes the chart and its plot, and gives SVG nodes.
import { colour, hint, marked } from "./chart-words.js";
import { svg } from "./dom.js";

export const columns = (chart, { along, band, up }) => rects(chart, band, (index, part, thick, value) => ({
  x: along(index) + part, y: Math.min(up(value), up(0)), width: thick, height: Math.abs(up(value) - up(0)),
}));

export const bars = (chart, { along, band, up }) => rects(chart, band, (index, part, thick, value) => ({
  x: Math.min(up(value), up(0)), y: along(index) + part, width: Math.abs(up(value) - up(0)), height: thick,
}));

// Beside each other in their band: the first series first.
function rects({ labels, series }, band, place) {
  const thick = (band * 0.7) / series.length;
  return series.flatMap(({ name, values }, number) => values.flatMap((value, index) => (value === null ? [] : svg("rect", {
    ...place(index, band * 0.15 + thick * number, thick, value), ...marked(name, value, number),
  }, hint(labels[index], name, value)))));
}

/** Lines with a dot for each value; a missing value is a gap. */
export function lines({ labels, series }, { along, up }) {
  return series.flatMap(({ name, values }, number) => {
    const path = runs(values).map((run) => `M${run.map((index) => `${along(index + 0.5)} ${up(values[index])}`).join("L")}`).join("");
    const dots = values.flatMap((value, index) => (value === null ? [] : svg("circle", {
      cx: along(index + 0.5), cy: up(value), r: 3, ...marked(name, value, number),
    }, hint(labels[index], name, value))));
    return [svg("path", { d: path, class: "chart-line", stroke: colour(number) }), ...dots];
  });
}

export function areas(chart, plot) {
  const { along, up } = plot;
  const grounds = chart.series.map(({ values }, number) => {
    const path = runs(values).map((run) => {
      const top = run.map((index) => `${along(index + 0.5)} ${up(values[index])}`).join("L");
      return `M${along(run[0] + 0.5)} ${up(0)}L${top}L${along(run.at(-1) + 0.5)} ${up(0)}Z`;
    });
    return svg("path", { d: path.join(""), class: "chart-area", fill: colour(number) });
  });
  return [...grounds, ...lines(chart, plot)];
}

// Indices of values that follow one another without a gap.
function runs(values) {
  const found = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (index && values[index - 1] !== null) found.at(-1).push(index);
    else found.push([index]);
  });
  return found;
}
