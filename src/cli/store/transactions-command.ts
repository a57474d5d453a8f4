/** `ofx-sync transactions`: queries the store. */

import { UsageError } from '../../errors.js';
import type { Transaction } from '../../model/statement.js';
import { parseAmount } from '../../ofx/amount.js';
import type { StoredTransaction, TransactionQuery, TransactionVersion } from '../../ports.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { configToRead, namesOption, numberOption, textOption, windowOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { withStoreForReading } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { table, widthOf } from '../terminal/table.js';
import { amountText } from '../terminal/wording.js';

const COLUMNS = [
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'left', flexible: true },
] as const;
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
/** Rows that are laid out as one table: a long list need not fit into memory. */
const TABLE_ROWS = 500;

export async function transactionsCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const query = await queryOf(invocation);
  return withStoreForReading(invocation, async (store) => {
    const versionsOf = options['history'] === true ? (id: string) => store?.versions(id) ?? [] : null;
    const entries = entriesOf(store?.transactions(query) ?? [], versionsOf);
    const chunks =
      options.json === true
        ? jsonChunks(entries)
        : options['csv'] === true
          ? csvChunks(entries, versionsOf !== null)
          : tableChunks(entries, widthOf(io.stdout));
    for (const chunk of chunks) {
      if (io.stdout.destroyed) break;
      await write(io.stdout, chunk);
    }
    return EXIT.ok;
  });
}

async function queryOf(invocation: Invocation): Promise<TransactionQuery> {
  const { options } = invocation;
  const names = namesOption(invocation, 'account');
  const parts = {
    accounts: names.length === 0 ? undefined : chosenAccounts((await configToRead(invocation)).config, names),
    ...windowOption(invocation),
    search: textOption(invocation, 'search'),
    min: amountOption(invocation, 'min'),
    max: amountOption(invocation, 'max'),
    limit: numberOption(invocation, 'limit', 1),
    offset: numberOption(invocation, 'offset', 0),
    reverse: options['reverse'] === true,
    withRemoved: options['history'] === true,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function amountOption(invocation: Invocation, name: string): string | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  const amount = parseAmount(text);
  if (amount === null) throw new UsageError(`--${name} takes an amount such as -12.34, not ${JSON.stringify(text)}`);
  return amount;
}

/** A transaction with its former versions; `null` unless they were requested. */
interface Entry {
  readonly transaction: StoredTransaction;
  readonly versions: readonly TransactionVersion[] | null;
}

function* entriesOf(
  transactions: Iterable<StoredTransaction>,
  versionsOf: ((id: string) => readonly TransactionVersion[]) | null,
): Iterable<Entry> {
  for (const transaction of transactions)
    yield { transaction, versions: versionsOf === null ? null : versionsOf(transaction.id) };
}

function* jsonChunks(entries: Iterable<Entry>): Iterable<string> {
  yield '{ "version": 1, "transactions": [';
  let separator = '\n';
  for (const { transaction, versions } of entries) {
    const { removedAt, ...plain } = transaction;
    const history = versions?.map(({ replacedAt, transaction: former }) => ({ replacedAt, ...former }));
    yield `${separator}${JSON.stringify(versions === null ? plain : { ...plain, removedAt: removedAt ?? null, history })}`;
    separator = ',\n';
  }
  yield '\n] }\n';
}

/** Writes CSV. With history each former version is a row before its successor, and `replacedAt` is the last column. */
function* csvChunks(entries: Iterable<Entry>, withHistory: boolean): Iterable<string> {
  yield `${[...CSV_COLUMNS, ...(withHistory ? ['replacedAt'] : [])].join(',')}\r\n`;
  for (const { transaction, versions } of entries) {
    for (const { replacedAt, transaction: former } of versions ?? [])
      yield csvRow({ ...transaction, ...former }, [replacedAt]);
    yield csvRow(transaction, withHistory ? [transaction.removedAt ?? null] : []);
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

function* tableChunks(entries: Iterable<Entry>, width: number): Iterable<string> {
  let rows: string[][] = [];
  for (const { transaction, versions } of entries) {
    const { removedAt, pending, institution, account } = transaction;
    const states = [pending ? '(pending)' : null, removedAt == null ? null : `(removed ${removedAt.slice(0, 10)})`];
    rows.push(rowOf(transaction, visible(`${institution}/${account}`), states));
    for (const { replacedAt, transaction: former } of versions ?? [])
      rows.push(rowOf(former, `  until ${replacedAt.slice(0, 10)}`, []));
    if (rows.length < TABLE_ROWS) continue;
    yield `${table(rows, COLUMNS, width).join('\n')}\n`;
    rows = [];
  }
  if (rows.length > 0) yield `${table(rows, COLUMNS, width).join('\n')}\n`;
}

function rowOf(
  { postedOn, amount, currency, name, memo }: Transaction,
  place: string,
  states: readonly (string | null)[],
): string[] {
  const text = [...states, name, memo].filter((part) => part !== null).join(' ');
  return [postedOn, place, amountText(amount, currency), visible(text)];
}
