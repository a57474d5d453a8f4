/** Names of accounts and securities in a journal: from `accountMap`, else made of kind, institution and account. */

import { type Account, accountKey } from '../model/account.js';
import { isCurrency } from '../model/currency.js';
import type { InvestmentDetail } from '../model/statement.js';
import type { StoredTransaction } from '../ports.js';

const ROOTS = ['Assets', 'Liabilities', 'Equity', 'Income', 'Expenses'];

/** Journal accounts whose names the exporters choose. */
export const OWN_ACCOUNTS = {
  unknown: 'Expenses:Unknown',
  opening: 'Equity:Opening-Balances',
  transfers: 'Equity:Transfers',
  splits: 'Equity:Splits',
  adjustments: 'Equity:Adjustments',
  gains: 'Income:Capital-Gains',
  dividends: 'Income:Dividends',
  interest: 'Income:Interest',
  income: 'Income:Investment',
  capital: 'Income:Return-of-Capital',
  fees: 'Expenses:Investment:Fees',
  marginInterest: 'Expenses:Investment:Interest',
} as const;

/** Returns `institution/account` of a transaction. */
export function keyOf({ institution, account }: Pick<StoredTransaction, 'institution' | 'account'>): string {
  return `${institution}/${account}`;
}

/** Returns names such as `Assets:River:Checking`, `Liabilities:Summit:Card`; two accounts share a name only if `accountMap` says so. */
export function journalAccounts(
  accounts: readonly Account[],
  accountMap: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(accountMap.values());
  for (const account of accounts) {
    const key = accountKey(account);
    const own = accountMap.get(key);
    if (own !== undefined) {
      names.set(key, own);
      continue;
    }
    const name = defaultName(account.institution, account.name, account.accountKind);
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    taken.add(free);
    names.set(key, free);
  }
  return names;
}

/** Returns the keys of the person's own accounts by their names in journals: configured ones, and others that `accountMap` names. */
export function ownAccountKeys(
  names: ReadonlyMap<string, string>,
  accountMap: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  // An investment account is named with or without that of its cash.
  for (const [key, name] of [...accountMap, ...names])
    for (const one of [name, `${name}:Cash`]) keys.set(one, (keys.get(one) ?? new Set()).add(key));
  return keys;
}

/** Returns the name of an account; without a kind for an account of the store that is not configured. */
export function defaultName(institution: string, name: string, kind: Account['accountKind'] = 'checking'): string {
  const root = kind === 'creditcard' || kind === 'creditline' || kind === 'loan' ? 'Liabilities' : 'Assets';
  return `${root}:${part(institution)}:${part(name)}`;
}

/** Returns letters, digits and dashes, a capital first, which every dialect accepts. */
function part(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}-]+/gu, '-').replace(/^-+|-+$/g, '');
  return plain === '' ? 'X' : plain.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** Returns the account of a category. A category without one of the five roots is an expense. */
export function counterAccount(category: string | null): string {
  if (category === null || category.trim() === '') return OWN_ACCOUNTS.unknown;
  return ROOTS.includes(category.split(':')[0] ?? '') ? category : `Expenses:${category}`;
}

/**
 * Returns the ticker, else the unique id, in the characters of a journal's commodity. A symbol that equals a currency, or is
 * too short for beancount, gets a suffix; one that does not begin with a letter, a prefix. Never changes for a security.
 */
export function securitySymbol({ ticker, security }: Pick<InvestmentDetail, 'ticker' | 'security'>): string {
  const raw = (ticker ?? security?.uniqueId ?? '').toUpperCase();
  const plain = raw.replace(/[^A-Z0-9._-]+/g, '-').replace(/^[^A-Z0-9]+|[^A-Z0-9]+$/g, '');
  const lettered = /^[A-Z]/.test(plain) ? plain : `C${plain}`;
  if (lettered.length === 1 || isCurrency(lettered)) return `${lettered}-SHARE`;
  return lettered.slice(0, 24).replace(/[^A-Z0-9]+$/, '');
}
