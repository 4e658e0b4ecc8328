// The spreadsheet half of the page: it loads, follows live changes, and writes what a person types.
import { readSheet, typeCell } from "./api.js";
import { typedValue } from "./cells.js";
import { Charts } from "./charts.js";
import { Cursor } from "./cursor.js";
import { byId, el } from "./dom.js";
import { Editor } from "./editor.js";
import { Grid } from "./grid.js";
import { Tabs } from "./tabs.js";

/** `tabShown(title)` and `failed(sentence)` are told what happens; everything else stays inside. */
export class Sheet {
  constructor({ tabShown, failed }) {
    Object.assign(this, { tabShown, failed, id: null, waiting: new Map(), loading: null, again: false });
    this.formula = byId("formula");
    this.grid = new Grid(byId("grid"));
    this.charts = new Charts(this.grid);
    this.cursor = new Cursor(this.grid, (at) => this.moved(at));
    this.editor = new Editor({ grid: this.grid, cursor: this.cursor, formula: this.formula, write: (at, value) => this.write(at, value) });
    this.tabs = new Tabs(byId("tabs"), (title) => this.showTab(title));
  }

  async open(id, tabTitle) {
    this.editor.close();
    Object.assign(this, { id, book: null, tabTitle, revision: -1 });
    this.cursor.at = { row: 0, column: 0 };
    this.say(id ? "Loading…" : "This user has no Sheet yet.");
    if (id) await this.refresh();
  }

  say(sentence) {
    this.grid.clear();
    this.tabs.show([], null);
    this.grid.box.replaceChildren(el("p", { class: "grid-message", text: sentence }));
  }

  /** A change was announced; `id` null means that some may have been missed. */
  changed(id, revision) {
    const mine = id === null || (id === this.id && revision > this.revision);
    if (mine && this.id) this.refresh();
  }

  // One read at a time. Changes that arrive meanwhile are caught by one more read, not by one each.
  async refresh() {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.read().finally(() => { this.loading = null; });
    await this.loading;
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  async read() {
    const { id } = this;
    try {
      const book = await readSheet(id);
      if (id === this.id) this.draw(book);
    } catch (error) {
      if (this.book) this.failed(error.message);
      else this.say(error.message);
    }
  }

  draw(book) {
    this.book = book;
    this.revision = book.revision;
    byId("title").textContent = book.title;
    const visible = book.tabs.filter((tab) => !tab.hidden);
    const tab = visible.find(({ title }) => title === this.tabTitle) ?? visible[0];
    if (!tab) return this.say("Every tab of this Sheet is hidden.");
    this.tabs.show(visible, tab.title);
    this.drawTab(tab);
  }

  drawTab(tab) {
    if (this.grid.tab && this.grid.tab.sheetId !== tab.sheetId) this.editor.close();
    this.grid.show(tab, (row, column) => this.waiting.has(this.keyOf({ row, column })));
    this.charts.show();
    this.cursor.restore();
    this.editor.stay();
    if (this.tabTitle !== tab.title) this.tabShown(tab.title);
    this.tabTitle = tab.title;
  }

  showTab(title) {
    const tab = this.book?.tabs.find((other) => other.title === title);
    if (!tab || tab.title === this.tabTitle) return;
    this.editor.commit();
    this.cursor.at = { row: 0, column: 0 };
    this.tabs.mark(title);
    this.drawTab(tab);
    this.grid.box.scrollTo(0, 0);
  }

  moved({ row, column }) {
    byId("cell-name").textContent = this.cursor.name;
    if (document.activeElement === this.formula || this.editor.at) return;
    this.formula.value = typedValue(this.grid.valueAt({ row, column }));
  }

  keyOf({ row, column }) {
    return `${this.grid.tab.sheetId} ${row} ${column}`;
  }

  async write(at, value) {
    const { id, grid: { tab } } = this;
    const key = this.keyOf(at);
    this.count(key, 1);
    this.grid.promise(at, value);
    this.saved("Saving…");
    try {
      await typeCell(id, { sheetId: tab.sheetId, ...at, value });
    } catch (error) {
      this.failed(`Not saved: ${error.message}`);
    }
    this.count(key, -1);
    if (!this.waiting.size) this.saved("Saved");
    if (id === this.id) await this.refresh();
  }

  count(key, by) {
    const left = (this.waiting.get(key) ?? 0) + by;
    if (left > 0) this.waiting.set(key, left);
    else this.waiting.delete(key);
  }

  saved(text) {
    byId("saving").textContent = text;
  }
}
