/**
 * Identity of transactions: finds the stored transaction that a received one is. The rule is (account, FITID). Where the
 * FITID is missing, unstable or shared by different transactions, the key is made of the content, so that a statement
 * gives the same keys whenever it arrives and in whatever pieces. Pure: the caller passes the stored rows.
 */

import { daysBetween, type Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import { type Candidate, type Content, ContentIndex, type KeyedTransaction, shortHash } from './content-index.js';

/** Stored rows of one FITID. */
export interface Namesakes {
  /** Those whose latest FITID it is. */
  readonly rows: readonly Candidate[];
  /** The one that has it as its key and has another FITID by now. */
  readonly holder: Candidate | null;
}

export interface IdentityResult {
  readonly keyed: readonly KeyedTransaction[];
  /** Known transactions that came with other FITIDs. */
  readonly renamed: number;
  /** FITIDs that now belong to another transaction than before. */
  readonly reused: number;
}

interface IdentityInput {
  /** The institution's FITIDs change from one download to the next. */
  readonly unstable: boolean;
  /** The days that the statement is about. */
  readonly window: Period;
  /** Least number of known transactions with new FITIDs before a renumbering is accepted; `null`: never accept one. */
  readonly renamesFrom: number | null;
  readonly byFitid: (fitid: string) => Namesakes;
  /** In the order of their arrival. */
  readonly inWindow: () => readonly Candidate[];
}

/** Beyond this many days, one FITID is not one transaction. */
const FAR_DAYS = 10;

/** Gives each transaction of a statement its key. @param transactions in the order of the statement. */
export function identify(transactions: readonly Transaction[], input: IdentityInput): IdentityResult {
  const withoutFitid: Transaction[] = [];
  const byFitid = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    if (transaction.fitid === null || input.unstable) withoutFitid.push(transaction);
    else byFitid.set(transaction.fitid, [...(byFitid.get(transaction.fitid) ?? []), transaction]);
  }
  const keyed: KeyedTransaction[] = [];
  const open: ({ readonly transaction: Transaction } & Namesakes)[] = [];
  for (const [fitid, all] of byFitid) {
    const group = distinct(all);
    const namesakes = input.byFitid(fitid);
    const [only, another] = group;
    if (only === undefined || another !== undefined) keyed.push(...keysOfGroup(fitid, group, namesakes));
    else {
      const key = sameRows(group, namesakes.rows).get(only);
      if (key === undefined) open.push({ transaction: only, ...namesakes });
      else keyed.push({ key, derived: key !== fitid, transaction: only });
    }
  }
  if (withoutFitid.length === 0 && open.length === 0) return { keyed, renamed: 0, reused: 0 };
  const index = new ContentIndex(input.inWindow(), new Set(keyed.map(({ key }) => key)));
  const named = input.unstable ? new Set<string>() : new Set(byFitid.keys());
  keyed.push(...withoutFitid.map((transaction) => index.keyByContent(transaction, named)));
  const renames = renamesAmong(open, index, input);
  let reused = 0;
  for (const { transaction, rows, holder } of open) {
    const known = renames.get(transaction) ?? (rows.length === 0 ? index.claimWithoutFitid(transaction) : null);
    const key =
      known?.key ?? changedKey(transaction, { rows, holder }, { window: input.window, claimed: index.claimed });
    if (known === null && rows.length > 0 && !rows.some((row) => row.key === key)) reused += 1;
    keyed.push({ key, derived: key !== transaction.fitid, transaction });
  }
  return { keyed, renamed: renames.size, reused };
}

/**
 * Returns the known transactions that came with other FITIDs. They are accepted when they are most of the stored ones that
 * the statement lacks by their FITID. Institutions that ignore DTSTART repeat older ones too, which then count among them.
 */
function renamesAmong(
  open: readonly { readonly transaction: Transaction }[],
  index: ContentIndex,
  { window, renamesFrom }: IdentityInput,
): ReadonlyMap<Transaction, Candidate> {
  if (renamesFrom === null) return new Map();
  const missing = index.missing(window);
  const pairs = index.pairs(
    open.map(({ transaction }) => transaction),
    missing,
  );
  // A transaction missing on the first day may have posted before the hour at which the statement begins: it proves nothing.
  const proof = [...pairs.values()].filter(({ postedOn }) => postedOn > window.from).length;
  const missed = missing.filter(({ postedOn }) => postedOn > window.from).length;
  const older = olderPairs(open, index, window);
  const isProof = proof >= renamesFrom && proof * 2 > missed;
  if (!isProof && !older.isProof) return new Map();
  const renames = new Map([...pairs, ...older.pairs]);
  for (const { key } of renames.values()) index.claimed.add(key);
  return renames;
}

/** Least number of older transactions that prove a renumbering on their own, when all of them are known by content. */
const NO_COINCIDENCE = 3;

