/**
 * A year of daily appends: bookings that arrive up to forty days late, and card payments whose sides arrive on two days. The
 * programs accept the journals on every day, and the accounts hold what the bank states.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';

const FIRST = isoDate('2026-01-05');
const DAYS = 365;
/** The days that each statement lists again. */
const OVERLAP_DAYS = 45;

const CHECKS = {
  hledger: { program: 'hledger', args: (path: string) => ['-f', path, 'check', '--strict'] },
  ledger: { program: 'ledger', args: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  beancount: { program: 'bean-check', args: (path: string) => ['-C', path] },
} as const;
const FORMATS = (['hledger', 'ledger', 'beancount'] as const).filter((format) => hasPeer(CHECKS[format].program));

const CONFIG = `defaults: { overlap: ${OVERLAP_DAYS}d }
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

interface Booking {
  readonly fitid: string;
  readonly account: 'checking' | 'card';
  readonly cents: number;
  readonly name: string;
  readonly postedOn: IsoDate;
  /** The first day on which the bank lists it. */
  readonly listedOn: IsoDate;
}

/** Returns numbers below 1 that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function bookings(seed: number): Booking[] {
  const next = numbers(seed);
  const all: Booking[] = [];
  const book = (account: Booking['account'], cents: number, name: string, postedOn: IsoDate, late: number) =>
    all.push({ fitid: `F${all.length + 1}`, account, cents, name, postedOn, listedOn: addDays(postedOn, late) });
  for (let day = 0; day < DAYS; day += 1) {
    const today = addDays(FIRST, day);
    for (const account of ['checking', 'card'] as const)
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

const amountOf = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const compact = (day: IsoDate) => day.replaceAll('-', '');

const OPENING: Readonly<Record<Booking['account'], number>> = { checking: 500_000, card: -20_000 };

function centsOn(all: readonly Booking[], account: Booking['account'], today: IsoDate): number {
  return all
    .filter((one) => one.account === account && one.listedOn <= today)
    .reduce((sum, { cents }) => sum + cents, OPENING[account]);
}

function statementOf(all: readonly Booking[], account: Booking['account'], today: IsoDate): string {
  const from = addDays(today, -OVERLAP_DAYS);
  const listed = all.filter(
    (one) => one.account === account && one.listedOn <= today && one.postedOn >= from && one.postedOn <= today,
  );
  const text = bankFile(
    listed.map(({ fitid, cents, name, postedOn }) => ({ fitid, amount: amountOf(cents), on: compact(postedOn), name })),
    {
      from: compact(from),
      to: compact(today),
      balance: amountOf(centsOn(all, account, today)),
      account: account === 'card' ? '6666' : '5555',
    },
  );
  return account === 'card' ? text.replace('<ACCTTYPE>CHECKING', '<ACCTTYPE>CREDITLINE') : text;
}

async function ok(cwd: string, now: Date, ...argv: string[]): Promise<void> {
  const { code, stderr } = await runCli(argv, { cwd, now: () => now });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

/** Returns the sum of the card payments of which one side alone is listed. */
function openOn(all: readonly Booking[], today: IsoDate): string {
  const payments = all.filter(({ name, listedOn }) => name !== 'SHOP' && listedOn <= today);
  return amountOf(-payments.reduce((sum, { cents }) => sum + cents, 0));
}

function balanceOf(path: string, account: string): string {
  const { stdout } = runPeer('hledger', ['-f', path, 'balance', '-N', '--flat', '-E', '-O', 'csv', account]);
  return (/"([-\d.]+)(?: USD)?"\s*$/.exec(stdout.trim())?.[1] ?? stdout).replace(/^0$/, '0.00');
}

/** Returns the days whose balance a journal asserts for an account. */
function assertedDays(text: string, account: string): Set<string> {
  const stated = new RegExp(
    `^(\\d{4}-\\d\\d-\\d\\d)(?: \\* Balance\\n    ${account}  0 USD =| balance ${account} )`,
    'gm',
  );
  return new Set([...text.matchAll(stated)].flatMap(([, day]) => day ?? []));
}

describe('a year of daily appends', () => {
  test('is accepted on every day, with the balances of the bank', { timeout: 900_000 }, async () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
    const all = bookings(17);
    const refused: Record<string, string[]> = Object.fromEntries(FORMATS.map((format) => [format, []]));
    const wrong: string[] = [];
    for (let day = 0; day < DAYS; day += 1) {
      const today = addDays(FIRST, day);
      const now = new Date(`${today}T20:00:00Z`);
      for (const account of ['checking', 'card'] as const)
        writeFileSync(join(cwd, `${account}.qfx`), statementOf(all, account, today));
      await ok(cwd, now, 'import', 'checking.qfx', 'card.qfx', '-q');
      for (const format of FORMATS) {
        const path = join(cwd, `j.${format}`);
        await ok(cwd, now, 'export', '--format', format, '--new', '--append', '--output', path);
        const { program, args } = CHECKS[format];
        if (runPeer(program, args(path)).status !== 0) refused[format]?.push(today);
      }
      if (!FORMATS.includes('hledger')) continue;
      for (const [account, name] of [
        ['checking', 'Assets:Checking'],
        ['card', 'Liabilities:Card'],
      ] as const) {
        const [has, should] = [balanceOf(join(cwd, 'j.hledger'), name), amountOf(centsOn(all, account, today))];
        if (has !== should) wrong.push(`${today} ${account} ${has} instead of ${should}`);
      }
    }
    const counts = Object.fromEntries(Object.entries(refused).map(([format, days]) => [format, days.length]));
    expect({ counts, refused, wrong: wrong.length, some: wrong.slice(0, 5) }).toEqual({
      counts: Object.fromEntries(FORMATS.map((format) => [format, 0])),
      refused: Object.fromEntries(FORMATS.map((format) => [format, []])),
      wrong: 0,
      some: [],
    });
    const last = addDays(FIRST, DAYS - 1);
    if (FORMATS.includes('hledger'))
      expect(balanceOf(join(cwd, 'j.hledger'), 'Assets:Transfers')).toBe(openOn(all, last));
    const listed = all.filter(({ listedOn }) => listedOn <= last).map(({ fitid }) => fitid);
    for (const format of FORMATS) {
      const text = readFileSync(join(cwd, `j.${format}`), 'utf8');
      const booked = [...text.matchAll(/\bfitid: "?(F\d+)/g)].map(([, fitid]) => fitid);
      expect(booked.toSorted()).toEqual(listed.toSorted());
      for (const account of ['Assets:Checking', 'Liabilities:Card'])
        expect(assertedDays(text, account).size).toBeGreaterThan(20);
    }
  });
});
