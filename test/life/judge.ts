/**
 * Compares what is stored with the truth that was delivered. The comparison knows nothing of FITIDs and stored ids: it
 * assigns stored rows to true movements by amount, day and text, each to one at most, as many as possible in each step:
 *
 *   1. amount, day, name and memo as the bank last said                           right
 *   2. each of them as the bank last said, or as its files spell it               right
 *   3. amount and day, with another text                                          distorted
 *   4. an amount and a day that the bank has ever stated of it                    distorted
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
  /** Set where several sources took the place of each other: what each said last is as right as what another did. */
  readonly isOfSeveral?: boolean;
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

export function judge(expected: readonly Expected[], stored: readonly Kept[]): Judgement {
  // A movement that may be absent takes no row from one that must be there.
  let open: readonly Expected[] = expected.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
  let free = stored;
  const pairs: { readonly one: Expected; readonly row: Kept; readonly isRight: boolean }[] = [];
  for (const [pass, fits] of PASSES.entries()) {
    const assigned = assign(open, free, fits);
    for (const [row, one] of assigned) pairs.push({ one, row, isRight: pass < 2 });
    const done = new Set(assigned.values());
    open = open.filter((one) => !done.has(one));
    free = free.filter((row) => !assigned.has(row));
  }
  return {
    right: pairs.filter(({ one, isRight }) => isRight && one.isRequired).length,
    problems: [
      ...open.filter(({ isRequired }) => isRequired).map((one): Problem => ({ kind: 'lost', expected: one })),
      ...free.map((row): Problem => ({ kind: 'doubled', stored: row })),
      ...pairs.flatMap(({ one, row, isRight }): Problem[] =>
        isRight ? [] : [{ kind: 'distorted', expected: one, stored: row }],
      ),
    ],
  };
}

type Fits = (one: Expected, row: Kept) => boolean;

const PASSES: readonly Fits[] = [
  ({ accepted: [last], isOfSeveral = false }, { day, cents, name, memo }) =>
    !isOfSeveral && last?.day === day && last.cents === cents && last.name === name && last.memo === memo,
  ({ accepted }, row) => {
    const says = <Key extends keyof Kept>(key: Key) => accepted.some((one) => one[key] === row[key]);
    return says('cents') && says('day') && says('name') && says('memo');
  },
  ({ accepted }, row) => accepted.some(({ cents, day }) => cents === row.cents && day === row.day),
  ({ versions }, row) =>
    versions.some(({ cents }) => cents === row.cents) && versions.some(({ day }) => day === row.day),
];

/** Assigns rows to as many movements as possible, by augmenting paths. */
function assign(open: readonly Expected[], free: readonly Kept[], fits: Fits): Map<Kept, Expected> {
  const byAmount = new Map<number, Kept[]>();
  for (const row of free) {
    const others = byAmount.get(row.cents);
    if (others === undefined) byAmount.set(row.cents, [row]);
    else others.push(row);
  }
  const owners = new Map<Kept, Expected>();
  const place = (one: Expected, tried: Set<Kept>): boolean => {
    for (const cents of new Set(one.versions.map((version) => version.cents)))
      for (const row of byAmount.get(cents) ?? []) {
        if (tried.has(row) || !fits(one, row)) continue;
        tried.add(row);
        const owner = owners.get(row);
        if (owner !== undefined && !place(owner, tried)) continue;
        owners.set(row, one);
        return true;
      }
    return false;
  };
  for (const one of open) place(one, new Set());
  return owners;
}

export function asKept({ day, cents, name, memo }: Listed): Kept {
  return { day, cents, name, memo };
}
