/**
 * A year of daily appends, with `.ci/run --full` three for one of the programs: bookings that arrive up to forty days late, card
 * payments whose sides arrive on two days, amounts that the bank corrects, a new file each January, one file renamed and one
 * deleted. On every day a program accepts its journal, and the accounts hold what the bank states; with `--full` all programs do.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../src/model/dates.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDirInMemory } from '../support/scratch.js';
import {
  ACCOUNTS,
  amountOf,
  type Booking,
  bookings,
  CONFIG,
  centsOn,
  DAYS,
  FIRST,
  IN_FULL,
  statementOf,
  withCorrections,
} from '../support/simulated-year.js';

interface Program {
  readonly years: number;
  readonly include: (name: string) => string;
  /** Checks a journal and prints the balances of all accounts, in one run; `null`: all days are checked at the end. */
  readonly balances: ((path: string) => readonly string[]) | null;
}

const FORMAT_NAMES = ['hledger', 'ledger', 'beancount'] as const;
type Format = (typeof FORMAT_NAMES)[number];

const PROGRAMS: Readonly<Record<Format, Program>> = {
  hledger: {
    years: 1,
    include: (name) => `include ${name}\n`,
    balances: (path) => ['-f', path, 'balance', '--strict', '-N', '--flat', '-E'],
  },
  ledger: {
    years: IN_FULL ? 3 : 1,
    include: (name) => `include ${name}\n`,
    balances: (path) => ['-f', path, '--pedantic', 'balance', '--flat', '-E', '--no-total'],
  },
  // Starting the interpreter takes longer than the checks: one process loads the journals of all days.
  beancount: { years: 1, include: (name) => `include "${name}"\n`, balances: null },
};

const LOAD_EACH = `
import sys
from beancount import loader
from beancount.core import realization
for path in sys.argv[1:]:
    entries, errors, _ = loader.load_file(path)
    print("=", path)
    for error in errors: print("!", " ".join(error.message.split()))
    for account in realization.iter_children(realization.realize(entries)):
        for position in account.balance: print(" %s  %s" % (position.units, account.account))
`;

const NAMES = [
  ['checking', 'Assets:Checking'],
  ['card', 'Liabilities:Card'],
] as const;

/** The days of the year on which the person renames the newest file, and deletes all of them to begin anew. */
const RENAMED = 100;
const DELETED = 200;
const JOURNAL = /\.journal$/;

/** The journals of one program, a file a year. Nobody edits them. */
class Books {
  readonly refused: string[] = [];
  readonly wrong: string[] = [];
  readonly format: Format;
  readonly dir: string;
  readonly all: readonly Booking[];
  readonly #later: [day: IsoDate, path: string][] = [];
  corrections = 0;

  constructor(format: Format, cwd: string, all: readonly Booking[]) {
    this.format = format;
    this.dir = join(cwd, format);
    this.all = all;
    mkdirSync(this.dir);
  }

