// Everything one can press in a card: buttons, chips, menus, and the onClick behind them.
import { el, symbol } from "./dom.js";
import { iconOf } from "./icons.js";
import { openMenu } from "./menu.js";
import { isOpenable } from "./richtext.js";

const STYLES = { OUTLINED: "outlined", FILLED: "filled", FILLED_TONAL: "tonal", BORDERLESS: "borderless" };

/** Do what an onClick says; `from` is the pressed node, beside which a menu opens. */
export function press(onClick, context, from) {
  if (onClick.action) context.run(onClick.action);
  else if (onClick.openDynamicLinkAction) context.run(onClick.openDynamicLinkAction);
  else if (onClick.openLink) context.openLink(onClick.openLink);
  else if (onClick.card) context.push(onClick.card);
  else if (onClick.overflowMenu) openMenu(from, menuItems(onClick.overflowMenu, context));
}

function menuItems(menu, context) {
  return (menu.items ?? []).map((item) => ({
    text: item.text,
    icon: item.startIcon ? iconOf(item.startIcon, (message) => context.refuse("overflowMenu", message)) : null,
    disabled: item.disabled === true,
    chosen: (from) => press(item.onClick ?? {}, context, from),
  }));
}

/** A sentence about what is wrong with an onClick, or null. */
export function clickFault(onClick) {
  const kinds = Object.keys(onClick ?? {});
  if (kinds.length !== 1) return `onClick takes exactly one of action, openLink, card, overflowMenu, not ${kinds.join(" and ") || "nothing"}`;
  const action = onClick.action ?? onClick.openDynamicLinkAction;
  if (action && !isOpenable(action.function)) return "action.function must be an absolute https URL";
  if (onClick.openLink && !isOpenable(onClick.openLink.url)) return "openLink.url must be an https, mailto or tel URL";
  return null;
}

export function button(spec, context, path) {
  const fault = clickFault(spec.onClick) ?? (spec.text || spec.icon ? null : "a button needs a text or an icon");
  if (fault) return context.refuse(path, fault);
  const node = el("button", {
    class: `card-button ${spec.text ? "" : "icon-only"} ${styleOf(spec)}`,
    "aria-label": spec.altText || (spec.text ? null : spec.icon?.altText), title: spec.altText || null, disabled: spec.disabled === true,
    on: { click: () => press(spec.onClick, context, node) },
  }, spec.icon && iconOf({ ...spec.icon, altText: "" }, (message) => context.refuse(`${path}.icon`, message)), spec.text && el("span", { text: spec.text }));
  if (spec.onClick.overflowMenu) node.setAttribute("aria-haspopup", "menu");
  if (spec.color) paint(node, spec.color);
  return node;
}

const styleOf = ({ type, color }) => (color ? "filled" : STYLES[type] ?? "outlined");

// Google fills a coloured button and picks black or white letters; alpha is ignored.
function paint(node, { red = 0, green = 0, blue = 0 }) {
  const parts = [red, green, blue].map((part) => Math.round(part * 255));
  node.style.backgroundColor = `rgb(${parts.join(", ")})`;
  node.style.color = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] > 160 ? "#1f1f1f" : "#fff";
}

export function buttonList(list, context, path) {
  return el("div", { class: "button-list" }, (list.buttons ?? []).map((spec, index) => button(spec, context, `${path}.buttons[${index}]`)));
}

export function chipList(list, context, path) {
  const chips = (list.chips ?? []).map((spec, index) => chip(spec, context, `${path}.chips[${index}]`));
  return el("div", { class: list.layout === "HORIZONTAL_SCROLLABLE" ? "chips scrolling" : "chips" }, chips);
}

function chip(spec, context, path) {
  const fault = spec.onClick ? clickFault(spec.onClick) : null;
  if (fault) return context.refuse(path, fault);
  const parts = [spec.icon && iconOf(spec.icon, (message) => context.refuse(`${path}.icon`, message)), spec.label && el("span", { text: spec.label })];
  if (!spec.onClick) return el("span", { class: "chip" }, parts);
  const node = el("button", {
    class: "chip", disabled: spec.disabled === true, "aria-label": spec.altText || null,
    on: { click: () => press(spec.onClick, context, node) },
  }, parts);
  return node;
}

/** The ⋮ of a card, with its cardActions; null when it has none. */
export function cardMenu(actions, context) {
  if (!actions?.length) return null;
  const items = actions.map(({ actionLabel, onClick }) => ({ text: actionLabel, chosen: (from) => press(onClick ?? {}, context, from) }));
  const node = el("button", {
    class: "icon-button", "aria-label": "Card actions", title: "Card actions", "aria-haspopup": "menu", on: { click: () => openMenu(node, items) },
  }, symbol("more_vert"));
  return node;
}
