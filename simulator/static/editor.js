// Typing into cells. The box lies over the cell instead of inside it: a live change may redraw the cell underneath.
import { isTicked, shownValue, typedValue } from "./cells.js";
import { stepOf } from "./cursor.js";
import { el } from "./dom.js";

/** Mouse and keyboard of the grid and the formula bar. `write(at, value)` is called once for each changed cell. */
export class Editor {
  constructor({ grid, cursor, formula, write }) {
    Object.assign(this, { grid, cursor, formula, write, at: null });
    this.box = el("textarea", { class: "cell-editor", rows: "1", spellcheck: "false" });
    this.listen(grid.box);
    this.listenToFormula();
  }

  listen(table) {
    table.tabIndex = 0;
    table.addEventListener("mousedown", (event) => this.pressed(event));
    table.addEventListener("dblclick", (event) => this.grid.positionOf(event.target) && this.open());
    table.addEventListener("change", (event) => this.ticked(event));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("copy", (event) => this.copy(event));
    table.addEventListener("paste", (event) => this.paste(event));
    this.box.addEventListener("keydown", (event) => this.keyWhileTyping(event));
    this.box.addEventListener("input", () => this.fit());
    this.box.addEventListener("blur", () => this.commit());
  }

  listenToFormula() {
    this.formula.addEventListener("focus", () => { this.formulaAt = this.cursor.at; });
    this.formula.addEventListener("keydown", (event) => this.keyInFormula(event));
    this.formula.addEventListener("blur", () => this.leaveFormula());
  }

  pressed(event) {
    const at = this.grid.positionOf(event.target);
    if (!at || event.target === this.box) return;
    if (this.at) this.commit();
    this.cursor.select(at);
    if (event.target.type !== "checkbox") event.preventDefault();
    this.grid.box.focus({ preventScroll: true });
  }

  ticked(event) {
    const at = this.grid.positionOf(event.target);
    if (at && event.target.type === "checkbox") this.write(at, event.target.checked ? "TRUE" : "FALSE");
  }

  key(event) {
    if (!this.grid.tab || event.target === this.box) return;
    if (event.key === "F2") this.open();
    else if (event.key === "Enter" && !event.shiftKey) this.enter();
    else if (event.key === "Delete" || event.key === "Backspace") this.change(this.cursor.at, "");
    else if (event.key === "Home") this.cursor.select({ row: this.cursor.at.row, column: this.cursor.firstCell().column });
    else if (stepOf(event)) this.cursor.step(stepOf(event));
    else if (this.typed(event)) this.begin(event.key);
    else return;
    event.preventDefault();
  }

  typed(event) {
    return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  }

  // As in Sheets: a space ticks a checkbox cell; any other character replaces what the cell held.
  begin(character) {
    const cell = this.grid.valueAt(this.cursor.at);
    if (!cell?.checkbox) this.open(character);
    else if (character === " ") this.toggle();
  }

  enter() {
    if (this.grid.valueAt(this.cursor.at)?.checkbox) this.toggle();
    else this.open();
  }

  toggle() {
    this.write(this.cursor.at, isTicked(this.grid.valueAt(this.cursor.at)) ? "FALSE" : "TRUE");
  }

  open(text = null) {
    const cell = this.grid.valueAt(this.cursor.at);
    const td = this.grid.cellAt(this.cursor.at);
    if (!td || cell?.checkbox) return;
    this.at = this.cursor.at;
    this.before = typedValue(cell);
    this.box.value = text ?? this.before;
    this.box.setAttribute("aria-label", `Edit ${this.cursor.name}`);
    this.place(td);
    this.grid.box.append(this.box);
    this.box.focus();
    this.fit();
  }

  /** After the table was drawn anew: lie over the same cell again. */
  stay() {
    const td = this.at && this.grid.cellAt(this.at);
    if (td) this.place(td);
  }

  place(td) {
    Object.assign(this.box.style, { left: `${td.offsetLeft}px`, top: `${td.offsetTop}px`, minWidth: `${td.offsetWidth}px` });
  }

  fit() {
    this.formula.value = this.box.value;
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
    this.box.style.width = `${Math.min(Math.max(this.box.scrollWidth, 100), 480)}px`;
  }

  keyWhileTyping(event) {
    event.stopPropagation();
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.altKey) return this.newLine(event);
    else if (event.key === "Enter" || event.key === "Tab") {
      this.commit();
      this.cursor.step(stepOf(event));
    } else return;
    event.preventDefault();
    this.grid.box.focus({ preventScroll: true });
  }

  newLine(event) {
    event.preventDefault();
    this.box.setRangeText("\n", this.box.selectionStart, this.box.selectionEnd, "end");
    this.fit();
  }

  // Taking the box away blurs it, which asks for a second commit: `at` is given up first, so the value is written once.
  commit() {
    if (!this.at) return;
    const { at, before, box: { value } } = this;
    this.close();
    if (value !== before) this.write(at, value);
  }

  close() {
    this.at = null;
    this.box.remove();
    if (this.grid.tab) this.cursor.moved(this.cursor.at);
  }

  change(at, value) {
    const cell = this.grid.valueAt(at);
    if (typedValue(cell) !== value) this.write(at, cell?.checkbox && value === "" ? "FALSE" : value);
  }

  keyInFormula(event) {
    if (event.key === "Escape") this.formula.value = typedValue(this.grid.valueAt(this.formulaAt));
    else if (event.key !== "Enter" && event.key !== "Tab") return;
    event.preventDefault();
    this.formula.blur();
    if (event.key !== "Escape") this.cursor.step(stepOf(event));
    this.grid.box.focus({ preventScroll: true });
  }

  leaveFormula() {
    if (this.grid.tab && this.formulaAt) this.change(this.formulaAt, this.formula.value);
    this.formulaAt = null;
    if (this.grid.tab) this.cursor.moved(this.cursor.at);
  }

  copy(event) {
    if (event.target === this.box) return;
    event.clipboardData.setData("text/plain", String(shownValue(this.grid.valueAt(this.cursor.at))));
    event.preventDefault();
  }

  paste(event) {
    if (event.target === this.box) return;
    const { row, column } = this.cursor.at;
    const lines = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/);
    lines.forEach((line, down) => line.split("\t").forEach((value, right) => {
      const at = { row: row + down, column: column + right };
      if (this.grid.cellAt(at)) this.change(at, value);
    }));
    event.preventDefault();
  }
}