  async live(day: number, ok: (...argv: string[]) => Promise<string>): Promise<void> {
    const today = addDays(FIRST, day);
    const newest = join(this.dir, `${today.slice(0, 4)}.journal`);
    if (day % DAYS === RENAMED) renameSync(newest, join(this.dir, `renamed-${today.slice(0, 4)}.journal`));
    if (day % DAYS === DELETED) {
      for (const name of this.#journals()) rmSync(join(this.dir, name));
      await ok('consumers', 'reset', this.format);
    }
    const said = await ok('export', '--format', this.format, '--new', '--append', '--output', newest);
    this.corrections += [...said.matchAll(/^changed .* F\d+: amount \S+ → \S+; corrected by an entry of /gm)].length;
    if (this.#isChecked(day)) this.#check(today);
  }

  /** Without `--full` the programs take turns, and each looks at its last day. */
  #isChecked(day: number): boolean {
    const turn = FORMAT_NAMES.indexOf(this.format);
    return IN_FULL || day % FORMAT_NAMES.length === turn || day === PROGRAMS[this.format].years * DAYS - 1;
  }

  /** Checks the days that were put off. */
  finish(): void {
    if (this.#later.length === 0) return;
    const { status, stdout, stderr } = runPeer('/usr/bin/python3', [
      '-c',
      LOAD_EACH,
      ...this.#later.map(([, path]) => path),
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [, ...outputs] = stdout.split(/^= .*\n/m);
    expect(outputs).toHaveLength(this.#later.length);
    for (const [at, [day]] of this.#later.entries()) this.#judge(day, outputs[at] ?? '');
  }

  text(): string {
    return this.#journals()
      .map((name) => readFileSync(join(this.dir, name), 'utf8'))
      .join('\n');
  }

  /** The balances by account of the last day that was checked. */
  balances: ReadonlyMap<string, string> = new Map();

  /** Returns the names, the oldest file first: `renamed-2026` comes before the `2026` that continues it. */
  #journals(): string[] {
    const order = (name: string) => name.replace(/^renamed-(\d+)/, '$1 a').replace(/^(\d+)\./, '$1 b.');
    const names = readdirSync(this.dir).filter((name) => JOURNAL.test(name));
    return names.toSorted((a, b) => order(a).localeCompare(order(b)));
  }

  /** Gives the program the person's own file, which includes all others. */
  #check(today: IsoDate): void {
    const { include, balances } = PROGRAMS[this.format];
    if (balances === null) {
      const path = join(this.dir, `${today}.beancount`);
      writeFileSync(path, this.text());
      this.#later.push([today, path]);
      return;
    }
    const path = join(this.dir, 'main.file');
    writeFileSync(path, this.#journals().map(include).join(''));
    const { status, stdout, stderr } = runPeer(this.format, balances(path));
    this.#judge(today, status === 0 ? stdout : `! ${stderr}`);
  }

  #judge(today: IsoDate, output: string): void {
    for (const [, error] of output.matchAll(/^! (.*)/gm)) this.refused.push(`${today}: ${error}`);
    const lines = output.matchAll(/ (-?[\d.]+)(?: USD)? +([A-Z][a-z]+:\S+)$/gm);
    this.balances = new Map([...lines].map(([, sum = '', account = '']) => [account, sum === '0' ? '0.00' : sum]));
    for (const [account, name] of NAMES) {
      const [has, should] = [this.balances.get(name) ?? 'nothing', amountOf(centsOn(this.all, account, today))];
      if (has !== should) this.wrong.push(`${today} ${account} ${has} instead of ${should}`);
    }
  }
}

/** Runs a command on a day. */
async function ok(cwd: string, today: IsoDate, argv: readonly string[]): Promise<string> {
  const { code, stderr } = await runCli(argv, { cwd, now: () => new Date(`${today}T20:00:00Z`) });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stderr;
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

const FORMATS = FORMAT_NAMES.filter((format) => hasPeer(format === 'beancount' ? 'bean-check' : format));

test.runIf(FORMATS.length > 0)(
  'years of daily appends are accepted on every day, with the balances of the bank',
  {
    timeout: 3_600_000,
  },
  async () => {
    const cwd = scratchDirInMemory();
    writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
    const daysOf = (format: Format) => PROGRAMS[format].years * DAYS;
    const days = Math.max(0, ...FORMATS.map(daysOf));
    const all = withCorrections(bookings(17, days));
    const books = FORMATS.map((format) => new Books(format, cwd, all));
    for (let day = 0; day < days; day += 1) {
      const today = addDays(FIRST, day);
      for (const account of ACCOUNTS) writeFileSync(join(cwd, `${account}.qfx`), statementOf(all, account, today));
      await ok(cwd, today, ['import', 'checking.qfx', 'card.qfx', '-q']);
      for (const one of books) if (day < daysOf(one.format)) await one.live(day, (...argv) => ok(cwd, today, argv));
    }
    for (const one of books) {
      one.finish();
      const { format, refused, wrong, corrections } = one;
      const found = { format, refused: refused.length, first: refused.slice(0, 3), wrong: wrong.slice(0, 3) };
      expect(found).toEqual({ format, refused: 0, first: [], wrong: [] });
      expect(corrections).toBeGreaterThan(10);
      const last = addDays(FIRST, daysOf(format) - 1);
      expect(existsSync(join(one.dir, `${last.slice(0, 4)}.journal`))).toBe(true);
      expect(one.balances.get('Assets:Transfers') ?? '0.00').toBe(openOn(all, last));
      const listed = all.filter(({ listedOn }) => listedOn <= last).map(({ fitid }) => fitid);
      const text = one.text();
      const booked = [...text.matchAll(/\bfitid: "?(F\d+)/g)].map(([, fitid]) => fitid);
      expect(booked.toSorted()).toEqual(listed.toSorted());
      for (const [, name] of NAMES) expect(assertedDays(text, name).size).toBeGreaterThan(20);
    }
  },
);
