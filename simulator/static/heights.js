// How high a row is: as high as it was made, else as its texts need that wrap or have lines of their own.
export const ROW_HEIGHT = 22;  // one line of text; nothing is lower
const LINE = 17;
const PADDING = 7;
const brush = document.createElement("canvas").getContext("2d");
const known = new WeakMap();

export function heightOf(tab, row, widths) {
  const own = tab.rowHeights?.[row];
  if (own !== undefined) return Math.max(own, ROW_HEIGHT);
  const cells = tab.rows[row];
  return cells ? textHeight(cells, widths) : ROW_HEIGHT;
}

// A row object is replaced when anything in it changes, so it can be the key; widths change rarely.
function textHeight(cells, widths) {
  const found = known.get(cells);
  if (found && found.widths === String(widths)) return found.height;
  const tall = cells.some((cell) => cell && (cell.wrap || String(cell.v).includes("\n")));
  if (!tall) return ROW_HEIGHT;
  const lines = cells.map((cell, column) => (cell ? linesOf(cell, widths[column]) : 1));
  const height = Math.max(ROW_HEIGHT, Math.max(...lines) * LINE + 5);
  known.set(cells, { widths: String(widths), height });
  return height;
}

function linesOf(cell, width) {
  const paragraphs = String(cell.v).split("\n");
  if (!cell.wrap || !width) return paragraphs.length;
  brush.font = `${cell.bold ? "bold " : ""}13px Arial, "Liberation Sans", Roboto, sans-serif`;
  return paragraphs.reduce((sum, text) => sum + linesOfParagraph(text, width - PADDING), 0);
}

function linesOfParagraph(text, width) {
  let [lines, used] = [1, 0];
  for (const word of text.split(/(?<=\s)/)) {
    const wide = brush.measureText(word).width;
    if (used && used + brush.measureText(word.trimEnd()).width > width) [lines, used] = [lines + 1, 0];
    lines += Math.max(0, Math.ceil(wide / width) - 1);
    used += wide;
  }
  return lines;
}
