/**
 * Looks up host names. The system looks up two at a time in a process (libuv gives slow work half of its four threads), so that
 * two banks whose names get no answer would hold up all others. When that happens, name servers are asked directly.
 */

import dns from 'node:dns';
import type { LookupFunction } from 'node:net';

type Done = Parameters<LookupFunction>[2];

/** Look-ups of the system that run at the same time. */
const AT_ONCE = 2;
/** A name server that is reached answers sooner. */
const PATIENCE_MS = 1_000;

export class LookUps {
  #waiting = 0;
  #resolver: dns.promises.Resolver | null = null;

  /** Looks up like `dns.lookup`: a name that the machine itself knows is found first. */
  readonly lookup: LookupFunction = (host, options, done) => {
    let timer: NodeJS.Timeout | null = null;
    let isDone = false;
    const finish: Done = (...result) => {
      if (isDone) return;
      isDone = true;
      if (timer !== null) clearTimeout(timer);
      done(...result);
    };
    this.#waiting += 1;
    dns.lookup(host, options, (...result) => {
      this.#waiting -= 1;
      finish(...result);
    });
    timer = setTimeout(() => {
      if (this.#waiting > AT_ONCE) void this.#ask(host, options.all === true, finish);
    }, PATIENCE_MS);
  };

  /** Ends the questions to name servers. */
  cancel(): void {
    this.#resolver?.cancel();
  }

  /** Asks name servers; whatever they cannot say is left to the system. */
  async #ask(host: string, all: boolean, done: Done): Promise<void> {
    this.#resolver ??= new dns.promises.Resolver({ timeout: 2_000, tries: 2 });
    const [four, six] = await Promise.allSettled([this.#resolver.resolve4(host), this.#resolver.resolve6(host)]);
    const found = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    const [first] = found;
    if (first === undefined) return;
    if (all) done(null, found);
    else done(null, first.address, first.family);
  }
}
