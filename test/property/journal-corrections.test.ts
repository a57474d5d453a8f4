/**
 * A bank that books late, corrects amounts and takes bookings back, and a journal that grows now and then: it sums up to the
 * store, has each transaction once, and each balance in it stays true, for programs that compare by date and for those that
 * compare with the lines above.
 */

import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/load.js';
import { exportText } from '../../src/library/export.js';
import type { Account } from '../../src/model/account.js';
import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Transaction } from '../../src/model/statement.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { statement, transaction } from '../support/builders.js';
import { fc } from '../support/properties.js';
import { scratchDir } from '../support/scratch.js';

const RUNS = Number(process.env['OFX_SYNC_RUNS'] ?? 25);
const FIRST = isoDate('2026-01-05');
const OVERLAP_DAYS = 12;
const LISTED_DAYS = 60;
const FORMATS = ['hledger', 'ledger'] as const;

const CONFIG = parseConfig(
  `defaults: { overlap: ${OVERLAP_DAYS}d }
institutions:
  - name: river
    files: downloads/*.qfx
    accounts:
      - { name: checking, kind: checking, id: "5555", routing: "011000015" }
      - { name: card, kind: creditline, id: "6666", routing: "011000015" }
accountMap:
  river/checking: Assets:Checking
  river/card: Assets:Card
rules:
  - { match: { payee: AUTOPAY, account: river/checking }, set: { category: "Assets:Card" } }
  - { match: { payee: MARKET }, set: { splits: [{ category: Home, amount: "3.00" }, { category: Gifts, amount: 30% }, { category: Food }] } }
`,
  'accounts.yaml',
);
const [RIVER] = CONFIG.institutions;
const ACCOUNTS = RIVER?.accounts ?? [];

const booking = fc.record({
  account: fc.constantFrom('checking', 'card'),
  cents: fc.integer({ min: -900, max: 900 }),
  name: fc.constantFrom('SHOP', 'MARKET', 'AUTOPAY'),
  lateDays: fc.constantFrom(0, 0, 0, 1, 4, OVERLAP_DAYS - 2),
});

const round = fc.record({
  days: fc.integer({ min: 1, max: 9 }),
  bookings: fc.array(booking, { maxLength: 3 }),
  /** A card payment, whose second side comes so many days later. */
  payment: fc.option(fc.record({ cents: fc.integer({ min: 1, max: 900 }), after: fc.integer({ min: 0, max: 3 }) })),
  /** Bookings by their number, from the newest on, and by how much they are corrected; or that they are taken back. */
  corrected: fc.array(fc.record({ back: fc.integer({ min: 0, max: 8 }), cents: fc.integer({ min: -300, max: 300 }) }), {
    maxLength: 2,
  }),
  deleted: fc.option(fc.integer({ min: 0, max: 8 })),
  hidden: fc.option(fc.integer({ min: 0, max: 8 })),
  renamed: fc.option(fc.integer({ min: 0, max: 8 })),
  isListed: fc.boolean(),
  isExported: fc.boolean(),
});
type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

interface Booked {
  readonly fitid: string;
  readonly account: string;
  readonly postedOn: IsoDate;
  readonly listedOn: IsoDate;
  cents: number;
  name: string;
  deleted: boolean;
  hidden: boolean;
}

const amountOf = (cents: number) => decimal((cents / 100).toFixed(2).replace(/^-0\.00$/, '0.00'));
const centsOf = (amount: string) => Math.round(Number(amount) * 100);

class Bank {
  readonly all: Booked[] = [];
  today = FIRST;

  book(account: string, { cents, name, postedOn, listedOn }: Pick<Booked, 'cents' | 'name' | 'postedOn' | 'listedOn'>) {
    const flags = { deleted: false, hidden: false };
    this.all.push({ fitid: `F${this.all.length + 1}`, account, cents, name, postedOn, listedOn, ...flags });
  }

  /** Returns a booking that is not the first of its account. */
  at(back: number | null): Booked | undefined {
    return back === null ? undefined : this.all.slice(ACCOUNTS.length).at(-1 - back);
  }

  live({ days, bookings, payment, corrected, deleted, hidden, renamed }: Round, hides: boolean): void {
    this.today = addDays(this.today, days);
    for (const { account, cents, name, lateDays } of bookings)
      this.book(account, { cents, name, postedOn: addDays(this.today, -lateDays), listedOn: this.today });
    if (payment !== null)
      for (const [account, sign, days] of [
        ['checking', -1, 0],
        ['card', 1, payment.after],
      ] as const) {
        const on = addDays(this.today, days);
        const name = account === 'card' ? 'PAYMENT THANK YOU' : 'AUTOPAY';
        this.book(account, { cents: sign * payment.cents, name, postedOn: on, listedOn: on });
      }
    for (const { back, cents } of corrected) {
      const one = this.at(back);
      if (one !== undefined) one.cents += cents;
    }
    const [gone, unlisted, other] = [this.at(deleted), this.at(hidden), this.at(renamed)];
    if (gone !== undefined) gone.deleted = true;
    if (hides && unlisted !== undefined) unlisted.hidden = !unlisted.hidden;
    if (other !== undefined) other.name = `${other.name} 2`;
  }

