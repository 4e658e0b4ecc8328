// For people who build the add-on: what was sent lately, what came back, how long it took; kept as a file, and sent again.
import { recordExchange, replayRecording } from "./api.js";
import { el } from "./dom.js";

const LONGEST = 160;
const KEPT = 30;

export class Inspector {
  constructor() {
    this.kept = [];
    this.summary = el("span", { class: "inspector-line", text: "nothing sent yet" });
    this.choice = el("select", { "aria-label": "Which exchange", hidden: true, on: { change: () => this.fill() } });
    this.request = el("pre", { tabindex: "0", "aria-label": "Last request" });
    this.response = el("pre", { tabindex: "0", "aria-label": "Last response" });
    this.found = el("div", { class: "inspector-found", role: "status", "aria-label": "Replay" });
    this.file = el("input", { type: "file", accept: "application/json", hidden: true, on: { change: () => this.replayFile() } });
    this.tools = el("div", { class: "inspector-tools", hidden: true },
      this.choice, tool("Save as test", () => this.save()), tool("Replay", () => this.replay()),
      tool("Replay a file…", () => this.file.click()), this.file);
    this.node = el("details", { class: "inspector" },
      el("summary", {}, el("b", { text: "Inspector" }), this.summary), this.tools, this.found,
      el("h4", { text: "Request" }), this.request, el("h4", { text: "Response" }), this.response);
    this.node.addEventListener("toggle", () => this.fill());
  }

  show(exchange) {
    this.kept = [exchange, ...this.kept].slice(0, KEPT);
    this.summary.textContent = lineOf(exchange);
    this.choice.replaceChildren(...this.kept.map((one, number) => el("option", { value: String(number), text: lineOf(one) })));
    this.choice.hidden = this.kept.length < 2;
    this.tools.hidden = false;
    this.found.replaceChildren();
    this.fill();
  }

  get chosen() {
    return this.kept[Number(this.choice.value || 0)];
  }

  // A closed inspector holds no text: whoever looks for words in the sidebar shall find the card's alone.
  fill() {
    const { request, response } = (this.node.open && this.chosen) || {};
    this.request.textContent = pretty(request);
    this.response.textContent = pretty(response);
  }

  recorded() {
    const { event, status, response = null } = this.chosen;
    return recordExchange({ event, status, response });
  }

  save() {
    return this.saying(async () => {
      const recording = await this.recorded();
      const name = `${nameOf(this.chosen.event.entry).replace(/\W+/g, "-").replace(/^-|-$/g, "")}.addon.json`;
      const link = el("a", { href: URL.createObjectURL(new Blob([JSON.stringify(recording, null, 1)], { type: "application/json" })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
      return [el("p", { text: `Saved as ${name}: no token is in it.` })];
    });
  }

  replay() {
    return this.saying(async () => this.sent(await this.recorded()));
  }

  replayFile() {
    return this.saying(async () => {
      const [file] = this.file.files;
      this.file.value = "";
      return this.sent(JSON.parse(await file.text()));
    });
  }

  async sent(recording) {
    const { user, spreadsheetId } = this.chosen.event;
    const { differences } = await replayRecording({ recording, user, spreadsheetId });
    if (!differences.length) return [el("p", { class: "same", text: "Sent again: the answer is the same." })];
    return [el("p", { text: `Sent again: ${differences.length} ${differences.length === 1 ? "difference" : "differences"}.` }), el("ul", {}, ...differences.map(line))];
  }

  async saying(act) {
    this.found.replaceChildren();
    try {
      this.found.replaceChildren(...await act());
    } catch (error) {
      this.found.replaceChildren(el("p", { text: `That did not work: ${error.message}` }));
    }
  }
}

const tool = (text, onclick) => el("button", { text, on: { click: onclick } });

const lineOf = ({ event, status, milliseconds, calls }) => `${nameOf(event.entry)} · ${status || "no answer"} · ${milliseconds} ms${callsOf(calls)}`;

// What was asked of the Sheets API with this person's token while the add-on was about to answer.
const callsOf = ({ reads = 0, writes = 0 } = {}) => (reads + writes ? ` · ${reads} reads, ${writes} writes` : "");

const nameOf = (entry) => (/^https?:/.test(entry) ? new URL(entry).pathname : entry);

const line = ({ path, was, now }) => el("li", {}, el("code", { text: path }), ` was ${short(was)}, is ${short(now)}`);

const short = (value) => JSON.stringify(value).slice(0, LONGEST);

// Tokens are long and say nothing to a reader.
function pretty(value) {
  const shorten = (_, inner) => (typeof inner === "string" && inner.length > LONGEST ? `${inner.slice(0, LONGEST)}… (${inner.length} characters)` : inner);
  return value === undefined ? "" : JSON.stringify(value, shorten, 2);
}
