/**
 * A year of daily appends, three for one of the programs: bookings that arrive up to forty days late, card payments whose sides
 * arrive on two days, amounts that the bank corrects, a new file each January, one file renamed and one deleted. The programs
 * accept the journals on every day, and the accounts hold what the bank states.
 */

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  withCorrections,
} from '../support/simulated-year.js';

interface Program {
  readonly program: string;
  readonly years: number;
  readonly include: (name: string) => string;
  /** Checks a journal and prints the balances of all accounts in one run. */
  readonly balances: (path: string) => readonly string[];
}

/** One process loads the journal of each day, since each start of the interpreter takes longer than all checks. */
const LOAD_EACH = `
import sys
from beancount import loader
from beancount.core import inventory, realization
for path in sys.argv[1:]:
    entries, errors, _ = loader.load_file(path)
    for error in errors: print("%s! %s" % (path, " ".join(error.message.split())))
    root = realization.realize(entries)
    for account in realization.iter_children(root):
        for position in account.balance: print("%s  %s  %s" % (path, position.units, account.account))
`;

const PROGRAMS: Readonly<Record<'hledger' | 'ledger' | 'beancount', Program>> = {
  hledger: {
    program: 'hledger',
    years: 1,
    include: (name) => `include ${name}\n`,
    balances: (path) => ['-f', path, 'balance', '--strict', '-N', '--flat', '-E'],
  },
  ledger: {
    program: 'ledger',
    years: 3,
    include: (name) => `include ${name}\n`,
    balances: (path) => ['-f', path, '--pedantic', 'balance', '--flat', '-E', '--no-total'],
  },
  beancount: {
    program: '/usr/bin/python3',
    years: 1,
    include: (name) => `include "${name}"\n`,
    balances: (path) => ['-c', LOAD_EACH, path],
  },
};

const NAMES = [
  ['checking', 'Assets:Checking'],
  ['card', 'Liabilities:Card'],
] as const;

/** The days of the year on which the person renames the newest file, and deletes all of them to begin anew. */
const RENAMED = 100;
const DELETED = 200;
const JOURNAL = /\.journal$/;

/** One person with one program: a folder with files by year, and the bank's statements. Nobody edits a journal. */
class Household {
  readonly cwd = scratchDir();
  readonly format: keyof typeof PROGRAMS;
  readonly all: readonly Booking[];
  readonly refused: string[] = [];
  readonly wrong: string[] = [];
  corrections = 0;

  constructor(format: keyof typeof PROGRAMS, all: readonly Booking[]) {
    this.format = format;
    this.all = all;
    writeFileSync(join(this.cwd, 'accounts.yaml'), CONFIG);
  }

  async live(day: number): Promise<void> {
    const today = addDays(FIRST, day);
    for (const account of ACCOUNTS)
      writeFileSync(join(this.cwd, `${account}.qfx`), statementOf(this.all, account, today));
    await this.#ok(today, 'import', 'checking.qfx', 'card.qfx', '-q');
    const newest = join(this.cwd, `${today.slice(0, 4)}.journal`);
    if (day % DAYS === RENAMED) renameSync(newest, join(this.cwd, `renamed-${today.slice(0, 4)}.journal`));
    if (day % DAYS === DELETED) {
      for (const name of this.#journals()) rmSync(join(this.cwd, name));
      await this.#ok(today, 'consumers', 'reset', this.format);
    }
    const said = await this.#ok(today, 'export', '--format', this.format, '--new', '--append', '--output', newest);
    this.corrections += [...said.matchAll(/^changed .* F\d+: amount \S+ → \S+; corrected by an entry of /gm)].length;
    this.#compare(today);
  }

  text(): string {
    return this.#journals()
      .map((name) => readFileSync(join(this.cwd, name), 'utf8'))
      .join('\n');
  }

  /** Returns the balances by account that the program computes; notes what it refuses. */
  balances(today: IsoDate): ReadonlyMap<string, string> {
    const { program, balances } = PROGRAMS[this.format];
    const { status, stdout, stderr } = runPeer(program, balances(this.#main()));
    const errors = [...stdout.matchAll(/^.*! (.*)$/gm)].map(([, error]) => error);
    if (status !== 0 || errors.length > 0)
      this.refused.push(`${today}: ${[...errors, stderr].join(' ').slice(0, 300)}`);
    return new Map(
      [...stdout.matchAll(/ (-?[\d.]+)(?: USD)? +([A-Z][a-z]+:\S+)$/gm)].map(([, amount = '', account = '']) => [
        account,
        amount === '0' ? '0.00' : amount,
      ]),
    );
  }

  #journals(): string[] {
    return readdirSync(this.cwd).filter((name) => JOURNAL.test(name));
  }

  /** The person's own file, which includes all others, the oldest first. */
  #main(): string {
    const path = join(this.cwd, 'main.file');
    const names = this.#journals().toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
    writeFileSync(path, names.map(PROGRAMS[this.format].include).join(''));
    return path;
  }

  #compare(today: IsoDate): void {
    const balances = this.balances(today);
    for (const [account, name] of NAMES) {
      const [has, should] = [balances.get(name) ?? 'nothing', amountOf(centsOn(this.all, account, today))];
      if (has !== should) this.wrong.push(`${today} ${account} ${has} instead of ${should}`);
    }
  }

