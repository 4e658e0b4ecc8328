// The sidebar's frame: bar, progress, problems, error, card, inspector. It draws what it is told and decides nothing.
import { drawCard } from "./card.js";
import { el, symbol } from "./dom.js";
import { focusIn, refocus } from "./focus.js";
import { Form } from "./form.js";
import { Inspector } from "./inspector.js";

export class Panel {
  constructor(box, name, close) {
    this.box = box;
    this.inspector = new Inspector();
    this.progress = el("div", { class: "progress", role: "progressbar", "aria-label": "Loading", hidden: true });
    this.problems = el("details", { class: "problems", hidden: true, open: true });
    this.error = el("div", { class: "error", role: "alert", hidden: true });
    this.head = el("div", { class: "card-head" });
    this.body = el("div", { class: "card-body" });
    this.foot = el("div", { class: "card-foot" });
    this.card = el("fieldset", { class: "card" }, this.head, this.body, this.foot);
    box.replaceChildren(this.bar(name, close), this.progress, this.problems, this.error, this.card, this.inspector.node);
  }

  bar(name, close) {
    this.mark = el("span", { class: "addon-mark", "aria-hidden": "true" });
    this.label = el("span", { class: "addon-name" });
    this.rename(name);
    return el("div", { class: "addon-bar" }, this.mark, this.label,
      el("button", { class: "icon-button", "aria-label": "Close add-on", title: "Close", on: { click: close } }, symbol("close")));
  }

  rename(name) {
    this.mark.textContent = name.slice(0, 1);
    this.label.textContent = name;
  }

  busy(busy) {
    if (busy) this.focus = focusIn(this.card) ?? this.focus;
    this.progress.hidden = !busy;
    this.card.disabled = busy;
    this.box.setAttribute("aria-busy", String(busy));
    if (!busy) refocus(this.card, this.focus);
    if (!busy) this.focus = null;
  }

  /** Instead of a card: one sentence, as while loading or when there is nothing. */
  say(sentence, glyph) {
    this.shown = null;
    this.head.replaceChildren();
    this.foot.replaceChildren();
    this.body.replaceChildren(el("div", { class: "blank" }, symbol(glyph), el("p", { text: sentence })));
  }

  /** Draw the top card. `acts` is what its controls may do: run, complete, openLink, push, back. */
  show(entry, acts) {
    if (this.shown) this.shown.scroll = this.body.scrollTop;
    const focus = focusIn(this.card);
    const faults = [];
    const context = contextOf(entry, acts, faults);
    const { head, body, foot } = drawCard(entry, context, acts.back);
    context.form.prune();
    this.head.replaceChildren(...[head].filter(Boolean));
    this.body.replaceChildren(...body);
    this.foot.replaceChildren(...[foot].filter(Boolean));
    this.body.scrollTop = entry.scroll ?? 0;
    this.shown = entry;
    refocus(this.card, focus);
    return faults;
  }

  showProblems(problems) {
    this.problems.hidden = problems.length === 0;
    this.problems.replaceChildren(
      el("summary", { text: `Google would refuse this answer (${problems.length})` }),
      el("ul", {}, problems.map((problem) => el("li", { text: problem }))));
  }

  showError(sentence, retry) {
    this.error.hidden = false;
    this.error.replaceChildren(el("p", { text: sentence }), el("button", { class: "card-button tonal", text: "Retry", on: { click: retry } }));
  }

  hideError() {
    this.error.hidden = true;
    this.error.replaceChildren();
  }
}

// `refuse` gives a red box in place of a part, `report` only notes; both end in the strip of problems.
function contextOf(entry, acts, faults) {
  const form = new Form(entry.edits);
  const report = (path, message) => { faults.push(`${path}: ${message}`); };
  const refuse = (path, message) => {
    report(path, message);
    return el("p", { class: "problem", data: { path }, text: `${path}: ${message}` });
  };
  return {
    form, report, refuse,
    run: (action) => acts.run(action, form),
    complete: (action) => acts.complete(action, form),
    openLink: acts.openLink,
    push: acts.push,
  };
}
