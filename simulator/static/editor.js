// Typing into cells. The box lies over the cell instead of inside it: a live change may redraw the cell underneath.
import { typedValue } from "./cells.js";
import { el } from "./dom.js";

const STEPS = { Enter: [1, 0], Tab: [0, 1] };

/** The box over a cell and the formula bar. `write(at, value)` is called once for each changed cell. */
export class Editor {
  constructor({ grid, cursor, formula, write }) {
    Object.assign(this, { grid, cursor, formula, write, at: null });
    this.box = el("textarea", { class: "cell-editor", rows: "1", spellcheck: "false" });
    this.box.addEventListener("keydown", (event) => this.keyWhileTyping(event));
    this.box.addEventListener("input", () => this.fit());
    this.box.addEventListener("blur", () => this.commit());
    for (const name of ["copy", "cut", "paste", "mousedown", "dblclick"]) this.box.addEventListener(name, (event) => event.stopPropagation());
    this.listenToFormula();
  }

  listenToFormula() {
    this.formula.addEventListener("focus", () => Object.assign(this, { formulaAt: this.cursor.at, formulaBefore: this.formula.value }));
    this.formula.addEventListener("keydown", (event) => this.keyInFormula(event));
    this.formula.addEventListener("blur", () => this.leaveFormula());
  }

  /** Edit the active cell; `text` takes the place of what it holds. */
  open(text = null) {
    const { at } = this.cursor;
    const cell = this.grid.valueAt(at);
    this.grid.reveal(at);
    const td = this.grid.cellAt(at);
    if (!td || cell?.checkbox) return;
    this.at = at;
    this.before = typedValue(cell);
    this.replacing = text !== null;
    this.box.value = text ?? this.before;
    this.box.setAttribute("aria-label", `Edit ${td.dataset.cell}`);
    this.box.className = cell?.wrap ? "cell-editor wrap" : "cell-editor";
    this.place(td);
    this.grid.box.append(this.box);
    this.box.focus({ preventScroll: true });
    this.fit();
  }

  /** After the table was drawn anew: lie over the same cell again. */
  stay() {
    const td = this.at && this.grid.cellAt(this.at);
    if (td) this.place(td);
  }

  place(td) {
    const merge = this.grid.layout.cornerAt(this.at.row, this.at.column);
    const { width, height } = merge ? this.grid.layout.box(merge) : { width: td.offsetWidth, height: td.offsetHeight };
    Object.assign(this.box.style, { left: `${td.offsetLeft}px`, top: `${td.offsetTop}px`, minWidth: `${width}px`, minHeight: `${height}px` });
  }

  fit() {
    this.formula.value = this.box.value;
    this.box.style.height = "auto";
    this.box.style.width = "0";
    const wide = this.box.classList.contains("wrap") ? 0 : Math.min(this.box.scrollWidth + 4, 480);
    this.box.style.width = `${wide}px`;
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  // As in Sheets: where typing began by a character, an arrow ends it; after F2 or Enter it moves in the text.
  keyWhileTyping(event) {
    event.stopPropagation();
    const arrow = this.replacing && { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Escape") this.close();
    else if (event.key === "F2") this.replacing = !this.replacing;
    else if (event.key === "Enter" && (event.altKey || event.ctrlKey)) return this.newLine(event);
    else if (event.key === "Enter" || event.key === "Tab" || (arrow && !event.shiftKey)) {
      this.commit();
      this.cursor.step(arrow || STEPS[event.key].map((by) => (event.shiftKey ? -by : by)));
    } else return;
    event.preventDefault();
    if (event.key !== "F2") this.grid.focus();
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

  keyInFormula(event) {
    if (event.key === "Escape") this.formula.value = this.formulaBefore;
    else if (event.key !== "Enter" && event.key !== "Tab") return;
    event.preventDefault();
    this.formula.blur();
    if (event.key !== "Escape") this.cursor.step(STEPS[event.key].map((by) => (event.shiftKey ? -by : by)));
    this.grid.focus();
  }

  leaveFormula() {
    const { formulaAt: at, formula: { value } } = this;
    this.formulaAt = null;
    if (!this.grid.tab || !at) return;
    if (value !== this.formulaBefore) this.write(at, value);
    else this.cursor.moved(this.cursor.at);
  }
}
