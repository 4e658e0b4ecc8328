// Rows and columns as a whole: they come, go, hide, change their size, are frozen and sorted.

/** `dimension` is ROWS or COLUMNS, as Google has it; `start` and `end` count from 0, the end not included. */
export class Lines {
  constructor(sheet) {
    Object.assign(this, { grid: sheet.grid, cursor: sheet.cursor, deeds: sheet.deeds });
  }

  range(dimension, start, end) {
    return { sheetId: this.grid.tab.sheetId, dimension, startIndex: start, endIndex: end };
  }

  /** The selected lines, `[start, end]`. */
  selected(dimension) {
    const { top, left, bottom, right } = this.cursor.area;
    return dimension === "ROWS" ? [top, bottom] : [left, right];
  }

  insert(dimension, at, count) {
    const inheritFromBefore = at > 0;
    return this.deeds.request("insertDimension", { range: this.range(dimension, at, at + count), inheritFromBefore });
  }

  delete(dimension, start, end) {
    return this.deeds.request("deleteDimension", { range: this.range(dimension, start, end) });
  }

  hide(dimension, start, end, hiddenByUser) {
    return this.update(dimension, start, end, { hiddenByUser });
  }

  resize(dimension, index, pixelSize) {
    const [start, end] = this.selected(dimension);
    const together = this.isWhole(dimension) && index >= start && index < end;
    return this.update(dimension, together ? start : index, together ? end : index + 1, { pixelSize });
  }

  update(dimension, start, end, properties) {
    const fields = Object.keys(properties).join();
    return this.deeds.request("updateDimensionProperties", { range: this.range(dimension, start, end), properties, fields });
  }

  fit(dimension, start, end) {
    return this.deeds.request("autoResizeDimensions", { dimensions: this.range(dimension, start, end) });
  }

  /** Whether whole lines are selected. */
  isWhole(dimension) {
    const { top, left, bottom, right } = this.cursor.area;
    return dimension === "ROWS" ? right - left >= this.grid.layout.columnCount : bottom - top >= this.grid.tab.rowCount;
  }

  /** Hidden lines among the selected ones and right beside them, `[start, end]`; null when there are none. */
  hiddenNear(dimension) {
    const [start, end] = this.selected(dimension);
    const hidden = new Set(dimension === "ROWS" ? this.grid.tab.hiddenRows : this.grid.tab.hiddenColumns);
    let [low, high] = [start, end];
    while (hidden.has(low - 1)) low--;
    while (hidden.has(high)) high++;
    const found = [...hidden].filter((index) => index >= low && index < high);
    return found.length ? [Math.min(...found), Math.max(...found) + 1] : null;
  }

  freeze(dimension, count) {
    const name = dimension === "ROWS" ? "frozenRowCount" : "frozenColumnCount";
    const properties = { sheetId: this.grid.tab.sheetId, gridProperties: { [name]: count } };
    return this.deeds.request("updateSheetProperties", { properties, fields: `gridProperties.${name}` });
  }

  /** Sort all rows below the frozen ones, or the selected ones, by this column. */
  sort(column, descending, area = this.belowHead()) {
    const range = { sheetId: this.grid.tab.sheetId, startRowIndex: area.top, endRowIndex: area.bottom, startColumnIndex: area.left, endColumnIndex: area.right };
    const sortSpecs = [{ dimensionIndex: column, sortOrder: descending ? "DESCENDING" : "ASCENDING" }];
    return this.deeds.request("sortRange", { range, sortSpecs });
  }

  belowHead() {
    const { tab } = this.grid;
    const top = tab.frozenRowCount ?? 0;
    return { top, left: 0, bottom: Math.max(top + 1, tab.rows.length), right: tab.columnCount };
  }
}
