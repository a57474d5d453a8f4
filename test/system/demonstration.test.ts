/** `npm start` in a clone shows a sync of made-up accounts, and never touches the store of a person's own accounts. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { builtProgram } from '../support/program.js';
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
  execFileSync('/bin/sh', ['-c', scripts.start.replace('dist/bin.js', `'${builtProgram()}'`)], {
    cwd: clone,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, OFX_SYNC_DATA: own },
    stdio: 'pipe',
  });
  expect(existsSync(join(clone, '.demo/ofx-sync.db'))).toBe(true);
  expect(readdirSync(home)).toEqual([]);
});

test('git ignores the data folder of the demonstration', () => {
  expect(readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('/.demo/');
});
