/**
 * The part of an exporter's input that is different where later output continues a journal: balances of settled days, and the
 * transactions that an earlier output has.
 */

import type { Account } from '../model/account.js';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import type { ClosingState } from '../model/stored.js';
import type { Exporter, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import { LONGEST_DAYS } from './transfers.js';

/** Days before the first new transaction that decide which of the earlier ones are paired: a few lengths of a transfer. */
const DAYS_BEFORE = 4 * LONGEST_DAYS;

interface Continued {
  readonly exporter: Exporter;
  readonly config: Config;
  readonly store: Store | null;
  readonly accounts: readonly Account[];
  /** Returns the transactions of these accounts that the journal has. */
  readonly had: (query: TransactionQuery) => Iterable<StoredTransaction>;
}

/** Returns the balances that a later output will not contradict. */
export function settledStates(input: Continued): ClosingState[] {
  const { exporter, config, store, accounts } = input;
  if (store === null) return [];
  return accounts.flatMap((account) => {
    if (exporter.assertsInPlace === true) {
      const state = store.settledState(account, null);
      return state === null || isPassed(account, state, input) ? [] : [state];
    }
    const { quirks } = config.institutions.find(({ name }) => name === account.institution) ?? {};
    const days = Math.max(config.defaults.overlapDays, quirks?.overlapDays ?? 0);
    return store.settledState(account, days) ?? [];
  });
}

/** Returns whether the journal has entries of later days than the balance already. */
function isPassed(account: Account, { ledgerBalance, holdings }: ClosingState, { had }: Continued): boolean {
  const days = [ledgerBalance?.asOf, holdings?.asOf].filter((day) => day != null).toSorted();
  const [first] = days;
  if (first === undefined) return false;
  return firstDay(had({ since: addDays(first, 1), accounts: [account] })) !== null;
}

/** Returns the transactions that the journal has, from some days before the first new one on. */
export function earlierAround(
  fresh: Iterable<StoredTransaction>,
  { had }: Pick<Continued, 'had'>,
): Iterable<StoredTransaction> {
  return {
    *[Symbol.iterator]() {
      const first = firstDay(fresh);
      if (first !== null) yield* had({ since: addDays(first, -DAYS_BEFORE) });
    },
  };
}

function firstDay(transactions: Iterable<StoredTransaction>): IsoDate | null {
  for (const { postedOn } of transactions) return postedOn;
  return null;
}
