/** The worth of accounts, and totals: always one for each currency, never a sum over several. */

import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { add, ZERO } from '../model/money.js';
import { holdingsValue } from '../model/overview/worth.js';
import type { AccountState } from '../model/stored.js';

/** The worth of an account in one currency. Debts are negative. */
export interface Worth {
  readonly currency: string;
  readonly amount: Decimal;
  /** Day of the balance or of the statement that it is from; `null` if unknown. */
  readonly asOf: IsoDate | null;
}

export interface CurrencyTotal {
  readonly currency: string;
  /** Sum of the accounts above zero, and of those below. */
  readonly assets: Decimal;
  readonly debts: Decimal;
  /** Both together: the net worth in this currency. */
  readonly net: Decimal;
  /** Number of accounts that it is the sum of. */
  readonly accounts: number;
}

/**
 * Returns the worth of an account, one element for each currency: the market value of its securities with its cash, else its
 * ledger balance. Empty when nothing is known.
 */
export function accountWorth({ holdings, ledgerBalance }: Pick<AccountState, 'holdings' | 'ledgerBalance'>): Worth[] {
  if (holdings != null) return holdingsValue(holdings);
  if (ledgerBalance === null) return [];
  const { currency, amount, asOf } = ledgerBalance;
  return [{ currency, amount, asOf }];
}

/** Returns the totals of accounts, the currency of most accounts first. */
export function totalsByCurrency(accounts: readonly (readonly Worth[])[]): CurrencyTotal[] {
  const totals = new Map<string, CurrencyTotal>();
  for (const { currency, amount } of accounts.flat()) {
    const { assets, debts, net, accounts: number } = totals.get(currency) ?? NOTHING;
    const isDebt = amount.startsWith('-');
    totals.set(currency, {
      currency,
      assets: isDebt ? assets : add(assets, amount),
      debts: isDebt ? add(debts, amount) : debts,
      net: add(net, amount),
      accounts: number + 1,
    });
  }
  return [...totals.values()].toSorted((a, b) => b.accounts - a.accounts || a.currency.localeCompare(b.currency));
}

const NOTHING = { assets: ZERO, debts: ZERO, net: ZERO, accounts: 0 } as const;
