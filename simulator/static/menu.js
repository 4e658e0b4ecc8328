// A small menu beside the button that opened it. The browser's own popover closes it on Escape and on a click elsewhere.
import { el } from "./dom.js";

/** Open a menu at `from`. An item is `{text, icon, disabled, line, chosen(from)}`; `line` parts it from those above. */
export function openMenu(from, items) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto" }, items.map((item) => itemOf(item, from, () => menu.hidePopover())));
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  menu.addEventListener("keydown", (event) => move(event, menu));
  (from.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  place(menu, from);
  menu.querySelector("button:not(:disabled)")?.focus();
}

function itemOf({ text, icon, disabled, line, chosen }, from, close) {
  const pick = () => {
    close();
    chosen(from);
  };
  return el("button", { class: line ? "menu-item menu-line" : "menu-item", role: "menuitem", disabled, on: { click: pick } }, icon, el("span", { text }));
}

function place(menu, from) {
  const { left, right, bottom, top } = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const x = left + width > innerWidth - 8 ? right - width : left;
  const y = bottom + height > innerHeight - 8 ? top - height : bottom + 4;
  Object.assign(menu.style, { left: `${Math.max(8, x)}px`, top: `${Math.max(8, y)}px` });
}

function move(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const items = [...menu.querySelectorAll("button:not(:disabled)")];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  event.preventDefault();
}
