// Card text is a small subset of HTML. It is parsed in an inert document and copied node by node, never assigned as markup.

const ALLOWED = new Set(["B", "I", "U", "S", "FONT", "A", "TIME", "BR"]);
const UNREADABLE = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT"]);

/** `{content, refused}`: a fragment with the allowed tags only, and the names of the tags that were left out. */
export function richText(html) {
  const source = new DOMParser().parseFromString(String(html), "text/html");
  const content = document.createDocumentFragment();
  const refused = new Set();
  copy(source.body, content, refused);
  return { content, refused: [...refused] };
}

/** The same text without any tag, for labels and tool tips. */
export function plainText(html) {
  return richText(html).content.textContent.trim();
}

function copy(from, to, refused) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, to, refused);
  }
}

function copyElement(node, to, refused) {
  if (!ALLOWED.has(node.tagName)) refused.add(node.tagName.toLowerCase());
  if (UNREADABLE.has(node.tagName)) return;
  const kept = ALLOWED.has(node.tagName) ? allowedCopy(node) : to;
  copy(node, kept, refused);
  if (kept !== to) to.append(kept);
}

function allowedCopy(node) {
  if (node.tagName === "FONT") return coloured(node.getAttribute("color"));
  const kept = document.createElement(node.tagName);
  if (node.tagName === "A") link(kept, node.getAttribute("href"));
  return kept;
}

// <font> is obsolete in HTML; a span with the same colour looks alike. Google documents hex colours only.
function coloured(color) {
  const kept = document.createElement("span");
  if (/^#[0-9a-f]{6}$/i.test(color ?? "")) kept.style.color = color;
  return kept;
}

function link(anchor, href) {
  if (!isOpenable(href)) return;
  Object.assign(anchor, { href, target: "_blank", rel: "noopener noreferrer" });
}

/** Google opens https, mailto and tel; this machine's own addresses stand in for https while working locally. */
export function isOpenable(href) {
  const url = parsed(href);
  return url !== null && (["https:", "mailto:", "tel:"].includes(url.protocol) || isLoopback(url));
}

/** Images: https (or this machine), PNG or JPEG; a data URL or an SVG is refused by Google. */
export function isShowable(src) {
  const url = parsed(src);
  return url !== null && (url.protocol === "https:" || isLoopback(url)) && !url.pathname.toLowerCase().endsWith(".svg");
}

function isLoopback(url) {
  return url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}

function parsed(href) {
  try {
    return new URL(href ?? "");
  } catch {
    return null;
  }
}
