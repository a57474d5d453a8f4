/** `npm start` in a clone shows a sync of made-up accounts, and never touches the store of a person's own accounts. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ROOT = resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: { readonly start: string };
};

test('npm start stores in .demo/ of the clone, whatever data folder a person has', () => {
  const clone = scratchDir();
  const home = scratchDir();
  symlinkSync(join(ROOT, 'accounts.example.yaml'), join(clone, 'accounts.example.yaml'));
  const own = join(home, 'own');
  execFileSync('/bin/sh', ['-c', scripts.start.replace('dist/bin.cjs', `'${builtProgram()}'`)], {
    cwd: clone,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, OFX_SYNC_DATA: own },
    stdio: 'pipe',
  });
  expect(existsSync(join(clone, '.demo/ofx-sync.db'))).toBe(true);
  // What makes the next start faster may be there, and nothing else.
  expect(readdirSync(home)).toEqual(['.cache']);
});

test('git ignores the data folder of the demonstration', () => {
  expect(readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('/.demo/');
});

describe('a made-up bank without a named data folder', () => {
  const own = '.local/share/ofx-sync/ofx-sync.db';
  const demo = '.local/share/ofx-sync/demo/ofx-sync.db';
  const sandbox = { name: 'summit', url: 'sandbox://summit' };
  const unnamed = { OFX_SYNC_DATA: '' };

  function home(entries: Parameters<typeof configText>[0]) {
    const cwd = scratchDir();
    const config = (all: typeof entries) => writeFileSync(join(cwd, 'accounts.yaml'), configText(all));
    config(entries);
    const run = (line: string) => runCli(line.split(' '), { cwd, env: unnamed });
    return { run, config, has: (file: string) => existsSync(join(cwd, file)) };
  }

  test('has a folder of its own, which every command finds', async () => {
    const { run, config, has } = home([sandbox]);
    expect((await run('-q')).code).toBe(0);
    expect([has(own), has(demo)]).toEqual([false, true]);
    expect((await run('transactions')).stdout.split('\n').length).toBeGreaterThan(10);
    // A real bank in its place begins in the person's own store.
    config([{ name: 'summit', url: 'https://ofx.summit.example/', password: 'env:NONE' }]);
    expect((await run('transactions')).stdout.split('\n').length).toBeLessThan(3);
  });

  test('is set up by init, whose first sync goes there', async () => {
    const cwd = scratchDir();
    const words = 'init sandbox://river --non-interactive --user-id demo --password env:DEMO --sync'.split(' ');
    const { code, stdout } = await runCli(words, { cwd, env: { ...unnamed, DEMO: 'demo' } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('new transactions') });
    expect([own, demo].map((file) => existsSync(join(cwd, file)))).toEqual([false, true]);
  });

  test('fails alone beside a real bank, and nothing of it is stored', async () => {
    const { run, has } = home([sandbox, { name: 'alpine', url: 'https://127.0.0.2.example/', password: 'env:NONE' }]);
    const { code, stdout } = await run('--json');
    const { accounts } = JSON.parse(stdout) as { accounts: { error: { code: string } }[] };
    expect(code).toBe(3);
    expect(accounts.map(({ error }) => error.code)).toEqual(['ACCOUNT_CHANGED', 'SECRET_NOT_FOUND']);
    expect([has(own), has(demo)]).toEqual([true, false]);
    expect((await run('transactions')).stdout.split('\n').length).toBeLessThan(3);
  });

  test('goes on in the store that has it already', async () => {
    const { run, config } = home([sandbox]);
    config([sandbox]);
    expect((await run('-q --data .local/share/ofx-sync')).code).toBe(0);
    const before = (await run('transactions --json')).stdout;
    expect((await run('-q')).code).toBe(0);
    expect((await run('transactions --json')).stdout).toBe(before);
    expect(before.length).toBeGreaterThan(1000);
  });
});
