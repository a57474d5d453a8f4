/** The transactions of a statement by FITID, and the stored rows that have the same FITID. Pure. */

import { daysBetween, type Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import { addTo, type Candidate, type Content, slotOf } from './content-index.js';

/** Stored rows of one FITID. */
export interface Namesakes {
  /** Those whose latest FITID it is. */
  readonly rows: readonly Candidate[];
  /** Those that have another FITID by now, or came with this one from elsewhere. */
  readonly others: readonly Candidate[];
}

export const NOBODY: Namesakes = { rows: [], others: [] };

export interface FitidGroups {
  /** Transactions whose FITID, day and amount are stored. */
  readonly same: ReadonlyMap<Transaction, Candidate>;
  readonly namesakes: ReadonlyMap<Transaction, Namesakes>;
  readonly fitids: ReadonlySet<string>;
  /** All but the first of equal transactions with one FITID. */
  readonly repeated: ReadonlySet<Transaction>;
}

/** Beyond this many days, one FITID is not one transaction. */
const FAR_DAYS = 10;

export function groupsByFitid(
  transactions: readonly Transaction[],
  { unstable, byFitid }: { readonly unstable: boolean; readonly byFitid: (fitid: string) => Namesakes },
): FitidGroups {
  const groups = new Map<string, Transaction[]>();
  for (const transaction of transactions) if (transaction.fitid !== null) addTo(groups, transaction.fitid, transaction);
  const same = new Map<Transaction, Candidate>();
  const namesakes = new Map<Transaction, Namesakes>();
  const repeated = new Set<Transaction>();
  for (const [fitid, group] of groups) {
    for (const one of group.length > 1 ? repeatedIn(group) : []) repeated.add(one);
    if (unstable) continue;
    const known = byFitid(fitid);
    for (const one of group) namesakes.set(one, known);
    for (const [one, row] of sameRows(group, known)) same.set(one, row);
  }
  return { same, namesakes, fitids: new Set(groups.keys()), repeated };
}

function repeatedIn(group: readonly Transaction[]): Transaction[] {
  const texts = new Set<string>();
  return group.filter((transaction) => {
    const text = JSON.stringify(transaction);
    const isKnown = texts.has(text);
    texts.add(text);
    return isKnown;
  });
}

/** Matches transactions of one FITID with stored rows, the closest first. */
function sameRows(group: readonly Transaction[], { rows, others }: Namesakes): ReadonlyMap<Transaction, Candidate> {
  const [only, another] = group;
  const [row, next] = rows;
  // By far the most frequent case: nothing has to be parsed.
  if (only !== undefined && another === undefined && row !== undefined && next === undefined && isSame(row, only))
    return new Map([[only, row]]);
  const found = new Map<Transaction, Candidate>();
  const free = new Set([...rows, ...others]);
  const claim = (transaction: Transaction, among: readonly Candidate[] | undefined, isAlike: Alike) => {
    const same = found.has(transaction) ? undefined : among?.find((one) => free.has(one) && isAlike(one, transaction));
    if (same === undefined) return;
    free.delete(same);
    found.set(transaction, same);
  };
  // A bank may give all of its transactions one FITID.
  const slots = new Map<string, Candidate[]>();
  for (const one of free) addTo(slots, slotOf(one), one);
  for (const isAlike of free.size === 0 ? [] : MATCHES)
    for (const transaction of group) claim(transaction, slots.get(slotOf(transaction)), isAlike);
  const former = [...free].filter((one) => one.former().length > 0);
  for (const transaction of former.length === 0 ? [] : group) claim(transaction, former, hadBefore);
  return found;
}

type Alike = (row: Candidate, transaction: Transaction) => boolean;

/** Ways in which a row and a transaction of one FITID, day and amount are the same, the closest first. */
const MATCHES: readonly Alike[] = [
  (row, transaction) => isSame(row, transaction) && JSON.stringify(row.content()) === JSON.stringify(transaction),
  (row, transaction) => isSame(row, transaction) && row.content().name === transaction.name,
  isSame,
];

function hadBefore(row: Candidate, transaction: Transaction): boolean {
  return row.former().some((former) => isSame(former, transaction));
}

export function isSame(
  row: Pick<Content, 'postedOn'> & { readonly amount: string },
  transaction: Transaction,
): boolean {
  return row.postedOn === transaction.postedOn && row.amount === transaction.amount;
}

/**
 * Returns `true` when the FITID was used again for another transaction. Institutions correct the day, amount and name of a
 * transaction; but it is another one when the statement does not include the stored day, and that is far away or nothing else
 * agrees.
 */
export function isOther(row: Candidate, { postedOn, amount, name }: Transaction, window: Period): boolean {
  if (row.postedOn === postedOn) return false;
  if (row.postedOn >= window.from && row.postedOn <= window.to) return false;
  if (Math.abs(daysBetween(row.postedOn, postedOn)) > FAR_DAYS) return true;
  return row.amount !== amount && row.content().name !== name;
}
