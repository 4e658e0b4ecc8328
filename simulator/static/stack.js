// The stack of cards, and how Google's navigations move it. It knows cards as values only, nothing of the page.

/** A card on the stack: `edits` holds what the user changed in its form, `opened` the sections that are unfolded. */
const entryOf = (card) => ({ card, edits: new Map(), opened: new Set(), stale: false });

export class Stack {
  constructor() {
    this.entries = [];
  }

  get top() {
    return this.entries.at(-1) ?? null;
  }

  get depth() {
    return this.entries.length;
  }

  clear() {
    this.entries = [];
  }

  push(card) {
    this.entries.push(entryOf(card));
  }

  /** The new card takes the place of the top one; the user's input in fields of the same name stays. */
  update(card) {
    if (!this.top) return this.push(card);
    const { edits, opened } = this.top;
    this.entries[this.depth - 1] = { ...entryOf(card), edits, opened };
  }

  pop() {
    if (this.depth > 1) this.entries.pop();
  }

  popToRoot() {
    this.entries.length = Math.min(this.depth, 1);
  }

  /** Take away what lies above the named card; false when there is none of that name. */
  popTo(name) {
    const place = this.entries.findLastIndex(({ card }) => card.name === name);
    if (place < 0) return false;
    this.entries.length = place + 1;
    return true;
  }

  /** What lies below was drawn from data that has changed since. */
  markBelowStale() {
    for (const entry of this.entries.slice(0, -1)) entry.stale = true;
  }

  /** Run navigations in their order; gives a sentence for each that Google would not understand. */
  apply(navigations) {
    return navigations.map((navigation, index) => this.navigate(navigation, `navigations[${index}]`)).filter(Boolean);
  }

  navigate(navigation, path) {
    const keys = Object.keys(navigation);
    if (keys.length !== 1) return `${path}: exactly one of pushCard, updateCard, pop, popToRoot, popToCard, not ${keys.join(" and ") || "nothing"}`;
    switch (keys[0]) {
      case "pushCard": return void this.push(navigation.pushCard);
      case "updateCard": return void this.update(navigation.updateCard);
      case "pop": return void this.pop();
      case "popToRoot": return void this.popToRoot();
      case "popToCard": return this.popTo(navigation.popToCard) ? null : `${path}.popToCard: no card is named “${navigation.popToCard}”`;
      default: return `${path}: ${keys[0]} is no navigation of a Google Sheets add-on`;
    }
  }
}
