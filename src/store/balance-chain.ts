/**
 * The chain of ledger balances as arithmetic. Each balance less the transactions that it contains gives the opening balance of
 * the account; while nothing is missing and nothing is stored twice, all balances of a chain give the same one. A balance has
 * several possible openings, since its own day and late postings may count on either side of it; one choice for each is made
 * along the whole chain. Pure.
 */

import type { Decimal } from '../model/decimal.js';
import { absolute, add, compare, isZero, subtract, ZERO } from '../model/money.js';

/** The openings that one balance allows, each in one spelling; `true` for those of the usual order of events. */
export type Openings = ReadonlyMap<Decimal, boolean>;

interface Choice {
  readonly opening: Decimal;
  readonly steps: number;
  /** Number of unusual openings at which the chain begins anew. */
  readonly unusual: number;
  /** Sum of the sizes of all steps. */
  readonly size: Decimal;
  readonly before: Choice | null;
}

/** Openings from which a step is looked for, and to which. */
const MOST_STEPS = 24;

/**
 * Chooses an opening for each balance, so that it changes as rarely as possible, and then by as little as possible.
 * @returns the change of the opening at each balance, zero at the first: what the bank's balance has grown by more than the
 * stored transactions.
 */
export function fewestSteps(chain: readonly Openings[]): readonly Decimal[] {
  let choices: readonly Choice[] = [];
  for (const [index, openings] of chain.entries())
    choices = index === 0 ? firstChoices(openings) : nextChoices(openings, choices);
  const steps: Decimal[] = [];
  for (let one = choices.toSorted(byCost)[0] ?? null; one !== null; one = one.before)
    steps.push(one.before === null ? ZERO : subtract(one.opening, one.before.opening));
  return steps.toReversed();
}

function firstChoices(openings: Openings): readonly Choice[] {
  return [...openings].map(([opening, usual]) => ({
    opening,
    steps: 0,
    unusual: usual ? 0 : 1,
    size: ZERO,
    before: null,
  }));
}

function nextChoices(openings: Openings, former: readonly Choice[]): readonly Choice[] {
  const continued = former.flatMap((before) => (openings.has(before.opening) ? [{ ...before, before }] : []));
  const least = Math.min(...former.map(({ steps }) => steps));
  // What goes on without a step is cheaper than anything that begins anew, but for chains that have one step more already.
  if (continued.length === former.length) return continued;
  const sources = former
    .filter(({ steps }) => steps === least)
    .toSorted(byCost)
    .slice(0, MOST_STEPS);
  const known = new Set(continued.map(({ opening }) => opening));
  const usualFirst = [...openings].toSorted(([, a], [, b]) => Number(b) - Number(a));
  const begun = usualFirst.slice(0, known.size > 0 ? MOST_STEPS : undefined).flatMap(([opening, usual]) => {
    if (known.has(opening)) return [];
    return sources
      .map((before) => stepTo(opening, usual, before))
      .toSorted(byCost)
      .slice(0, 1);
  });
  return [...continued, ...begun];
}

function stepTo(opening: Decimal, usual: boolean, before: Choice): Choice {
  return {
    opening,
    steps: before.steps + 1,
    unusual: before.unusual + (usual ? 0 : 1),
    size: add(before.size, absolute(subtract(opening, before.opening))),
    before,
  };
}

function byCost(a: Choice, b: Choice): number {
  return a.steps - b.steps || a.unusual - b.unusual || compare(a.size, b.size);
}

/**
 * Returns the sums that the listed amounts of a balance's own day may add to it: of the first 0, 1, 2 … amounts, or of the
 * last ones, since institutions list a day in either order.
 */
export function splitSums(amounts: readonly Decimal[]): ReadonlySet<Decimal> {
  let total = ZERO;
  const upTo = amounts.map((amount) => {
    total = add(total, amount);
    return total;
  });
  return new Set([ZERO, ...upTo, ...upTo.map((one) => subtract(total, one))]);
}

/** Late postings that are looked at one by one. */
const MOST_LATE = 40;

/** Returns the sums of late postings that a balance may lack: of the first 0, 1, 2 … ones, of the last ones, or of a single one. */
export function lateSums(shifts: readonly Decimal[]): ReadonlySet<Decimal> {
  const real = shifts.filter((one) => !isZero(one));
  if (real.length > MOST_LATE) return new Set([ZERO, real.reduce(add, ZERO)]);
  return new Set([...splitSums(real), ...real.map((one) => add(one, ZERO))]);
}
