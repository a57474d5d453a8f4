/**
 * The truth: every movement of an account over months, as the account's owner made it. Rent, salary, groceries, coffees that
 * are alike to the cent and several on one day, charges abroad with their fees, refunds, cheques, interest.
 */

import { dayOfMonth, weekday } from './calendar.js';
import { type Random, randomOf } from './random.js';

export interface Movement {
  readonly id: string;
  readonly day: number;
  /** Hour of the day at which the bank books it. */
  readonly hour: number;
  readonly cents: number;
  readonly name: string;
  readonly memo: string | null;
  /** The movement that this one is the fee of. */
  readonly feeOf: string | null;
}

type Draft = Pick<Movement, 'cents' | 'name'> & { readonly memo?: string | null; readonly withFee?: boolean };

const SHOPS: readonly (readonly [name: string, memo: string | null, least: number, most: number])[] = [
  ['GREEN GROCER MARKET STREET', 'CARD 4411 WEEKLY SHOP', 1850, 9600],
  ['MILLER & SONS BAKERY', null, 320, 1890],
  ['HARDWARE DEPOT NO 12', 'CARD 4411', 499, 12_900],
  ['PHARMACY PLUS', null, 650, 5400],
  ['FUEL STOP 7 RING ROAD', 'PUMP 3 CARD 4411', 2400, 7200],
  ['BOOKS AND PAPER', null, 899, 4600],
  ['ONLINE STORE MARKETPLACE ORDER', 'ORDER CONFIRMED', 700, 15_000],
];

/** Returns all movements from `from` to `to`, in the order in which the bank books them. */
export function truthOf(seed: string, { from, to }: { readonly from: number; readonly to: number }): Movement[] {
  const movements: Movement[] = [];
  const random = randomOf(`truth ${seed}`);
  let spent: Draft | null = null;
  for (let day = from; day <= to; day += 1) {
    const drafts = [...regular(day, random), ...daily(day, random)];
    if (spent !== null && random.chance(0.05)) drafts.push({ ...spent, cents: -spent.cents, memo: 'REFUND' });
    spent = drafts.find(({ cents }) => cents < 0) ?? spent;
    const booked = drafts.map((draft) => ({ draft, hour: random.int(5, 22) })).toSorted((a, b) => a.hour - b.hour);
    for (const { draft, hour } of booked)
      movements.push(...movementsOf(draft, { day, hour, number: movements.length }));
  }
  return movements;
}

function movementsOf(
  { cents, name, memo = null, withFee = false }: Draft,
  { day, hour, number }: { readonly day: number; readonly hour: number; readonly number: number },
): Movement[] {
  const one: Movement = { id: `m${number}`, day, hour, cents, name, memo, feeOf: null };
  if (!withFee) return [one];
  const fee = { id: `m${number + 1}`, cents: Math.round(cents / 50), name: 'FOREIGN CHARGE FEE', memo: null };
  return [one, { ...one, ...fee, feeOf: one.id }];
}

function regular(day: number, random: Random): Draft[] {
  switch (dayOfMonth(day)) {
    case 1:
      return [{ cents: -95_000, name: 'RENT CITY HOUSING', memo: 'FLAT 12' }];
    case 3:
      return [{ cents: -30_000, name: 'TRANSFER TO SAVINGS' }];
    case 5:
      return [{ cents: -random.int(4200, 9800), name: 'POWER & WATER', memo: 'MONTHLY BILL' }];
    case 12:
      return [{ cents: -1299, name: 'STREAMING SERVICE' }];
    case 20:
      return [{ cents: -random.int(25_000, 60_000), name: 'CARD PAYMENT', memo: 'THANK YOU' }];
    case 25:
      return [{ cents: 285_000, name: 'ACME PAYROLL', memo: 'SALARY' }];
    case 28:
      return [
        { cents: random.int(12, 190), name: 'INTEREST PAID' },
        { cents: -450, name: 'ACCOUNT FEE' },
      ];
    default:
      return [];
  }
}

function daily(day: number, random: Random): Draft[] {
  const drafts: Draft[] = [];
  const isWorkday = weekday(day) >= 1 && weekday(day) <= 5;
  if (isWorkday && random.chance(0.6)) {
    const coffees = random.chance(0.12) ? 2 : random.chance(0.02) ? 3 : 1;
    for (let cup = 0; cup < coffees; cup += 1) drafts.push({ cents: -280, name: 'CORNER CAFE' });
  }
  if (isWorkday && random.chance(0.25))
    drafts.push(
      { cents: -275, name: 'CITY TRANSIT', memo: 'TICKET' },
      { cents: -275, name: 'CITY TRANSIT', memo: 'TICKET' },
    );
  const purchases = random.chance(0.75) ? random.int(1, 3) : 0;
  for (let purchase = 0; purchase < purchases; purchase += 1) {
    const [name, memo, least, most] = random.pick(SHOPS);
    drafts.push({ cents: -random.int(least, most), name, memo });
  }
  if (random.chance(0.05)) drafts.push({ cents: -random.int(900, 9000), name: 'HOTEL ABROAD', withFee: true });
  if (random.chance(0.04)) drafts.push({ cents: -random.int(1500, 24_000), name: `CHECK ${random.int(1001, 1998)}` });
  if (random.chance(0.03))
    drafts.push({ cents: random.int(500, 9000), name: 'TRANSFER FROM A FRIEND', memo: 'DINNER' });
  return drafts;
}
