/** Writes statements as account sets of SimpleFIN. Shares nothing with the reader of the program. */

import type { Listed, Statement } from './behaviour.js';
import { money } from './write.js';

/** Returns the id that a bridge gives an account. */
export function bridgeId(accountId: string): string {
  return `ACT-${accountId}`;
}

export function writeAccountSet({ rows, balance, to }: Statement, accountId: string): string {
  const account = {
    org: { domain: 'bank.example', name: 'A bank' },
    id: bridgeId(accountId),
    name: 'Checking',
    currency: 'USD',
    balance: money(balance?.cents ?? 0),
    'balance-date': noon(balance?.day ?? to),
    transactions: rows.map(transaction),
  };
  return JSON.stringify({ errors: [], accounts: [account] });
}

function transaction({ fitid, day, cents, name, memo, isPending }: Listed) {
  const texts = memo === null ? { description: name } : { description: memo, payee: name };
  const days = isPending ? { posted: 0, transacted_at: noon(day), pending: true } : { posted: noon(day) };
  return { id: fitid, ...days, amount: money(cents), ...texts };
}

function noon(day: number): number {
  return Date.UTC(2024, 0, 1 + day, 12) / 1000;
}
