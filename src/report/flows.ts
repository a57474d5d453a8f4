/** Money that came in and went out: by month, category and payee. Always by currency, never with transfers between own accounts. */

import type { AccountRef } from '../model/account.js';
import { accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { fromUnits, placesOf, toUnits } from '../model/money.js';
import type { StoredTransaction } from '../ports.js';
import { monthsBetween } from './calendar.js';

/** A transaction with what is known of it beside the bank's words. */
export interface FlowInput {
  readonly transaction: StoredTransaction;
  readonly isTransfer: boolean;
  readonly payee: string | null;
  readonly category: string | null;
}

export interface CashFlow {
  readonly currency: string;
  /** One for each month of the period, also without transactions. */
  readonly months: readonly FlowMonth[];
  /** Sums over all months; both at least zero. */
  readonly cashIn: Decimal;
  readonly cashOut: Decimal;
  /** Parts of the cash that went out, the largest first; they add up to it. `null`: transactions without a category. */
  readonly categories: readonly FlowPart[];
  /** The largest payees. `null`: transactions without a payee. */
  readonly payees: readonly FlowPart[];
}

export interface FlowMonth {
  /** `2026-11` */
  readonly month: string;
  /** Both at least zero. */
  readonly cashIn: Decimal;
  readonly cashOut: Decimal;
}

export interface FlowPart {
  readonly name: string | null;
  readonly amount: Decimal;
  readonly count: number;
}

const MOST_PAYEES = 15;

/** Actions of investment accounts that are income or expenses; the others exchange cash and securities. */
const INVESTMENT_FLOWS: ReadonlySet<string> = new Set(['INVBANKTRAN', 'INCOME', 'INVEXPENSE', 'MARGININTEREST']);

/**
 * Returns the cash flow of accounts in each currency, the one of most transactions first. A refund counts as cash that came in.
 * @param movements of all accounts from the first day of the period; those of other accounts do not count.
 */
export function cashFlows(
  movements: Iterable<FlowInput>,
  { accounts, from, to }: { readonly accounts: readonly AccountRef[]; readonly from: IsoDate; readonly to: IsoDate },
): CashFlow[] {
  const own = new Set(accounts.map(accountKey));
  const tallies = new Map<string, Tally>();
  for (const { transaction, isTransfer, payee, category } of movements) {
    const { institution, account: name, investment, currency, postedOn } = transaction;
    if (isTransfer || postedOn > to || !own.has(accountKey({ institution, name }))) continue;
    if (investment !== null && !INVESTMENT_FLOWS.has(investment.action)) continue;
    const tally = tallies.get(currency) ?? new Tally(currency);
    tallies.set(currency, tally);
    tally.add(transaction, { payee, category });
  }
  const months = monthsBetween(from, to);
  return [...tallies.values()]
    .toSorted((a, b) => b.count - a.count || a.currency.localeCompare(b.currency))
    .map((tally) => tally.flow(months));
}

/** A sum that grows: units of one size, so that adding is exact and quick. */
interface Sum {
  units: bigint;
  count: number;
}

/** Digits after the point of the units. Amounts with more are rare, and make all sums finer. */
const PLACES = 4;

class Tally {
  readonly currency: string;
  count = 0;
  #places = PLACES;
  readonly #months = { in: new Map<string, Sum>(), out: new Map<string, Sum>() };
  readonly #categories = new Map<string | null, Sum>();
  readonly #payees = new Map<string | null, Sum>();

  constructor(currency: string) {
    this.currency = currency;
  }

  add(
    { amount, postedOn }: StoredTransaction,
    { payee, category }: { payee: string | null; category: string | null },
  ): void {
    this.#refine(placesOf(amount));
    const units = toUnits(amount, this.#places);
    const month = postedOn.slice(0, 7);
    this.count += 1;
    if (units >= 0n) {
      count(this.#months.in, month, units);
      return;
    }
    count(this.#months.out, month, -units);
    count(this.#categories, blankToNull(category), -units);
    count(this.#payees, blankToNull(payee), -units);
  }

  flow(months: readonly string[]): CashFlow {
    const total = (sums: ReadonlyMap<string, Sum>) =>
      this.#decimal(months.reduce((units, month) => units + (sums.get(month)?.units ?? 0n), 0n));
    const { in: cashIn, out: cashOut } = this.#months;
    return {
      currency: this.currency,
      months: months.map((month) => ({
        month,
        cashIn: this.#decimal(cashIn.get(month)?.units ?? 0n),
        cashOut: this.#decimal(cashOut.get(month)?.units ?? 0n),
      })),
      cashIn: total(cashIn),
      cashOut: total(cashOut),
      categories: this.#parts(this.#categories),
      payees: this.#parts(this.#payees).slice(0, MOST_PAYEES),
    };
  }

  #parts(sums: ReadonlyMap<string | null, Sum>): FlowPart[] {
    return [...sums]
      .toSorted(([a, one], [b, other]) =>
        one.units === other.units ? (a ?? '').localeCompare(b ?? '') : other.units > one.units ? 1 : -1,
      )
      .map(([name, sum]) => ({ name, amount: this.#decimal(sum.units), count: sum.count }));
  }

  #refine(places: number): void {
    if (places <= this.#places) return;
    const factor = 10n ** BigInt(places - this.#places);
    for (const sums of [this.#months.in, this.#months.out, this.#categories, this.#payees])
      for (const sum of sums.values()) sum.units *= factor;
    this.#places = places;
  }

  #decimal(units: bigint): Decimal {
    return fromUnits(units, this.#places);
  }
}

function count<Key>(sums: Map<Key, Sum>, key: Key, units: bigint): void {
  const sum = sums.get(key);
  if (sum === undefined) {
    sums.set(key, { units, count: 1 });
    return;
  }
  sum.units += units;
  sum.count += 1;
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}
