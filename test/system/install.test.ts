/** The README's way to install: it lasts, updates, replaces a link into the clone, and is removed. With npm, from its cache. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const IS_REQUIRED = process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1';

/** The command of the README that installs, after `npm ci`. */
const INSTALL = /^## Install[\s\S]*?```sh\nnpm ci\n(?<command>npm install --global .+)\n```/m.exec(README)?.groups?.[
  'command'
];

const PARTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts', 'src', 'docs'];
const FURTHER = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'SECURITY.md',
  'accounts.example.yaml',
  'accounts.schema.json',
];

/** A clone with its packages, and a folder for global ones. */
function machine() {
  const home = scratchDir();
  const clone = join(home, 'clone');
  const prefix = join(home, 'global');
  mkdirSync(clone);
  mkdirSync(join(prefix, 'lib'), { recursive: true });
  for (const part of [...PARTS, ...FURTHER]) cpSync(join(ROOT, part), join(clone, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const env = {
    ...process.env,
    npm_config_prefix: prefix,
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
    [IS_REQUIRED ? 'npm_config_prefer_offline' : 'npm_config_offline']: 'true',
  };
  const run = (command: string) => spawnSync('sh', ['-c', command], { cwd: clone, env, encoding: 'utf8' });
  const ok = (command: string) => {
    const { status, stderr } = run(command);
    expect([command, status, status === 0 ? '' : stderr]).toEqual([command, 0, '']);
  };
  const installed = join(prefix, 'bin', 'ofx-sync');
  const version = () => execFileSync(installed, ['--version'], { cwd: home, encoding: 'utf8' });
  return { clone, prefix, run, ok, installed, version };
}

/** Builds of the whole program and installations, on machines that do other things as well. */
const TIMEOUT = 600_000;

describe.skipIf(process.platform === 'win32')('installed from a clone', () => {
  const { clone, prefix, run, ok, installed, version } = machine();
  const { version: stated } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  let isOffline = false;

  /** Runs the README's command, and removes what it built in the clone. Without the network, npm needs the packages in its cache. */
  const install = (skip: () => void) => {
    const { status, stderr } = run(INSTALL ?? 'false');
    isOffline = status !== 0 && stderr.includes('ENOTCACHED') && !IS_REQUIRED;
    if (isOffline) skip();
    expect([INSTALL, status, status === 0 ? '' : stderr]).toEqual([INSTALL, 0, '']);
    rmSync(join(clone, 'dist'), { recursive: true });
  };
  beforeEach(({ skip }) => {
    if (isOffline) skip();
  });

  test('a link into the clone outlives a build', { timeout: TIMEOUT }, () => {
    cpSync(dirname(builtProgram()), join(clone, 'dist'), { recursive: true });
    ok('npm install --global --ignore-scripts .');
    expect(version()).toContain(stated);
    ok('npm run build');
    expect(version()).toContain(stated);
    rmSync(join(clone, 'dist'), { recursive: true });
    expect(version).toThrow();
  });

  test('a copy replaces it, which needs nothing of the clone', { timeout: TIMEOUT }, ({ skip }) => {
    expect(INSTALL).toBeDefined();
    install(skip);
    expect(version()).toContain(stated);
  });

  test('an update arrives, though its version has the same number', { timeout: TIMEOUT }, ({ skip }) => {
    const source = join(clone, 'src', 'version.ts');
    writeFileSync(source, readFileSync(source, 'utf8').replace('return value;', "return value + ' CHANGED';"));
    install(skip);
    expect(version()).toBe(`${stated} CHANGED\n`);
    expect(readFileSync(join(prefix, 'lib/node_modules/ofx-sync/dist/version.js'), 'utf8')).toContain('CHANGED');
  });

  test('the command that removes it leaves nothing', () => {
    expect(README).toContain('`npm uninstall --global ofx-sync`');
    ok('npm uninstall --global ofx-sync');
    expect(existsSync(installed)).toBe(false);
    expect(existsSync(join(prefix, 'lib/node_modules/ofx-sync'))).toBe(false);
  });
});
