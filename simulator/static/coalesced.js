// One call at a time. Wishes that come meanwhile are met by one more call, not by one each.
export class Coalesced {
  constructor(call) {
    Object.assign(this, { call, running: null, again: false });
  }

  /** Call, unless a call runs; then once more after it. */
  async ask() {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.run().finally(() => { this.running = null; });
    return this.running;
  }

  async run() {
    do {
      this.again = false;
      await this.call();
    } while (this.again);
  }
}
