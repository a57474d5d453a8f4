/**
 * What the customers of a bridge did, in the judgement of a test: six accounts at two banks, with `.ci/run --full` twelve at four,
 * with purchases that are alike to the cent and on one day, holds that settle under another amount or never, and postings that are
 * listed days after their date.
 */

import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import type { Booking, Bridge, BridgeConnection } from '../../src/sandbox/simplefin/bridges.js';
import { IN_FULL } from './simulated-year.js';

export const FIRST = isoDate('2026-01-05');
/** Two tenths of a month are in both, on which a bridge may change its ids. */
export const DAYS = IN_FULL ? 60 : 40;
/** Days of history before the first sync. */
const BEFORE = 40;

const KINDS = ['checking', 'savings', 'creditcard'] as const;
const ALL_BANKS = [
  { bank: 'Elm', postsAtHour: 0 },
  { bank: 'Fir', postsAtHour: 6 },
  { bank: 'Oak', postsAtHour: 12 },
  { bank: 'Yew', postsAtHour: 18 },
] as const;
const BANKS = IN_FULL ? ALL_BANKS : [ALL_BANKS[0], ALL_BANKS[3]];
const SHOPS = ['GREEN GROCER', 'CORNER CAFE', 'CITY TRANSIT', 'FUEL STOP 7', 'BOOKS AND PAPER'] as const;

export interface TrueAccount {
  /** Name in accounts.yaml. */
  readonly name: string;
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly bookings: readonly Booking[];
}

/** Returns numbers below 1 that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export function trueAccounts(seed: number): TrueAccount[] {
  return BANKS.flatMap(({ bank }, number) =>
    KINDS.map((kind, index) => ({
      name: `${bank}-${kind}`.toLowerCase(),
      id: `ACT-${bank}-${index + 1}`,
      kind,
      bookings: bookingsOf(numbers(seed + number * 10 + index), kind),
    })),
  );
}

function bookingsOf(next: () => number, kind: TrueAccount['kind']): Booking[] {
  const all: Booking[] = [];
  const below = (limit: number) => Math.floor(next() * limit);
  const add = (day: IsoDate, cents: number, payee: string, rest: Partial<Booking> = {}) => {
    const key = `${all.length + 1}`;
    const base = { key, happenedOn: day, postedOn: day, pendingUntil: null, cents, payee, memo: '' };
    all.push({ ...base, description: `${payee} ${day.slice(5).replace('-', '/')}`, ...rest });
  };
  for (let number = -BEFORE; number < DAYS; number += 1) {
    const day = addDays(FIRST, number);
    if (kind === 'savings') {
      if (number % 6 === 0) add(day, 2_500, 'STANDING ORDER');
      continue;
    }
    for (let count = below(3); count > 0; count -= 1) {
      const settled = addDays(day, 1 + below(3));
      const cents = -100 - below(9_900);
      const isCard = kind === 'creditcard';
      const isTipped = isCard && next() < 0.15;
      const held = { postedOn: settled, pendingUntil: settled, ...(isTipped ? { pendingCents: cents + 50 } : {}) };
      const late = next() < 0.06 ? { listedOn: addDays(day, 2 + below(9)) } : {};
      add(day, cents, SHOPS[below(SHOPS.length)] ?? 'SHOP', isCard ? held : late);
    }
    // Coffees that are alike: two on most days, and now and then a third that is listed later than the others.
    if (number % 3 !== 0) {
      add(day, -420, 'CORNER CAFE');
      add(day, -420, 'CORNER CAFE', number % 5 === 0 ? { listedOn: addDays(day, 3) } : {});
    }
    if (number % 11 === 4) add(day, -7_500, 'HOTEL HOLD', { postedOn: null, pendingUntil: addDays(day, 4) });
    if (number % 14 === 0) add(day, 171_250, 'ACME PAYROLL');
  }
  return all;
}

export function bridgeOf(accounts: readonly TrueAccount[]): Bridge {
  const connections = BANKS.map(({ bank, postsAtHour }, number): BridgeConnection => {
    const own = accounts.slice(number * KINDS.length, (number + 1) * KINDS.length);
    return {
      id: `CON-${bank}`,
      name: `${bank} Bank`,
      org: { id: `INS-${bank}`, name: `${bank} Bank`, domain: `${bank.toLowerCase()}.example` },
      postsAtHour,
      accounts: own.map(({ id, name, kind, bookings }) => ({ id, name, kind, bookings })),
    };
  });
  return { name: 'truth', title: 'A bridge whose truth is known', connections };
}

/** Returns the rows that a bank has listed as posted, as day and cents, in order. */
export function postedUntil({ bookings }: TrueAccount, today: IsoDate): string[] {
  return bookings
    .flatMap(({ postedOn, listedOn, cents }) =>
      postedOn !== null && (listedOn ?? postedOn) <= today ? [`${postedOn} ${cents}`] : [],
    )
    .toSorted();
}

/** Returns the rows that a bank lists as pending. */
export function pendingOn({ bookings }: TrueAccount, today: IsoDate): string[] {
  return bookings
    .flatMap(({ happenedOn, pendingUntil, cents, pendingCents = cents }) =>
      pendingUntil !== null && happenedOn <= today && today < pendingUntil ? [`${happenedOn} ${pendingCents}`] : [],
    )
    .toSorted();
}
