/**
 * Reconciliation: the bank's balances are the arbiter. What is stored must agree with all of them along the chain; where it does
 * not, money is missing from the store, or something is stored twice, and the amount and the days are reported. A later
 * statement that explains the difference clears it.
 */

import { type Decimal, isDecimal } from '../../model/decimal.js';
import type { Institution } from '../../model/institution.js';
import { fromUnits, isZero, negate, placesOf, toUnits, ZERO } from '../../model/money.js';
import type { Notice } from '../../model/notice.js';
import type { Statement } from '../../model/statement.js';
import type { Excess } from '../../model/stored.js';
import { damage } from '../damage.js';
import { type Database, listQuery, type Row, stringOf, type Value } from '../database.js';
import { examples, transactionText } from '../identity/notices.js';
import { fewestSteps, lateSums, type Openings, splitSums, sumOf } from './chain.js';
import { excessBetween } from './excess.js';
import { type BalanceDate, latePostingsOf } from './late-postings.js';

interface DatedAmount {
  readonly date: string;
  readonly amount: Decimal;
  readonly currency: string;
}

type StatedBalance = DatedAmount & BalanceDate;

type Movement = DatedAmount & { readonly arrived: string };

/** Balances before the first one that may have changed: they settle what that one contains. */
const EARLIER_BALANCES = 4;

/** Checks the balances that a statement may affect, and returns the differences that remain unexplained. */
export function reconcile(
  db: Database,
  account: number,
  input: { institution: Institution; kind: Statement['kind']; touched: string | null; at: Date },
): Notice[] {
  const { institution, kind, touched, at } = input;
  if (!balancesFollow(kind, institution)) {
    db.run('DELETE FROM gaps WHERE account = ?', account);
    return [];
  }
  return touched === null ? [] : reconcileFrom(db, account, { from: touched, at });
}

/** Returns `true` where balances can be compared with transactions. That of a loan changes by the principal of a payment only. */
export function balancesFollow(kind: Statement['kind'], { quirks }: Institution): boolean {
  return quirks.ledgerBalance !== 'unreliable' && kind !== 'investment' && kind !== 'loan';
}

/** Returns `true` when the balance of a day and the ones before and after it agree with the transactions between them. */
export function agreesWithNeighbours(db: Database, account: number, day: string): boolean {
  const all = balancesAround(db, account, day);
  const at = all.findIndex(({ date }) => date === day);
  const balances = all.slice(Math.max(at - 1, 0), at + 2);
  const [first, last] = [balances[0], balances.at(-1)];
  if (at === -1 || first === undefined || last === undefined || first === last) return false;
  const rows = movements(db, account, { from: first.date, to: last.date });
  return comparable(balances, rows).length === 1 && stepsBetween(db, account, balances).every(isZero);
}

/** Checks the chain of balances from a day on. */
export function reconcileFrom(db: Database, account: number, { from, at }: { from: string; at: Date }): Notice[] {
  const balances = balancesAround(db, account, from);
  const steps = stepsBetween(db, account, balances);
  const gaps = knownGaps(db, account);
  return balances.slice(1).flatMap((to, index) => {
    const before = balances[index];
    const missing = steps[index + 1] ?? ZERO;
    if (before === undefined) return [];
    const known = gaps.get(to.date) ?? null;
    return recordStep(db, account, { before, to, missing, at, known, isAffected: to.date >= from });
  });
}

/** Balances by which the sign is judged, the latest ones: a coincidence is among others, and a bank may change its ways. */
const JUDGED_PAIRS = 12;

/**
 * Returns `true` when successive balances differ by minus the transactions between them, more often than by plus.
 * @param from first day that the statement contains or has changed.
 */
export function contradictsItsSign(db: Database, account: number, from: string | null): boolean {
  if (from === null || !pairsFrom(db, account, from).some((pair) => signOf(db, account, pair) === 'other'))
    return false;
  const signs = pairsFrom(db, account, '')
    .slice(-JUDGED_PAIRS)
    .map((pair) => signOf(db, account, pair));
  const count = (sign: 'same' | 'other') => signs.filter((one) => one === sign).length;
  return count('other') > count('same');
}

interface Pair {
  readonly before: StatedBalance;
  readonly to: StatedBalance;
}

/** Pairs each balance with the one before it. */
function pairsFrom(db: Database, account: number, from: string): Pair[] {
  const balances = balancesAround(db, account, from);
  return balances.slice(1).flatMap((to, index) => {
    const before = balances[index];
    return before === undefined || to.date < from ? [] : [{ before, to }];
  });
}

