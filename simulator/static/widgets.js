// The widgets that show something, and the one list of all widgets a Google Sheets add-on may use.
import { button, buttonList, chipList, clickFault, press } from "./buttons.js";
import { dateTimePicker } from "./datetime.js";
import { el } from "./dom.js";
import { iconOf, shape } from "./icons.js";
import { isShowable, plainText, richText } from "./richtext.js";
import { selectionInput, switchControl } from "./selection.js";
import { textInput } from "./textinput.js";

const WIDGETS = {
  textParagraph, decoratedText, buttonList, textInput, selectionInput, dateTimePicker, image, grid, chipList, columns,
  divider: () => el("hr", { class: "divider" }),
};
const BESIDE_DATA = new Set(["horizontalAlignment"]);
const MOST_COLUMNS = 2;

/** The node of one widget; a red box naming `path` for what Google would not draw. */
export function widget(json, context, path) {
  const kinds = Object.keys(json ?? {}).filter((key) => !BESIDE_DATA.has(key));
  if (kinds.length !== 1) return context.refuse(path, `a widget holds exactly one thing, not ${kinds.join(" and ") || "nothing"}`);
  const [kind] = kinds;
  const draw = Object.hasOwn(WIDGETS, kind) ? WIDGETS[kind] : null;
  if (!draw) return context.refuse(`${path}.${kind}`, `${kind} is no widget of a Google Sheets add-on`);
  const node = draw(json[kind], context, `${path}.${kind}`);
  if (json.horizontalAlignment) node.classList.add(`align-${json.horizontalAlignment.toLowerCase()}`);
  return node;
}

/** Card text as nodes; a tag outside Google's subset is left out and reported. */
export function rich(html, context, path) {
  const { content, refused } = richText(html ?? "");
  for (const tag of refused) context.report(path, `<${tag}> is not among the tags a card may use`);
  return content;
}

function textParagraph({ text, maxLines }, context, path) {
  const node = el("p", { class: "paragraph" }, rich(text, context, `${path}.text`));
  return maxLines ? clamped(node, maxLines) : node;
}

function clamped(node, lines) {
  node.classList.add("clamped");
  node.style.setProperty("--lines", lines);
  const more = el("button", { class: "link-button", text: "Show more", "aria-expanded": "false" });
  more.addEventListener("click", () => {
    const open = node.classList.toggle("unclamped");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  });
  const box = el("div", {}, node, more);
  // Only the laid-out text knows whether it is cut.
  requestAnimationFrame(() => { more.hidden = node.scrollHeight <= node.clientHeight; });
  return box;
}

function decoratedText(json, context, path) {
  const controls = ["button", "switchControl", "endIcon"].filter((key) => json[key]);
  if (controls.length > 1) return context.refuse(path, `a decoratedText takes one of button, switchControl, endIcon, not ${controls.join(" and ")}`);
  const fault = json.onClick ? clickFault(json.onClick) : null;
  if (fault) return context.refuse(path, fault);
  const start = json.startIcon ?? json.icon;
  return el("div", { class: json.wrapText ? "decorated wrapping" : "decorated" },
    start && el("span", { class: "start" }, iconOf(start, (message) => context.refuse(`${path}.startIcon`, message))),
    decoratedLines(json, context, path), endOf(json, context, path));
}

function decoratedLines(json, context, path) {
  const lines = el("div", { class: "lines" },
    json.topLabel && el("div", { class: "top-label" }, rich(json.topLabel, context, `${path}.topLabel`)),
    el("div", { class: "main-line" }, rich(json.text, context, `${path}.text`)),
    json.bottomLabel && el("div", { class: "bottom-label" }, rich(json.bottomLabel, context, `${path}.bottomLabel`)));
  return json.onClick ? pressable(lines, json.onClick, context) : lines;
}

// Not a <button>: card text may hold links, and a link inside a button is no valid HTML.
function pressable(node, onClick, context) {
  const act = (event) => event.target.closest("a") || press(onClick, context, node);
  node.classList.add("pressable");
  Object.assign(node, { role: "button", tabIndex: 0 });
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), act(event)));
  return node;
}

