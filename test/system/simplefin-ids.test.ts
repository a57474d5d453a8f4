/**
 * Forty days of syncs (with `.ci/run --full` sixty) from a bridge whose ids mean little: they are new each day, or change for whole
 * months at once. Nothing is there twice and nothing is lost, in the store and in a journal that grows by what is new: the test
 * itself knows the truth.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../src/model/dates.js';
import { startSandbox } from '../../src/sandbox/server.js';
import {
  bridgeOf,
  DAYS,
  FIRST,
  pendingOn,
  postedUntil,
  type TrueAccount,
  trueAccounts,
} from '../support/bridge-truth.js';
import { runCli } from '../support/run-cli.js';
import { scratchDirInMemory } from '../support/scratch.js';

interface Row {
  readonly account: string;
  readonly postedOn: string;
  readonly amount: string;
  readonly pending: boolean;
}

function configOf(accounts: readonly TrueAccount[]): string {
  const rows = accounts.map(({ name, kind, id }) => `      - { name: ${name}, kind: ${kind}, id: ${id} }\n`);
  const map = accounts.map(({ name }) => `  bridge/${name}: Assets:${name}\n`);
  return `institutions:\n  - name: bridge\n    simplefin: env:ACCESS\n    accounts:\n${rows.join('')}accountMap:\n${map.join('')}`;
}

const centsOf = (amount: string) => Number(amount.replace('.', ''));

/** Returns the entries of a journal by account, as day and cents, in order. */
function entriesOf(journal: string): Map<string, string[]> {
  const entries = new Map<string, string[]>();
  for (const block of journal.split(/\n(?=\d{4}-)/)) {
    const day = /^(\d{4}-\d\d-\d\d) [*!]/m.exec(block)?.[1];
    const posting = /^ {4}Assets:([a-z-]+) {2,}(-?\d+\.\d\d) USD *(?:;.*)?$/m.exec(block);
    if (day === undefined || posting === null || /^\S+ [*!] Opening/m.test(block)) continue;
    const [, name = '', amount = ''] = posting;
    entries.set(name, [...(entries.get(name) ?? []), `${day} ${centsOf(amount)}`]);
  }
  return entries;
}

/** Returns the rows of one list that the other lacks, as often as they are missing. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe('weeks of a bridge with accounts at several banks', () => {
  test.each(['', 'fault=daily-ids', 'fault=new-ids', 'fault=block-ids', 'fault=daily-ids,no-pending-flag,version-1'])(
    'nothing twice and nothing lost: %s',
    { timeout: 900_000 },
    async (faults) => {
      const accounts = trueAccounts(7);
      let today: IsoDate = FIRST;
      const now = () => new Date(`${today}T20:00:00Z`);
      const sandbox = await startSandbox({ now, bridges: [bridgeOf(accounts)] });
      try {
        const cwd = scratchDirInMemory();
        writeFileSync(join(cwd, 'accounts.yaml'), configOf(accounts));
        const env = { ACCESS: sandbox.bridge('truth').accessUrl(faults) };
        const run = async (...argv: string[]) => {
          const { code, stdout, stderr } = await runCli(argv, { cwd, env, now });
          expect({ today, code, stderr: code === 0 ? '' : stderr }).toEqual({ today, code: 0, stderr: '' });
          return stdout;
        };
        const wrong: string[] = [];
        const journal = join(cwd, 'j.hledger');
        for (let day = 0; day < DAYS; day += 1) {
          today = addDays(FIRST, day);
          await run('sync', '-q');
          await run('export', '--format', 'hledger', '--new', '--append', '--output', journal);
          const listed = JSON.parse(await run('transactions', '--json')) as { transactions: Row[] };
          for (const account of accounts) {
            const own = listed.transactions.filter((row) => row.account === account.name);
            const rows = (isPending: boolean) =>
              own
                .filter(({ pending }) => pending === isPending)
                .map(({ postedOn, amount }) => `${postedOn} ${centsOf(amount)}`);
            for (const [what, has, should] of [
              ['posted', rows(false), postedUntil(account, today)],
              ['pending', rows(true), pendingOn(account, today)],
            ] as const) {
              for (const row of without(has, should)) wrong.push(`${today} ${account.name} ${what} too many: ${row}`);
              for (const row of without(should, has)) wrong.push(`${today} ${account.name} ${what} lost: ${row}`);
            }
          }
        }
        const entries = entriesOf(readFileSync(journal, 'utf8'));
        for (const account of accounts) {
          const [has, should] = [entries.get(account.name) ?? [], postedUntil(account, today)];
          for (const row of without(has, should)) wrong.push(`journal ${account.name} too many: ${row}`);
          for (const row of without(should, has)) wrong.push(`journal ${account.name} lost: ${row}`);
        }
        expect({ wrong: wrong.length, some: wrong.slice(0, 8) }).toEqual({ wrong: 0, some: [] });
        expect(sandbox.bridge('truth').counts().requests).toBeLessThan(DAYS * 3);
      } finally {
        await sandbox.close();
      }
    },
  );
});
