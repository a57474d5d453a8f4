/** Balances in an existing journal that transactions of earlier days contradict, since these arrived after them. */

import type { IsoDate } from '../../model/dates.js';
import type { Contradiction, ExportInput, StoredTransaction } from '../../ports.js';
import type { JournalEntry } from './entry.js';

/** A balance as a journal states it, at the end of a day; or the day on which it opens an account. */
export interface WrittenBalance {
  readonly day: IsoDate;
  /** As the dialect writes it. */
  readonly account: string;
}

/**
 * Returns a function that takes the lines of the journal one after the other, and returns the contradiction that a line holds.
 * @param written the account of a transaction, as the dialect writes it.
 * @param balanceIn the balance that a line states, which may need the line before it.
 */
export function contradictionsIn(
  { transactions, corrections }: Pick<ExportInput, 'transactions' | 'corrections'>,
  written: (transaction: StoredTransaction) => string,
  balanceIn: (line: string, before: string) => WrittenBalance | null,
): (line: string) => Contradiction | null {
  const earliest = new Map<string, StoredTransaction>();
  const note = (transaction: StoredTransaction) => {
    const account = written(transaction);
    const known = earliest.get(account);
    if (known === undefined || transaction.postedOn < known.postedOn) earliest.set(account, transaction);
  };
  for (const transaction of transactions) note(transaction);
  for (const { of, on } of corrections) note({ ...of, postedOn: on });
  let before = '';
  return (line) => {
    const balance = balanceIn(line, before);
    before = line;
    const transaction = balance === null ? undefined : earliest.get(balance.account);
    if (balance === null || transaction === undefined || transaction.postedOn > balance.day) return null;
    return { ...balance, kind: 'balance', transaction, since: transaction.postedOn };
  };
}

/**
 * Returns a function that takes the lines of the journal, and returns the opening of an account that is later than a new entry.
 * @param openedIn the account that a line opens, and the day.
 */
export function openedTooLate(
  entries: Iterable<JournalEntry>,
  written: (account: string) => string,
  openedIn: (line: string) => WrittenBalance | null,
): (line: string) => Contradiction | null {
  const earliest = new Map<string, IsoDate>();
  for (const entry of entries) {
    if (entry.kind !== 'transaction') continue;
    for (const { account } of entry.postings) {
      const name = written(account);
      const before = earliest.get(name);
      if (before === undefined || entry.date < before) earliest.set(name, entry.date);
    }
  }
  return (line) => {
    const opened = openedIn(line);
    const since = opened === null ? undefined : earliest.get(opened.account);
    return opened === null || since === undefined || since >= opened.day
      ? null
      : { ...opened, kind: 'open', transaction: null, since };
  };
}
