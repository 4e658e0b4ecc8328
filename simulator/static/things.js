// What a cell can have beside its value: a note, a box to tick, a list to choose from, a merge, a chart over it.
import { isOne } from "./area.js";
import { askText } from "./asking.js";
import { choicesOf } from "./cells.js";
import { ColourRules } from "./colour-rules.js";
import { symbol } from "./dom.js";

const item = (text, icon, chosen) => ({ text, icon: symbol(icon), chosen });

export class Things {
  constructor(sheet) {
    Object.assign(this, { grid: sheet.grid, cursor: sheet.cursor, deeds: sheet.deeds, lines: sheet.lines, rules: new ColourRules(sheet) });
  }

  get cell() {
    return this.grid.valueAt(this.cursor.at);
  }

  items() {
    const { cell } = this;
    const ruled = cell?.checkbox || cell?.options || cell?.list;
    return [
      { ...item(cell?.note ? "Edit note…" : "Insert note…", "sticky_note_2", () => this.askNote()), line: true },
      ...(cell?.note ? [item("Delete note", "delete", () => this.note(""))] : []),
      item("Boxes to tick", "check_box", () => this.rule({ condition: { type: "BOOLEAN" } })),
      item("Drop-down…", "arrow_drop_down_circle", () => this.askChoices()),
      ...(ruled ? [item("Any value again", "block", () => this.rule(null))] : []),
      ...this.merging(),
      ...this.rules.items(),
    ];
  }

  merging() {
    const { area, at } = this.cursor;
    if (this.isMerged) return [item("Unmerge", "splitscreen", () => this.unmerge())];
    return isOne(area) || this.grid.layout.mergeAt(at.row, at.column) ? [] : [item("Merge cells", "merge", () => this.merge())];
  }

  get isMerged() {
    return Boolean(this.grid.layout.mergeAt(this.cursor.at.row, this.cursor.at.column));
  }

  merge() {
    return this.deeds.request("mergeCells", { range: this.deeds.range, mergeType: "MERGE_ALL" });
  }

  unmerge() {
    return this.deeds.request("unmergeCells", { range: this.deeds.range });
  }

  note(text) {
    const { row, column } = this.cursor.at;
    const start = { sheetId: this.grid.tab.sheetId, rowIndex: row, columnIndex: column };
    return this.deeds.request("updateCells", { start, rows: [{ values: [{ note: text }] }], fields: "note" });
  }

  async askNote() {
    const text = await askText({ heading: `Note on ${this.cursor.name}`, label: "Note", value: this.cell?.note ?? "", lines: 4 });
    this.grid.focus();
    if (text !== null) await this.note(text.trim());
  }

  rule(rule) {
    return this.deeds.request("setDataValidation", rule ? { range: this.deeds.range, rule } : { range: this.deeds.range });
  }

  async askChoices() {
    const value = (choicesOf(this.cell, this.grid.tab.lists) ?? []).join("\n");
    const text = await askText({ heading: `Choices for ${this.cursor.name}`, label: "One choice a line", value, lines: 5 });
    this.grid.focus();
    const values = (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean).map((userEnteredValue) => ({ userEnteredValue }));
    if (values.length) await this.rule({ condition: { type: "ONE_OF_LIST", values }, strict: true, showCustomUi: true });
  }

  async askSize(dimension, start, end) {
    const { layout } = this.grid;
    const size = dimension === "ROWS" ? layout.height(start) : layout.widths[start];
    const text = await askText({ heading: dimension === "ROWS" ? "Height" : "Width", label: "Pixels", value: String(size) });
    this.grid.focus();
    const pixelSize = Math.round(Number(text));
    if (text !== null && pixelSize >= 22 && pixelSize <= 2000) await this.lines.update(dimension, start, end, { pixelSize });
  }
}
