// One card of the stack as nodes: header, sections, footer. Strict: what Google would not draw becomes a red box that says where.
import { button, cardMenu } from "./buttons.js";
import { el, symbol } from "./dom.js";
import { shape } from "./icons.js";
import { isShowable } from "./richtext.js";
import { rich, widget } from "./widgets.js";

const MOST_WIDGETS = 100;
const MOST_ACTIONS = 10;

/** Draw the card of `entry`; `goBack` is null on the first card. Gives `{head, body, foot}`. */
export function drawCard(entry, context, goBack) {
  const { card } = entry;
  if (holdsKey(card, "interaction")) {
    const refused = context.refuse("card", "action.interaction is for Google Chat: a Sheets add-on loses the whole card");
    return { head: null, body: [refused], foot: null };
  }
  return {
    head: headOf(card, context, goBack),
    body: sectionsWithin(card.sections ?? [], context).map((section, index) => sectionOf(section, index, entry, context)),
    foot: card.fixedFooter ? footOf(card.fixedFooter, context) : null,
  };
}

function headOf({ header, cardActions = [] }, context, goBack) {
  if (cardActions.length > MOST_ACTIONS) context.report("cardActions", `${MOST_ACTIONS} card actions at most, not ${cardActions.length}`);
  const back = goBack && el("button", { class: "icon-button", "aria-label": "Back", title: "Back", on: { click: goBack } }, symbol("arrow_back"));
  const menu = cardMenu(cardActions.slice(0, MOST_ACTIONS), context);
  if (!back && !menu && !header) return null;
  return el("div", { class: "card-header" }, back, header && pictureOf(header, context), titlesOf(header ?? {}), menu);
}

function pictureOf({ imageUrl, imageAltText, imageType }, context) {
  if (!imageUrl) return null;
  if (!isShowable(imageUrl)) return context.refuse("header.imageUrl", "must be an https URL of a PNG or JPEG");
  return el("img", { class: shape("header-image", imageType), src: imageUrl, alt: imageAltText ?? "" });
}

function titlesOf({ title, subtitle }) {
  return el("div", { class: "titles" }, title && el("h2", { text: title }), subtitle && el("p", { class: "subtitle", text: subtitle }));
}

// Google drops the section that crosses the limit, and every later one.
function sectionsWithin(sections, context) {
  let count = 0;
  const cut = sections.findIndex((section) => (count += section.widgets?.length ?? 0) > MOST_WIDGETS);
  if (cut < 0) return sections;
  context.report(`sections[${cut}]`, `dropped with all later ones: a card holds ${MOST_WIDGETS} widgets at most`);
  return sections.slice(0, cut);
}

function sectionOf(section, index, entry, context) {
  const path = `sections[${index}]`;
  const widgets = (section.widgets ?? []).map((json, place) => widget(json, context, `${path}.widgets[${place}]`));
  if (!widgets.length) widgets.push(context.refuse(path, "a section needs at least one widget"));
  const plain = entry.card.sectionDividerStyle === "NO_DIVIDER" ? "card-section undivided" : "card-section";
  const heading = section.header && el("h3", {}, rich(section.header, context, `${path}.header`));
  const node = el("section", { class: plain }, heading, widgets);
  const shown = section.uncollapsibleWidgetsCount ?? 0;
  if (section.collapsible && widgets.length > shown) node.append(fold(widgets.slice(shown), section, index, entry));
  return node;
}

function fold(hidden, { collapseControl }, index, entry) {
  const glyph = symbol("expand_more");
  const words = el("span");
  const toggle = el("button", { class: "fold" }, words, glyph);
  const draw = () => {
    const open = entry.opened.has(index);
    for (const node of hidden) node.hidden = !open;
    words.textContent = open ? collapseControl?.collapseButton?.text ?? "Show less" : collapseControl?.expandButton?.text ?? `Show ${hidden.length} more`;
    glyph.dataset.symbol = open ? "expand_less" : "expand_more";
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => {
    if (!entry.opened.delete(index)) entry.opened.add(index);
    draw();
  });
  draw();
  return toggle;
}

function footOf({ primaryButton, secondaryButton }, context) {
  if (!primaryButton) return context.refuse("fixedFooter", "a fixedFooter needs a primaryButton");
  const buttons = Object.entries({ primaryButton, secondaryButton }).filter(([, spec]) => spec);
  return el("div", { class: "card-footer" }, buttons.map(([name, spec]) => footerButton(spec, context, `fixedFooter.${name}`)));
}

function footerButton(spec, context, path) {
  return spec.text && spec.color ? button(spec, context, path) : context.refuse(path, "a button of the footer needs a text and a color");
}

function holdsKey(value, key) {
  if (value === null || typeof value !== "object") return false;
  return Object.hasOwn(value, key) || Object.values(value).some((inner) => holdsKey(inner, key));
}
