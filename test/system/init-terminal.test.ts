/** Guided set-up as a person meets it: the built program on a terminal, key after key. */

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
/** The same banks without TLS. */
let plain: Sandbox;

beforeAll(async () => {
  program = builtProgram();
  sandbox = await startSandbox({ tls: true, now: () => new Date() });
  plain = await startSandbox({ now: () => new Date() });
  plain.setPassword('meadow', CANARY);
  return () => Promise.all([sandbox.close(), plain.close()]);
});

interface Start extends Partial<TerminalOptions> {
  /** The program that the terminal runs around ours. */
  readonly before?: readonly string[];
  /** Words and options of the command. */
  readonly words?: readonly string[];
}

function init(cwd: string, { before = [], words = [], ...options }: Start = {}): Terminal {
  return startTerminal([...before, process.execPath, program, 'init', ...words], { cwd, ...options });
}

const configIn = (cwd: string) => join(cwd, '.config', 'ofx-sync', 'accounts.yaml');

/** The questions to an account that is entered by hand, in their order. */
const BY_HAND = [
  'Which bank',
  'User id',
  'Password of',
  'What kind of account',
  'Account number',
  'Routing number',
  'Another account',
  'Write',
] as const;
const keptIn = (cwd: string) => join(cwd, '.local', 'share', 'ofx-sync', 'init.json');

