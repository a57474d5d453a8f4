/**
 * Openings of accounts before the first exported transaction: the newest ledger balance less the transactions up to it, and
 * enough units of each security for the later sales.
 */

import { accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { add, compare, isZero, negate, subtract, ZERO } from '../model/money.js';
import type { AccountState, ExportInput, Opening, StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';
import { effectOf } from './currency.js';
import { heldUnits, type StatedBalance, statedBalance } from './stated-balance.js';
import { tradeOf } from './trade-effects.js';

interface TradedUnits {
  units: Decimal;
  /** The least units after a sale, and the most after a purchase that closed a short position. */
  least: Decimal;
  most: Decimal;
  readonly of: StoredTransaction;
}

interface Tally {
  readonly state: AccountState | undefined;
  readonly balance: StatedBalance | null;
  readonly isInvestment: boolean;
  first: IsoDate | null;
  moved: Decimal;
  /** Cash moved in another currency than that of the broker's balance, which then covers both. */
  isMixed: boolean;
  /** Transactions before the first exported one are known up to it, so that a balance before it will do. */
  hasEarlier: boolean;
  readonly securities: Map<string, TradedUnits>;
}

/** Adds up transactions in the order of their dates, and returns the openings at the end. */
export class OpeningTally {
  readonly #accounts: ReadonlyMap<string, Tally>;

  constructor({ accounts, states, institutions }: Pick<ExportInput, 'accounts' | 'states' | 'institutions'>) {
    const byKey = new Map(states.map((state) => [keyOf(state), state]));
    this.#accounts = new Map(
      accounts.map((account) => {
        const state = byKey.get(accountKey(account));
        const isInvestment = account.kind === 'investment';
        const balance = statedBalance(state, { isInvestment, institutions });
        const nothing = { first: null, moved: ZERO, isMixed: false, hasEarlier: false, securities: new Map() };
        return [accountKey(account), { state, balance, isInvestment, ...nothing }];
      }),
    );
  }

  add(transaction: StoredTransaction): void {
    const tally = this.#accounts.get(keyOf(transaction));
    if (tally === undefined) return;
    tally.first ??= transaction.postedOn;
    if (tally.balance !== null && transaction.postedOn <= tally.balance.asOf)
      this.#move(tally, transaction, (amount) => amount);
    addUnits(tally, transaction);
  }

  #move(tally: Tally, transaction: StoredTransaction, signed: (amount: Decimal) => Decimal): void {
    const { balance, isInvestment } = tally;
    if (balance === null) return;
    const { amount, currency } = effectOf(transaction, balance.currency);
    const cash = isInvestment ? tradeOf(transaction).cash : amount;
    if ((isInvestment ? transaction.currency : currency) === balance.currency)
      tally.moved = add(tally.moved, signed(cash));
    else if (isInvestment && !isZero(cash)) tally.isMixed = true;
  }

  /** Adds a transaction that is not exported and that the opening is to include, though the bank's balance is older. */
  addEarlier(transaction: StoredTransaction): void {
    const tally = this.#accounts.get(keyOf(transaction));
    if (tally === undefined || tally.balance === null) return;
    tally.hasEarlier = true;
    if (transaction.postedOn > tally.balance.asOf) this.#move(tally, transaction, negate);
  }

  openings(): Opening[] {
    return [...this.#accounts].flatMap(([key, tally]) =>
      tally.first === null ? [] : [openingOf(key, { ...tally, first: tally.first })],
    );
  }

  /** Returns the openings of accounts without a transaction, on the day of which the institution states what they hold. */
  idle({ since, until }: Pick<ExportInput['settings'], 'since' | 'until'>): Opening[] {
    return [...this.#accounts].flatMap(([key, tally]) => {
      if (tally.first !== null) return [];
      const [first] = [tally.balance?.asOf, tally.state?.holdings?.asOf].filter((day) => day != null).toSorted();
      if (first === undefined || (since !== null && first < since) || (until !== null && first > until)) return [];
      const opening = openingOf(key, { ...tally, first });
      return opening.balance === null && opening.securities.length === 0 ? [] : [opening];
    });
  }
}

function openingOf(key: string, tally: Tally & { readonly first: IsoDate }): Opening {
  const [institution = '', account = ''] = key.split('/');
  return {
    institution,
    account,
    date: tally.first,
    balance: openingBalance(tally),
    securities: openingUnits(tally),
  };
}

function addUnits(tally: Tally, transaction: StoredTransaction): void {
  const id = transaction.investment?.security?.uniqueId;
  if (id === undefined) return;
  const { units: change, opens } = tradeOf(transaction);
  if (isZero(change)) return;
  const held = tally.securities.get(id) ?? { units: ZERO, least: ZERO, most: ZERO, of: transaction };
  held.units = add(held.units, change);
  if (!opens && compare(held.units, held.least) < 0) held.least = held.units;
  if (!opens && !change.startsWith('-') && compare(held.units, held.most) > 0) held.most = held.units;
  tally.securities.set(id, held);
}

/** Returns `null` when the balance is older than the first transaction and movements between both are unknown. */
function openingBalance({ balance, first, moved, isMixed, hasEarlier }: Tally): Opening['balance'] {
  if (balance === null || first === null || (balance.asOf < first && !hasEarlier) || isMixed) return null;
  return { amount: subtract(balance.amount, moved), currency: balance.currency };
}

/** Returns the units of the securities that were traded, and of those that are held without a trade. */
function openingUnits({ state, securities }: Tally): Opening['securities'] {
  const held = new Map(state === undefined ? [] : heldUnits(state));
  const traded = [...securities].map(([id, { units, least, most, of }]) => {
    const now = held.get(id);
    held.delete(id);
    const { investment, currency } = of;
    const isShort = isZero(least) && !isZero(most);
    const missing = now === undefined ? negate(isShort ? most : least) : subtract(now.units, units);
    return {
      // Only units that were closed can have been a short position.
      units: missing.startsWith('-') && !isShort ? ZERO : missing,
      price: investment?.unitPrice ?? null,
      of: { ticker: investment?.ticker ?? null, security: investment?.security ?? null, currency },
    };
  });
  const kept = [...held.values()].map(({ units, position }) => ({ units, price: position.unitPrice, of: position }));
  return [...traded, ...kept].filter(({ units }) => !isZero(units));
}
