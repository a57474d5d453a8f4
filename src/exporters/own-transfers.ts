/** The transactions that move money to another of the person's own accounts, according to the bank or the rules. */

import type { ExportInput, StoredTransaction } from '../ports.js';
import { type NamedByRules, namedByRules } from './transfers.js';

export interface OwnTransfers {
  /** Returns the own accounts that a rule gives as the other side; `null` where no rule does. */
  readonly namedOwn: NamedByRules;
  /** Returns true when the bank or a rule names an own account as the other side. */
  readonly isTransfer: (transaction: StoredTransaction) => boolean;
}

export function ownTransfers(input: Pick<ExportInput, 'accounts' | 'accountMap' | 'classify'>): OwnTransfers {
  const namedOwn = namedByRules(input);
  const ids = new Set(input.accounts.map(({ id }) => id));
  return {
    namedOwn,
    isTransfer: (of) => namedOwn(of) !== null || (of.counterAccount !== null && ids.has(of.counterAccount.id)),
  };
}
