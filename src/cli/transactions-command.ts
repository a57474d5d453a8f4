/** `ofx-sync transactions` */

import { UsageError } from '../errors.js';
import { addDays, type IsoDate, localDate } from '../model/dates.js';
import { parseAmount } from '../ofx/values.js';
import { planJobs } from '../plan.js';
import type { StoredTransaction, TransactionQuery } from '../ports.js';
import type { Invocation } from './commands.js';
import { write } from './io.js';
import { amountText } from './report.js';
import { configOf, dayOption, numberOption, storeForReading, textOption } from './setting.js';
import { table, widthOf } from './table.js';
import { visible } from './visible.js';

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
/** Rows a table is laid out by, so that a long list needs no memory for all of it. */
const PAGE = 500;

export async function transactionsCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const query = await queryOf(invocation);
  const store = await storeForReading(invocation);
  try {
    const transactions = store?.transactions(query) ?? [];
    const chunks =
      options.json === true
        ? jsonChunks(transactions)
        : options['csv'] === true
          ? csvChunks(transactions)
          : tableChunks(transactions, widthOf(io.stdout));
    for (const chunk of chunks) {
      if (io.stdout.destroyed) break;
      await write(io.stdout, chunk);
    }
    return 0;
  } finally {
    store?.close();
  }
}

async function queryOf(invocation: Invocation): Promise<TransactionQuery> {
  const { options, io } = invocation;
  const today = localDate(io.now());
  const day = (name: string): IsoDate | undefined => {
    const given = dayOption(invocation, name);
    return typeof given === 'object' ? addDays(today, -given.days) : given;
  };
  const names = Array.isArray(options['account']) ? options['account'].map(String) : [];
  const accounts =
    names.length === 0
      ? undefined
      : planJobs(await configOf(invocation), { names, windows: {}, store: null, today }).flatMap(({ wanted }) =>
          wanted.map(({ account }) => account),
        );
  const parts = {
    accounts,
    since: day('since'),
    until: day('until'),
    search: textOption(invocation, 'search'),
    min: amountOption(invocation, 'min'),
    max: amountOption(invocation, 'max'),
    limit: numberOption(invocation, 'limit', 1),
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

function* jsonChunks(transactions: Iterable<StoredTransaction>): Iterable<string> {
  yield '{ "version": 1, "transactions": [';
  let separator = '\n';
  for (const transaction of transactions) {
    yield `${separator}${JSON.stringify(transaction)}`;
    separator = ',\n';
  }
  yield '\n] }\n';
}

function* csvChunks(transactions: Iterable<StoredTransaction>): Iterable<string> {
  yield `${CSV_COLUMNS.join(',')}\r\n`;
  for (const transaction of transactions)
    yield `${CSV_COLUMNS.map((column) => csvCell(transaction[column])).join(',')}\r\n`;
}

/** RFC 4180 */
function csvCell(value: string | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

function* tableChunks(transactions: Iterable<StoredTransaction>, width: number): Iterable<string> {
  let rows: string[][] = [];
  for (const { postedOn, institution, account, amount, currency, name, memo, pending } of transactions) {
    rows.push([
      postedOn,
      visible(`${institution}/${account}`),
      amountText(amount, currency),
      visible([pending ? '(pending)' : null, name, memo].filter((part) => part !== null).join(' ')),
    ]);
    if (rows.length < PAGE) continue;
    yield `${table(rows, COLUMNS, width).join('\n')}\n`;
    rows = [];
  }
  if (rows.length > 0) yield `${table(rows, COLUMNS, width).join('\n')}\n`;
}
