// A pie, with or without a hole: one slice for each label, beside a list that says which is which.
import { colour, hint, LETTER, marked, shortened, words } from "./chart-words.js";
import { svg } from "./dom.js";

const LEAST_SHARE = 0.05;  // a smaller slice has no room for its percentage

export function pie({ width, height, hole, labels, series: [{ name, values }], legend }) {
  const slices = values.map((value, number) => ({ value: Math.max(0, value ?? 0), label: labels[number], number })).filter(({ value }) => value > 0);
  const whole = slices.reduce((sum, { value }) => sum + value, 0);
  const listed = legend === "NO_LEGEND" ? 0 : Math.max(0, ...slices.map(({ label }) => shortened(label).length)) * LETTER + 60;
  const circle = { x: (width - listed) / 2, y: (height + 40) / 2, far: Math.min((width - listed) / 2 - 20, (height - 40) / 2 - 20) };
  circle.near = circle.far * (hole ?? 0);
  let turned = 0;
  const drawn = slices.flatMap(({ value, label, number }) => {
    const [from, to] = [turned, turned + value / whole];
    turned = to;
    return slice(circle, from, to, { ...marked(label, value, number) }, hint(label, name, value));
  });
  return [...drawn, ...(listed ? list(slices, width - listed + 10, circle.y) : [])];
}

function slice(circle, from, to, mark, title) {
  const middle = point(circle, (from + to) / 2, (circle.far + circle.near) / 2 + (circle.near ? 0 : circle.far * 0.15));
  const percent = words(`${Math.round((to - from) * 1000) / 10}%`, { x: middle[0], y: middle[1] + 4, "text-anchor": "middle", class: "chart-share" });
  return [svg("path", { d: outline(circle, from, to), class: "chart-slice", "fill-rule": "evenodd", ...mark }, title), ...(to - from < LEAST_SHARE ? [] : [percent])];
}

function outline(circle, from, to) {
  if (to - from > 0.9999) return ring(circle, circle.far) + (circle.near ? ring(circle, circle.near) : "");
  const large = to - from > 0.5 ? 1 : 0;
  const [far, near] = [circle.far, circle.near];
  const at = (turn, radius) => point(circle, turn, radius).join(" ");
  return `M${at(from, far)}A${far} ${far} 0 ${large} 1 ${at(to, far)}L${at(to, near)}${near ? `A${near} ${near} 0 ${large} 0 ${at(from, near)}` : ""}Z`;
}

const ring = ({ x, y }, radius) => `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;

// `turn` counts from the top, once around is 1.
function point({ x, y }, turn, radius) {
  const angle = turn * 2 * Math.PI;
  return [x + radius * Math.sin(angle), y - radius * Math.cos(angle)];
}

function list(slices, x, middle) {
  const top = middle - (slices.length * 22) / 2;
  return slices.flatMap(({ label, number }, index) => [
    svg("circle", { cx: x, cy: top + index * 22 + 7, r: 6, fill: colour(number) }),
    words(shortened(label), { x: x + 14, y: top + index * 22 + 11, "data-legend": label }),
  ]);
}