/** Returns the sign that explains the difference; `null` when both do, as without a movement, or neither. */
function signOf(db: Database, account: number, { before, to }: Pair): 'same' | 'other' | null {
  const turned = ({ amount, ...rest }: StatedBalance) => ({ ...rest, amount: negate(amount) });
  const agrees = (pair: readonly StatedBalance[]) => stepsBetween(db, account, pair).every(isZero);
  const same = agrees([before, to]);
  const other = agrees([turned(before), turned(to)]);
  return same === other ? null : same ? 'same' : 'other';
}

/**
 * Returns for each balance what it has grown by, since the one before it, more than the transactions. Late postings are looked
 * at only when the chain does not hold without them.
 */
function stepsBetween(db: Database, account: number, balances: readonly StatedBalance[]): readonly Decimal[] {
  const [first, last] = [balances[0], balances.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const rows = movements(db, account, { from: first.date, to: last.date });
  const chains = comparable(balances, rows);
  const plain = scaleOf([...balances, ...rows]);
  const steps = chains.map((chain) => stepsIn(chain, rows, plain, null));
  if (steps.flat().every(isZero)) return steps.flat();
  const late = latePostingsOf(db, account, balances);
  const shifts = new Map(balances.map((balance) => [balance, late(balance)]));
  const scale = Math.max(plain, scaleOf([...shifts.values()].flat().map((amount) => ({ amount }))));
  return chains.flatMap((chain, index) =>
    steps[index]?.every(isZero) ? steps[index] : stepsIn(chain, rows, scale, shifts),
  );
}

function scaleOf(amounts: readonly { readonly amount: Decimal }[]): number {
  return amounts.reduce((most, { amount }) => Math.max(most, placesOf(amount)), 0);
}

function stepsIn(
  chain: readonly StatedBalance[],
  rows: readonly Movement[],
  scale: number,
  shifts: ReadonlyMap<StatedBalance, readonly Decimal[]> | null,
): readonly Decimal[] {
  const late = (balance: StatedBalance) => (shifts?.get(balance) ?? []).map((amount) => toUnits(amount, scale));
  return fewestSteps(openingsOf(chain, rows, { scale, late })).map((step) => fromUnits(step, scale));
}

/** Cuts the chain where two balances cannot be compared: their currencies differ, or a transaction between is in another one. */
function comparable(balances: readonly StatedBalance[], rows: readonly Movement[]): readonly StatedBalance[][] {
  const chains: StatedBalance[][] = [];
  let at = 0;
  for (const balance of balances) {
    const before = chains.at(-1)?.at(-1);
    while (before !== undefined && (rows[at]?.date ?? '9999') < before.date) at += 1;
    const isAlien = ({ currency, amount }: DatedAmount) => currency !== balance.currency && !isZero(amount);
    let isCut = before === undefined || before.currency !== balance.currency;
    for (let next = at; !isCut; next += 1) {
      const row = rows[next];
      if (row === undefined || row.date > balance.date) break;
      isCut = isAlien(row);
    }
    if (isCut) chains.push([balance]);
    else chains.at(-1)?.push(balance);
  }
  return chains;
}

/** Possible openings of one balance that are tried with each split of its day. */
const MOST_OPENINGS = 2000;

interface Units {
  /** All amounts are in units of 10^-scale. */
  readonly scale: number;
  /** Returns what came late for a balance. */
  readonly late: (balance: StatedBalance) => readonly bigint[];
}

function openingsOf(chain: readonly StatedBalance[], rows: readonly Movement[], { scale, late }: Units): Openings[] {
  let before = 0n;
  let at = 0;
  return chain.map((balance) => {
    for (let row = rows[at]; row !== undefined && row.date < balance.date; row = rows[at]) {
      before += toUnits(row.amount, scale);
      at += 1;
    }
    let end = at;
    while (rows[end]?.date === balance.date) end += 1;
    const ofDay = rows.slice(at, end);
    const arrived = ofDay.filter((row) => row.arrived <= balance.position);
    return openings(toUnits(balance.amount, scale) - before, {
      ofDay: ofDay.map(({ amount }) => toUnits(amount, scale)),
      arrived: sumOf(arrived.map(({ amount }) => toUnits(amount, scale))),
      shifts: late(balance),
    });
  });
}

/** Returns what may have been there before: the balance less what may count of its own day, and more what came later. */
function openings(
  rest: bigint,
  parts: { readonly ofDay: readonly bigint[]; readonly arrived: bigint; readonly shifts: readonly bigint[] },
): Openings {
  const [splits, lacking] = [splitSums(parts.ofDay), lateSums(parts.shifts)];
  const [day, late] = [new Set([parts.arrived, sumOf(parts.ofDay)]), new Set([0n, sumOf(parts.shifts)])];
  const found = new Map<bigint, boolean>();
  const note = (days: Iterable<bigint>, lates: ReadonlySet<bigint>, usual: boolean) => {
    for (const one of days)
      for (const other of lates) {
        const opening = rest - one + other;
        if (!found.has(opening)) found.set(opening, usual);
      }
  };
  note(day, late, true);
  const isMany = splits.size * lacking.size > MOST_OPENINGS;
  note(splits, isMany ? late : lacking, false);
  if (isMany) note(day, lacking, false);
  return found;
}

interface Step extends Pair {
  readonly missing: Decimal;
  readonly at: Date;
  /** The gap that was found here before. */
  readonly known: Row | null;
  /** The balance may have changed its meaning; an earlier one is there for comparison, and only more is said of it. */
  readonly isAffected: boolean;
}

/** Reads the gaps of an account by their last days. */
function knownGaps(db: Database, account: number): ReadonlyMap<string, Row> {
  const gaps = db.all('SELECT to_date, from_date, missing, excess, found_at FROM gaps WHERE account = ?', account);
  return new Map(gaps.map((row) => [stringOf(row['to_date']), row]));
}

function recordStep(db: Database, account: number, step: Step): Notice[] {
  const { before, to, missing, at, known, isAffected } = step;
  if (isZero(missing)) {
    if (known !== null && isAffected) db.run('DELETE FROM gaps WHERE account = ? AND to_date = ?', account, to.date);
    return [];
  }
  if (!isAffected && known !== null) return [];
  const excess = excessBetween(db, account, { from: before.date, to: to.date, currency: to.currency, missing });
  const ids = excess.length === 0 ? null : JSON.stringify(excess.map(({ id }) => id));
  // A clock that was ahead when the gap was found would make it recent for as long.
  const isKnown = known?.['missing'] === missing && known['from_date'] === before.date && known['excess'] === ids;
  if (!isKnown || String(known['found_at']) > at.toISOString())
    db.insert(
      'gaps',
      {
        account,
        from_date: before.date,
        to_date: to.date,
        missing,
        currency: to.currency,
        excess: ids,
        found_at: at.toISOString(),
      },
      'replace',
    );
  return [{ code: 'balance-gap', message: gapMessage({ before, to }, missing, excess) }];
}

function gapMessage({ before, to }: Pair, missing: Decimal, excess: readonly Excess[]): string {
  const difference = `the balances of ${before.date} and ${to.date} differ by ${missing} ${to.currency} more than the transactions between them`;
  if (excess.length === 0) return `${difference}: one may be missing`;
  return `${difference}: ${examples(excess.map(transactionText))} may be one too many`;
}

export const BALANCES_AROUND = listQuery(
  { texts: ['as_of', 'amount', 'currency', 'position'] },
  `FROM balances WHERE account = ?1 AND kind = 'ledger' AND as_of >= IFNULL((SELECT MIN(as_of) FROM (
     SELECT as_of FROM balances WHERE account = ?1 AND kind = 'ledger' AND as_of < ?2 ORDER BY as_of DESC LIMIT ${EARLIER_BALANCES})), ?2)
   ORDER BY as_of`,
);

/** Reads some balances before the day, and all from the day on. */
function balancesAround(db: Database, account: number, from: string): StatedBalance[] {
  return db
    .list(BALANCES_AROUND, account, from)
    .map((row) => ({ ...dated(row, row['as_of']), position: String(row['position']) }));
}

const MOVEMENTS = listQuery(
  { texts: ['posted_on', 'amount', 'currency', 'first_position'] },
  'FROM transactions WHERE account = ? AND posted_on BETWEEN ? AND ? AND pending = 0 AND removed = 0 ORDER BY posted_on, id',
);

/** Reads the movements of some days, in the order of these. */
function movements(db: Database, account: number, span: { from: string; to: string }): Movement[] {
  return db
    .list(MOVEMENTS, account, span.from, span.to)
    .map((row) => ({ ...dated(row, row['posted_on']), arrived: String(row['first_position']) }));
}

function dated(row: Row, day: Value | undefined): DatedAmount {
  const [date, amount] = [String(day), String(row['amount'])];
  if (!isDecimal(amount)) throw damage(`an amount of ${date}`);
  return { date, amount, currency: String(row['currency']) };
}
