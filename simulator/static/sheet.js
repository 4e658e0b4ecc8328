// The spreadsheet half of the page: it loads, follows live changes, and writes what a person does.
import { readSheet } from "./api.js";
import { renewed } from "./book.js";
import { typedValue } from "./cells.js";
import { ChartTools } from "./chart-tools.js";
import { Charts } from "./charts.js";
import { Clipboard } from "./clipboard.js";
import { Coalesced } from "./coalesced.js";
import { Cursor } from "./cursor.js";
import { Deeds } from "./deeds.js";
import { byId, el } from "./dom.js";
import { Editor } from "./editor.js";
import { Filters } from "./filters.js";
import { Finder } from "./finder.js";
import { Grid } from "./grid.js";
import { listenToKeys } from "./keys.js";
import { Lines } from "./lines.js";
import { NameBox } from "./name-box.js";
import { Notes } from "./notes.js";
import { People } from "./people.js";
import { Pointer } from "./pointer.js";
import { SheetMenus } from "./sheet-menus.js";
import { Tabs } from "./tabs.js";
import { Things } from "./things.js";
import { Toolbar } from "./toolbar.js";

/** `tabShown(title)` and `failed(sentence)` are told what happens; everything else stays inside. */
export class Sheet {
  constructor({ tabShown, failed }) {
    Object.assign(this, { tabShown, failed, id: null, waiting: new Map(), unsaved: 0 });
    this.reading = new Coalesced(() => this.read());
    this.formula = byId("formula");
    this.grid = new Grid(byId("grid"));
    this.charts = new Charts(this.grid);
    this.cursor = new Cursor(this.grid, (at) => this.moved(at));
    this.editor = new Editor({ grid: this.grid, cursor: this.cursor, formula: this.formula, write: (at, value) => this.write(at, value) });
    this.deeds = new Deeds(this);
    this.chartTools = new ChartTools(this);
    this.tabs = new Tabs(byId("tabs"), (title) => this.showTab(title), this.deeds);
    this.lines = new Lines(this);
    this.filters = new Filters(this);
    this.things = new Things(this);
    this.finder = new Finder(this);
    this.menus = new SheetMenus(this);
    this.clipboard = new Clipboard(this);
    this.notes = new Notes(this);
    this.people = new People(this);
    this.toolbar = new Toolbar(byId("toolbar"), this);
    this.pointer = new Pointer(this);
    listenToKeys(this);
    this.name = new NameBox(byId("cell-name"), this);
  }

  async open(id, tabTitle) {
    this.editor.close();
    Object.assign(this, { id, book: null, tabTitle, revision: -1 });
    this.cursor.home();
    this.deeds.forgetAll();
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

  /** Read the Sheet anew, and draw it; resolves when what was asked for before can be seen. */
  refresh() {
    return this.reading.ask();
  }

  async read() {
    const { id, book: known } = this;
    try {
      const answer = await readSheet(id, known?.revision);
      if (id === this.id && known === this.book) this.draw(renewed(known, answer));
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
    const tab = this.tabToShow(visible);
    if (!tab) return this.say("Every tab of this Sheet is hidden.");
    this.tabs.show(book.tabs, tab.title);
    this.drawTab(tab);
  }

  // A tab that got another title, by anyone, is still the one that is looked at.
  tabToShow(visible) {
    const same = this.grid.tab && visible.find(({ sheetId }) => sheetId === this.grid.tab.sheetId);
    return same ?? visible.find(({ title }) => title === this.tabTitle) ?? visible[0];
  }

  drawTab(tab) {
    if (this.grid.tab && this.grid.tab.sheetId !== tab.sheetId) this.editor.close();
    this.grid.show(tab, (row, column) => this.waiting.has(this.grid.keyOf({ row, column })));
    this.charts.show();
    this.cursor.restore();
    this.editor.stay();
    if (this.tabTitle !== tab.title) this.tabShown(tab.title);
    this.tabTitle = tab.title;
  }

  showTab(title) {
    const tab = this.book?.tabs.find((other) => other.title === title);
    if (!tab || tab.sheetId === this.grid.tab?.sheetId) return;
    this.editor.commit();
    this.cursor.home();
    this.tabs.mark(title);
    this.grid.box.scrollTo(0, 0);
    this.drawTab(tab);
  }

  /** Show where something was done. */
  goTo({ sheetId, area }) {
    const tab = this.book.tabs.find((other) => other.sheetId === sheetId && !other.hidden);
    if (!tab) return;
    this.showTab(tab.title);
    if (area.bottom > tab.rowCount || area.right > this.grid.layout.columnCount) return;
    this.cursor.selectArea(area);
    this.grid.reveal(this.cursor.at);
  }

  moved({ row, column }) {
    this.name.moved();
    this.notes.moved();
    this.toolbar.moved();
    this.people.moved();
    if (document.activeElement === this.formula || this.editor.at) return;
    this.formula.value = typedValue(this.grid.valueAt({ row, column }));
  }

  /** Type one value; it is shown at once. */
  async write(at, value) {
    const key = this.grid.keyOf(at);
    this.count(key, 1);
    const kept = this.grid.promise(at, value);
    await this.deeds.do({ typed: [this.deeds.typed(at, [[value]])] }, null, () => this.count(key, -1));
    kept();
    if (this.grid.tab) this.moved(this.cursor.at);
  }

  count(key, by) {
    const left = (this.waiting.get(key) ?? 0) + by;
    if (left > 0) this.waiting.set(key, left);
    else this.waiting.delete(key);
  }

  /** Say that something is being saved while `call` runs. */
  async saving(call) {
    this.unsaved += 1;
    byId("saving").textContent = "Saving…";
    try {
      return await call();
    } finally {
      this.unsaved -= 1;
      if (!this.unsaved) byId("saving").textContent = "Saved";
    }
  }
}