  async #ok(today: IsoDate, ...argv: string[]): Promise<string> {
    const { code, stderr } = await runCli(argv, { cwd: this.cwd, now: () => new Date(`${today}T20:00:00Z`) });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return stderr;
  }
}

/** `renamed-2026` comes before the `2026` that continues it. */
function orderOf(name: string): string {
  return name.replace(/^renamed-(\d+)/, '$1 a').replace(/^(\d+)\./, '$1 b.');
}

/** Returns the sum of the card payments of which one side alone is listed. */
function openOn(all: readonly Booking[], today: IsoDate): string {
  const payments = all.filter(({ name, listedOn }) => name !== 'SHOP' && listedOn <= today);
  return amountOf(-payments.reduce((sum, { cents }) => sum + cents, 0));
}

/** Returns the days whose balance a journal asserts for an account. */
function assertedDays(text: string, account: string): Set<string> {
  const stated = new RegExp(
    `^(\\d{4}-\\d\\d-\\d\\d)(?: \\* Balance\\n    ${account}  0 USD =| balance ${account} )`,
    'gm',
  );
  return new Set([...text.matchAll(stated)].flatMap(([, day]) => day ?? []));
}

const FORMATS = (['hledger', 'ledger', 'beancount'] as const).filter((format) =>
  hasPeer(format === 'beancount' ? 'bean-check' : format),
);

describe('years of daily appends', () => {
  test.each(FORMATS)(
    '%s accepts them on every day, with the balances of the bank',
    { timeout: 1_800_000 },
    async (format) => {
      const days = Number(process.env['YDAYS'] ?? PROGRAMS[format].years * DAYS);
      const all = withCorrections(bookings(17, days));
      const home = new Household(format, all);
      for (let day = 0; day < days; day += 1) await home.live(day);
      const { refused, wrong, corrections } = home;
      expect({ refused: refused.length, first: refused.slice(0, 3), wrong: wrong.slice(0, 3) }).toEqual({
        refused: 0,
        first: [],
        wrong: [],
      });
      expect(corrections).toBeGreaterThan(10);
      const last = addDays(FIRST, days - 1);
      expect(existsSync(join(home.cwd, `${last.slice(0, 4)}.journal`))).toBe(true);
      expect(home.balances(last).get('Assets:Transfers') ?? '0.00').toBe(openOn(all, last));
      const listed = all.filter(({ listedOn }) => listedOn <= last).map(({ fitid }) => fitid);
      const text = home.text();
      const booked = [...text.matchAll(/\bfitid: "?(F\d+)/g)].map(([, fitid]) => fitid);
      expect(booked.toSorted()).toEqual(listed.toSorted());
      for (const [, name] of NAMES) expect(assertedDays(text, name).size).toBeGreaterThan(20);
    },
  );
});
