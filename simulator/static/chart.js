// One chart as SVG, from what the server read out of its spec and the cells.
import { areas, bars, columns, lines } from "./chart-marks.js";
import { colour, LETTER, shortened, words } from "./chart-words.js";
import { svg } from "./dom.js";
import { pie } from "./pie.js";
import { scaleOf } from "./scale.js";

const DRAW = { COLUMN: columns, BAR: bars, LINE: lines, AREA: areas };

/** An <svg role="img"> of the chart's size, named by its alternative text. */
export function drawChart(chart) {
  const { width, height, title, altText } = chart;
  const root = svg("svg", { role: "img", "aria-label": altText || title || "Chart", width, height, viewBox: `0 0 ${width} ${height}` });
  root.append(words(title, { x: 20, y: 32, class: "chart-title" }));
  const shown = chart.series.filter(({ values }) => values.some((value) => value !== null));
  if (!shown.length) root.append(words("No data", { x: width / 2, y: height / 2, "text-anchor": "middle" }));
  else if (chart.kind === "PIE") root.append(...pie(chart));
  else root.append(...parts(chart, plotOf(chart)));
  return root;
}

// Where the marks stand: between the title (and a legend above) and the labels (and a legend below). In a bar chart the
// labels stand at the left and the numbers below, so there everything that counts `along` and `up` is turned.
function plotOf({ kind, width, height, legend, labels, series }) {
  const turned = kind === "BAR";
  const longest = Math.max(0, ...labels.map((label) => shortened(label).length));
  const [left, right] = [turned ? Math.max(64, longest * LETTER + 40) : 64, width - 20];
  const above = legend === "TOP_LEGEND" ? 80 : 56;
  const below = height - (legend === "TOP_LEGEND" || legend === "NO_LEGEND" ? 56 : 84);
  const scale = scaleOf(series.flatMap(({ values }) => values).filter((value) => value !== null));
  const band = (turned ? below - above : right - left) / Math.max(1, labels.length);
  const share = (value) => (value - scale.low) / (scale.high - scale.low);
  const up = (value) => (turned ? left + share(value) * (right - left) : below - share(value) * (below - above));
  const start = turned ? above : left;
  return { turned, left, right, above, below, scale, band, up, along: (place) => start + band * place };
}

function parts(chart, plot) {
  return [...rules(plot), ...DRAW[chart.kind](chart, plot), ...labels(chart, plot), ...axisTitles(chart, plot), ...legend(chart, plot)];
}

function rules({ turned, left, right, above, below, scale, up }) {
  return scale.ticks.flatMap((tick) => {
    const at = up(tick);
    const ends = turned ? { x1: at, x2: at, y1: above, y2: below } : { x1: left, x2: right, y1: at, y2: at };
    const place = turned ? { x: at, y: below + 18, "text-anchor": "middle" } : { x: left - 8, y: at + 4, "text-anchor": "end" };
    return [svg("line", { ...ends, class: tick === 0 ? "chart-zero" : "chart-rule" }), words(String(tick), { ...place, "data-tick": tick })];
  });
}

// As many labels as have room beside each other.
function labels({ labels: names }, { turned, left, band, below, along }) {
  const texts = names.map(shortened);
  const room = turned ? 16 : Math.max(...texts.map(({ length }) => length)) * LETTER + 8;
  const step = Math.max(1, Math.ceil(room / band));
  return texts.flatMap((text, index) => {
    if (index % step) return [];
    const middle = along(index + 0.5);
    return words(text, turned ? { x: left - 8, y: middle + 4, "text-anchor": "end" } : { x: middle, y: below + 18, "text-anchor": "middle" });
  });
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
