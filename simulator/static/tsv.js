// Blocks of cells on the clipboard: tabs between cells, line ends between rows, quotes around what has either.

/** Rows of texts to one text. */
export const toTsv = (rows) => rows.map((row) => row.map(quoted).join("\t")).join("\n");

const quoted = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One text to rows of texts; quotes count only where they enclose a whole cell. */
export function fromTsv(text) {
  const rows = [[]];
  const cells = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  for (let found = cells.exec(text); found; found = cells.exec(text)) {
    const [, enclosed, plain, end] = found;
    rows.at(-1).push(enclosed === undefined ? plain : enclosed.replaceAll('""', '"'));
    if (!end || (end !== "\t" && cells.lastIndex === text.length)) break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}
