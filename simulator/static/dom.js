// The one way this page makes nodes: text always becomes a text node, so nothing a cell or a card says can become markup.

/** A new element. `props`: class, text, data (dataset), on (listeners); every other key is an attribute (false or null: left out). */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) set(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  if (tag === "button" && !props.type) node.type = "button";
  return node;
}

/** The same for SVG, where every key but `text` is an attribute. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  const { text, ...attributes } = props;
  if (text !== undefined) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.flat());
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "class") node.className = value;
  else if (key === "text") node.textContent = value;
  else if (key === "data") Object.assign(node.dataset, value);
  else if (key === "on") for (const [name, listener] of Object.entries(value)) node.addEventListener(name, listener);
  else node.setAttribute(key, value === true ? "" : value);
}

export const byId = (id) => document.getElementById(id);

/** A glyph of the icon font. Its name is drawn by CSS from an attribute, so it never counts as text of the row. */
export function symbol(name, label = "") {
  const named = label ? { role: "img", "aria-label": label, title: label } : { "aria-hidden": "true" };
  return el("span", { class: "symbol", data: { symbol: name }, ...named });
}

let ids = 0;

/** A fresh id, to tie a label or a message to its input. */
export const freshId = (prefix) => `${prefix}-${++ids}`;
