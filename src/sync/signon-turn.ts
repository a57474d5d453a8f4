/**
 * The turns of one login in a run: until the bank accepts it, one request at a time, at each of its addresses. A refusal stops
 * what waits and what is in flight.
 */

import type { OfxSyncError } from '../errors.js';

export class SignonTurn {
  /** The refusal that ended the run for this login. */
  refusal: OfxSyncError | null = null;
  readonly #accepted = new Set<string>();
  readonly #stop = new AbortController();
  #joined: { readonly other: AbortSignal; readonly signal: AbortSignal } | null = null;
  /** Settles when the last of those who wait has left. */
  #last: Promise<void> = Promise.resolve();

  /** Returns a signal that the refusal aborts, and another one that it is joined with. */
  signalWith(other: AbortSignal): AbortSignal {
    if (this.#joined?.other !== other) this.#joined = { other, signal: AbortSignal.any([other, this.#stop.signal]) };
    return this.#joined.signal;
  }

  /** Waits while another request of the login may be refused. @returns the function that ends the turn. */
  async enter(address: string): Promise<() => void> {
    if (this.#isOpen(address)) return () => undefined;
    const before = this.#last;
    let leave = (): void => undefined;
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    if (this.#isOpen(address)) leave();
    return leave;
  }

  accept(address: string): void {
    this.#accepted.add(address);
  }

  refuse(error: OfxSyncError): void {
    this.refusal ??= error;
    this.#stop.abort();
  }

  #isOpen(address: string): boolean {
    return this.#accepted.has(address) || this.refusal !== null;
  }
}
