// The tabs at the bottom of a spreadsheet: role tab, arrow keys move between them. A menu on the shown one changes it.
import { askText } from "./asking.js";
import { byId, el, symbol } from "./dom.js";
import { openMenu } from "./menu.js";
import { onceLetGo } from "./press.js";

const ARROW = 26;  // pixels of the shown tab that open its menu
const item = (text, icon, chosen, disabled = false) => ({ text, icon: symbol(icon), chosen, disabled });

/** `chosen(title)` is called for another tab; `deeds` changes them. */
export class Tabs {
  constructor(box, chosen, deeds) {
    Object.assign(this, { box, chosen, deeds, all: [], current: null });
    box.addEventListener("keydown", (event) => this.key(event));
    for (const [id, icon, act] of [["add-tab", "add", () => this.add()], ["all-tabs", "menu", () => this.list()]]) {
      byId(id).replaceChildren(symbol(icon));
      byId(id).addEventListener("click", act);
    }
  }

  /** All tabs, hidden ones too, and the title of the shown one. */
  show(tabs, current) {
    this.all = tabs;
    const shown = this.shown.map(({ title, colour }) => [title, colour]);
    if (JSON.stringify(shown) !== this.drawn) this.draw();
    this.drawn = JSON.stringify(shown);
    this.mark(current);
  }

  get shown() {
    return this.all.filter(({ hidden }) => !hidden);
  }

  draw() {
    this.box.replaceChildren(...this.shown.map((tab) => {
      const { title, colour } = tab;
      const button = el("button", { class: "tab", role: "tab", text: title, "aria-controls": "grid", "aria-haspopup": "menu" });
      if (colour) button.style.setProperty("--tab", colour);
      button.addEventListener("click", ({ offsetX }) => (title === this.current && offsetX > button.offsetWidth - ARROW ? this.menu(button) : this.chosen(title)));
      button.addEventListener("contextmenu", (event) => {
        this.chosen(title);
        onceLetGo(event, () => this.menu(this.box.querySelector("[aria-selected=true]")));
      });
      return button;
    }));
  }

  mark(current) {
    const other = current !== this.current;
    this.current = current;
    for (const tab of this.box.children) {
      const selected = tab.textContent === current;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected && other) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  key(event) {
    const all = [...this.box.children];
    const here = all.indexOf(document.activeElement);
    const next = { ArrowLeft: all[here - 1], ArrowRight: all[here + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (next) {
      next.focus();
      next.click();
    } else if (event.key === "ContextMenu" || event.key === "ArrowDown" || (event.key === "F10" && event.shiftKey)) this.menu(all[here]);
    else if (event.key === "F2") this.rename(this.tab);
    else return;
    event.preventDefault();
  }

  /** To the tab beside the shown one. */
  go(by) {
    const { shown } = this;
    const next = shown[shown.findIndex(({ title }) => title === this.current) + by];
    if (next) this.chosen(next.title);
  }

  get tab() {
    return this.all.find(({ title }) => title === this.current);
  }

  add() {
    if (!this.tab) return;
    const index = this.all.indexOf(this.tab) + 1;
    this.deeds.request("addSheet", { properties: { index } }, ({ replies }) => this.chosen(replies[0].addSheet.properties.title));
  }

  list() {
    openMenu(byId("all-tabs"), this.all.map((tab) => item(tab.title, tab.title === this.current ? "check" : tab.hidden ? "visibility_off" : "", async () => {
      if (tab.hidden) await this.update(tab, { hidden: false });
      this.chosen(tab.title);
    })));
  }

  menu(button) {
    const { tab, shown } = this;
    const place = shown.indexOf(tab);
    const copied = ({ replies }) => this.chosen(replies[0].duplicateSheet.properties.title);
    openMenu(button, [
      item("Rename…", "edit", () => this.rename(tab)),
      item("Duplicate", "content_copy", () => this.deeds.request("duplicateSheet", { sourceSheetId: tab.sheetId, insertSheetIndex: this.all.indexOf(tab) + 1 }, copied)),
      { ...item("Move left", "arrow_back", () => this.move(tab, shown[place - 1], 0), place === 0), line: true },
      item("Move right", "arrow_forward", () => this.move(tab, shown[place + 1], 1), place === shown.length - 1),
      { ...item("Hide", "visibility_off", () => this.update(tab, { hidden: true }), shown.length === 1), line: true },
      item("Delete", "delete", () => this.deeds.request("deleteSheet", { sheetId: tab.sheetId }), this.all.length === 1),
    ]);
  }

  // Google counts the index before the move.
  move(tab, beside, after) {
    return this.update(tab, { index: this.all.indexOf(beside) + after });
  }

  async rename(tab) {
    const title = await askText({ heading: "Rename the tab", label: "Title", value: tab.title });
    if (!title?.trim() || title === tab.title) return;
    await this.deeds.request("updateSheetProperties", { properties: { sheetId: tab.sheetId, title: title.trim() }, fields: "title" }, () => this.chosen(title.trim()));
  }

  update(tab, properties) {
    return this.deeds.request("updateSheetProperties", { properties: { sheetId: tab.sheetId, ...properties }, fields: Object.keys(properties).join() });
  }
}
