/**
 * Journals to which each day (with `.ci/run --full` each sync) is appended while their accounts move from one source to another
 * and back: hledger, ledger and beancount accept them, and the accounts hold what the bank says.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDirInMemory } from '../support/scratch.js';
import { IN_FULL } from '../support/simulated-year.js';
import { bookedCents } from './bank/version.js';
import { money } from './bank/write.js';
import { movesOf } from './behaviours/moves.js';
import { clockAt, dayOf } from './calendar.js';
import { live } from './life.js';
import { PROGRAM } from './program.js';

const CHECKS = {
  hledger: { program: 'hledger', args: (path: string) => ['-f', path, 'check', '--strict'] },
  ledger: { program: 'ledger', args: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  beancount: { program: 'bean-check', args: (path: string) => ['-C', path] },
} as const;
/** Each change is tested with one of them, for four months. */
const WANTED = IN_FULL ? (['hledger', 'ledger', 'beancount'] as const) : (['hledger'] as const);
const FORMATS = WANTED.filter((format) => hasPeer(CHECKS[format].program));

const MONTHS = IN_FULL ? 6 : 4;
const SEED = 1;
const OPENING_CENTS = 5_000_000;
const isEvening = (moment: number) => moment % 24 > 12;
/** Days from one check to the next. */
const STEP = 6;

const behaviours = movesOf(SEED);
const nameOf = (name: string) => `Assets:${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

function accountsYaml(): string {
  const institutions = behaviours.map(
    ({ name }) => `  - name: ${name}\n    files: x/*.qfx\n    accounts: [{ name: main, kind: checking, id: "1" }]`,
  );
  const map = behaviours.map(({ name }) => `  ${name}/main: ${nameOf(name)}`);
  return `institutions:\n${institutions.join('\n')}\naccountMap:\n${map.join('\n')}\n`;
}

/** Returns the balance that a journal has for each account. */
function balancesIn(path: string): ReadonlyMap<string, string> {
  const { stdout } = runPeer('hledger', ['-f', path, 'balance', '-N', '--flat', '-E', '-O', 'csv', 'assets']);
  return new Map(
    [...stdout.matchAll(/^"([^"]+)","(-?[\d.]+)(?: USD)?"$/gm)].map(([, name = '', sum = '']) => [name, sum]),
  );
}

describe.runIf(FORMATS.length > 0)('journals of accounts that move', () => {
  test('are accepted on every day, and hold what the bank says', { timeout: 1_800_000 }, async () => {
    const folder = scratchDirInMemory();
    writeFileSync(join(folder, 'accounts.yaml'), accountsYaml());
    const refused: string[] = [];
    const pathOf = (format: string) => join(folder, `main.${format}`);
    const check = (format: (typeof FORMATS)[number], when: string) => {
      const { program, args } = CHECKS[format];
      const { status, stdout, stderr } = runPeer(program, args(pathOf(format)));
      if (status !== 0) refused.push(`${format} ${when}: ${(stderr + stdout).slice(0, 300)}`);
    };
    let checked = 0;
    const life = await live(PROGRAM, {
      behaviours,
      seed: String(SEED),
      months: MONTHS,
      folder,
      after: async (moment) => {
        if (!IN_FULL && !isEvening(moment)) return;
        const now = () => clockAt(moment);
        for (const format of FORMATS) {
          const words = ['--new', '--append', '--output', pathOf(format), '--data', join(folder, 'data')];
          const { code, stderr } = await runCli(['export', '--format', format, ...words], { cwd: folder, now });
          expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
        }
        if (dayOf(moment) < checked + STEP) return;
        checked = dayOf(moment);
        for (const format of FORMATS) check(format, clockAt(moment).toISOString().slice(0, 10));
      },
    });
    for (const format of FORMATS) check(format, 'in the end');
    expect(refused).toEqual([]);
    const has = FORMATS.includes('hledger') ? balancesIn(pathOf('hledger')) : new Map<string, string>();
    const should = life.accounts.flatMap(({ behaviour: { name, stages = [] }, bank, deliveries }) => {
      const end = Math.max(...deliveries.map(({ moment }) => moment));
      // Without a balance at the beginning the journal cannot know what the account held then.
      const isOpened = stages[0]?.ways.balance !== 'absent' && stages[0]?.ways.balance !== 'available';
      return isOpened ? [[nameOf(name), money(OPENING_CENTS + bookedCents(bank.ledger, end))]] : [];
    });
    expect(should.length).toBeGreaterThan(6);
    if (FORMATS.includes('hledger')) expect(should.map(([name = '']) => [name, has.get(name)])).toEqual(should);
    await life.close();
  });
});
