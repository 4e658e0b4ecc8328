// The tools above the cells. Left and right arrows move between them, as one stop of the Tab key.
import { isOne } from "./area.js";
import { INKS, PAPERS, rgb } from "./colours.js";
import { el, symbol } from "./dom.js";
import { openMenu } from "./menu.js";

const NUMBERS = {
  Automatic: ["auto_awesome", null],
  "Plain text": ["abc", { type: "TEXT" }],
  "Number (1,000.12)": ["123", { type: "NUMBER", pattern: "#,##0.00" }],
  "Percent (10.12%)": ["percent", { type: "PERCENT", pattern: "0.00%" }],
  "Currency ($1,000.12)": ["attach_money", { type: "CURRENCY", pattern: '"$"#,##0.00' }],
  "Date (2030-12-31)": ["calendar_today", { type: "DATE", pattern: "yyyy-mm-dd" }],
};

export class Toolbar {
  constructor(box, sheet) {
    Object.assign(this, { box, sheet, flags: new Map() });
    const { deeds, things } = sheet;
    box.append(
      this.tool("undo", "Undo (Ctrl+Z)", () => deeds.undo()),
      this.tool("redo", "Redo (Ctrl+Y)", () => deeds.redo()),
      line(),
      this.flag("bold", "format_bold", "Bold (Ctrl+B)"),
      this.flag("italic", "format_italic", "Italic (Ctrl+I)"),
      this.flag("strikethrough", "strikethrough_s", "Strikethrough"),
      this.tool("format_color_text", "Text colour", (button) => this.colours(button, INKS, (rgbColor) => deeds.format({ textFormat: { foregroundColorStyle: { rgbColor } } }, "textFormat.foregroundColorStyle"))),
      this.tool("format_color_fill", "Fill colour", (button) => this.colours(button, PAPERS, (rgbColor) => deeds.format({ backgroundColorStyle: { rgbColor } }, "backgroundColorStyle"))),
      line(),
      this.tool("123", "Number format", (button) => this.numbers(button)),
      this.tool("format_align_left", "Alignment", (button) => this.alignments(button)),
      this.tool("wrap_text", "Wrap text", () => this.wrap()),
      this.tool("cell_merge", "Merge or unmerge", () => this.merge()),
      line(),
      this.tool("check_box", "Boxes to tick", () => things.rule({ condition: { type: "BOOLEAN" } })),
      this.tool("arrow_drop_down_circle", "Drop-down", () => things.askChoices()),
      this.tool("sticky_note_2", "Note", () => things.askNote()),
      this.tool("insert_chart", "Insert a chart", (button) => sheet.chartTools.offer(button)),
      this.tool("search", "Find (Ctrl+F)", () => sheet.finder.open()),
      this.tool("filter_alt", "Filter on or off", () => sheet.filters.toggle()),
      this.tool("more_vert", "More for these cells", () => sheet.menus.cell()),
    );
    [...box.querySelectorAll("button")].forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
    box.addEventListener("keydown", (event) => this.key(event));
  }

  // Pressing a tool does not end the selection; the table has the focus again afterwards.
  tool(icon, label, act) {
    const shown = () => {
      if (!this.sheet.grid.tab) return;
      this.sheet.editor.commit();
      this.sheet.grid.focus();
      act(button);
    };
    const button = el("button", { class: "tool", "aria-label": label, title: label, on: { click: shown } }, symbol(icon));
    return button;
  }

  flag(name, icon, label) {
    const button = this.tool(icon, label, () => this.sheet.deeds.flip(name));
    this.flags.set(name, button);
    return button;
  }

  moved() {
    const cell = this.sheet.grid.valueAt(this.sheet.cursor.at);
    for (const [name, button] of this.flags) button.setAttribute("aria-pressed", String(Boolean(cell?.[name])));
  }

  colours(button, colours, choose) {
    openMenu(button, Object.entries(colours).map(([text, colour]) => {
      const icon = el("span", { class: "swatch" });
      icon.style.backgroundColor = colour;
      return { text, icon, chosen: () => choose(rgb(colour)) };
    }));
  }

  alignments(button) {
    openMenu(button, ["LEFT", "CENTER", "RIGHT"].map((way) => ({
      text: { LEFT: "Left", CENTER: "Centre", RIGHT: "Right" }[way],
      icon: symbol(`format_align_${way.toLowerCase()}`),
      chosen: () => this.sheet.deeds.format({ horizontalAlignment: way }, "horizontalAlignment"),
    })));
  }

  numbers(button) {
    openMenu(button, Object.entries(NUMBERS).map(([text, [icon, numberFormat]]) => ({
      text, icon: symbol(icon), chosen: () => this.sheet.deeds.format(numberFormat ? { numberFormat } : {}, "numberFormat"),
    })));
  }

  wrap() {
    const wrapped = this.sheet.grid.valueAt(this.sheet.cursor.at)?.wrap;
    return this.sheet.deeds.format({ wrapStrategy: wrapped ? "OVERFLOW_CELL" : "WRAP" }, "wrapStrategy");
  }

  merge() {
    const { things, cursor } = this.sheet;
    if (things.isMerged) things.unmerge();
    else if (isOne(cursor.area)) this.sheet.failed("Select the cells to merge first.");
    else things.merge();
  }

  key(event) {
    const all = [...this.box.querySelectorAll("button")];
    const next = all[all.indexOf(document.activeElement) + ({ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? NaN)];
    if (!next) return;
    for (const button of all) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  }
}

const line = () => el("span", { class: "tool-line", role: "separator" });
