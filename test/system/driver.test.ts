/** The program where SQLite cannot be loaded: it was not compiled for the machine, or Node may load nothing that is. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { ROOT } from '../support/markdown.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const PACKAGE = join('node_modules', '@photostructure', 'sqlite');

let installed = '';
let bin = '';
beforeAll(() => {
  bin = builtProgram();
  installed = scratchDir();
  cpSync(dirname(bin), join(installed, 'dist'), { recursive: true });
  cpSync(join(dirname(dirname(bin)), 'package.json'), join(installed, 'package.json'));
  mkdirSync(join(installed, PACKAGE), { recursive: true });
  for (const part of ['package.json', 'dist'])
    cpSync(join(ROOT, PACKAGE, part), join(installed, PACKAGE, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', 'node-gyp-build'), join(installed, 'node_modules', 'node-gyp-build'));
});

function run(program: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]), { mode: 0o600 });
  const options = ['--config', 'accounts.yaml', '--data', 'data'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv, ...options], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a machine for which it was not compiled is named, with what to do', () => {
  const program = join(installed, 'dist', basename(bin));
  const { status, stderr } = run(program, ['sync', '--quiet']);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      `ofx-sync: SQLite cannot be loaded on this machine (${platform()} ${arch()}): it comes compiled for Linux, macOS and Windows on x64 and arm64\n` +
      '  Use such a machine. Or install a C++ compiler, make and Python, then compile it: npm rebuild --global @photostructure/sqlite\n',
  });
  expect(run(program, ['accounts'])).toMatchObject({ status: 0, stderr: '' });
});

test('a Node that may load nothing compiled is named', () => {
  const { status, stderr } = run(bin, ['sync', '--quiet'], { NODE_OPTIONS: '--no-addons' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'ofx-sync: SQLite cannot be loaded: Node was told to load no compiled code\n' +
      '  Remove --no-addons, also from the variable NODE_OPTIONS, then run again.\n',
  });
});
