/** The balance of an account after each of its transactions, counted from the newest balance that the bank states. */

import { keyOf } from '../../exporters/account-names.js';
import { effectOf } from '../../exporters/currency.js';
import { OpeningTally } from '../../exporters/opening.js';
import { type Account, accountKey } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { add } from '../../model/money.js';
import type { Opening, Store, StoredTransaction } from '../../ports.js';

type Money = NonNullable<Opening['balance']>;

export interface RunningBalances {
  /** Returns the balance after a transaction; `null` for one that is pending, or of an account without a usable balance. */
  readonly after: (transaction: StoredTransaction) => Money | null;
  /** Names of the accounts with transactions and without a usable balance. */
  readonly without: readonly string[];
}

/** Reads all transactions of the accounts twice: for the balance before the first, and for those that follow from it. */
export function runningBalances(
  store: Store | null,
  { config, accounts }: { readonly config: Config; readonly accounts: readonly Account[] },
): RunningBalances {
  const cash = accounts.filter(({ kind }) => kind !== 'investment');
  const states = cash.flatMap((account) => store?.accountState(account) ?? []);
  const tally = new OpeningTally({ accounts: cash, states, institutions: config.institutions });
  for (const transaction of posted(store, cash)) tally.add(transaction);
  const current = new Map<string, Money>();
  for (const { institution, account, balance } of tally.openings())
    if (balance !== null) current.set(`${institution}/${account}`, balance);
  const known = new Set(current.keys());
  const after = new Map<string, Money>();
  for (const transaction of posted(store, cash)) {
    const key = keyOf(transaction);
    const before = current.get(key);
    if (before === undefined) continue;
    const { amount, currency } = effectOf(transaction, before.currency);
    // An amount in another currency, without a rate, says nothing about this balance.
    const balance = currency === before.currency ? { amount: add(before.amount, amount), currency } : before;
    current.set(key, balance);
    after.set(transaction.id, balance);
  }
  const counts = new Map((store?.accounts() ?? []).map((one) => [`${one.institution}/${one.name}`, one.transactions]));
  const without = accounts.map(accountKey).filter((key) => !known.has(key) && (counts.get(key) ?? 0) > 0);
  return { after: ({ id }) => after.get(id) ?? null, without };
}

function* posted(store: Store | null, accounts: readonly Account[]): Iterable<StoredTransaction> {
  if (accounts.length === 0) return;
  for (const transaction of store?.transactions({ accounts }) ?? []) if (!transaction.pending) yield transaction;
}
