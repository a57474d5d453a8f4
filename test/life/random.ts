/** Chance that is the same for the same seed, whatever else the simulation draws. */

import { createHash } from 'node:crypto';

export interface Random {
  /** Returns a whole number between two bounds, both included. */
  int(least: number, most: number): number;
  /** Returns `true` with a probability between 0 and 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function randomOf(seed: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
    pick: (list) => {
      const one = list[Math.floor(next() * list.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
}

const known = new Map<string, string>();

/** Returns twelve hexadecimal digits that only this text has. */
export function digest(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = createHash('sha256').update(text).digest('hex').slice(0, 12);
  known.set(text, made);
  return made;
}
