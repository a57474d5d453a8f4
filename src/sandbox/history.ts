/**
 * Years of believable transactions of a sandbox account. They depend on the account and the day alone: a posted transaction
 * never changes, and each new day may add some. Amounts are whole cents.
 */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';
import { compact } from './elements.js';
import type { SandboxAccount, SandboxInstitution } from './institutions.js';

export interface Movement {
  readonly fitid: string;
  readonly date: IsoDate;
  readonly cents: number;
  readonly type: string;
  readonly name: string;
  readonly memo: string | null;
  readonly checkNumber: string | null;
}

const FIRST_DAY = isoDate('2019-01-01');
/** Customers pay their cards more than they spend. What they owe was transferred from another card. */
const TRANSFER_DAY = isoDate('2026-08-21');
const TRANSFER: Draft = { cents: -900_000, type: 'DEBIT', name: 'BALANCE TRANSFER' };
const SHOPS: readonly (readonly [name: string, memo: string | null, least: number, most: number])[] = [
  ['GREEN GROCER', 'WEEKLY SHOP', 1850, 9600],
  ['MILLER & SONS BAKERY', null, 320, 1890],
  ['CORNER CAFE', null, 280, 1240],
  ['CITY TRANSIT', 'TICKET', 275, 550],
  ['BOOKS <ETC>', null, 899, 4600],
  ['HARDWARE DEPOT #12', null, 499, 12900],
  ['PHARMACY PLUS', null, 650, 5400],
  ['FUEL STOP 7', 'PUMP 3', 2400, 7200],
];
const SHOPS_EUR: readonly (readonly [name: string, memo: string | null, least: number, most: number])[] = [
  ['Épicerie du Marché', 'CARTE 14/11', 1250, 8700],
  ['Café des Tilleuls', null, 290, 1850],
  ['Boulangerie Noël & Fils', null, 180, 1420],
  ['Bäckerei Müller', 'Kartenzahlung', 240, 1650],
  ['Pharmacie Lefèvre', null, 590, 4300],
];

/** The part of an account and of its institution on which a history depends. */
type Customer = Pick<SandboxAccount, 'kind' | 'id'>;
type Bank = Pick<SandboxInstitution, 'name' | 'currency'>;

/** The latest history of each account, since a server needs that of the same day many times. */
const latest = new WeakMap<Customer, { readonly today: IsoDate; readonly movements: readonly Movement[] }>();

/** Returns the movements from the first day to `today`, oldest first. */
export function historyOf(institution: Bank, account: Customer, today: IsoDate): readonly Movement[] {
  const known = latest.get(account);
  if (known?.today === today) return known.movements;
  // A later day only adds to the history.
  const isLater = known !== undefined && known.today < today;
  const movements: Movement[] = isLater ? [...known.movements] : [];
  for (let day = isLater ? addDays(known.today, 1) : FIRST_DAY; day <= today; day = addDays(day, 1)) {
    movements.push(...movementsOf(institution, account, day));
  }
  latest.set(account, { today, movements });
  return movements;
}

/** Returns the balance before the first movement, in cents. */
export function openingCents(account: Pick<Customer, 'kind'>): number {
  return {
    checking: 185_000,
    savings: 1_250_000,
    cd: 2_000_000,
    creditcard: 0,
    investment: 5_000_000,
    loan: -24_000_000,
  }[account.kind];
}

function movementsOf(institution: Bank, account: Customer, day: IsoDate): Movement[] {
  const random = generator(`${institution.name}|${account.id}|${day}`);
  const dayOfMonth = Number(day.slice(8));
  const planned = { checking, savings, cd, creditcard, investment: () => [], loan }[account.kind](
    dayOfMonth,
    random,
    institution,
  );
  const transferred = account.kind === 'creditcard' && day === TRANSFER_DAY ? [TRANSFER] : [];
  return [...planned, ...transferred].map((draft, index) => ({
    fitid: `${compact(day)}-${index + 1}`,
    date: day,
    memo: null,
    checkNumber: null,
    ...draft,
  }));
}

type Draft = Pick<Movement, 'cents' | 'type' | 'name'> & Partial<Pick<Movement, 'memo' | 'checkNumber'>>;
type Random = (least: number, most: number) => number;

function checking(day: number, random: Random, { currency }: Bank): Draft[] {
  const drafts: Draft[] = [];
  if (day === 1)
    drafts.push({ cents: -125_000, type: 'DIRECTDEBIT', name: currency === 'EUR' ? 'Loyer' : 'RENT', memo: null });
  if (day === 5)
    drafts.push({ cents: -random(4200, 9800), type: 'DIRECTDEBIT', name: 'POWER & WATER', memo: 'MONTHLY BILL' });
  if (day === 15 || day === 28)
    drafts.push({
      cents: 171_250,
      type: 'DIRECTDEP',
      name: currency === 'EUR' ? 'Salaire Société Générique' : 'ACME PAYROLL',
      memo: null,
    });
  if (day === 20)
    drafts.push({ cents: -random(85_000, 105_000), type: 'PAYMENT', name: 'CARD PAYMENT', memo: 'THANK YOU' });
  if (day === 12) drafts.push({ cents: -30_000, type: 'XFER', name: 'TRANSFER TO SAVINGS' });
  if (random(1, 100) <= 6)
    drafts.push({
      cents: -random(1500, 24_000),
      type: 'CHECK',
      name: 'CHECK',
      checkNumber: String(random(1001, 9998)),
    });
  return [...drafts, ...purchases(random, { percent: 30, currency, type: 'POS' })];
}

function savings(day: number, random: Random): Draft[] {
  const drafts: Draft[] = [];
  if (day === 12) drafts.push({ cents: 30_000, type: 'XFER', name: 'TRANSFER FROM CHECKING' });
  if (day === 28) drafts.push({ cents: random(310, 2900), type: 'INT', name: 'INTEREST PAID' });
  return drafts;
}

function cd(day: number): Draft[] {
  return day === 28 ? [{ cents: 4_125, type: 'INT', name: 'INTEREST CAPITALIZED' }] : [];
}

function loan(day: number): Draft[] {
  if (day === 1) return [{ cents: -61_500, type: 'INTEREST', name: 'INTEREST' }];
  return day === 3 ? [{ cents: 120_000, type: 'PAYMENT', name: 'PAYMENT - THANK YOU' }] : [];
}

function creditcard(day: number, random: Random, { currency }: Bank): Draft[] {
  const drafts: Draft[] = [];
  if (day === 20) drafts.push({ cents: random(85_000, 115_000), type: 'CREDIT', name: 'PAYMENT - THANK YOU' });
  if (random(1, 100) <= 3) drafts.push({ cents: random(900, 8000), type: 'CREDIT', name: 'REFUND HARDWARE DEPOT #12' });
  return [...drafts, ...purchases(random, { percent: 70, currency, type: 'DEBIT' })];
}

function purchases(random: Random, how: { percent: number; currency: string; type: string }): Draft[] {
  const shops = how.currency === 'EUR' ? SHOPS_EUR : SHOPS;
  const count = random(1, 100) <= how.percent ? random(1, 2) : 0;
  return Array.from({ length: count }, () => {
    const [name, memo, least, most] = shops[random(0, shops.length - 1)] ?? ['SHOP', null, 100, 1000];
    return { cents: -random(least, most), type: how.type, name, memo };
  });
}

/** Returns a generator of whole numbers between two bounds, the same for the same seed (FNV-1a, then xorshift32). */
function generator(seed: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  state ||= 1;
  return (least, most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return least + ((state >>> 0) % (most - least + 1));
  };
}
