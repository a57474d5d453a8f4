/** A restored backup knows less than the journal: exporting what is new would repeat, so this is said and asked about. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

const EXPORT = ['export', '--format', 'hledger', '--new', '--append', '--output', 'books.journal'];

/** Exports one transaction, makes a backup, exports a second one, and puts the backup in the place of the store. */
async function restored(): Promise<{ cwd: string; journal: () => string }> {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  writeFileSync(join(cwd, 'accounts.yaml'), FILES_CONFIG);
  const first = { fitid: 'A', amount: '-1.00', on: '20261110', name: 'BAKER' };
  writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([first]));
  for (const argv of [['-q'], EXPORT, ['store', 'backup', 'copy.db']])
    expect((await runCli(argv, { cwd })).code, argv.join(' ')).toBe(0);
  const second = { fitid: 'B', amount: '-2.00', on: '20261111', name: 'TAILOR' };
  writeFileSync(join(cwd, 'downloads', 'two.qfx'), bankFile([first, second]));
  for (const argv of [['-q'], EXPORT]) expect((await runCli(argv, { cwd })).code).toBe(0);
  const path = join(cwd, 'data', 'ofx-sync.db');
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  copyFileSync(join(cwd, 'copy.db'), path);
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
  return { cwd, journal: () => readFileSync(join(cwd, 'books.journal'), 'utf8') };
}

const timesIn = (text: string, word: string) => text.split(word).length - 1;

test('export --new says that the store is older than the last export, and writes nothing', async () => {
  const { cwd, journal } = await restored();
  const before = journal();
  const { code, stderr } = await runCli(EXPORT, { cwd });
  expect(code).toBe(1);
  expect(stderr).toMatch(/older than the last export for hledger/);
  expect(stderr).toMatch(/--if-older repeat/);
  expect(journal()).toBe(before);
  const json = await runCli([...EXPORT, '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'STORE_OLDER' } });
  // Another consumer, and an export of everything, repeat nothing.
  expect((await runCli([...EXPORT.slice(0, 3), '--new', '--consumer', 'other'], { cwd })).code).toBe(0);
  expect((await runCli(EXPORT.slice(0, 3), { cwd })).code).toBe(0);
});

test('--if-older repeat goes on, once', async () => {
  const { cwd, journal } = await restored();
  const again = await runCli([...EXPORT, '--if-older', 'repeat'], { cwd });
  expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/^1 new since .* → books\.journal\n$/)]);
  expect(timesIn(journal(), 'TAILOR')).toBeGreaterThan(1);
  const before = journal();
  expect((await runCli(EXPORT, { cwd })).code).toBe(0);
  expect(journal()).toBe(before);
});

test('--if-older skip counts everything in the store as exported, and writes nothing', async () => {
  const { cwd, journal } = await restored();
  const before = journal();
  expect((await runCli([...EXPORT, '--if-older', 'skip'], { cwd })).code).toBe(0);
  expect(journal()).toBe(before);
  const third = { fitid: 'C', amount: '-3.00', on: '20261112', name: 'SMITH' };
  writeFileSync(join(cwd, 'downloads', 'three.qfx'), bankFile([third]));
  await runCli(['-q'], { cwd });
  expect((await runCli(EXPORT, { cwd })).code).toBe(0);
  expect([timesIn(journal(), 'SMITH') > 0, timesIn(journal(), 'TAILOR')]).toEqual([true, timesIn(before, 'TAILOR')]);
});

test('a terminal asks', async () => {
  const { cwd, journal } = await restored();
  const before = journal();
  const ask = (answer: string) => runCli([...EXPORT, '--no-progress'], { cwd, answers: () => answer });
  const stopped = await ask('1');
  expect(stopped.stderr).toMatch(/would be exported again/);
  expect([stopped.code, journal()]).toEqual([1, before]);
  expect((await ask('3')).code).toBe(0);
  expect(journal()).toBe(before);
  expect((await runCli(EXPORT, { cwd })).code).toBe(0);
  expect(journal()).toBe(before);
});

test('a store without the note of exports, as of version 0.1, exports as before', async () => {
  const { cwd, journal } = await restored();
  rmSync(join(cwd, 'data', 'exports.json'));
  expect((await runCli(EXPORT, { cwd })).code).toBe(0);
  expect(timesIn(journal(), 'TAILOR')).toBeGreaterThan(1);
});
