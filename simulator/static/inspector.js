// For people who build the add-on: what was sent last, what came back, how long it took.
import { el } from "./dom.js";

const LONGEST = 160;

export class Inspector {
  constructor() {
    this.summary = el("span", { class: "inspector-line", text: "nothing sent yet" });
    this.request = el("pre", { tabindex: "0", "aria-label": "Last request" });
    this.response = el("pre", { tabindex: "0", "aria-label": "Last response" });
    this.node = el("details", { class: "inspector" },
      el("summary", {}, el("b", { text: "Inspector" }), this.summary),
      el("h4", { text: "Request" }), this.request, el("h4", { text: "Response" }), this.response);
    this.node.addEventListener("toggle", () => this.fill());
  }

  show({ entry, status, request, response, milliseconds }) {
    this.summary.textContent = `${nameOf(entry)} · ${status || "no answer"} · ${milliseconds} ms`;
    this.last = { request, response };
    this.fill();
  }

  // A closed inspector holds no text: whoever looks for words in the sidebar shall find the card's alone.
  fill() {
    const { request, response } = this.node.open && this.last ? this.last : {};
    this.request.textContent = pretty(request);
    this.response.textContent = pretty(response);
  }
}

const nameOf = (entry) => (/^https?:/.test(entry) ? new URL(entry).pathname : entry);

// Tokens are long and say nothing to a reader.
function pretty(value) {
  const shorten = (_, inner) => (typeof inner === "string" && inner.length > LONGEST ? `${inner.slice(0, LONGEST)}… (${inner.length} characters)` : inner);
  return value === undefined ? "" : JSON.stringify(value, shorten, 2);
}
