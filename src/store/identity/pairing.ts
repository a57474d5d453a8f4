/**
 * Pairing: known transactions that came with another FITID, day, name or amount. Pairs are proposed by how alike both sides
 * are; the caller decides what proves them. Pure.
 */

import { addDays, type IsoDate } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import { alike } from './alike.js';
import { addTo, type Candidate, type Content, plainAmount } from './content-index.js';

/** A booking moves by at most this many days while it settles. */
export const NEAR_DAYS = 3;

/** In an overlap that is proven, a booking may have moved further. */
const FAR_DAYS = 7;

export type Pairs = ReadonlyMap<Transaction, Candidate>;

type Fits = (row: Candidate, transaction: Transaction) => boolean;

/** Pairs transactions with rows that a complete statement should have had: same amount within some days, and a like text. */
export function settledPairs(open: readonly Transaction[], rows: readonly Candidate[]): Pairs {
  const pairs = new Map<Transaction, Candidate>();
  pairNearest({ open, free: new Set(rows), pairs }, byAmount, (row, one) => alike(row.content(), one));
  return pairs;
}

/** Pairs the rest of them: same amount within some days, then same name within some days and another amount of the same sign. */
export function otherPairs(open: readonly Transaction[], rows: readonly Candidate[]): Pairs {
  const pairs = new Map<Transaction, Candidate>();
  const free = new Set(rows);
  pairNearest({ open, free, pairs }, byAmount, () => true);
  pairNearest({ open, free, pairs }, byName, (row, one) => row.amount.startsWith('-') === one.amount.startsWith('-'));
  return pairs;
}

/**
 * Pairs transactions with rows of the same amount and a like text, all of them at one distance in days: such that most pair, and
 * more than on the same day. Returns none when there is no such distance.
 * @param least number of pairs that proves it.
 */
export function shiftedPairs(open: readonly Transaction[], rows: readonly Candidate[], least: number): Pairs {
  const pairsAt = (days: number) => {
    const pairs = new Map<Transaction, Candidate>();
    const fits: Fits = (row, one) => alike(row.content(), one);
    pairAtDistance({ open, free: new Set(rows), pairs }, { of: byAmount, days, fits });
    return pairs;
  };
  const days = daysOf(rows);
  if (days === null || open.length < least) return new Map();
  const common = open.filter(({ postedOn }) => postedOn >= days.from && postedOn <= days.to).length;
  let best = pairsAt(0);
  let shift = 0;
  for (const other of SHIFTS.slice(1)) {
    const pairs = pairsAt(other);
    if (pairs.size > best.size) [best, shift] = [pairs, other];
  }
  return shift !== 0 && best.size >= least && best.size * 2 > common ? best : new Map();
}

/** Pairs transactions with rows of the same amount within some days, where the day or the text agrees. */
export function likelyPairs(open: readonly Transaction[], rows: readonly Candidate[], most = NEAR_DAYS): Pairs {
  const pairs = new Map<Transaction, Candidate>();
  const fits: Fits = (row, one) => row.postedOn === one.postedOn || alike(row.content(), one);
  pairNearest({ open, free: new Set(rows), pairs }, byAmount, fits, most);
  return pairs;
}

/**
 * Pairs what another source says of days that are covered. Where equal movements follow each other, sources that date by
 * different events leave some that are further apart.
 */
export function repeatedPairs(
  open: readonly Transaction[],
  rows: readonly Candidate[],
  isCovered: (day: IsoDate) => boolean,
): Pairs {
  const near = likelyPairs(open, rows);
  const taken = new Set(near.values());
  const rest = open.filter((one) => !near.has(one) && isCovered(one.postedOn));
  const far = likelyPairs(
    rest,
    rows.filter((row) => !taken.has(row)),
    FAR_DAYS,
  );
  return new Map([...near, ...far]);
}

/**
 * Pairs the transactions of a statement that spells names or days otherwise than what is stored, when most of those on both
 * sides pair. Days may all be moved alike.
 * @param least number of pairs that proves it.
 */
export function bulkPairs(open: readonly Transaction[], rows: readonly Candidate[], least: number): Pairs {
  let best: Pairs = new Map();
  for (const shift of SHIFTS) {
    const pairs = new Map<Transaction, Candidate>();
    const free = new Set(rows);
    pairAtDistance({ open, free, pairs }, { of: byAmount, days: shift, fits: (row, one) => alike(row.content(), one) });
    pairAtDistance({ open, free, pairs }, { of: byAmount, days: shift, fits: () => true });
    if (pairs.size > best.size) best = pairs;
  }
  if (best.size < least) return new Map();
  const rest = new Map(best);
  const taken = new Set(best.values());
  const others = { open, free: new Set(rows.filter((row) => !taken.has(row))), pairs: rest };
  pairNearest(others, byAmount, (row, one) => alike(row.content(), one), FAR_DAYS);
  return rest;
}

const SHIFTS = [0, 1, -1, 2, -2, 3, -3];

interface Pairing {
  readonly open: readonly Transaction[];
  readonly free: Set<Candidate>;
  readonly pairs: Map<Transaction, Candidate>;
}

type Sort = (one: { readonly amount: string; readonly content: () => Pick<Content, 'name'> }) => string | null;

const byAmount: Sort = ({ amount }) => (/[1-9]/.test(amount) ? plainAmount(amount) : null);
const byName: Sort = ({ content }) => content().name;

/** Pairs the nearest days first; of one distance in the order of the statement. */
function pairNearest(pairing: Pairing, of: Sort, fits: Fits, most = NEAR_DAYS): void {
  for (let days = 0; days <= most; days += 1) {
    pairAtDistance(pairing, { of, days, fits });
    if (days > 0) pairAtDistance(pairing, { of, days: -days, fits });
  }
}

function pairAtDistance(
  { open, free, pairs }: Pairing,
  { of, days, fits }: { readonly of: Sort; readonly days: number; readonly fits: Fits },
): void {
  if (free.size === 0 || open.length === 0) return;
  const slots = new Map<string, Candidate[]>();
  for (const row of free) {
    const sort = of(row);
    if (sort === null) continue;
    addTo(slots, `${row.postedOn} ${sort}`, row);
  }
  const moved = new Map<IsoDate, IsoDate>();
  for (const transaction of open) {
    const sort = pairs.has(transaction) ? null : of({ amount: transaction.amount, content: () => transaction });
    if (sort === null) continue;
    const day = moved.get(transaction.postedOn) ?? addDays(transaction.postedOn, days);
    moved.set(transaction.postedOn, day);
    const rows = slots.get(`${day} ${sort}`);
    const row = rows?.find(
      (one) => free.has(one) && isComparable(one.content(), transaction) && fits(one, transaction),
    );
    if (row === undefined) continue;
    free.delete(row);
    pairs.set(transaction, row);
  }
}

function isComparable(row: Content, transaction: Transaction): boolean {
  return (
    row.currency === transaction.currency &&
    row.investment?.security?.uniqueId === transaction.investment?.security?.uniqueId
  );
}

/** Returns the first and the last day of some rows or transactions; `null` for none. */
export function daysOf(
  all: readonly { readonly postedOn: IsoDate }[],
): { readonly from: IsoDate; readonly to: IsoDate } | null {
  const first = all[0];
  if (first === undefined) return null;
  let [from, to] = [first.postedOn, first.postedOn];
  for (const { postedOn } of all) {
    if (postedOn < from) from = postedOn;
    if (postedOn > to) to = postedOn;
  }
  return { from, to };
}
