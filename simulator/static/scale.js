// The numbers beside a chart: a few round ones, from 0 or below to the largest value or above.
const MOST_STEPS = 5;
const ROUND = [1, 2, 5, 10];

/** `{low, high, ticks}` around 0 and `values`. */
export function scaleOf(values) {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = roundUp((most - least || MOST_STEPS) / MOST_STEPS);
  const [first, last] = [Math.floor(least / step), Math.max(1, Math.ceil(most / step))];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks };
}

function roundUp(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return ROUND.find((factor) => factor * power >= size) * power;
}

// 3 * 0.1 is not quite 0.3.
const tidy = (number) => Number(number.toPrecision(12));
