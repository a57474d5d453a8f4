/**
 * Work that keeps the processor busy, one piece in each turn of the event loop, so that requests that may go now are sent first: the
 * bank is the one to be waited for. What is short goes before what is long, each in its order: a refusal of a sign-on is short.
 */

import { setImmediate as later } from 'node:timers';

export class Turns {
  readonly #short: (() => void)[] = [];
  readonly #long: (() => void)[] = [];
  #isDue = false;

  /** Returns true while somebody waits. */
  get isBusy(): boolean {
    return this.#short.length + this.#long.length > 0;
  }

  /** Waits for a turn of one's own. */
  next({ isShort }: { readonly isShort: boolean }): Promise<void> {
    return new Promise((resolve) => {
      (isShort ? this.#short : this.#long).push(resolve);
      if (!this.#isDue) this.#giveLater();
    });
  }

  #giveLater(): void {
    this.#isDue = true;
    later(() => {
      (this.#short.shift() ?? this.#long.shift())?.();
      if (this.isBusy) this.#giveLater();
      else this.#isDue = false;
    });
  }
}
