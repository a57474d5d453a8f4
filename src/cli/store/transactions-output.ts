/** The forms of a list of transactions: JSON, CSV, and a table, which on a terminal has a header and totals for each currency. */

import { add, ZERO } from '../../model/money.js';
import type { Transaction } from '../../model/statement.js';
import type { StoredTransaction, TransactionVersion } from '../../ports.js';
import { visible } from '../terminal/escape.js';
import { table } from '../terminal/table.js';
import { amountText } from '../terminal/wording.js';
import type { RunningBalances } from './running-balance.js';

/** A transaction with its former versions; `null` unless they were requested. */
export interface Entry {
  readonly transaction: StoredTransaction;
  readonly versions: readonly TransactionVersion[] | null;
}

/** Looks up the balance after a transaction; `null` unless balances were requested. */
type BalanceOf = RunningBalances['after'] | null;

export function* jsonChunks(entries: Iterable<Entry>, balanceOf: BalanceOf): Iterable<string> {
  yield '{ "version": 1, "transactions": [';
  let separator = '\n';
  for (const { transaction, versions } of entries) {
    const { removedAt, ...plain } = transaction;
    const history = versions?.map(({ replacedAt, transaction: former }) => ({ replacedAt, ...former }));
    const row = {
      ...plain,
      ...(balanceOf === null ? {} : { balance: balanceOf(transaction) }),
      ...(versions === null ? {} : { removedAt: removedAt ?? null, history }),
    };
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield '\n] }\n';
}

const CSV_COLUMNS = [
  'institution',
  'account',
  'postedOn',
  'amount',
  'currency',
  'type',
  'name',
  'memo',
  'checkNumber',
  'refNumber',
  'pending',
  'fitid',
  'id',
] as const;

/** Writes CSV. With history each former version is a row before its successor, and `replacedAt` is the last column. */
export function* csvChunks(entries: Iterable<Entry>, balanceOf: BalanceOf, withHistory: boolean): Iterable<string> {
  const more = [...(balanceOf === null ? [] : ['balance']), ...(withHistory ? ['replacedAt'] : [])];
  yield `${[...CSV_COLUMNS, ...more].join(',')}\r\n`;
  const balanceCells = (transaction: StoredTransaction | null) =>
    balanceOf === null ? [] : [transaction === null ? null : (balanceOf(transaction)?.amount ?? null)];
  for (const { transaction, versions } of entries) {
    for (const { replacedAt, transaction: former } of versions ?? [])
      yield csvRow({ ...transaction, ...former }, [...balanceCells(null), replacedAt]);
    yield csvRow(transaction, [...balanceCells(transaction), ...(withHistory ? [transaction.removedAt ?? null] : [])]);
  }
}

function csvRow(transaction: StoredTransaction, more: readonly (string | null)[]): string {
  return `${[...CSV_COLUMNS.map((column) => transaction[column]), ...more].map(csvCell).join(',')}\r\n`;
}

/** RFC 4180 */
function csvCell(value: string | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

const COLUMNS = [
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'right' },
  { align: 'left', flexible: true },
] as const;
const HEAD = ['POSTED', 'ACCOUNT', 'AMOUNT', 'BALANCE', 'TEXT'];
/** Rows that are laid out as one table: a long list need not fit into memory. */
const TABLE_ROWS = 500;

interface TableOptions {
  readonly width: number;
  readonly balanceOf: BalanceOf;
  /** Adds a header and the totals, for a person. */
  readonly isFramed: boolean;
  /** All are of one account, which was named: a person knows it, and text gets its room. */
  readonly isOneAccount: boolean;
}

export function* tableChunks(
  entries: Iterable<Entry>,
  { width, balanceOf, isFramed, isOneAccount }: TableOptions,
): Iterable<string> {
  const hasPlace = !isFramed || !isOneAccount;
  const omitted = [...(balanceOf === null ? ['BALANCE'] : []), ...(hasPlace ? [] : ['ACCOUNT'])];
  const head = HEAD.map((text) => (omitted.includes(text) ? '' : text));
  const totals = new Totals();
  let rows: string[][] = isFramed ? [head] : [];
  for (const { transaction, versions } of entries) {
    totals.add(transaction);
    const place = hasPlace ? placeOf(transaction) : '';
    rows.push(rowOf(transaction, place, [...statesOf(transaction)], balanceOf?.(transaction) ?? null));
    for (const { replacedAt, transaction: former } of versions ?? [])
      rows.push(rowOf(former, `  until ${replacedAt.slice(0, 10)}`, [], null));
    if (rows.length < TABLE_ROWS) continue;
    yield `${table(rows, COLUMNS, width).join('\n')}\n`;
    rows = [];
  }
  if (totals.isEmpty) return;
  if (rows.length > 0) yield `${table(rows, COLUMNS, width).join('\n')}\n`;
  if (isFramed) yield `\n${totals.lines(width).join('\n')}\n`;
}

function placeOf({ institution, account }: StoredTransaction): string {
  return visible(`${institution}/${account}`);
}

function* statesOf({ pending, removedAt }: StoredTransaction): Iterable<string> {
  if (pending) yield '(pending)';
  if (removedAt != null) yield `(removed ${removedAt.slice(0, 10)})`;
}

function rowOf(
  { postedOn, amount, currency, name, memo }: Transaction,
  place: string,
  states: readonly string[],
  balance: ReturnType<RunningBalances['after']>,
): string[] {
  const text = [...states, name, memo].filter((part) => part !== null).join(' ');
  return [
    postedOn,
    place,
    amountText(amount, currency),
    balance === null ? '' : amountText(balance.amount, balance.currency),
    visible(text),
  ];
}

const TOTAL_COLUMNS = [
  { align: 'left' },
  { align: 'right', dispensable: true },
  { align: 'right', dispensable: true },
  { align: 'right' },
] as const;

/** The sums of a list for each currency; amounts of several are never added up. Removed transactions do not count. */
class Totals {
  readonly #sums = new Map<string, { count: number; income: typeof ZERO; spending: typeof ZERO }>();
  #listed = 0;

  add({ amount, currency, removedAt }: StoredTransaction): void {
    this.#listed += 1;
    if (removedAt != null) return;
    const sums = this.#sums.get(currency) ?? { count: 0, income: ZERO, spending: ZERO };
    sums.count += 1;
    if (amount.startsWith('-')) sums.spending = add(sums.spending, amount);
    else sums.income = add(sums.income, amount);
    this.#sums.set(currency, sums);
  }

  get isEmpty(): boolean {
    return this.#listed === 0;
  }

  lines(width: number): string[] {
    const rows = [...this.#sums].toSorted(([a], [b]) => a.localeCompare(b));
    const money = (currency: string) => (amount: typeof ZERO) => amountText(amount, currency);
    const cells = rows.map(([currency, { count, income, spending }]) => [
      String(count),
      ...[income, spending, add(income, spending)].map(money(currency)),
    ]);
    return table([['COUNT', 'IN', 'OUT', 'NET'], ...cells], TOTAL_COLUMNS, width);
  }
}
