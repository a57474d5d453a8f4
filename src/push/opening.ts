/** What an account of a budget holds before its first transaction, so that its balance becomes that of the institution. */

import { isoDate } from '../model/dates.js';
import { subtract, sum, ZERO } from '../model/money.js';
import type { NewBudgetAccount } from '../model/push-session.js';
import type { AccountState, StoredTransaction } from '../ports.js';

/** The ledger balance less what led to it; nothing where the institution stated none. */
export function openingOf(
  state: AccountState | null,
  transactions: Iterable<StoredTransaction>,
): Pick<NewBudgetAccount, 'opening' | 'openingOn'> {
  const balance = state?.ledgerBalance ?? null;
  const [first] = transactions;
  const counted = function* () {
    for (const { amount, postedOn } of transactions)
      if (balance?.asOf == null || postedOn <= balance.asOf) yield amount;
  };
  const openingOn = first?.postedOn ?? balance?.asOf ?? isoDate('2000-01-01');
  return { opening: balance === null ? ZERO : subtract(balance.amount, sum(counted())), openingOn };
}
