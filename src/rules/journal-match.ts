/** Finds the journal's entry for a stored transaction: by the ids that exports write, else by amount, day and account. */

import { keyOf } from '../exporters/account-names.js';
import { daysBetween, type IsoDate, isIsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import type { StoredTransaction } from '../ports.js';
import type { ReadEntry, ReadPosting } from './journal/entry.js';

/** One account of the person, and where its money went or came from. */
export interface Booking {
  readonly entry: ReadEntry;
  readonly own: ReadPosting;
  readonly counter: string;
  /** Both accounts are the person's: each side is a booking. */
  readonly isTransfer: boolean;
}

/** A person enters the day of the purchase, the bank that of the booking. */
const MOST_DAYS = 5;

const SYMBOLS: Readonly<Record<string, string>> = { $: 'USD', US$: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };

/**
 * Returns a function that takes the transactions in the order of their days and gives each booking once.
 * @param names journal accounts by `institution/account`.
 */
export function journalMatcher(
  bookings: readonly Booking[],
  names: ReadonlyMap<string, string>,
): (transaction: StoredTransaction) => Booking | null {
  const own = new Set(names.values());
  const byId = new Map<string, Booking>();
  const bySize = new Map<string, Booking[]>();
  for (const booking of bookings) {
    for (const id of idsOf(booking)) byId.set(id, booking);
    const { amount, commodity } = booking.own;
    const key = amount === null ? null : sizeKey(amount, commodity ?? '');
    if (key !== null) bySize.set(key, [...(bySize.get(key) ?? []), booking]);
  }
  const used = new Set<Booking>();
  const take = (booking: Booking | undefined) => {
    if (booking !== undefined) used.add(booking);
    return booking ?? null;
  };
  return (transaction) => {
    const account = names.get(keyOf(transaction));
    const tagged = byId.get(`id ${transaction.id}`) ?? byId.get(`fitid ${account ?? ''} ${transaction.fitid ?? ''}`);
    if (tagged !== undefined && !used.has(tagged)) return take(tagged);
    const { amount, currency, postedOn } = transaction;
    const candidates = [...(bySize.get(sizeKey(amount, currency)) ?? []), ...(bySize.get(sizeKey(amount, '')) ?? [])];
    const near = candidates
      .filter((one) => !used.has(one) && daysFrom(one, postedOn) <= MOST_DAYS)
      // An account that the configuration names is that account and no other.
      .filter((one) => one.own.account === account || !own.has(one.own.account));
    const nearest = near.toSorted((a, b) => daysFrom(a, postedOn) - daysFrom(b, postedOn));
    return take(nearest.find((one) => one.own.account === account) ?? nearest[0]);
  };
}

function idsOf({ entry: { tags }, own }: Booking): string[] {
  const [id, fitid] = [tags.get('id'), tags.get('fitid')];
  return [...(id === undefined ? [] : [`id ${id}`]), ...(fitid === undefined ? [] : [`fitid ${own.account} ${fitid}`])];
}

function daysFrom({ entry: { date } }: Booking, day: IsoDate): number {
  return isIsoDate(date) ? Math.abs(daysBetween(date, day)) : Number.POSITIVE_INFINITY;
}

function sizeKey(amount: Decimal, commodity: string): string {
  const plain = amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
  return `${plain} ${SYMBOLS[commodity] ?? commodity}`;
}
