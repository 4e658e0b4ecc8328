// A Sheet as the page knows it. The server sends it whole at first, and then only the rows that have changed.

/** The book after `answer`, which is whole or says what is other than in `old`. Rows that are the same stay the same objects. */
export function renewed(old, answer) {
  if (answer.since === undefined || !old || answer.since !== old.revision) return answer;
  return { ...answer, tabs: answer.tabs.map((tab) => (tab.rows ? tab : withRows(tab, old))) };
}

function withRows(tab, old) {
  const { changed, rowTotal, ...rest } = tab;
  const rows = old.tabs.find(({ sheetId }) => sheetId === tab.sheetId).rows.slice(0, rowTotal);
  for (const [index, row] of Object.entries(changed)) rows[index] = row;
  return { ...rest, rows };
}
