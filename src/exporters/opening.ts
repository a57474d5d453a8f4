/**
 * What accounts held before the first transaction that is handed on: the newest ledger balance less everything since, and
 * at least so many units of a security that no later sale sells what was never there.
 */

import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { add, compare, isZero, negate, subtract, ZERO } from '../model/money.js';
import type { AccountState, Opening, StoredTransaction } from '../ports.js';
import { effectOf } from './currency.js';
import { tradeOf } from './trade.js';

interface Held {
  units: Decimal;
  /** The least that was there at any time. */
  least: Decimal;
  readonly of: StoredTransaction;
}

interface Tally {
  readonly state: AccountState | null;
  readonly isInvestment: boolean;
  first: IsoDate | null;
  moved: Decimal;
  readonly securities: Map<string, Held>;
}

/** Takes in the transactions one by one, in the order of their dates, and gives the openings at the end. */
export class OpeningTally {
  readonly #accounts: ReadonlyMap<string, Tally>;

  constructor(accounts: readonly Account[], states: readonly AccountState[]) {
    const byKey = new Map(states.map((state) => [accountKey({ ...state, name: state.account }), state]));
    this.#accounts = new Map(
      accounts.map((account) => [
        accountKey(account),
        {
          state: byKey.get(accountKey(account)) ?? null,
          isInvestment: account.kind === 'investment',
          first: null,
          moved: ZERO,
          securities: new Map(),
        },
      ]),
    );
  }

  take(transaction: StoredTransaction): void {
    const tally = this.#accounts.get(accountKey({ ...transaction, name: transaction.account }));
    if (tally === undefined) return;
    tally.first ??= transaction.postedOn;
    const trade = tradeOf(transaction);
    const balance = balanceOf(tally);
    if (balance !== null && transaction.postedOn <= balance.asOf) {
      if (tally.isInvestment) tally.moved = add(tally.moved, trade.cash);
      else {
        const { amount, currency } = effectOf(transaction, balance.currency);
        if (currency === balance.currency) tally.moved = add(tally.moved, amount);
      }
    }
    takeUnits(tally, transaction, trade.units);
  }

  openings(): Opening[] {
    return [...this.#accounts].flatMap(([key, tally]) => {
      if (tally.first === null) return [];
      const [institution = '', account = ''] = key.split('/');
      return [
        { institution, account, date: tally.first, balance: openingBalance(tally), securities: openingUnits(tally) },
      ];
    });
  }
}

function takeUnits(tally: Tally, transaction: StoredTransaction, change: Decimal): void {
  const id = transaction.investment?.security?.uniqueId;
  if (id === undefined || isZero(change)) return;
  const held = tally.securities.get(id) ?? { units: ZERO, least: ZERO, of: transaction };
  held.units = add(held.units, change);
  if (tradeOf(transaction).opens === false && compare(held.units, held.least) < 0) held.least = held.units;
  tally.securities.set(id, held);
}

/** The balance with its day, where the institution's figure has both. */
function balanceOf({ state, isInvestment }: Tally) {
  const balance = isInvestment ? (state?.holdings?.cash ?? null) : (state?.ledgerBalance ?? null);
  return balance === null || balance.asOf === null ? null : { ...balance, asOf: balance.asOf };
}

/** Nothing where the balance is older than the first transaction: it says nothing of what came before that. */
function openingBalance(tally: Tally): Opening['balance'] {
  const balance = balanceOf(tally);
  if (balance === null || tally.first === null || balance.asOf < tally.first) return null;
  return { amount: subtract(balance.amount, tally.moved), currency: balance.currency };
}

function openingUnits({ state, securities }: Tally): Opening['securities'] {
  return [...securities].flatMap(([id, { units, least, of }]) => {
    const position = state?.holdings?.positions.find(({ security }) => security.uniqueId === id);
    const missing = position === undefined ? negate(least) : subtract(position.units, units);
    return compare(missing, ZERO) <= 0 ? [] : [{ units: missing, price: of.investment?.unitPrice ?? null, of }];
  });
}
