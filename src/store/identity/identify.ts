/**
 * Which stored transaction a received one is. The rule is (account, FITID). What stands in for a FITID that is missing,
 * unstable or shared by different transactions is made from what the transaction says, so that the same statement gives
 * the same keys whenever and in whatever pieces it arrives. Pure: the stored rows are handed in.
 */

import { createHash } from 'node:crypto';
import { daysBetween, type Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import { type Candidate, type Content, ContentIndex, type KeyedTransaction } from './content-index.js';

/** Stored rows that a FITID leads to. */
export interface Namesakes {
  /** Those that came under it last. */
  readonly rows: readonly Candidate[];
  /** The one that has it as its key and goes under another by now. */
  readonly holder: Candidate | null;
}

export interface Identified {
  readonly keyed: readonly KeyedTransaction[];
  /** Known transactions that came under other FITIDs. */
  readonly renamed: number;
  /** FITIDs that now mean another transaction than before. */
  readonly reused: number;
}

interface IdentityInput {
  /** The institution's FITIDs say nothing from one download to the next. */
  readonly unstable: boolean;
  /** The days that the statement speaks of. */
  readonly window: Period;
  /** How many known transactions must come again under other FITIDs before that is believed; `null`: never. */
  readonly renamesFrom: number | null;
  readonly byFitid: (fitid: string) => Namesakes;
  /** In the order in which they came. */
  readonly inWindow: () => readonly Candidate[];
}

/** Beyond this many days, one FITID is not one transaction. */
const FAR_DAYS = 10;

/** @param transactions of one statement, in its order. */
export function identify(transactions: readonly Transaction[], input: IdentityInput): Identified {
  const loose: Transaction[] = [];
  const byFitid = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    if (transaction.fitid === null || input.unstable) loose.push(transaction);
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
  if (loose.length === 0 && open.length === 0) return { keyed, renamed: 0, reused: 0 };
  const pool = new ContentIndex(input.inWindow(), new Set(keyed.map(({ key }) => key)));
  const named = input.unstable ? new Set<string>() : new Set(byFitid.keys());
  keyed.push(...loose.map((transaction) => pool.looseKey(transaction, named)));
  const renames = renamesAmong(open, pool, input);
  let reused = 0;
  for (const { transaction, rows, holder } of open) {
    const known = renames.get(transaction) ?? (rows.length === 0 ? pool.takeUnnamed(transaction) : null);
    const key = known?.key ?? changedKey(transaction, { rows, holder }, { window: input.window, taken: pool.taken });
    if (known === null && rows.length > 0 && !rows.some((row) => row.key === key)) reused += 1;
    keyed.push({ key, derived: key !== transaction.fitid, transaction });
  }
  return { keyed, renamed: renames.size, reused };
}

/**
 * Known transactions under other FITIDs: believed when they are most of what the statement, which speaks of their days,
 * does not name. Institutions that pay no heed to DTSTART repeat older ones too, which then count among them.
 */
function renamesAmong(
  open: readonly { readonly transaction: Transaction }[],
  pool: ContentIndex,
  { window, renamesFrom }: IdentityInput,
): ReadonlyMap<Transaction, Candidate> {
  if (renamesFrom === null) return new Map();
  const vanished = pool.vanished(window);
  const pairs = pool.pairs(
    open.map(({ transaction }) => transaction),
    vanished,
  );
  // What is left out of the first day may lie before the hour at which the statement begins, and proves nothing.
  const proof = [...pairs.values()].filter(({ postedOn }) => postedOn > window.from).length;
  const missed = vanished.filter(({ postedOn }) => postedOn > window.from).length;
  const older = olderPairs(open, pool, window);
  const believed = proof >= renamesFrom && proof * 2 > missed;
  if (!believed && !older.isProof) return new Map();
  const renames = new Map([...pairs, ...older.pairs]);
  for (const { key } of renames.values()) pool.taken.add(key);
  return renames;
}

/** Of the days up to the first of the window: so many, and all that there are, are proof by themselves. */
const NO_COINCIDENCE = 3;

function olderPairs(
  open: readonly { readonly transaction: Transaction }[],
  pool: ContentIndex,
  window: Period,
): { readonly pairs: ReadonlyMap<Transaction, Candidate>; readonly isProof: boolean } {
  const older = open.map(({ transaction }) => transaction).filter(({ postedOn }) => postedOn <= window.from);
  const [first] = older;
  if (first === undefined) return { pairs: new Map(), isProof: false };
  const from = older.reduce((earliest, { postedOn }) => (postedOn < earliest ? postedOn : earliest), first.postedOn);
  const found = pool.pairs(older, pool.vanished({ from, to: window.from }));
  return { pairs: found, isProof: found.size >= NO_COINCIDENCE && found.size === older.length };
}

/** The key of a transaction whose FITID is known with another day or amount, or not at all. */
function changedKey(
  transaction: Transaction,
  { rows, holder }: Namesakes,
  { window, taken }: { window: Period; taken: ReadonlySet<string> },
): string {
  const { fitid } = transaction;
  if (fitid === null) return sharedKey('', transaction);
  if (rows.length === 0)
    return holder === null || LIKENESSES.some((alike) => alike(holder, transaction))
      ? fitid
      : sharedKey(fitid, transaction);
  return (
    rows.find((row) => !taken.has(row.key) && !isOther(row, transaction, window))?.key ?? sharedKey(fitid, transaction)
  );
}

/** More of one FITID in one statement are really different ones (a foreign charge and its fee): all are kept. */
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

/** What differs in a number alone gives one key more than once. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  let free = key;
  for (let ordinal = 1; taken.has(free); ordinal += 1) free = `${key}.${ordinal}`;
  return free;
}

/** The row of each transaction of one FITID that a row says the same of; the closest likeness first. */
function sameRows(group: readonly Transaction[], rows: readonly Candidate[]): ReadonlyMap<Transaction, string> {
  const [only, another] = group;
  const [row] = rows;
  // By far the most: nothing has to be read.
  if (only !== undefined && another === undefined && row !== undefined && rows.length === 1 && isSame(row, only))
    return new Map([[only, row.key]]);
  const keys = new Map<Transaction, string>();
  const free = new Set(rows);
  for (const alike of free.size === 0 ? [] : LIKENESSES)
    for (const transaction of group) {
      if (keys.has(transaction)) continue;
      const same = firstOf(free, (one) => alike(one, transaction));
      if (same === null) continue;
      free.delete(same);
      keys.set(transaction, same.key);
    }
  return keys;
}

function firstOf(rows: Iterable<Candidate>, fits: (row: Candidate) => boolean): Candidate | null {
  for (const row of rows) if (fits(row)) return row;
  return null;
}

const LIKENESSES: readonly ((row: Candidate, transaction: Transaction) => boolean)[] = [
  (row, transaction) => isSame(row, transaction) && JSON.stringify(row.content()) === JSON.stringify(transaction),
  (row, transaction) => isSame(row, transaction) && row.content().name === transaction.name,
  isSame,
  (row, transaction) => row.former().some((former) => isSame(former, transaction)),
];

function isSame(row: Pick<Content, 'postedOn'> & { readonly amount: string }, transaction: Transaction): boolean {
  return row.postedOn === transaction.postedOn && row.amount === transaction.amount;
}

/**
 * Institutions correct the day, amount and name of a transaction. When the statement does not speak of the day of the
 * former one, and it is far away or nothing of it is left, the FITID was used again.
 */
function isOther(row: Candidate, { postedOn, amount, name }: Transaction, window: Period): boolean {
  if (row.postedOn === postedOn) return false;
  if (row.postedOn >= window.from && row.postedOn <= window.to) return false;
  if (Math.abs(daysBetween(row.postedOn, postedOn)) > FAR_DAYS) return true;
  return row.amount !== amount && row.content().name !== name;
}

function sharedKey(fitid: string, { postedOn, amount, name, memo }: Transaction): string {
  return `${fitid}~${hash([postedOn, amount, name ?? '', memo ?? ''].join('\n'))}`;
}

/** The same transaction sent twice in one statement is one. */
function distinct(group: readonly Transaction[]): Transaction[] {
  if (group.length === 1) return [...group];
  return [...new Map(group.map((transaction) => [JSON.stringify(transaction), transaction])).values()];
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
