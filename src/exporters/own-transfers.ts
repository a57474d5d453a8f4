/** Which transactions move money to another of the person's own accounts, according to the bank or the rules. */

import type { ExportInput, StoredTransaction } from '../ports.js';
import { counterAccount, journalAccounts, keyOf, ownAccountKeys } from './account-names.js';
import type { NamedByRules } from './transfers.js';

export interface OwnTransfers {
  /** Returns the own accounts that a rule gives as the other side; `null` where no rule does. */
  readonly namedOwn: NamedByRules;
  /** Returns true when the bank or a rule names an own account as the other side. */
  readonly isTransfer: (transaction: StoredTransaction) => boolean;
}

export function ownTransfers({
  accounts,
  accountMap,
  classify,
}: Pick<ExportInput, 'accounts' | 'accountMap' | 'classify'>): OwnTransfers {
  const own = ownAccountKeys(journalAccounts(accounts, accountMap), accountMap);
  const ids = new Set(accounts.map(({ id }) => id));
  // A search for pairs comes back to the same transactions, and rules may be many.
  const known = new WeakMap<StoredTransaction, ReadonlySet<string> | null>();
  const namedOwn = (of: StoredTransaction) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const keys = own.get(counterAccount(classify(of).category)) ?? null;
    const others = keys?.has(keyOf(of)) === true ? null : keys;
    known.set(of, others);
    return others;
  };
  return {
    namedOwn,
    isTransfer: (of) => namedOwn(of) !== null || (of.counterAccount !== null && ids.has(of.counterAccount.id)),
  };
}
