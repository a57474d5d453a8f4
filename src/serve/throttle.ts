/**
 * Slows down whoever presents wrong secrets. Right ones are never refused: behind a proxy everybody comes from one address, and a
 * stranger must not be able to lock the owner out.
 */

const WINDOW_MS = 60_000;
/** Wrong secrets of one address within a minute. */
const MOST_WRONG = 30;
/** Addresses that are remembered. */
const MOST_ADDRESSES = 10_000;

export interface Throttle {
  /** Counts a wrong secret. @returns seconds to wait, 0 while there were few */
  wrong(address: string): number;
}

export function createThrottle(now: () => number): Throttle {
  let began = now();
  let counts = new Map<string, number>();
  return {
    wrong: (address) => {
      const passed = now() - began;
      if (passed >= WINDOW_MS || passed < 0 || counts.size >= MOST_ADDRESSES) {
        began = now();
        counts = new Map();
      }
      const count = (counts.get(address) ?? 0) + 1;
      counts.set(address, count);
      return count <= MOST_WRONG ? 0 : Math.max(1, Math.ceil((began + WINDOW_MS - now()) / 1000));
    },
  };
}
