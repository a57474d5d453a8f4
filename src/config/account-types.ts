/** The OFX message set of each `kind:` of accounts.yaml, with its ACCTTYPE where the message set has several. */

import type { AccountKind, StatementKind } from '../model/account.js';

interface AccountType {
  readonly kind: StatementKind;
  /** ACCTTYPE (OFX 2.2 section 11.3.1.1). */
  readonly type: string | null;
}

export const ACCOUNT_TYPES: Readonly<Record<AccountKind, AccountType>> = {
  checking: { kind: 'bank', type: 'CHECKING' },
  savings: { kind: 'bank', type: 'SAVINGS' },
  moneymarket: { kind: 'bank', type: 'MONEYMRKT' },
  creditline: { kind: 'bank', type: 'CREDITLINE' },
  cd: { kind: 'bank', type: 'CD' },
  creditcard: { kind: 'creditcard', type: null },
  investment: { kind: 'investment', type: null },
  loan: { kind: 'loan', type: null },
};

/** LOANACCTTYPE (OFX 2.2 section 18.2.1), in lower case. */
export const LOAN_TYPES = ['auto', 'consumer', 'mortgage', 'commercial', 'student'] as const;

const BANK_KINDS = new Set<string>(
  Object.entries(ACCOUNT_TYPES).flatMap(([name, { kind }]) => (kind === 'bank' ? [name] : [])),
);

/** Returns true for kinds of accounts that have a routing number. */
export function isBankKind(kind: string): boolean {
  return BANK_KINDS.has(kind);
}
