/** The transactions of an account of a bridge on a day: those that have posted, those that are pending, and what is in the account. */

import { addDays, type IsoDate } from '../../model/dates.js';
import { type DatedTrade, holdingOn, SECURITY, tradesUntil } from '../broker.js';
import { historyOf, type Movement, openingCents } from '../history.js';
import type { Booking, Bridge, BridgeAccount } from './bridges.js';

/** Days from a purchase to its posting. */
const DAYS_TO_POST: Readonly<Record<string, number>> = { POS: 1, DEBIT: 2 };

const TRADES: Readonly<Record<string, string>> = {
  INVBANKTRAN: 'CONTRIBUTION',
  BUYSTOCK: `BUY ${SECURITY.ticker}`,
  SELLSTOCK: `SELL ${SECURITY.ticker}`,
  INCOME: `DIVIDEND ${SECURITY.ticker}`,
};

/** Returns all transactions that have happened until a day, oldest first. */
export function bookingsOf(bridge: Bridge, account: BridgeAccount, today: IsoDate): readonly Booking[] {
  if (account.bookings !== undefined) return account.bookings.filter(({ happenedOn }) => happenedOn <= today);
  if (account.kind === 'investment') return tradesUntil(today).map(bookingOfTrade);
  return historyOf({ name: bridge.name, currency: 'USD' }, account, today).map(bookingOf);
}

function bookingOf({ fitid, date, cents, type, name, memo, checkNumber }: Movement): Booking {
  const postedOn = addDays(date, DAYS_TO_POST[type] ?? 0);
  const payee = name.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const description = [name, memo, checkNumber].filter((text) => text !== null).join(' ');
  const pendingUntil = postedOn === date ? null : postedOn;
  return { key: fitid, happenedOn: date, postedOn, pendingUntil, cents, description, payee, memo: memo ?? '' };
}

function bookingOfTrade({ date, cents, tree: [name] }: DatedTrade): Booking {
  const description = TRADES[name] ?? name;
  const rest = { pendingUntil: null, cents, description, payee: description, memo: '' };
  return { key: `${date} ${name}`, happenedOn: date, postedOn: date, ...rest };
}

/** A booking that has a day of posting. */
export interface Posted extends Booking {
  readonly postedOn: IsoDate;
}

export function isPosted(booking: Booking, today: IsoDate): booking is Posted {
  return booking.postedOn !== null && (booking.listedOn ?? booking.postedOn) <= today;
}

export function isPending(booking: Booking, today: IsoDate): boolean {
  const { happenedOn, pendingUntil } = booking;
  return pendingUntil !== null && happenedOn <= today && today < pendingUntil && !isPosted(booking, today);
}

/** Returns the worth of an account at the end of a day in cents: its money, and its securities at the price of that day. */
export function centsOn(account: BridgeAccount, bookings: readonly Booking[], day: IsoDate, today: IsoDate): number {
  if (account.kind === 'investment' && account.bookings === undefined) {
    const { units, price, cash } = holdingOn(day);
    return cash + Math.round((units * price) / 1000);
  }
  return bookings
    .filter((booking) => isPosted(booking, today) && booking.postedOn <= day)
    .reduce((sum, { cents }) => sum + cents, openingCents(account));
}