function endOf(json, context, path) {
  if (json.switchControl) return el("span", { class: "end" }, switchControl(json.switchControl, plainText(json.text ?? ""), context));
  if (json.button) return el("span", { class: "end" }, button(json.button, context, `${path}.button`));
  if (json.endIcon) return el("span", { class: "end" }, iconOf(json.endIcon, (message) => context.refuse(`${path}.endIcon`, message)));
  return null;
}

function image({ imageUrl, altText, onClick }, context, path) {
  if (!isShowable(imageUrl)) return context.refuse(path, "imageUrl must be an https URL of a PNG or JPEG");
  const picture = el("img", { class: "picture", src: imageUrl, alt: altText ?? "", loading: "lazy" });
  return onClick ? pressableWith(el("div", { "aria-label": altText || null }, picture), onClick, context, path) : picture;
}

function pressableWith(node, onClick, context, path) {
  const fault = clickFault(onClick);
  return fault ? context.refuse(path, fault) : pressable(node, onClick, context);
}

function grid(json, context, path) {
  const items = (json.items ?? []).map((item, index) => gridItem(item, json, context, `${path}.items[${index}]`));
  const box = el("div", { class: "card-grid" }, items);
  box.style.setProperty("--columns", json.columnCount || 2);
  return el("div", {}, json.title && el("div", { class: "grid-title", text: json.title }), box);
}

function gridItem(item, json, context, path) {
  const texts = el("div", { class: "grid-texts" },
    item.title && el("div", { class: "grid-item-title", text: item.title }), item.subtitle && el("div", { class: "bottom-label", text: item.subtitle }));
  const node = el("div", { class: item.layout === "TEXT_ABOVE" ? "grid-item above" : "grid-item" }, item.image && gridImage(item.image, context, path), texts);
  border(node, json.borderStyle);
  return json.onClick ? pressableWith(node, withItem(json.onClick, item), context, path) : node;
}

function gridImage({ imageUri, altText, cropStyle }, context, path) {
  if (!isShowable(imageUri)) return context.refuse(`${path}.image`, "imageUri must be an https URL of a PNG or JPEG");
  const crop = cropStyle?.type ?? "SQUARE";
  const node = el("img", { class: shape("grid-image", crop), src: imageUri, alt: altText ?? "", loading: "lazy" });
  node.style.aspectRatio = { RECTANGLE_4_3: "4 / 3", RECTANGLE_CUSTOM: String(cropStyle?.aspectRatio ?? 1) }[crop] ?? "1";
  return node;
}

function border(node, style) {
  if (style?.type === "STROKE") node.classList.add("stroked");
  if (style?.cornerRadius) node.style.borderRadius = `${style.cornerRadius}px`;
}

// Google tells which item of a grid was pressed by a parameter of its own.
function withItem(onClick, { id }) {
  if (!onClick.action || id === undefined) return onClick;
  const parameters = [...(onClick.action.parameters ?? []), { key: "grid_item_identifier", value: String(id) }];
  return { action: { ...onClick.action, parameters } };
}

function columns({ columnItems = [] }, context, path) {
  if (columnItems.length > MOST_COLUMNS) return context.refuse(path, `${MOST_COLUMNS} columns at most, not ${columnItems.length}`);
  return el("div", { class: "columns" }, columnItems.map((column, index) => columnOf(column, context, `${path}.columnItems[${index}]`)));
}

function columnOf(column, context, path) {
  const size = column.horizontalSizeStyle === "FILL_MINIMUM_SPACE" ? "column narrow" : "column";
  const widgets = (column.widgets ?? []).map((json, index) => widget(json, context, `${path}.widgets[${index}]`));
  const node = el("div", { class: size }, widgets);
  node.style.justifyContent = { CENTER: "center", BOTTOM: "end" }[column.verticalAlignment] ?? "start";
  return node;
}
