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
  /** Runs the task as soon as both limits allow. Its slot is free again whether it succeeds or fails. */
  run<T>(key: string, task: () => Promise<T>, perKey?: number | null): Promise<T>;
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
      return own(() => overall(task));
    },
  };
}