describe.skipIf(!HAS_TMUX)('on a terminal', () => {
  test.skipIf(!HAS_KEYRING)('from nothing to the first statement, with the password in the keychain', async () => {
    const cwd = scratchDir();
    const authority = join(cwd, 'ca.pem');
    writeFileSync(authority, sandbox.ca ?? '');
    const lookup = 'sh -c "secret-tool lookup service ofx-sync account home-bank >looked-up"';
    const script = `${process.execPath} ${program} init ${sandbox.url('river')} --name home-bank; status=$?; ${lookup}; exit $status`;
    const terminal = startTerminal(
      [KEYRING, 'unlocked', 'env', '-u', 'XDG_CONFIG_HOME', '-u', 'XDG_DATA_HOME', 'sh', '-c', script],
      { cwd },
    );
    await terminal.shows('> Trust an additional certificate authority');
    terminal.keys('Enter');
    await terminal.shows('? PEM file');
    // One question back, to the choices; the server is not asked again.
    terminal.keys('Escape');
    await terminal.shows(/PEM file[^\n]*\(back\)\n+\? What now/);
    terminal.keys('Enter');
    terminal.type('ca.pem');
    terminal.keys('Enter');
    await terminal.shows('? User id');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    const accounts = await terminal.shows('? Which of 2 accounts');
    expect(accounts).toMatch(/> \[x\] checking {2}••••3456 +[\d,]+\.\d\d USD · Everyday Checking/);
    terminal.keys('Space', 'Enter');
    await terminal.shows('store the password in the keychain');
    expect(existsSync(configIn(cwd))).toBe(false);
    terminal.keys('Enter');
    await terminal.shows('1 account · ');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.all()).toContain('✓ home-bank › savings');
    const written = readFileSync(configIn(cwd), 'utf8');
    expect(written).toContain(`url: ${sandbox.url('river')}`);
    // The server names them in its profile.
    expect(written).toContain('org: RIVER\n    fid: "1001"');
    expect(written).toContain('ofxVersion: "102"');
    expect(written).toContain(`ca: ${authority}`);
    expect(written).toContain('password: keychain\n');
    expect(readFileSync(join(cwd, 'looked-up'), 'utf8')).toBe('demo');
  });

  test.skipIf(!HAS_KEYRING)('a keychain that is locked: nothing is written, and another place is offered', async () => {
    const cwd = scratchDir();
    const around = [KEYRING, 'locked', 'env', '-u', 'XDG_CONFIG_HOME', '-u', 'XDG_DATA_HOME'];
    const terminal = init(cwd, { before: around, words: [plain.url('river'), '--user-id', 'demo'] });
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('? Which of 2 accounts');
    terminal.keys('Enter');
    await terminal.shows('store the password in the keychain');
    terminal.keys('Enter');
    await terminal.shows('Nothing was written: ');
    await terminal.shows('? Where do you want to keep the password?');
    expect(existsSync(configIn(cwd))).toBe(false);
    terminal.keys('Down', 'Enter');
    await terminal.shows('? Path of the file');
    terminal.keys('Enter');
    await terminal.shows(/password: file:river\.password[\s\S]*\? Write/);
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.all()).toContain('2 accounts · ');
  });

  test('keys typed before a question is drawn answer it, from the first to the last', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { words: [plain.url('river')] });
    terminal.keys('d', 'e', 'm', 'o', 'Enter', 'd', 'e', 'm', 'o', 'Enter', 'Enter', 'Down', 'Enter');
    expect(await terminal.ended()).toBe(0);
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('userId: demo');
    expect(terminal.all()).not.toContain('new transactions');
  });

  test('keys typed ahead do not answer a question that nobody could expect', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { words: [plain.url('river')] });
    await terminal.shows('? User id');
    terminal.keys('d', 'e', 'm', 'o', 'Enter', 'b', 'a', 'd', 'Enter', 'Enter', 'Enter', 'Enter');
    await terminal.shows('sign-on refused (15500)');
    await terminal.shows('? What now?');
    await delay(500);
    expect(terminal.screen()).toContain('> Type the password again');
    expect(sandbox.counts('river').refusedSignons + plain.counts('river').refusedSignons).toBeGreaterThan(0);
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('Ctrl-C while the bank is asked ends at once, and the terminal is as it was', async () => {
    const cwd = scratchDir();
    const words = [`${plain.url('river')}?fault=hang`];
    const script = `${process.execPath} ${program} init ${words[0]}; stty -a | grep -o -- '-\\?icanon'`;
    const terminal = startTerminal(['sh', '-c', script], { cwd });
    await terminal.shows('Connecting to');
    await delay(500);
    terminal.keys('C-c');
    await terminal.shows(/^icanon$/m);
    expect(terminal.screen()).toMatch(/stopped; nothing was changed/);
    expect(existsSync(join(cwd, '.config'))).toBe(false);
  });

  test('Escape goes back one question from each, to the first, and from there out', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await walkByHand(terminal);
    for (const question of BY_HAND.toReversed().slice(1)) {
      terminal.keys('Escape');
      await terminal.shows(active(question));
    }
    terminal.keys('Escape');
    await terminal.shows('? Quit without setting up a bank?');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.screen()).toContain('stopped; nothing was changed');
    expect(existsSync(join(cwd, '.config'))).toBe(false);
    // The person has decided to quit: nothing is kept.
    expect(existsSync(keptIn(cwd))).toBe(false);
  });

  test('Escape goes back from ORG and FID, one at a time, and their answers are offered again', async () => {
    const terminal = init(scratchDir(), { words: ['https://ofx.nowhere.invalid/'] });
    await terminal.shows('> Try again');
    terminal.keys('Down', 'Down', 'Enter');
    await terminal.shows(active('ORG'));
    terminal.type('ACME');
    terminal.keys('Enter');
    await terminal.shows(active('FID'));
    terminal.keys('Enter');
    await terminal.shows(active('User id'));
    terminal.keys('Escape');
    await terminal.shows(active('FID'));
    terminal.keys('Escape');
    await terminal.shows(/^\? ORG[^\n]*\n {2}ACME/m);
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('Escape on the last screen and in its menus goes back one question', async () => {
    const terminal = init(scratchDir(), { words: ['sandbox://river', '--user-id', 'demo'] });
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows(active('Which of 2'));
    terminal.keys('Enter');
    await terminal.shows(active('Write'));
    terminal.keys('Down', 'Down', 'Enter');
    await terminal.shows(active('What do you want to change'));
    terminal.keys('Down', 'Enter');
    await terminal.shows(active('Name of the account ••••3456'));
    terminal.keys('C-u');
    terminal.type('daily');
    terminal.keys('Enter');
    await terminal.shows(active('Name of the account ••••3457'));
    terminal.keys('Escape');
    await terminal.shows(/^\? Name of the account ••••3456\n {2}daily/m);
    terminal.keys('Escape');
    await terminal.shows(active('What do you want to change'));
    terminal.keys('Down', 'Enter', 'Enter');
    await terminal.shows(active('Name of the account ••••3457'));
    terminal.keys('C-u');
    terminal.type('rainy');
    terminal.keys('Enter');
    await terminal.shows(/- rainy: savings[\s\S]*\? Write/);
    terminal.keys('Down', 'Down', 'Enter');
    await terminal.shows(active('What do you want to change'));
    terminal.keys('Escape');
    await terminal.shows(active('Write'));
    terminal.keys('Escape');
    await terminal.shows(active('Which of 2'));
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test.each(BY_HAND.map((question, index) => [question, index] as const))(
    'Ctrl-C at “%s” writes nothing, and the next set-up goes on with the answers',
    async (question, index) => {
      const cwd = scratchDir();
      const terminal = init(cwd);
      await walkByHand(terminal, question);
      terminal.keys('C-c');
      expect(await terminal.ended()).toBe(130);
      expect(terminal.screen()).toContain('stopped; nothing was changed');
      expect(existsSync(join(cwd, '.config'))).toBe(false);
      expect(existsSync(keptIn(cwd))).toBe(index > 0);
      if (index === 0) return;
      expect(terminal.screen()).toMatch(/Your answers are kept, without the password\. Go on: ofx-sync init/);
      const kept = readFileSync(keptIn(cwd), 'utf8');
      expect(kept).not.toContain(CANARY);
      expect(statSync(keptIn(cwd)).mode & 0o777).toBe(0o600);
      const again = init(cwd);
      await again.shows('? Go on with meadow');
      again.keys('Enter');
      // The password was not kept, so the questions after it come again.
      await again.shows(active(BY_HAND[Math.min(index, 2)] ?? ''));
      again.keys('C-c');
      expect(await again.ended()).toBe(130);
    },
  );

  test('a terminal that is closed loses no answer either', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await walkByHand(terminal, 'Account number');
    terminal.close();
    expect(readFileSync(keptIn(cwd), 'utf8')).toContain('"userId":"demo"');
    const again = init(cwd);
    await again.shows('? Go on with meadow');
    again.keys('Down', 'Enter');
    await again.shows('? Which bank?');
    expect(existsSync(keptIn(cwd))).toBe(false);
    again.keys('C-c');
    expect(await again.ended()).toBe(130);
  });

  test('the end of the input at the last question leaves nothing half made', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await walkByHand(terminal);
    terminal.keys('C-d');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.screen()).toContain('stopped; nothing was changed');
    expect(existsSync(join(cwd, '.config'))).toBe(false);
  });

  test('a wrong password is told, is not shown, and can be typed again', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { words: ['sandbox://river'] });
    await terminal.shows('? User id');
    terminal.keys('Enter');
    await terminal.shows('? Password of');
    terminal.type(CANARY);
    terminal.keys('Enter');
    await terminal.shows('sign-on refused (15500)');
    const screen = await terminal.shows('> Type the password again');
    // Nothing is advised that works only for a bank that is set up.
    expect(screen.slice(screen.indexOf('sign-on refused'))).not.toMatch(/ofx-sync |accounts\.yaml/);
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

  test('a variable may be named now and set later: the first statements come all the same', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { words: [plain.url('river'), '--user-id', 'demo', '--password', 'env:RIVER_PW'] });
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('? Which of 2 accounts');
    terminal.keys('Enter');
    await terminal.shows(active('Write'));
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.all()).toContain('2 accounts · ');
    expect(terminal.all()).toContain('set the environment variable RIVER_PW');
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('password: env:RIVER_PW');
    const { runCli } = await import('../support/run-cli.js');
    expect((await runCli(['-q'], { cwd, env: { RIVER_PW: 'demo' } })).code).toBe(0);
  });

  test('numbers are cleaned, and a slip is doubted before it is kept', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd);
    await walkByHand(terminal, 'Account number');
    terminal.type('****3456');
    terminal.keys('Enter');
    await terminal.shows('enter the whole number');
    terminal.keys('C-u');
    terminal.type(' 000 123 456');
    terminal.keys('Enter');
    await terminal.shows(active('Routing number'));
    terminal.type('abc');
    terminal.keys('Enter');
    await terminal.shows('consist of digits');
    terminal.keys('C-u');
    terminal.type('121000249');
    terminal.keys('Enter');
    await terminal.shows(/check digit of this routing number does\s+not fit/);
    terminal.keys('C-u');
    terminal.type('121-000-248');
    terminal.keys('Enter');
    await terminal.shows(active('Another account'));
    terminal.keys('Enter');
    await terminal.shows(active('Write'));
    terminal.keys('Down', 'Enter');
    expect(await terminal.ended()).toBe(0);
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('id: "000123456", routing: "121000248"');
  });

  test('a bank that is set up can be changed and removed; comments stay', async () => {
    const cwd = scratchDir();
    const text = `# mine\ninstitutions:\n  - name: river  # the bank\n    url: sandbox://river\n    userId: demo\n    password: { literal: demo }\n    accounts:\n      # the daily one\n      - { name: main, kind: checking, id: "000123456", routing: "121000248" }\n`;
    mkdirSync(join(cwd, '.config', 'ofx-sync'), { recursive: true, mode: 0o700 });
    writeFileSync(configIn(cwd), text, { mode: 0o600 });
    const change = async (...keys: readonly (readonly [shows: string, ...keys: readonly string[]])[]) => {
      const terminal = init(cwd, { words: ['river'] });
      for (const [question, ...pressed] of keys) {
        await terminal.shows(active(question));
        for (const key of pressed) {
          if (key.startsWith('=')) terminal.type(key.slice(1));
          else terminal.keys(key);
        }
      }
      expect(await terminal.ended()).toBe(0);
      return readFileSync(configIn(cwd), 'utf8');
    };
    const menu = 'river is set up already';
    expect(await change([menu, 'Down', 'Enter'], ['User id', 'C-u', '=alex', 'Enter'])).toBe(
      text.replace('userId: demo', 'userId: alex'),
    );
    expect(await change([menu, 'Down', 'Enter'], ['User id', 'C-u', '=demo', 'Enter'])).toBe(text);
    expect(await change([menu, 'Down', 'Down', 'Enter'], ['Do you want to download this account', 'Enter'])).toMatch(
      /- \{ name: main.*\n {6}- \{ name: savings, kind: savings, id: "000123457"/,
    );
    expect(await change([menu, 'Up', 'Enter'], ['Remove river', 'Up', 'Enter'])).toBe('# mine\ninstitutions: []\n');
    // And the next bank is set up as if the file were new.
    const { runCli } = await import('../support/run-cli.js');
    const argv = ['init', 'sandbox://summit', '--non-interactive', '--user-id', 'demo', '--password', 'literal'];
    expect((await runCli(argv, { cwd, stdin: 'demo\n' })).code).toBe(0);
  });

  test('words that name no bank exactly begin the search', async () => {
    const terminal = init(scratchDir(), { words: ['golden', 'one'] });
    await terminal.shows(/\? Which bank\?\n {2}golden one/);
    expect(terminal.screen()).toMatch(/Golden 1 Credit Union +(?:works|old|ended)/);
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('an institution that has ended its service leads to its downloads', async () => {
    const terminal = init(scratchDir(), { words: ['td-ameritrade'] });
    await terminal.shows('no longer offers OFX');
    await terminal.shows('~/Downloads/');
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
    await terminal.shows(new RegExp(`> ${escaped(stale?.title ?? '')} +old`));
    terminal.keys('Enter');
    await terminal.shows(`Be careful with ${stale?.title}: last seen`);
    await terminal.shows(/Send your user id and password to that address\?\n {4}Yes\n {2}> No/);
    terminal.keys('Enter');
    await terminal.shows(/\? Which bank\?\n {2}\S*\n/);
    expect(terminal.all()).not.toContain('User id');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test.each([60, 80])('on %i columns every question and every choice is read whole', async (columns) => {
    const terminal = init(scratchDir(), { columns, rows: 24 });
    const first = await terminal.shows('? Which bank?');
    expect(first).toContain('demo');
    await walkByHand(terminal);
    terminal.keys('Down', 'Down', 'Enter');
    await terminal.shows(active('What do you want to change'));
    terminal.keys('Enter');
    await terminal.shows(active('What do you want to call'));
    terminal.keys('Escape');
    await terminal.shows(active('What do you want to change'));
    expect(terminal.all()).not.toMatch(/^(?:\?| {2}[> ] ).*…/m);
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('Ctrl-C after it was written says so, and what was written works', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { words: [plain.url('river'), '--user-id', 'demo', '--password', 'prompt'] });
    await terminal.shows('? Password of demo');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('? Which of 2 accounts');
    terminal.keys('Enter');
    await terminal.shows(active('Write'));
    terminal.keys('Enter');
    await terminal.shows(/written, with 2 accounts of river\s+\S*[^?]*password/);
    terminal.keys('C-c');
    expect(await terminal.ended()).not.toBe(0);
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('password: prompt');
  });

  test('line by line for a screen reader: the same questions, and nothing moves the cursor', async () => {
    const cwd = scratchDir();
    const terminal = init(cwd, { env: { ACCESSIBLE: '1' } });
    await terminal.shows('Which bank?');
    terminal.type('sandbox://summit');
    terminal.keys('Enter');
    await terminal.shows('1. Use the address sandbox://summit');
    terminal.keys('Enter');
    await terminal.shows('User id at summit (Enter: demo):');
    terminal.type('<');
    terminal.keys('Enter');
    await terminal.shows(/Which bank[\s\S]*Which bank/);
    terminal.type('sandbox://summit');
    terminal.keys('Enter', 'Enter');
    await terminal.shows(/User id[\s\S]*User id/);
    terminal.keys('Enter');
    await terminal.shows('Password of demo at summit');
    terminal.type('demo');
    terminal.keys('Enter');
    await terminal.shows('(Enter: 1)');
    terminal.keys('Enter');
    await terminal.shows('and download the first statements?');
    terminal.type('2');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(readFileSync(configIn(cwd), 'utf8')).toContain('literal: demo');
  });
});

/** Answers the questions until this one is shown. */
async function walkByHand(terminal: Terminal, until = 'Write'): Promise<void> {
  const keys: Readonly<Record<string, readonly string[]>> = {
    'Which bank': [`=${plain.url('meadow')}?fault=list-none`],
    'User id': ['=demo'],
    'Password of': [`=${CANARY}`],
    'Account number': ['=000123456'],
    'Routing number': ['=121000248'],
  };
  for (const question of BY_HAND) {
    await terminal.shows(active(question));
    if (question === until) return;
    for (const key of keys[question] ?? []) terminal.type(key.slice(1));
    if (question === 'Which bank') await terminal.shows('> Use the address');
    terminal.keys('Enter');
  }
}

/** A question that waits for an answer. */
function active(question: string): RegExp {
  return new RegExp(`^\\? ${escaped(question)}`, 'm');
}

function escaped(text: string): string {
  return text.replace(/[?.*+^$()[\]{}|\\]/g, '\\$&');
}
