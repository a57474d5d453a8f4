/**
 * From nothing to the first statement in a budgeting tool, as a person goes: set up, pull, hand on, with every screen compared.
 * `.ci/run` does it with the packed program installed with `npm install -g` (OFX_SYNC_INSTALLED names its folder).
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { hasPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { HAS_TMUX, startTerminal, type Terminal } from '../support/terminal.js';

const KEYRING = fileURLToPath(new URL('../support/keyring.sh', import.meta.url));
const CLOCK = new URL('../support/clock.mjs', import.meta.url).href;
const HAS_KEYRING = hasPeer('gnome-keyring-daemon') && hasPeer('secret-tool', ['--help']);
const PASSWORD = 'c4nary-first-bank';
let sandbox: Sandbox;
let bin = '';

beforeAll(async () => {
  sandbox = await startSandbox({ tls: true, now: () => new Date('2026-11-20T06:30:00Z') });
  sandbox.setPassword('river', PASSWORD, 'alex');
  bin = process.env['OFX_SYNC_INSTALLED'] ?? folderOf(builtProgram());
});
afterAll(() => sandbox.close());

/** A folder for the PATH, with the program in it under its name. */
function folderOf(program: string): string {
  const folder = scratchDir();
  writeFileSync(join(folder, 'ofx-sync'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(join(folder, 'ofx-sync'), 0o755);
  return folder;
}

/** A home with nothing in it but a certificate, a desktop session with a keychain, and a shell. */
function session(home: string): Terminal {
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    TZ: 'UTC',
    NODE_OPTIONS: `--import ${CLOCK}`,
    HOME: home,
  };
  const words = [
    'env',
    '-u',
    'XDG_CONFIG_HOME',
    '-u',
    'XDG_DATA_HOME',
    '-u',
    'XDG_CACHE_HOME',
    'PS1=$ ',
    'sh',
    '-c',
    'clear; exec sh',
  ];
  return startTerminal([KEYRING, 'unlocked', ...words], { cwd: home, columns: 100, rows: 50, env });
}

test.skipIf(!HAS_TMUX || !HAS_KEYRING)(
  'a first bank',
  async () => {
    const home = join(scratchDir(), 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'ca.pem'), sandbox.ca ?? '');
    const terminal = session(home);
    const screens: string[] = [];
    /** Waits for the text, and for the screen to stand still; then does what a person does. */
    const step = async (shown: string | RegExp, ...act: readonly (() => void)[]) => {
      let screen = await terminal.shows(shown);
      for (let before = ''; before !== screen; screen = terminal.screen()) {
        before = screen;
        await delay(120);
      }
      screens.push(still(screen, home));
      for (const one of act) one();
    };
    const type = (text: string) => () => terminal.type(text);
    const keys =
      (...names: readonly string[]) =>
      () =>
        terminal.keys(...names);
    const enter = keys('Enter');
    const run = async (command: string) => {
      terminal.type('clear');
      terminal.keys('Enter');
      await terminal.shows(/^\$$/);
      terminal.type(command);
      terminal.keys('Enter');
    };

    await terminal.shows(/^\$$/);

    await run('ofx-sync init');
    await step('Which bank?', type(sandbox.url('river')));
    await step('> Use the address', enter);
    await step('Trust an additional certificate authority', enter);
    await step('? PEM file', type('ca.pem'), enter);
    await step('? User id', type('alex'), enter);
    await step('? Password of alex', type(PASSWORD), enter);
    await step('Which of 2 accounts', enter);
    await step('store the password in the keychain', enter);
    await step(/set up the next bank\s+\$$/);
    await run('ofx-sync');
    await step(/2 accounts · [\s\S]*\$$/);
    await run('ofx-sync accounts');
    await step(/ACCOUNT[\s\S]*\$$/);
    await run('ofx-sync transactions --since 6d');
    await step(/2026-11-\d\d[\s\S]*\$$/);
    await run('ofx-sync export --format hledger --output 2026.journal');
    await step(/journal[\s\S]*\$$/);
    await run('ofx-sync status; secret-tool lookup service ofx-sync account river >kept');
    await step(/ACCOUNT[\s\S]*\$$/);
    await run('exit');
    expect(await terminal.ended()).toBe(0);

    expect(readFileSync(join(home, 'kept'), 'utf8')).toBe(PASSWORD);
    expect(terminal.all()).not.toContain(PASSWORD);
    expect(still(readFileSync(join(home, '.config', 'ofx-sync', 'accounts.yaml'), 'utf8'), home)).toContain(
      'password: keychain\n',
    );
    if (hasPeer('hledger')) execFileSync('hledger', ['-f', join(home, '2026.journal'), 'check']);
    const walk = screens.map((screen, index) => `── ${index + 1} ${'─'.repeat(90)}\n${screen}\n`).join('\n');
    await expect(walk).toMatchFileSnapshot('../fixtures/screens/first-bank.txt');
  },
  300_000,
);

/** Without what differs from run to run. */
function still(screen: string, home: string): string {
  return screen
    .replaceAll(home, '/home/alex')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:8443')
    .replace(/\d+\.\d s/g, '0.1 s');
}