/** Pairs the transactions up to the first day of the window with the stored ones of these days. */
function olderPairs(
  open: readonly { readonly transaction: Transaction }[],
  index: ContentIndex,
  window: Period,
): { readonly pairs: ReadonlyMap<Transaction, Candidate>; readonly isProof: boolean } {
  const older = open.map(({ transaction }) => transaction).filter(({ postedOn }) => postedOn <= window.from);
  const [first] = older;
  if (first === undefined) return { pairs: new Map(), isProof: false };
  const from = older.reduce((earliest, { postedOn }) => (postedOn < earliest ? postedOn : earliest), first.postedOn);
  const found = index.pairs(older, index.missing({ from, to: window.from }));
  return { pairs: found, isProof: found.size >= NO_COINCIDENCE && found.size === older.length };
}

/** Returns the key of a transaction whose FITID is unknown, or known with another day or amount. */
function changedKey(
  transaction: Transaction,
  { rows, holder }: Namesakes,
  { window, claimed }: { window: Period; claimed: ReadonlySet<string> },
): string {
  const { fitid } = transaction;
  if (fitid === null) return sharedKey('', transaction);
  if (rows.length === 0)
    return holder === null || MATCHES.some((alike) => alike(holder, transaction))
      ? fitid
      : sharedKey(fitid, transaction);
  return (
    rows.find((row) => !claimed.has(row.key) && !isOther(row, transaction, window))?.key ??
    sharedKey(fitid, transaction)
  );
}

/** Returns keys for several transactions of one FITID in one statement: they differ (a foreign charge and its fee), and all are kept. */
function keysOfGroup(fitid: string, group: readonly Transaction[], { rows, holder }: Namesakes): KeyedTransaction[] {
  const known = sameRows(group, rows);
  const taken = new Set([...rows.map(({ key }) => key), ...(holder === null ? [] : [fitid])]);
  return group.map((transaction) => {
    const same = known.get(transaction);
    if (same !== undefined) return { key: same, derived: same !== fitid, transaction };
    const key = !taken.has(fitid) && rows.length === 0 ? fitid : freeKey(sharedKey(fitid, transaction), taken);
    taken.add(key);
    return { key, derived: key !== fitid, transaction };
  });
}

/** Adds an ordinal to a key that is taken: transactions that differ only in a check or reference number share a key. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key;
  for (let ordinal = 1; taken.has(free); ordinal += 1) free = `${key}.${ordinal}`;
  return free;
}

/** Matches transactions of one FITID with stored rows, the closest first, and returns the keys of those that have a match. */
function sameRows(group: readonly Transaction[], rows: readonly Candidate[]): ReadonlyMap<Transaction, string> {
  const [only, another] = group;
  const [row] = rows;
  // By far the most frequent case: nothing has to be parsed.
  if (only !== undefined && another === undefined && row !== undefined && rows.length === 1 && isSame(row, only))
    return new Map([[only, row.key]]);
  const keys = new Map<Transaction, string>();
  const free = new Set(rows);
  for (const alike of free.size === 0 ? [] : MATCHES)
    for (const transaction of group) {
      if (keys.has(transaction)) continue;
      const same = [...free].find((one) => alike(one, transaction));
      if (same === undefined) continue;
      free.delete(same);
      keys.set(transaction, same.key);
    }
  return keys;
}

/** Ways in which a row and a transaction of one FITID are the same, the closest first. */
const MATCHES: readonly ((row: Candidate, transaction: Transaction) => boolean)[] = [
  (row, transaction) => isSame(row, transaction) && JSON.stringify(row.content()) === JSON.stringify(transaction),
  (row, transaction) => isSame(row, transaction) && row.content().name === transaction.name,
  isSame,
  (row, transaction) => row.former().some((former) => isSame(former, transaction)),
];

function isSame(row: Pick<Content, 'postedOn'> & { readonly amount: string }, transaction: Transaction): boolean {
  return row.postedOn === transaction.postedOn && row.amount === transaction.amount;
}

/**
 * Returns `true` when the FITID was used again for another transaction. Institutions correct the day, amount and name of a
 * transaction; but it is another one when the statement does not include the stored day, and that is far away or nothing else
 * agrees.
 */
function isOther(row: Candidate, { postedOn, amount, name }: Transaction, window: Period): boolean {
  if (row.postedOn === postedOn) return false;
  if (row.postedOn >= window.from && row.postedOn <= window.to) return false;
  if (Math.abs(daysBetween(row.postedOn, postedOn)) > FAR_DAYS) return true;
  return row.amount !== amount && row.content().name !== name;
}

function sharedKey(fitid: string, { postedOn, amount, name, memo }: Transaction): string {
  return `${fitid}~${shortHash([postedOn, amount, name ?? '', memo ?? ''].join('\n'))}`;
}

/** Removes repetitions: a transaction sent twice in one statement is one. */
function distinct(group: readonly Transaction[]): Transaction[] {
  if (group.length === 1) return [...group];
  return [...new Map(group.map((transaction) => [JSON.stringify(transaction), transaction])).values()];
}
