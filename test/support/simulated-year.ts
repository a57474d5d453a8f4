/**
 * A year of a bank with a checking account and a card: bookings that arrive up to forty days late, and card payments whose
 * sides arrive on two days.
 */

import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import { bankFile } from './statement-file.js';

export const FIRST = isoDate('2026-01-05');
export const DAYS = 365;
/** `.ci/run --full` simulates the longest times; each change passes shorter ones with the same events. */
export const IN_FULL = process.env['OFX_SYNC_FULL'] === '1';
/** The days that each statement lists again. */
const OVERLAP_DAYS = 45;

export const CONFIG = `defaults: { overlap: ${OVERLAP_DAYS}d }
institutions:
  - name: river
    files: downloads/*.qfx
    accounts:
      - { name: checking, kind: checking, id: "5555", routing: "011000015" }
      - { name: card, kind: creditline, id: "6666", routing: "011000015" }
accountMap:
  river/checking: Assets:Checking
  river/card: Liabilities:Card
rules:
  - { match: { payee: CARD AUTOPAY }, set: { category: "Liabilities:Card" } }
`;

export interface Booking {
  readonly fitid: string;
  readonly account: 'checking' | 'card';
  readonly cents: number;
  readonly name: string;
  readonly postedOn: IsoDate;
  /** The first day on which the bank lists it. */
  readonly listedOn: IsoDate;
  /** The amount that the bank lists instead from a day on. */
  readonly corrected?: { readonly cents: number; readonly from: IsoDate };
}

export const ACCOUNTS = ['checking', 'card'] as const;

/** Returns numbers below 1 that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export function bookings(seed: number, days = DAYS): Booking[] {
  const next = numbers(seed);
  const all: Booking[] = [];
  const book = (account: Booking['account'], cents: number, name: string, postedOn: IsoDate, late: number) =>
    all.push({ fitid: `F${all.length + 1}`, account, cents, name, postedOn, listedOn: addDays(postedOn, late) });
  for (let day = 0; day < days; day += 1) {
    const today = addDays(FIRST, day);
    for (const account of ACCOUNTS)
      for (let count = Math.floor(next() * 3); count > 0; count -= 1) {
        const late = next() < 0.05 ? 1 + Math.floor(next() * 40) : 0;
        book(account, -100 - Math.floor(next() * 9900), 'SHOP', today, late);
      }
    if (day % 9 !== 4) continue;
    const cents = 10_000 + Math.floor(next() * 50_000);
    const cardFirst = next() < 0.3;
    const between = 1 + Math.floor(next() * 3);
    book('checking', -cents, 'CARD AUTOPAY', addDays(today, cardFirst ? between : 0), 0);
    book('card', cents, 'PAYMENT THANK YOU', addDays(today, cardFirst ? 0 : between), 0);
  }
  return all;
}

/** Corrects the amounts of some purchases a few days after they were listed. */
export function withCorrections(all: readonly Booking[]): Booking[] {
  return all.map((one, index) =>
    one.name === 'SHOP' && index % 29 === 7
      ? { ...one, corrected: { cents: one.cents - 250, from: addDays(one.listedOn, 1 + (index % 4)) } }
      : one,
  );
}

function centsOf({ cents, corrected }: Booking, today: IsoDate): number {
  return corrected !== undefined && corrected.from <= today ? corrected.cents : cents;
}

export const amountOf = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const compact = (day: IsoDate) => day.replaceAll('-', '');

const OPENING: Readonly<Record<Booking['account'], number>> = { checking: 500_000, card: -20_000 };

export function centsOn(all: readonly Booking[], account: Booking['account'], today: IsoDate): number {
  return all
    .filter((one) => one.account === account && one.listedOn <= today)
    .reduce((sum, one) => sum + centsOf(one, today), OPENING[account]);
}

export function statementOf(all: readonly Booking[], account: Booking['account'], today: IsoDate): string {
  const from = addDays(today, -OVERLAP_DAYS);
  const listed = all.filter(
    (one) => one.account === account && one.listedOn <= today && one.postedOn >= from && one.postedOn <= today,
  );
  const text = bankFile(
    listed.map((one) => ({
      ...{ fitid: one.fitid, amount: amountOf(centsOf(one, today)), on: compact(one.postedOn), name: one.name },
    })),
    {
      from: compact(from),
      to: compact(today),
      balance: amountOf(centsOn(all, account, today)),
      account: account === 'card' ? '6666' : '5555',
    },
  );
  return account === 'card' ? text.replace('<ACCTTYPE>CHECKING', '<ACCTTYPE>CREDITLINE') : text;
}
