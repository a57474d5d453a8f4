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
    const at = Math.min(last.from + random.int(...hours), last.to);
    return [...versions.slice(0, -1), { ...last, to: at }, { ...last, from: at, ...change(last, random) }];
  };
}

/** Lists all rows in another way from a moment on, those of former days, too. */
export function startsAnew(moment: number, change: (row: Version) => Partial<Version>): Plan {
  return (versions) =>
    versions.flatMap((one) => {
      if (one.to <= moment) return [one];
      if (one.from >= moment) return [{ ...one, ...change(one) }];
      return [
        { ...one, to: moment },
        { ...one, from: moment, ...change(one) },
      ];
    });
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

/** Lists it as posted some hours before it is, under another FITID, on the same day, to which it is backdated when it posts. */
export function leaks(change: (early: Version, random: Random) => Partial<Version>): Plan {
  return (versions, random) => {
    const [first] = versions;
    if (first === undefined) return [];
    const from = first.from - random.int(20, 70);
    const early = { ...first, from, to: first.from, key: `${first.key}-early`, day: dayOf(from) };
    return [{ ...early, ...change(early, random) }, ...versions.map((one) => ({ ...one, day: early.day }))];
  };
}

/** Cancels the movement by a second one and books it anew with another amount, both backdated to its day. */
export function backdatedCorrection(days: number): Plan {
  return (versions) => {
    const last = versions.at(-1);
    if (last === undefined) return [];
    const from = last.from + days * 24;
    const pair = [
      { truth: `${last.truth}-cancel`, key: `${last.key}-cancel`, cents: -last.cents },
      { truth: `${last.truth}-anew`, key: `${last.key}-anew`, cents: last.cents - 300 },
    ];
    return [...versions, ...pair.map((one) => ({ ...last, from, ...one }))];
  };
}

/** Goes on listing a row that was replaced, apart from the balance. */
export function goesOnListing(plan: Plan): Plan {
  return (versions, random) => {
    const changed = plan(versions, random);
    const [former] = changed;
    const next = changed[1];
    return former === undefined || next === undefined
      ? changed
      : [former, { ...former, from: next.from, to: next.to, counts: false }, ...changed.slice(1)];
  };
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
