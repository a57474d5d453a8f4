/** The commands of docs/moving.md, as they stand there: a new computer, a new version, and back. With a keychain of its own. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { SCHEMA_VERSION, schemaVersion } from '../../src/store/data/migrations.js';
import { Database } from '../../src/store/database.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { standInForKeychain } from '../support/stand-in-keychain.js';
import { bankFile } from '../support/statement-file.js';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/moving.md', import.meta.url)), 'utf8');
const NOW = () => new Date('2026-11-20T06:30:00Z');
let sandbox: Sandbox;

beforeAll(async () => {
  standInForKeychain('ofx-sync', {});
  sandbox = await startSandbox({ now: NOW });
  return () => sandbox.close();
});

/** The lines of a block that the page marks. */
function linesOf(block: string): string[] {
  const text = new RegExp(`<!-- run: ${block} -->\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? '';
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
  expect(lines.length, block).toBeGreaterThan(2);
  return lines;
}

const dataIn = (home: string) => join(home, '.local', 'share', 'ofx-sync');
const storeIn = (home: string) => join(dataIn(home), 'ofx-sync.db');

async function ofxSync(home: string, argv: readonly string[], stdin = ''): Promise<Run> {
  const env = { OFX_SYNC_DATA: dataIn(home) };
  return runCli(argv, { cwd: home, found: true, env, stdin, now: NOW });
}

/** Lines that have tests of their own: timers need a system, and installing takes minutes (install.test.ts). */
const ELSEWHERE = /^(?:git|npm|ofx-sync schedule) /;

/** Runs the lines as they stand. */
async function follow(block: string, home: string): Promise<ReadonlyMap<string, Run>> {
  const runs = new Map<string, Run>();
  const shell: string[] = [];
  for (const line of linesOf(block).filter((one) => !ELSEWHERE.test(one))) {
    const [program, ...argv] = line.split(' ').map((word) => word.replace(/^~(?=\/)/, home));
    if (program !== 'ofx-sync') {
      shell.push(line);
      // A folder that one line enters is that of the next.
      const script = line.startsWith('cd ') ? line : shell.join('\n');
      if (!line.startsWith('cd '))
        execFileSync('sh', ['-ec', script], { cwd: home, env: { PATH: process.env['PATH'], HOME: home } });
      if (!line.startsWith('cd ')) shell.splice(0, shell.length, ...shell.filter((one) => one.startsWith('cd ')));
    } else {
      const run = await ofxSync(home, argv, argv[0] === 'secret' ? 'demo\n' : '');
      expect([line, run.code, run.code === 0 ? '' : run.stderr]).toEqual([line, 0, '']);
      runs.set(line, run);
    }
  }
  return runs;
}

/** A computer with a bank whose password is in the keychain, one that offers downloads, and an export that goes on. */
async function computer(): Promise<string> {
  const home = scratchDir();
  mkdirSync(join(home, '.config', 'ofx-sync'), { recursive: true, mode: 0o700 });
  mkdirSync(join(home, 'Downloads'));
  writeFileSync(
    join(home, '.config', 'ofx-sync', 'accounts.yaml'),
    `institutions:
  - name: river
    url: ${sandbox.url('river')}
    org: RIVER
    fid: "1001"
    ofxVersion: "102"
    userId: demo
    accounts: [{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]
  - name: corner
    files: ~/Downloads/corner*.qfx
    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015" }]
`,
  );
  writeFileSync(join(home, 'Downloads', 'corner-1.qfx'), bankFile([{ fitid: 'A', amount: '-1.00', on: '20261110' }]));
  expect((await ofxSync(home, ['secret', 'set', 'river'], 'demo\n')).code).toBe(0);
  expect((await ofxSync(home, ['-q'])).code).toBe(0);
  return home;
}

interface Row {
  readonly id: string;
  readonly account: string;
}
async function rows(home: string): Promise<readonly Row[]> {
  const { stdout } = await ofxSync(home, ['transactions', '--json']);
  return (JSON.parse(stdout) as { transactions: readonly Row[] }).transactions;
}

const EXPORT = ['export', '--format', 'csv', '--new', '--append', '--output', 'all.csv'];

test('to a new computer: history, marks and passwords', async () => {
  const old = await computer();
  expect((await ofxSync(old, EXPORT)).code).toBe(0);
  const before = await rows(old);
  expect(before.length).toBeGreaterThan(50);
  const list = (await follow('old computer', old)).get('ofx-sync secret list');
  expect(list?.stdout).toContain('river');
  // The keychain stays behind.
  expect((await ofxSync(old, ['secret', 'delete', 'river'])).code).toBe(0);

  const home = scratchDir();
  mkdirSync(join(home, 'Downloads'));
  renameSync(join(old, 'ofx-sync-move.tgz'), join(home, 'ofx-sync-move.tgz'));
  renameSync(join(old, 'Downloads', 'corner-1.qfx'), join(home, 'Downloads', 'corner-1.qfx'));
  renameSync(join(old, 'all.csv'), join(home, 'all.csv'));
  const journal = readFileSync(join(home, 'all.csv'), 'utf8');
  const runs = await follow('new computer', home);
  expect(runs.get('ofx-sync')?.stdout).toContain('2 accounts · 0 new transactions');
  expect(await rows(home)).toEqual(before);
  expect(existsSync(join(home, 'ofx-sync-move.tgz'))).toBe(false);
  expect((await ofxSync(home, EXPORT)).code).toBe(0);
  expect(readFileSync(join(home, 'all.csv'), 'utf8')).toBe(journal);
});

test('to a new version: a copy of before, every row as it was', async () => {
  const home = await computer();
  const released = new URL('../fixtures/schemas/v8.sql', import.meta.url);
  renameSync(storeIn(home), join(home, 'aside.db'));
  const older = new Database(storeIn(home));
  older.exec(readFileSync(released, 'utf8'));
  older.exec('PRAGMA user_version = 8');
  const kept = older.all('SELECT public_id FROM transactions ORDER BY id').map((row) => row['public_id']);
  older.close();
  expect(kept.length).toBeGreaterThan(0);
  const accounts = join(home, '.config', 'ofx-sync', 'accounts.yaml');
  writeFileSync(accounts, readFileSync(accounts, 'utf8').replace(/ {2}- name: river[\s\S]*(?= {2}- name: corner)/, ''));
  await follow('update', home);
  const db = new Database(storeIn(home), { readOnly: true });
  expect(schemaVersion(db)).toBe(SCHEMA_VERSION);
  const now = db.all('SELECT public_id FROM transactions ORDER BY id').map((row) => row['public_id']);
  db.close();
  expect(now).toEqual(expect.arrayContaining(kept));
  expect(readdirSync(join(dataIn(home), 'backups')).join()).toContain('ofx-sync-schema-8.db');
  expect(existsSync(join(home, 'before-update.db'))).toBe(true);
});

test('back to the version before: the store of a newer one is refused, the copy is used, and what is missing comes again', async () => {
  const home = await computer();
  expect((await ofxSync(home, ['store', 'backup', join(home, 'before-update.db')])).code).toBe(0);
  const two = bankFile([
    { fitid: 'A', amount: '-1.00', on: '20261110' },
    { fitid: 'B', amount: '-2.00', on: '20261112' },
  ]);
  writeFileSync(join(home, 'Downloads', 'corner-2.qfx'), two);
  expect((await ofxSync(home, ['-q'])).code).toBe(0);
  const before = await rows(home);
  const db = new Database(storeIn(home));
  db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  db.close();
  const refused = await ofxSync(home, ['-q']);
  expect([refused.code, refused.stderr]).toEqual([expect.any(Number), expect.stringContaining('written by a newer')]);
  expect(refused.code).not.toBe(0);

  const runs = await follow('go back', home);
  expect(runs.get('ofx-sync')?.stdout).toContain('1 new');
  expect((await rows(home)).map(({ account }) => account).sort()).toEqual(before.map(({ account }) => account).sort());
  expect(readdirSync(join(dataIn(home), 'newer'))).toContain('ofx-sync.db');
});
