/**
 * The chain of ledger balances as arithmetic. Each balance less the transactions that it contains gives the opening balance of
 * the account; while nothing is missing and nothing is stored twice, all balances of a chain give the same one. A balance has
 * several possible openings, since its own day and late postings may count on either side of it; one choice for each is made
 * along the whole chain. Pure.
 */

/** The openings that one balance allows, in units of one size; `true` for those of the usual order of events. */
export type Openings = ReadonlyMap<bigint, boolean>;

interface Choice {
  readonly opening: bigint;
  readonly steps: number;
  /** Number of unusual openings at which the chain begins anew. */
  readonly unusual: number;
  /** Sum of the sizes of all steps. */
  readonly size: bigint;
  readonly before: Choice | null;
}

/** Openings from which a step is looked for, and to which. */
const MOST_STEPS = 24;

/**
 * Chooses an opening for each balance, so that it changes as rarely as possible, and then by as little as possible.
 * @returns the change of the opening at each balance, zero at the first: what the bank's balance has grown by more than the
 * stored transactions.
 */
export function fewestSteps(chain: readonly Openings[]): readonly bigint[] {
  let choices: readonly Choice[] = [];
  for (const [index, openings] of chain.entries())
    choices = index === 0 ? firstChoices(openings) : nextChoices(openings, choices);
  const steps: bigint[] = [];
  for (let one = choices.toSorted(byCost)[0] ?? null; one !== null; one = one.before)
    steps.push(one.before === null ? 0n : one.opening - one.before.opening);
  return steps.toReversed();
}

function firstChoices(openings: Openings): readonly Choice[] {
  return [...openings].map(([opening, usual]) => ({
    opening,
    steps: 0,
    unusual: usual ? 0 : 1,
    size: 0n,
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

function stepTo(opening: bigint, usual: boolean, before: Choice): Choice {
  return {
    opening,
    steps: before.steps + 1,
    unusual: before.unusual + (usual ? 0 : 1),
    size: before.size + (opening < before.opening ? before.opening - opening : opening - before.opening),
    before,
  };
}

function byCost(a: Choice, b: Choice): number {
  return a.steps - b.steps || a.unusual - b.unusual || Number(a.size > b.size) - Number(a.size < b.size);
}

/**
 * Returns the sums that the listed amounts of a balance's own day may add to it: of the first 0, 1, 2 … amounts, or of the
 * last ones, since institutions list a day in either order.
 */
export function splitSums(amounts: readonly bigint[]): ReadonlySet<bigint> {
  let total = 0n;
  const upTo = amounts.map((amount) => {
    total += amount;
    return total;
  });
  return new Set([0n, ...upTo, ...upTo.map((one) => total - one)]);
}

/** Late postings that are looked at one by one. */
const MOST_LATE = 40;

/** Returns the sums of late postings that a balance may lack: of the first 0, 1, 2 … ones, of the last ones, or of a single one. */
export function lateSums(shifts: readonly bigint[]): ReadonlySet<bigint> {
  if (shifts.length > MOST_LATE) return new Set([0n, sumOf(shifts)]);
  return new Set([...splitSums(shifts), ...shifts]);
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
