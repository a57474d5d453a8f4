/**
 * A year of daily appends: bookings that arrive up to forty days late, and card payments whose sides arrive on two days. The
 * programs accept the journals on every day, and the accounts hold what the bank states.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../src/model/dates.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import {
  ACCOUNTS,
  amountOf,
  type Booking,
  bookings,
  CONFIG,
  centsOn,
  DAYS,
  FIRST,
  statementOf,
} from '../support/simulated-year.js';

const CHECKS = {
  hledger: { program: 'hledger', args: (path: string) => ['-f', path, 'check', '--strict'] },
  ledger: { program: 'ledger', args: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  beancount: { program: 'bean-check', args: (path: string) => ['-C', path] },
} as const;
const FORMATS = (['hledger', 'ledger', 'beancount'] as const).filter((format) => hasPeer(CHECKS[format].program));

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
      for (const account of ACCOUNTS) writeFileSync(join(cwd, `${account}.qfx`), statementOf(all, account, today));
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
