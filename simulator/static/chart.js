// One chart as SVG: columns or lines over labels, from what the server read out of its spec and the cells.
import { svg } from "./dom.js";
import { scaleOf } from "./scale.js";

const COLOURS = ["#4285f4", "#ea4335", "#fbbc04", "#34a853", "#ff6d01", "#46bdc6"];
const LETTER = 7;
const LONGEST_LABEL = 14;
const DRAW = { COLUMN: columns, LINE: line };

/** An <svg role="img"> of the chart's size, named by its alternative text. */
export function drawChart(chart) {
  const { width, height, title, altText } = chart;
  const root = svg("svg", { role: "img", "aria-label": altText || title || "Chart", width, height, viewBox: `0 0 ${width} ${height}` });
  root.append(words(title, { x: 20, y: 32, class: "chart-title" }));
  const shown = chart.series.filter(({ values }) => values.some((value) => value !== null));
  if (shown.length) root.append(...parts(chart, plotOf(chart)));
  else root.append(words("No data", { x: width / 2, y: height / 2, "text-anchor": "middle" }));
  return root;
}

// Where the marks stand: between the title (and a legend above) and the labels (and a legend below).
function plotOf({ width, height, legend, labels, series }) {
  const [left, right] = [64, width - 20];
  const above = legend === "TOP_LEGEND" ? 80 : 56;
  const below = height - (legend === "TOP_LEGEND" || legend === "NO_LEGEND" ? 56 : 84);
  const scale = scaleOf(series.flatMap(({ values }) => values).filter((value) => value !== null));
  const band = (right - left) / Math.max(1, labels.length);
  const y = (value) => below - ((value - scale.low) / (scale.high - scale.low)) * (below - above);
  return { left, right, above, below, scale, band, y, middle: (index) => left + band * (index + 0.5) };
}

function parts(chart, plot) {
  const marks = chart.series.map((one, number) => DRAW[chart.kind](chart, plot, one, number));
  return [...rules(plot), ...marks.flat(), ...labels(chart, plot), ...axisTitles(chart, plot), ...legend(chart, plot)];
}

function rules({ left, right, scale, y }) {
  return scale.ticks.flatMap((tick) => [
    svg("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), class: tick === 0 ? "chart-zero" : "chart-rule" }),
    words(String(tick), { x: left - 8, y: y(tick) + 4, "text-anchor": "end", "data-tick": tick }),
  ]);
}

function columns({ labels: names, series }, { left, band, y }, { name, values }, number) {
  const thick = (band * 0.7) / series.length;
  return values.flatMap((value, index) => (value === null ? [] : svg("rect", {
    x: left + band * (index + 0.15) + thick * number,
    y: Math.min(y(value), y(0)),
    width: thick,
    height: Math.abs(y(value) - y(0)),
    ...marked(name, value, number),
  }, hint(names[index], name, value))));
}

function line({ labels: names }, { middle, y }, { name, values }, number) {
  const at = values.map((value, index) => (value === null ? "" : `${middle(index)} ${y(value)}`));
  const path = at.map((point, index) => point && `${index && at[index - 1] ? "L" : "M"}${point}`).join("");
  const dots = values.flatMap((value, index) => (value === null ? [] : svg("circle", {
    cx: middle(index), cy: y(value), r: 3, ...marked(name, value, number),
  }, hint(names[index], name, value))));
  return [svg("path", { d: path, class: "chart-line", stroke: colour(number) }), ...dots];
}

// As many labels as have room beside each other.
function labels({ labels: names }, { band, below, middle }) {
  const texts = names.map((name) => (name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name));
  const room = Math.max(...texts.map(({ length }) => length)) * LETTER + 8;
  const step = Math.max(1, Math.ceil(room / band));
  return texts.flatMap((text, index) => (index % step ? [] : words(text, { x: middle(index), y: below + 18, "text-anchor": "middle" })));
}

function axisTitles({ bottomTitle, leftTitle }, { left, right, above, below }) {
  const [x, y] = [16, (above + below) / 2];
  return [
    words(bottomTitle, { x: (left + right) / 2, y: below + 42, "text-anchor": "middle" }),
    words(leftTitle, { x, y, "text-anchor": "middle", transform: `rotate(-90 ${x} ${y})` }),
  ];
}

function legend({ legend: place, series }, { left, above, below }) {
  if (place === "NO_LEGEND") return [];
  const y = place === "TOP_LEGEND" ? above - 24 : below + 66;
  let x = left;
  return series.flatMap(({ name }, number) => {
    const start = x;
    x += name.length * LETTER + 44;
    return [
      svg("rect", { x: start, y: y - 10, width: 12, height: 12, fill: colour(number) }),
      words(name, { x: start + 18, y, "data-legend": name }),
    ];
  });
}

const colour = (number) => COLOURS[number % COLOURS.length];

const marked = (name, value, number) => ({ fill: colour(number), "data-series": name, "data-value": value });

const hint = (label, name, value) => svg("title", { text: `${label}: ${name} ${value}` });

const words = (text, place) => svg("text", { ...place, text });
