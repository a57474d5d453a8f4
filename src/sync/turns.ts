/**
 * Work that keeps the processor busy, one piece in each turn of the event loop and in its order, so that requests that may go now
 * are sent first: the bank is the one to be waited for.
 */

import { setImmediate as later } from 'node:timers';

export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isDue = false;

  /** Returns true while somebody waits. */
  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Waits for a turn of one's own. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isDue) this.#giveLater();
    });
  }

  #giveLater(): void {
    this.#isDue = true;
    later(() => {
      this.#waiting.shift()?.();
      if (this.#waiting.length > 0) this.#giveLater();
      else this.#isDue = false;
    });
  }
}
