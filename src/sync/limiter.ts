/**
 * Limits the tasks that run at once, in all and for each institution. The limit of the institution comes first and the overall
 * one inside it, so that a task that waits for its institution holds no slot that another could use.
 */

import pLimit, { type LimitFunction } from 'p-limit';

export interface Limits {
  /** Most tasks at once, in all. */
  readonly concurrency: number;
  /** Most tasks at once for one key, unless `run` is given another number. */
  readonly perKey: number;
}

export interface Limiter {
  /**
   * Runs the task as soon as both limits allow. Its slots are free again whether it succeeds or fails; the overall one already
   * when it calls `release`, since others need not wait for what it does with its reply.
   */
  run<T>(key: string, task: (release: () => void) => Promise<T>, perKey?: number | null): Promise<T>;
}

export function createLimiter(limits: Limits): Limiter {
  const overall = pLimit(limits.concurrency);
  const byKey = new Map<string, LimitFunction>();
  return {
    run: (key, task, perKey) => {
      let own = byKey.get(key);
      if (own === undefined) {
        own = pLimit(perKey ?? limits.perKey);
        byKey.set(key, own);
      }
      return own(() => releasing(overall, task));
    },
  };
}

/** Runs a task in a slot until it ends or calls `release`. */
function releasing<T>(overall: LimitFunction, task: (release: () => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const held = () =>
      new Promise<void>((release) => {
        void task(release).then(resolve, reject).finally(release);
      });
    overall(held).catch(reject);
  });
}