  save(store: Store, account: Account): void {
    if (RIVER === undefined) return;
    const from = addDays(this.today, -LISTED_DAYS);
    const booked = this.all.filter((one) => one.account === account.name && one.listedOn <= this.today);
    const sum = booked
      .filter(({ deleted, hidden }) => !deleted && !hidden)
      .reduce((total, { cents }) => total + cents, 0);
    const transactions = booked
      .filter(({ postedOn, hidden }) => postedOn >= from && !hidden)
      .toSorted((a, b) => a.postedOn.localeCompare(b.postedOn))
      .flatMap(listed);
    store.save(
      account,
      statement({
        account,
        transactions,
        period: { from, to: this.today },
        ledgerBalance: { amount: amountOf(10_000 + sum), currency: 'USD', asOf: this.today },
      }),
      {
        runId: 1,
        at: new Date(`${this.today}T20:00:00Z`),
        wanted: { account, from, to: null },
        institution: RIVER,
      },
    );
  }
}

function listed({ fitid, postedOn, cents, name, deleted }: Booked): Transaction[] {
  const one = transaction({ fitid, postedOn, amount: amountOf(cents), name, type: 'OTHER' });
  return deleted ? [{ ...one, fitid: `${fitid}d`, corrects: { fitid, action: 'DELETE' } }] : [one];
}

async function grown(store: Store, format: (typeof FORMATS)[number], now: IsoDate): Promise<string> {
  const upTo = store.latestChange();
  const text = [...(await exportText(CONFIG, { store, format, consumer: format }))].join('');
  store.setMark(format, ACCOUNTS, upTo, { at: new Date(`${now}T20:00:00Z`) });
  return text;
}

interface Line {
  readonly account: string;
  readonly day: string;
  readonly cents: number;
  readonly stated: number | null;
  readonly isOpening: boolean;
}

/** Returns the postings of a journal in their order. */
function linesOf(journal: string): Line[] {
  return journal.split(/\n(?=\d{4}-)/).flatMap((entry) => {
    const day = entry.slice(0, 10);
    const postings = entry.matchAll(/^ {4}([A-Z]\S*) {2}(\S+) USD(?: = (\S+) USD)?(?: {2}; (?:date:|\[)([\d-]+))?/gm);
    return [...postings].map(([, account = '', amount = '', stated, on]) => ({
      ...{ account, day: on ?? day, cents: centsOf(amount), isOpening: /^ +; opening:/m.test(entry) },
      stated: stated === undefined ? null : centsOf(stated),
    }));
  });
}

const total = (lines: readonly Line[]) => lines.reduce((sum, { cents }) => sum + cents, 0);

/** Returns the balances that the lines do not have: by the order of the days, or of the lines. */
function contradicted(journal: string, isInPlace: boolean): string[] {
  const lines = linesOf(journal);
  return lines.flatMap(({ account, day, stated }, at) => {
    if (stated === null) return [];
    const before = lines.filter((one, index) => one.account === account && (isInPlace ? index <= at : one.day <= day));
    return total(before) === stated ? [] : [`${day} ${account}: ${total(before)} is not ${stated}`];
  });
}

/** Returns the sum of the journal's own entries, less the opening, and that of the store. */
function sums(store: Store, journal: string): { journal: number; store: number }[] {
  return ACCOUNTS.map(({ institution, name }) => {
    const account = name === 'card' ? 'Assets:Card' : 'Assets:Checking';
    const own = linesOf(journal).filter((line) => line.account === account && !line.isOpening);
    const stored = [...store.transactions({ accounts: [{ institution, name }] })];
    return { journal: total(own), store: stored.reduce((sum, { amount }) => sum + centsOf(amount), 0) };
  });
}

/** Lives through the rounds; checks both journals after each export. */
async function lived(rounds: readonly Round[], { hides }: { readonly hides: boolean }): Promise<void> {
  const store = await openStore(scratchDir());
  const bank = new Bank();
  const journals = { hledger: '', ledger: '' };
  for (const { name } of ACCOUNTS) bank.book(name, { cents: -100, name: 'SHOP', postedOn: FIRST, listedOn: FIRST });
  for (const one of [...rounds, { ...rounds[0], isListed: true, isExported: true } as Round]) {
    bank.live(one, hides);
    if (one.isListed) for (const account of ACCOUNTS) bank.save(store, account);
    if (!one.isExported) continue;
    for (const format of FORMATS) {
      journals[format] += await grown(store, format, bank.today);
      const journal = journals[format];
      for (const { journal: has, store: should } of sums(store, journal)) expect(has).toBe(should);
      const ids = [...journal.matchAll(/^ +; id: (\S+)/gm)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      if (!hides) expect(contradicted(journal, format === 'ledger')).toEqual([]);
      expect(total(linesOf(journal))).toBe(0);
    }
  }
  store.close();
}

const rounds = fc.array(round, { minLength: 2, maxLength: 14 });

test('sums up to the store, with balances that stay true', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(rounds, (all) => lived(all, { hides: false })),
    { numRuns: RUNS, endOnFailure: true },
  );
});

test('sums up to the store when bookings disappear and come back', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(rounds, (all) => lived(all, { hides: true })),
    { numRuns: RUNS, endOnFailure: true },
  );
});
