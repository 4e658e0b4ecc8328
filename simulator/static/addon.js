// The add-on half of the page: it sends events, reads answers as Google does, and moves the stack of cards.
import { sendEvent } from "./api.js";
import { asksForFile, readAnswer } from "./answer.js";
import { askForFile, askForScopes, askToSignIn, toast } from "./dialogs.js";
import { openLink } from "./links.js";
import { Panel } from "./panel.js";
import { Stack } from "./stack.js";
import { placed } from "./where.js";

const LOOK = "Look at what it says in its terminal, then press Retry.";

/** One add-on beside one Sheet. A call is `{entry, body, origin, persist, silent, fresh}`; `fresh` replaces the whole stack. */
export class Addon {
  constructor(box, name, close) {
    this.name = name;
    this.panel = new Panel(box, name, close);
    this.stack = new Stack();
    this.visit = 0;
    this.running = 0;
  }

  /** What its manifest calls it. */
  rename(name) {
    this.name = name;
    this.panel.rename(name);
  }

  /** Begin anew for this user and Sheet, as Google does when the sidebar is opened. */
  async open(who) {
    this.who = who;
    this.visit += 1;
    this.stack.clear();
    this.panel.showProblems([]);
    this.panel.hideError();
    if (!who.spreadsheetId) return this.panel.say("Choose a Sheet to see the add-on beside it.", "table_view");
    this.panel.say(`Loading ${this.name}…`, "hourglass_empty");
    await this.send({ entry: "home", fresh: true });
  }

  reload() {
    return this.open(this.who);
  }

  universal(label) {
    return this.send({ entry: label });
  }

  /** Send one call, draw its answer, and then ask the person what the answer wants asked. */
  async send(call) {
    const ask = await this.sendOnce(call);
    await ask?.();
  }

  async sendOnce(call) {
    const visit = this.visit;
    this.wait(call, 1);
    try {
      const answer = await this.exchange(call);
      return visit === this.visit ? this.take(call, answer) : null;
    } catch (error) {
      return visit === this.visit ? this.fail(call, error.message) : null;
    } finally {
      this.wait(call, -1);
    }
  }

  wait(call, by) {
    if (call.silent) return;
    this.running += by;
    this.panel.busy(this.running > 0);
  }

  async exchange({ entry, body }) {
    const started = performance.now();
    const { user, spreadsheetId } = this.who;
    const event = placed({ user, spreadsheetId, entry, ...body });
    const answer = await sendEvent(event);
    this.panel.inspector.show({ event, ...answer, milliseconds: Math.round(performance.now() - started) });
    return answer;
  }

  // Gives the question to ask next, or nothing. It is asked after the call has ended, so that no progress bar moves behind it.
  take(call, { status, response, problems = [] }) {
    this.panel.hideError();
    if (!status) return this.fail(call, `${problems[0] ?? `${this.name} does not answer.`} ${LOOK}`);
    if (status !== 200) return this.fail(call, `${this.name} answered with status ${status}. ${LOOK}`, problems);
    const answer = readAnswer(call.entry, response);
    const faults = answer.fault && !problems.length ? [answer.fault] : [...problems];
    if (!answer.fault) faults.push(...this.apply(call, answer));
    this.draw(faults);
    if (asksForFile(answer)) return () => this.grantFile();
    if (answer.scopes) return () => this.again(call, askForScopes(this.name, answer.scopes));
    if (answer.signIn) return () => this.again(call, askToSignIn(this.name, answer.signIn));
    return null;
  }

  apply(call, { action, stateChanged }) {
    if (call.fresh && action) this.stack.clear();
    const faults = this.stack.apply(action?.navigations ?? []);
    if (stateChanged) this.stack.markBelowStale();
    // An updated card is a new entry and keeps its input; a card that was left as it is loses it, unless the action keeps it.
    if (call.origin && !call.persist && this.stack.entries.includes(call.origin)) call.origin.edits.clear();
    if (action?.notification?.text) toast(action.notification.text);
    if (action?.link) openLink(action.link, () => this.reload());
    return faults;
  }

  draw(faults = []) {
    const { top } = this.stack;
    if (top) faults = [...faults, ...this.panel.show(top, this.acts(top))];
    else this.panel.say(`${this.name} showed no card.`, "web_asset_off");
    this.panel.showProblems([...new Set(faults)]);
  }

  acts(entry) {
    return {
      run: (action, form) => this.act(action, form, entry),
      complete: (action, form) => this.complete(action, form),
      openLink: (link) => openLink(link, () => this.reload()),
      push: (card) => this.push(card),
      back: this.stack.depth > 1 ? () => this.back() : null,
    };
  }

  act(action, form, origin) {
    if (!form.allows(action)) return toast("Fill in what is marked first.");
    return this.send({
      entry: action.function, body: bodyOf(action, form), origin,
      persist: action.persistValues === true, silent: action.loadIndicator === "NONE",
    });
  }

  async complete(action, form) {
    const { response } = await this.exchange({ entry: action.function, body: bodyOf(action, form) });
    return response?.autoComplete?.items ?? [];
  }

  push(card) {
    this.stack.push(card);
    this.draw();
  }

  // Google fetches the first card anew when an action said that what lies below is stale.
  back() {
    this.stack.pop();
    this.draw();
    if (this.stack.top.stale && this.stack.depth === 1) return this.send({ entry: "home", fresh: true });
  }

  async grantFile() {
    if (await askForFile(this.name, this.who.title)) await this.send({ entry: "granted", fresh: true });
  }

  async again(call, answered) {
    if (await answered) await this.send(call);
  }

  fail(call, sentence, problems = []) {
    if (!this.stack.top) this.panel.say(`${this.name} cannot be reached.`, "cloud_off");
    this.panel.showProblems(problems);
    this.panel.showError(sentence, () => this.send(call));
  }
}

function bodyOf({ parameters = [] }, form) {
  const formInputs = form.inputs();
  const body = { parameters: Object.fromEntries(parameters.map(({ key, value }) => [key, value])) };
  return Object.keys(formInputs).length ? { ...body, formInputs } : body;
}
