/** Damaged content: rows that a disk, another program or an interrupted copy has changed are named, never guessed. */

import { StoreError } from '../errors.js';
import { isIsoDate } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import type { Transaction } from '../model/statement.js';
import { type Row, stringOf, textOf } from './database.js';

const WAY_OUT =
  'To list all damaged rows: ofx-sync store check. To mend them, read the kept replies again: ofx-sync import --replay. Or download them again: ofx-sync sync --since DATE. If neither helps, put a backup in the place of the store.';

/** Returns the error of a damaged row. */
export function damage(what: string): StoreError {
  return new StoreError('STORE_FAILED', `the store is damaged: ${what} cannot be read`, { hint: WAY_OUT });
}

/** Parses the transaction in the `body` of a row; `null` when it is damaged. */
export function parsedTransaction(row: Row): Transaction | null {
  const parsed = parsedObject(textOf(row['body']));
  if (parsed === null) return null;
  const { postedOn, amount, currency } = parsed as Partial<Record<keyof Transaction, unknown>>;
  if (typeof postedOn !== 'string' || typeof amount !== 'string' || typeof currency !== 'string') return null;
  return isIsoDate(postedOn) && isDecimal(amount) ? (parsed as Transaction) : null;
}

/** Parses a JSON object; `null` for anything else. */
export function parsedObject(json: string | null): object | null {
  try {
    const parsed: unknown = JSON.parse(json ?? '');
    return typeof parsed === 'object' && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}

/** Names the transaction of a row: `the transaction river/checking 1f3a…`. */
export function transactionNameOf(row: Row): string {
  return `the transaction ${[accountNameOf(row), stringOf(row['public_id'])].filter((part) => part !== '').join(' ')}`;
}

function accountNameOf(row: Row): string {
  const names = [stringOf(row['institution']), stringOf(row['name'])];
  return names.includes('') ? '' : names.join('/');
}
