/** Guided set-up as a person meets it: the built program on a terminal, key after key. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { hasPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { HAS_TMUX, startTerminal, type Terminal, type TerminalOptions } from '../support/terminal.js';

const KEYRING = fileURLToPath(new URL('../support/keyring.sh', import.meta.url));
const HAS_KEYRING = hasPeer('gnome-keyring-daemon') && hasPeer('secret-tool', ['--help']);
const CANARY = 'canary-3f9a';
let program = '';
let sandbox: Sandbox;

beforeAll(async () => {
  program = builtProgram();
  sandbox = await startSandbox({ tls: true, now: () => new Date() });
  return () => sandbox.close();
});

function init(cwd: string, more: Partial<TerminalOptions> & { before?: readonly string[] } = {}): Terminal {
  const { before = [], ...options } = more;
  return startTerminal([...before, process.execPath, program, 'init'], { cwd, ...options });
}

const configIn = (cwd: string) => join(cwd, '.config', 'ofx-sync', 'accounts.yaml');

describe.skipIf(!HAS_TMUX)('on a terminal', () => {
  test.skipIf(!HAS_KEYRING)('from nothing to the first statement, with the password in the keychain', async () => {
    const cwd = scratchDir();
    const authority = join(cwd, 'ca.pem');
    writeFileSync(authority, sandbox.ca ?? '');
    const lookup = 'sh -c "secret-tool lookup service ofx-sync account home-bank >looked-up"';
    const script = `${process.execPath} ${program} init; status=$?; ${lookup}; exit $status`;
    const terminal = startTerminal(
      [KEYRING, 'unlocked', 'env', '-u', 'XDG_CONFIG_HOME', '-u', 'XDG_DATA_HOME', 'sh', '-c', script],
      { cwd },
    );
    await terminal.shows('Which bank?');
    terminal.type(sandbox.url('river'));
    await terminal.shows('> Use the address https://');
    terminal.keys('Enter');
    await terminal.shows('ORG');
    terminal.type('RIVER');
    terminal.keys('Enter');
    await terminal.shows('? FID');
    terminal.type('1001');
    terminal.keys('Enter');
    await terminal.shows('? What do you want to call it?');
    terminal.keys('C-u');
    terminal.type('home-bank');
    terminal.keys('Enter');
    await terminal.shows('? User id');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('> In the keychain');
    terminal.keys('Enter');
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('> Trust an additional certificate authority');
    terminal.keys('Enter');
    await terminal.shows('? PEM file');
    terminal.type('ca.pem');
    terminal.keys('Enter');
    const accounts = await terminal.shows('? Which of 2 accounts');
    expect(accounts).toMatch(/> \[x\] checking {2}••••3456 +[\d,]+\.\d\d USD · Everyday Checking/);
    terminal.keys('Space', 'Enter');
    await terminal.shows('? Call them savings?');
    terminal.keys('Enter');
    await terminal.shows('and store the password in the keychain?');
    expect(existsSync(configIn(cwd))).toBe(false);
    terminal.keys('Enter');
    await terminal.shows('? Download the first statements now?');
    terminal.keys('Enter');
    await terminal.shows('1 account · ');
    await terminal.shows('? Sync automatically every day?');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.all()).toContain('✓ home-bank › savings');
    const written = readFileSync(configIn(cwd), 'utf8');
    expect(written).toContain(`url: ${sandbox.url('river')}`);
    expect(written).toContain('ofxVersion: "102"');
    expect(written).toContain(`ca: ${authority}`);
    expect(written).toContain('password: keychain\n');
    expect(readFileSync(join(cwd, 'looked-up'), 'utf8')).toBe('demo');
  });

  test('Escape goes back from every question to the first, and from there out', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { env: { PW: 'demo' } });
    await walk(terminal);
    for (const question of [
      '? Call them',
      '? Which of 2',
      '? Name of the environment',
      '? Where do you want to keep',
      '? User id',
      '? What do you want',
      '? Which bank?',
    ]) {
      terminal.keys('Escape');
      await terminal.shows(new RegExp(`^${escaped(question)}`, 'm'));
    }
    terminal.keys('Escape');
    await terminal.shows('? Quit without setting up a bank?');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.screen()).toContain('stopped; nothing was changed');
    expect(existsSync(join(cwd, '.config'))).toBe(false);
  });

  test('the end of the input at the last question leaves nothing half made', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { env: { PW: 'demo' } });
    await walk(terminal);
    terminal.keys('C-d');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.screen()).toContain('stopped; nothing was changed');
    expect(existsSync(join(cwd, '.config'))).toBe(false);
  });

  test('a wrong password is told, is not shown, and can be typed again', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await chooseSandbox(terminal, 'river');
    await terminal.shows('? Where do you want to keep the password?');
    terminal.keys('Up', 'Enter');
    await terminal.shows('? Password of');
    terminal.type(CANARY);
    terminal.keys('Enter');
    await terminal.shows('sign-on refused (15500)');
    await terminal.shows('> Type the password again');
    terminal.keys('Enter');
    await terminal.shows(/\? Password of[^?]*$/);
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('? Which of 2 accounts');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.all()).not.toContain(CANARY);
    expect(existsSync(join(cwd, '.config'))).toBe(false);
  });

  test('an institution that has ended its service leads to its downloads', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await terminal.shows('? Which bank?');
    terminal.type('td ameritrade');
    await terminal.shows('> TD Ameritrade');
    terminal.keys('Enter');
    await terminal.shows('no longer offers OFX');
    terminal.keys('Enter');
    await terminal.shows('~/Downloads/');
    terminal.keys('Enter');
    await terminal.shows('? What do you want to call it?');
    terminal.keys('Enter');
    await terminal.shows('? What kind of account?');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('an address that nobody has vouched for lately is warned of before a user id is asked for', async () => {
    const { openDirectory } = await import('../../src/institutions/directory.js');
    const { institutions } = await openDirectory();
    const stale = institutions.find(({ ended, evidence, id }) => ended === null && evidence.isStale && id.length > 12);
    const terminal = init(scratchDir());
    await terminal.shows('? Which bank?');
    terminal.type(stale?.id ?? '');
    await terminal.shows(`> ${stale?.title}`);
    terminal.keys('Enter');
    await terminal.shows(`Be careful with ${stale?.title}: last seen`);
    await terminal.shows(/Send your user id and password to that address\?\n {4}Yes\n {2}> No/);
    terminal.keys('Enter');
    await terminal.shows(/\? Which bank\?\n {2}\S*\n/);
    expect(terminal.all()).not.toContain('User id');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('on 60 columns every question is read whole', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { columns: 60, env: { PW: 'demo' } });
    await walk(terminal, /Write ~\/\.config\/ofx-sync\/accounts\.yaml\?/);
    expect(terminal.all()).not.toMatch(/^\? .*…/m);
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('Ctrl-C after it was written says so, and what was written works', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { env: { PW: 'demo' } });
    await walk(terminal);
    terminal.keys('Enter');
    await terminal.shows('? Download the first statements now?');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.screen()).toMatch(/stopped; \S+accounts\.yaml is written\s+Continue with: ofx-sync/);
    const { runCli } = await import('../support/run-cli.js');
    expect((await runCli(['-q'], { cwd, env: { PW: 'demo' } })).code).toBe(0);
  });

  test('line by line for a screen reader: nothing moves the cursor', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { env: { ACCESSIBLE: '1', PW: 'demo' } });
    await terminal.shows('Which bank?');
    terminal.type('sandbox://summit');
    terminal.keys('Enter');
    await terminal.shows('1. Use the address sandbox://summit');
    terminal.keys('Enter');
    await terminal.shows('What do you want to call it? (Enter: summit)');
    terminal.keys('Enter');
    await terminal.shows('User id at summit:');
    terminal.type('<');
    terminal.keys('Enter');
    await terminal.shows(/call it[\s\S]*call it/);
    terminal.keys('Enter');
    await terminal.shows(/User id[\s\S]*User id/);
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('Where do you want to keep the password?');
    terminal.type('1');
    terminal.keys('Enter');
    await terminal.shows('Name of the environment variable');
    terminal.type('PW');
    terminal.keys('Enter');
    await terminal.shows('(Enter: 1)');
    terminal.keys('Enter');
    await terminal.shows('Call them card?');
    terminal.keys('Enter');
    await terminal.shows('accounts.yaml?');
    terminal.keys('Enter');
    await terminal.shows('Download the first statements now?');
    terminal.type('2');
    terminal.keys('Enter');
    await terminal.shows('every day?');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('password: env:PW');
  });
});

/** To the last question, with the password in the variable PW. */
async function walk(
  terminal: Terminal,
  last: string | RegExp = '? Write ~/.config/ofx-sync/accounts.yaml?',
): Promise<void> {
  await chooseSandbox(terminal, 'river');
  await terminal.shows('? Where do you want to keep the password?');
  terminal.keys('Enter');
  await terminal.shows('? Name of the environment variable');
  terminal.keys('C-u');
  terminal.type('PW');
  terminal.keys('Enter');
  await terminal.shows('? Which of 2 accounts');
  terminal.keys('Enter');
  await terminal.shows('? Call them checking, savings?');
  terminal.keys('Enter');
  await terminal.shows(last);
}

async function chooseSandbox(terminal: Terminal, name: string): Promise<void> {
  await terminal.shows('? Which bank?');
  terminal.type(`sandbox://${name}`);
  await terminal.shows('> Use the address');
  terminal.keys('Enter');
  await terminal.shows('? What do you want to call it?');
  terminal.keys('Enter');
  await terminal.shows('? User id');
  terminal.type('demo');
  terminal.keys('Enter');
}

function escaped(text: string): string {
  return text.replace(/[?.*+^$()[\]{}|\\]/g, '\\$&');
}
