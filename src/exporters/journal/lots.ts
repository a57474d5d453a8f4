/**
 * Books trades against the units that a journal holds by then. Institutions do not say reliably which trades end a position:
 * a short option that expires comes as units transferred in.
 */

import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import { absolute, add, compare, divide, isZero, multiply, negate, round, subtract, ZERO } from '../../model/money.js';
import type { HeldChange } from '../../ports.js';
import { OWN_ACCOUNTS } from '../account-names.js';
import type { JournalPosting, JournalTransaction } from './entry.js';

interface Total {
  readonly date: string;
  readonly units: Decimal;
}

/** The units of securities in a journal, by the account as the dialect writes it, while it grows. */
export class Units {
  readonly #totals = new Map<string, Total[]>();
  readonly #isInPlace: boolean;

  /** @param isInPlace the program compares a balance with the lines above it, not with the days before it. */
  constructor(before: ReadonlyMap<string, readonly HeldChange[]>, { isInPlace }: { readonly isInPlace: boolean }) {
    this.#isInPlace = isInPlace;
    for (const [account, changes] of before) for (const { date, units } of changes) this.add(account, date, units);
  }

  add(account: string, day: IsoDate, units: Decimal): void {
    const date = this.#isInPlace ? '' : day;
    const totals = this.#totals.get(account) ?? [];
    this.#totals.set(account, totals);
    const after = totals.findLastIndex((one) => one.date <= date) + 1;
    totals.splice(after, 0, { date, units: totals[after - 1]?.units ?? ZERO });
    for (let index = after; index < totals.length; index += 1) {
      const total = totals[index];
      if (total !== undefined) totals[index] = { ...total, units: add(total.units, units) };
    }
  }

  hasMovedAfter(account: string, day: IsoDate): boolean {
    return (this.#totals.get(account)?.at(-1)?.date ?? '') > day;
  }

  /** Returns the units at the end of a day, as far as the journal is written. */
  at(account: string, day: IsoDate): Decimal {
    const date = this.#isInPlace ? '' : day;
    return this.#totals.get(account)?.findLast((one) => one.date <= date)?.units ?? ZERO;
  }
}

/** Returns the entry with its lots as parts that end a position and parts that begin one. @param held the units of an account. */
export function booked(
  entry: JournalTransaction,
  held: ((posting: JournalPosting) => Decimal) | null,
): JournalTransaction {
  const parts = entry.postings.flatMap((posting) => (held === null ? [posting] : partsOf(posting, held(posting))));
  const closes = parts.some(({ lot }) => lot?.opens === false);
  return {
    ...entry,
    postings: parts.flatMap((posting) => {
      if (closes || posting.inferred !== true) return [posting];
      const { inferred, ...exact } = posting;
      // Without a lot that ends there is no gain.
      return posting.account === OWN_ACCOUNTS.gains && isZero(posting.amount) ? [] : [exact];
    }),
  };
}

/** Returns the units that a trade ends beyond those that are there, with their sign; zero if the trade begins a position. */
export function missingUnits({ amount, lot }: JournalPosting, held: Decimal): Decimal {
  if (lot === undefined || lot.opens || (!isZero(held) && !isOpposite(held, amount))) return ZERO;
  const rest = add(held, amount);
  return isOpposite(rest, amount) ? ZERO : negate(rest);
}

function partsOf(posting: JournalPosting, held: Decimal): readonly JournalPosting[] {
  const { amount, lot } = posting;
  if (lot === undefined) return [posting];
  if (!isOpposite(held, amount)) return [{ ...posting, lot: { ...lot, opens: true } }];
  if (compare(absolute(amount), absolute(held)) <= 0) return [{ ...posting, lot: { ...lot, opens: false } }];
  const { total, unitPrice } = lot;
  const share = round(divide(multiply(total.amount, absolute(held)), absolute(amount), 12), 2);
  const part = (units: Decimal, worth: Decimal, opens: boolean): JournalPosting => ({
    ...posting,
    amount: units,
    lot: { opens, unitPrice, total: { ...total, amount: worth } },
  });
  return [part(negate(held), share, false), part(add(amount, held), subtract(total.amount, share), true)];
}

function isOpposite(a: Decimal, b: Decimal): boolean {
  return !isZero(a) && !isZero(b) && a.startsWith('-') !== b.startsWith('-');
}
