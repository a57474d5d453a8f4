/**
 * The ledger of a bank over time: each movement has one or more versions, each listed from one moment to another. A plan makes
 * of the versions of one movement those of a bank that behaves in some way.
 */

import { dayOf } from '../calendar.js';
import type { Random } from '../random.js';
import type { Movement } from '../truth.js';

export interface Version {
  /** The movement that it is of. */
  readonly truth: string;
  /** What a stable FITID is made of. */
  readonly key: string;
  readonly feeOf: string | null;
  /** The number of the movement, in the order of booking. */
  readonly serial: number;
  /** Moments between which the bank lists it. */
  readonly from: number;
  readonly to: number;
  readonly day: number;
  readonly cents: number;
  readonly name: string;
  readonly memo: string | null;
  readonly isPending: boolean;
  /** `false`: listed, but not part of the balance. */
  readonly counts: boolean;
  readonly corrects: { readonly key: string; readonly action: 'REPLACE' | 'DELETE' } | null;
}

/** Changes the versions of one movement, oldest first. */
export type Plan = (versions: readonly Version[], random: Random) => readonly Version[];

export function firstVersion(movement: Movement, serial: number): Version {
  const { id, day, hour, cents, name, memo, feeOf } = movement;
  const from = day * 24 + hour;
  const booked = { from, to: Number.POSITIVE_INFINITY, isPending: false, counts: true, corrects: null };
  return { truth: id, key: id, feeOf, serial, day, cents, name, memo, ...booked };
}

export function isListed({ from, to }: Version, moment: number): boolean {
  return from <= moment && moment < to;
}

/** Returns the sum of what the bank lists as posted at a moment, in cents. */
export function bookedCents(versions: readonly Version[], moment: number): number {
  let cents = 0;
  for (const one of versions) if (one.counts && !one.isPending && isListed(one, moment)) cents += one.cents;
  return cents;
}

// ── Plans ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Applies a plan to a share of the movements. */
export function some(share: number, plan: Plan): Plan {
  return (versions, random) => (random.chance(share) ? plan(versions, random) : versions);
}

/** Closes the last version some hours after it began, and goes on with a changed one. */
export function thenChange(
  hours: readonly [least: number, most: number],
  change: (last: Version, random: Random) => Partial<Version>,
): Plan {
  return (versions, random) => {
    const last = versions.at(-1);
    if (last === undefined) return [];
    const at = last.from + random.int(...hours);
    return [...versions.slice(0, -1), { ...last, to: at }, { ...last, from: at, ...change(last, random) }];
  };
}

/** Lists a changed version for some hours before the first one. */
export function before(
  hours: readonly [least: number, most: number],
  change: (first: Version, random: Random) => Partial<Version>,
): Plan {
  return (versions, random) => {
    const [first] = versions;
    if (first === undefined) return [];
    const from = first.from - random.int(...hours);
    return [{ ...first, from, to: first.from, ...change({ ...first, from }, random) }, ...versions];
  };
}

/** Books the movement this many days after its own day. */
export function late(days: number): Plan {
  return (versions) => versions.map((one) => ({ ...one, from: one.from + days * 24 }));
}

/** Removes the movement from the list some hours after it was booked. */
export function vanishes(hours: readonly [least: number, most: number]): Plan {
  return (versions, random) =>
    versions.map((one) =>
      one.to === Number.POSITIVE_INFINITY ? { ...one, to: one.from + random.int(...hours) } : one,
    );
}

/** Lists it as posted before it is: under another FITID, on the day on which it is first seen. */
export function leaks(change: (first: Version, random: Random) => Partial<Version>): Plan {
  return before([20, 70], (first, random) => {
    const early = { key: `${first.key}-early`, day: dayOf(first.from) };
    return { ...early, ...change({ ...first, ...early }, random) };
  });
}

/** Sends a correction under a FITID of its own. */
export function corrected(
  action: 'REPLACE' | 'DELETE',
  change: (last: Version, random: Random) => Partial<Version>,
): Plan {
  return thenChange([30, 150], (last, random) => ({
    key: `${last.key}-corrected`,
    corrects: { key: last.key, action },
    counts: action === 'REPLACE',
    ...change(last, random),
  }));
}
