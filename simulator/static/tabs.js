// The tabs at the bottom of a spreadsheet: role tab, arrow keys move between them.
import { el } from "./dom.js";

export class Tabs {
  constructor(box, chosen) {
    this.box = box;
    this.chosen = chosen;
    box.addEventListener("keydown", (event) => this.key(event));
  }

  show(tabs, current) {
    const titles = JSON.stringify(tabs.map(({ title }) => title));
    if (titles !== this.titles) this.draw(tabs);
    this.titles = titles;
    this.mark(current);
  }

  draw(tabs) {
    this.box.replaceChildren(...tabs.map(({ title }) => el("button", {
      class: "tab", role: "tab", text: title, "aria-controls": "grid", on: { click: () => this.chosen(title) },
    })));
  }

  mark(current) {
    for (const tab of this.box.children) {
      const selected = tab.textContent === current;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const all = [...this.box.children];
    const next = step && all[all.indexOf(document.activeElement) + step];
    if (!next) return;
    next.focus();
    next.click();
  }
}
