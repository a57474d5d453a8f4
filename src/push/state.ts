/** The figures of an account that a budget is to show: its balance before the first transaction, and its value. */

import { PushError } from '../errors.js';
import type { Account } from '../model/account.js';
import { type IsoDate, isoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { multiply, subtract, sum, ZERO } from '../model/money.js';
import type { NewBudgetAccount } from '../model/push-session.js';
import type { Balance, Position } from '../model/statement.js';
import type { AccountState, StoredTransaction } from '../ports.js';

/**
 * Returns the balance less the transactions up to it, so that the budget's balance becomes the institution's; zero without a
 * balance.
 */
export function openingOf(
  account: Account,
  state: AccountState | null,
  transactions: Iterable<StoredTransaction>,
): Pick<NewBudgetAccount, 'opening' | 'openingOn'> {
  const balance = balanceOf(account, state);
  const [first] = transactions;
  const counted = function* () {
    for (const { amount, postedOn } of transactions)
      if (balance?.asOf == null || postedOn <= balance.asOf) yield amount;
  };
  const openingOn = first?.postedOn ?? balance?.asOf ?? isoDate('2000-01-01');
  return { opening: balance === null ? ZERO : subtract(balance.amount, sum(counted())), openingOn };
}

/** Returns the balance that transactions change: of an investment account its cash. */
function balanceOf({ accountKind }: Account, state: AccountState | null): Balance | null {
  const cash = accountKind === 'investment' ? (state?.holdings?.cash ?? null) : null;
  return cash ?? state?.ledgerBalance ?? null;
}

interface Value {
  readonly amount: Decimal;
  readonly currency: string;
  readonly on: IsoDate;
}

/**
 * Returns the value of an investment account (positions and cash) or of a loan (its balance); `null` for other kinds, and
 * before the first statement that states it.
 * @throws PushError for positions that cannot be added up.
 */
export function accountValue({ accountKind }: Account, state: AccountState | null): Value | null {
  if (accountKind === 'loan') {
    const balance = state?.ledgerBalance ?? null;
    const on = balance?.asOf ?? state?.lastPeriod?.to ?? null;
    return balance === null || on === null ? null : { amount: balance.amount, currency: balance.currency, on };
  }
  const holdings = accountKind === 'investment' ? (state?.holdings ?? null) : null;
  if (holdings === null) return null;
  const { positions, cash, asOf } = holdings;
  const currency = cash?.currency ?? positions[0]?.currency ?? null;
  if (currency === null) return null;
  const values = positions.map((position) => {
    if (position.currency !== currency)
      throw unvalued(position, `is in ${position.currency}, but its cash is in ${currency}`);
    return marketValueOf(position);
  });
  return { amount: sum([...values, cash?.amount ?? ZERO]), currency, on: asOf };
}

function marketValueOf(position: Position): Decimal {
  const { marketValue, units, unitPrice, type } = position;
  if (marketValue !== null) return marketValue;
  // Prices of bonds and options are not those of one unit.
  if (unitPrice === null || !/^(?:stock|mf)$/.test(type)) throw unvalued(position, 'has no market value');
  return multiply(units, unitPrice);
}

function unvalued({ ticker, securityName, security }: Position, reason: string): PushError {
  const name = ticker ?? securityName ?? security.uniqueId;
  return new PushError('PUSH_FAILED', `its value is unknown: ${name} ${reason}`, {
    hint: 'Its transactions were pushed. To leave its value out: without --values, or --account with the other accounts.',
  });
}
