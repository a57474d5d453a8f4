/** Where everything is. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from '../../../support/institutions.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

interface Place {
  readonly name: string;
  readonly path: string | null;
  readonly exists: boolean | null;
  readonly about: string;
}

async function places(cwd: string, more: Partial<Parameters<typeof runCli>[1]> = {}): Promise<Map<string, Place>> {
  const { code, stdout } = await runCli(['paths', '--json'], { cwd, ...more });
  expect(code).toBe(0);
  const { paths } = JSON.parse(stdout) as { paths: Place[] };
  return new Map(paths.map((one) => [one.name, one]));
}

test('of a fresh installation: nothing is there yet, and nothing is made', async () => {
  const cwd = scratchDir();
  const found = await places(cwd, { found: true });
  expect(found.get('configuration')).toMatchObject({
    path: join(cwd, '.config', 'ofx-sync', 'accounts.yaml'),
    exists: false,
    about: 'to create it: ofx-sync init',
  });
  expect([...found.values()].filter(({ exists }) => exists === true)).toEqual([]);
  expect([...found.keys()]).toEqual([
    'configuration',
    'store',
    'key',
    'backups',
    'log',
    'trust',
    'cache',
    'schedule',
    'keychain',
    'program',
  ]);
});

test('of an installation in use, also the files of passwords', async () => {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'keys'));
  writeFileSync(join(cwd, 'keys', 'river'), 'x', { mode: 0o600 });
  const text = configText([
    { name: 'summit', url: 'sandbox://summit' },
    { name: 'river', url: 'https://ofx.example/', password: 'file:keys/river' },
  ]);
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  await runCli(['sync', 'summit', '--no-progress'], { cwd });
  await runCli(['store', 'backup'], { cwd });
  const found = await places(cwd);
  for (const [name, path] of [
    ['configuration', 'accounts.yaml'],
    ['store', 'data/ofx-sync.db'],
    ['key', 'data/ofx-sync.key'],
    ['backups', 'data/backups'],
    ['password', 'keys/river'],
  ] as const)
    expect(found.get(name)).toMatchObject({ path: join(cwd, path), exists: true });
  expect(found.get('keychain')?.about).toContain('service ofx-sync');
});

test('a configuration with mistakes is still found', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), 'institutions: [');
  expect((await places(cwd)).get('configuration')).toMatchObject({ path: join(cwd, 'accounts.yaml'), exists: true });
});

test('no path is ever cut', async () => {
  const cwd = scratchDir();
  const { stdout } = await runCli(['paths'], { cwd, columns: 60 });
  expect(stdout).toContain(join(cwd, 'data', 'ofx-sync.db'));
  expect(stdout).not.toContain('…');
});
