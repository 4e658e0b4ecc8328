// What the user entered in the inputs of one card, kept over a new drawing of it and sent in Google's shape.

const NEEDED_ONLY_IF_NAMED = new Set(["switch", "choice"]);

/**
 * The inputs of one drawn card. A field is
 * `{name, key, label, kind, read(), show(value), input(value), fault(value), complain(sentence)}`:
 * `read`/`show` move a plain value (string, boolean or list of strings) from and to the page,
 * `input` gives Google's Inputs for it, or null when nothing was entered.
 */
export class Form {
  constructor(edits) {
    this.edits = edits;
    this.fields = [];
  }

  /** Take in a field that shows the card's own value, and put the user's earlier value over it. */
  add(field) {
    field.key ??= field.name;
    field.initial = JSON.stringify(field.read());
    this.fields.push(field);
    if (!this.edits.has(field.key)) return;
    field.show(this.edits.get(field.key));
    this.changed(field);
  }

  /** Remember what the user entered, unless it is what the card says anyway. */
  changed(field) {
    const value = field.read();
    if (JSON.stringify(value) === field.initial) this.edits.delete(field.key);
    else this.edits.set(field.key, value);
    field.complain("");
  }

  /** Forget what was entered in fields which the card no longer has. */
  prune() {
    const keys = new Set(this.fields.map(({ key }) => key));
    for (const key of this.edits.keys()) if (!keys.has(key)) this.edits.delete(key);
  }

  /** Google's `formInputs`. A field without a value is absent; switches of one name arrive as one list. */
  inputs() {
    const inputs = {};
    for (const field of this.fields) {
      const input = field.input(field.read());
      if (input) inputs[field.name] = merged(inputs[field.name], input);
    }
    return inputs;
  }

  /** Complain at each field that stops this action. True when none does. */
  allows({ requiredWidgets = [], allWidgetsAreRequired = false }) {
    const stopped = this.fields.filter((field) => {
      const required = requiredWidgets.includes(field.name) || (allWidgetsAreRequired && !NEEDED_ONLY_IF_NAMED.has(field.kind));
      const fault = required && this.isEmpty(field) ? "Required" : field.fault?.(field.read()) ?? "";
      field.complain(fault);
      return fault !== "";
    });
    stopped[0]?.focus?.();
    return stopped.length === 0;
  }

  isEmpty(field) {
    return !this.fields.some((other) => other.name === field.name && other.input(other.read()));
  }
}

function merged(before, input) {
  if (!before?.stringInputs || !input.stringInputs) return input;
  return { stringInputs: { value: [...before.stringInputs.value, ...input.stringInputs.value] } };
}

/** Google's Inputs for a list of strings; null when it is empty. */
export const strings = (values) => (values.length ? { stringInputs: { value: values } } : null);
