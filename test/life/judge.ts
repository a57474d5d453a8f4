/**
 * Compares what is stored with the truth that was delivered. The comparison knows nothing of FITIDs and stored ids: it
 * assigns stored rows to true movements by amount, day and text, each to one at most, the closest first:
 *
 *   1. amount, day, name and memo as the bank last said                           right
 *   2. each of them as the bank last said, or as its files spell it               right
 *   3. amount and day, with another text                                          distorted
 *   4. amount, on another day at most ten days away, a known text first           distorted
 *   5. an amount that the bank had stated of the movement before                  distorted
 *
 * A movement without a stored row is lost; a stored row without a movement is doubled.
 */

import type { Listed } from './bank/behaviour.js';
import type { Kept } from './policies.js';

/** A true movement as it has to be stored. */
export interface Expected {
  readonly truth: string;
  /** What the bank said last, first of all; and as files spell it. */
  readonly accepted: readonly Kept[];
  /** All that the bank ever said. */
  readonly versions: readonly Kept[];
  /** `false`: the bank removed it where the program could not see that, so that either is right. */
  readonly isRequired: boolean;
}

export type Problem =
  | { readonly kind: 'lost'; readonly expected: Expected }
  | { readonly kind: 'doubled'; readonly stored: Kept }
  | { readonly kind: 'distorted'; readonly expected: Expected; readonly stored: Kept };

export interface Judgement {
  readonly right: number;
  readonly problems: readonly Problem[];
}

const FAR_DAYS = 10;

export function judge(expected: readonly Expected[], stored: readonly Kept[]): Judgement {
  const open = new Set(expected);
  const free = new Map<number, Set<Kept>>();
  for (const one of stored) free.set(one.cents, (free.get(one.cents) ?? new Set()).add(one));
  const pairs: { readonly one: Expected; readonly row: Kept; readonly isRight: boolean }[] = [];
  for (const [pass, distance] of PASSES.entries())
    for (const { one, row } of closest(open, free, distance)) {
      if (!open.has(one) || free.get(row.cents)?.delete(row) !== true) continue;
      open.delete(one);
      pairs.push({ one, row, isRight: pass < 2 });
    }
  return {
    right: pairs.filter(({ one, isRight }) => isRight && one.isRequired).length,
    problems: [
      ...[...open].filter(({ isRequired }) => isRequired).map((one): Problem => ({ kind: 'lost', expected: one })),
      ...[...free.values()].flatMap((rows) => [...rows]).map((row): Problem => ({ kind: 'doubled', stored: row })),
      ...pairs.flatMap(({ one, row, isRight }): Problem[] =>
        isRight ? [] : [{ kind: 'distorted', expected: one, stored: row }],
      ),
    ],
  };
}

/** Returns how far a row is from a movement; `null`: they do not belong together. */
type Distance = (one: Expected, row: Kept) => number | null;

const PASSES: readonly Distance[] = [
  ({ accepted: [last] }, { day, cents, name, memo }) =>
    last?.day === day && last.cents === cents && last.name === name && last.memo === memo ? 0 : null,
  ({ accepted }, row) => {
    const says = <Key extends keyof Kept>(key: Key) => accepted.some((one) => one[key] === row[key]);
    return says('cents') && says('day') && says('name') && says('memo') ? 0 : null;
  },
  ({ accepted }, row) => (accepted.some(({ cents, day }) => cents === row.cents && day === row.day) ? 0 : null),
  ({ accepted, versions }, row) => {
    if (!accepted.some(({ cents }) => cents === row.cents)) return null;
    return apart(versions, row, ({ name }) => name === row.name) ?? another(apart(versions, row, () => true));
  },
  ({ versions }, row) =>
    apart(
      versions.filter(({ cents }) => cents === row.cents),
      row,
      () => true,
    ),
];

function apart(versions: readonly Kept[], { day }: Kept, fits: (one: Kept) => boolean): number | null {
  const days = versions.filter(fits).map((one) => Math.abs(one.day - day));
  const least = Math.min(...days);
  return least <= FAR_DAYS ? least : null;
}

function another(days: number | null): number | null {
  return days === null ? null : days + FAR_DAYS;
}

/** Returns all pairs that belong together, the closest first. */
function closest(
  open: ReadonlySet<Expected>,
  free: ReadonlyMap<number, ReadonlySet<Kept>>,
  distance: Distance,
): { readonly one: Expected; readonly row: Kept }[] {
  const pairs: { readonly one: Expected; readonly row: Kept; readonly days: number }[] = [];
  for (const one of open)
    for (const cents of new Set(one.versions.map((version) => version.cents)))
      for (const row of free.get(cents) ?? []) {
        const days = distance(one, row);
        if (days !== null) pairs.push({ one, row, days });
      }
  return pairs.toSorted((a, b) => a.days - b.days);
}

export function asKept({ day, cents, name, memo }: Listed): Kept {
  return { day, cents, name, memo };
}
