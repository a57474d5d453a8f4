/**
 * From an empty home to the first statement, as a person answers at a terminal of 80 columns and 24 lines: every question is
 * counted. `.ci/run` does it with the packed program (OFX_SYNC_INSTALLED names its folder).
 */

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDirectory } from '../../src/institutions/directory.js';
import { SANDBOX_INSTITUTIONS } from '../../src/sandbox/institutions.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { hasPeer } from '../support/peer-program.js';
import { answerAll, type Habit } from '../support/person.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';
import { HAS_TMUX, startTerminal } from '../support/terminal.js';

const KEYRING = fileURLToPath(new URL('../support/keyring.sh', import.meta.url));
const HAS_KEYRING = hasPeer('gnome-keyring-daemon') && hasPeer('secret-tool', ['--help']);
const LISTED = 'uw-credit-union';
const PASSWORD = 'c4nary-questions';
let program: readonly string[] = [];
let sandbox: Sandbox;
let listed: Sandbox;
let proxy: Server;
let proxyUrl = '';

beforeAll(async () => {
  const installed = process.env['OFX_SYNC_INSTALLED'];
  program = installed === undefined ? [process.execPath, builtProgram()] : [join(installed, 'ofx-sync')];
  sandbox = await startSandbox({ now: () => new Date() });
  sandbox.setPassword('river', PASSWORD, 'alex');
  const found = (await openDirectory()).lookUp(LISTED);
  const [river] = SANDBOX_INSTITUTIONS;
  if ('suggestions' in found || found.url === null || river === undefined)
    throw new Error(`${LISTED} is not in the directory`);
  const { hostname, pathname } = new URL(found.url);
  const bank = { ...river, name: pathname.slice(1), org: found.org ?? '', fid: found.fid ?? '' };
  listed = await startSandbox({ tls: { names: [hostname] }, institutions: [bank], now: () => new Date() });
  listed.setPassword(bank.name, PASSWORD, 'alex');
  // The one host that is reached leads to the machine itself.
  proxy = createServer().on('connect', (request, socket) => {
    const isListed = request.url === `${hostname}:443`;
    const behind = connect(isListed ? listed.port : 9, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      behind.pipe(socket).pipe(behind);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  proxyUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  proxy.close();
  proxy.closeAllConnections();
  await sandbox.close();
  await listed.close();
});

/** A home with nothing in it. */
function newHome(): string {
  const home = join(scratchDir(), 'home');
  mkdirSync(home);
  return home;
}

interface Person {
  readonly home: string;
  /** The program that the terminal runs around ours, for a keychain. */
  readonly around?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function setUp({ home, around = [], env = {} }: Person, habits: readonly Habit[]) {
  const kept = around.length === 0 ? [] : ['env', '-u', 'XDG_CONFIG_HOME', '-u', 'XDG_DATA_HOME'];
  const terminal = startTerminal([...around, ...kept, ...program, 'init'], {
    cwd: home,
    columns: 80,
    rows: 24,
    env: { HOME: home, ...env },
  });
  const asked = await answerAll(terminal, habits);
  expect(await terminal.ended()).toBe(0);
  const all = terminal.all();
  expect(all).toMatch(/\d+ accounts? · [1-9]\d* new transactions?/);
  expect(all).not.toContain(PASSWORD);
  const config = readFileSync(join(home, '.config', 'ofx-sync', 'accounts.yaml'), 'utf8');
  expect(config).not.toContain(PASSWORD);
  return { asked: asked.map((question) => question.replace(/[?:,].*$/, '')), all, config };
}

const ENTER = 'Enter';
const CREDENTIALS: readonly Habit[] = [
  [/^User id/, '=alex', ENTER],
  [/^Password of alex/, `=${PASSWORD}`, ENTER],
];
const LAST: readonly Habit[] = [
  [/^(?:Which of \d accounts|Do you want to download this account)/, ENTER],
  [/^Write ~\/\.config/, ENTER],
];
const FIVE = [
  'Which bank',
  'User id at',
  'Password of alex at',
  'Which of 2 accounts do you want to download',
  'Write ~/',
];

/** Compares beginnings: names of banks and files follow. */
function expectAsked(asked: readonly string[], expected: readonly string[]): void {
  expect(asked.map((question, index) => question.slice(0, expected[index]?.length ?? question.length))).toEqual(
    expected,
  );
}

describe.skipIf(!HAS_TMUX)('questions to the first statement', () => {
  test('five for the made-up bank', async () => {
    const { asked } = await setUp({ home: newHome() }, [
      [/^Which bank/, 'Down', ENTER],
      [/^User id/, ENTER],
      [/^Password of demo/, '=demo', ENTER],
      ...LAST,
    ]);
    expectAsked(asked, ['Which bank', 'User id at river', 'Password of demo', ...FIVE.slice(3)]);
  });

  test.skipIf(!HAS_KEYRING)('five for a bank of the directory', async () => {
    const home = newHome();
    writeFileSync(join(home, 'ca.pem'), listed.ca ?? '');
    const env = { HTTPS_PROXY: proxyUrl, NODE_EXTRA_CA_CERTS: join(home, 'ca.pem') };
    const { asked, config } = await setUp({ home, env, around: [KEYRING, 'unlocked'] }, [
      [/^Which bank/, '=uw credit union', ENTER],
      ...CREDENTIALS,
      ...LAST,
    ]);
    expectAsked(asked, FIVE);
    expect(config).toContain(`directory: ${LISTED}`);
    expect(config).toContain('password: keychain\n');
  });

  test.skipIf(!HAS_KEYRING)(
    'an address of a bank that lists no accounts: what its statements say, and nothing twice',
    async () => {
      const { asked, config } = await setUp({ home: newHome(), around: [KEYRING, 'unlocked'] }, [
        [/^Which bank/, `=${sandbox.url('river')}?fault=list-none`, ENTER],
        ...CREDENTIALS,
        [/^What kind of account/, ENTER],
        [/^Account number/, '=000 123 456', ENTER],
        [/^Routing number/, '=121000248', ENTER],
        [/^Another account/, ENTER],
        ...LAST,
      ]);
      expectAsked(asked, [
        ...FIVE.slice(0, 3),
        'What kind of account',
        'Account number',
        'Routing number',
        'Another account',
        'Write ~/',
      ]);
      expect(config).toContain('{ name: checking, kind: checking, id: "000123456", routing: "121000248" }');
    },
  );

  test('four for a bank that only offers downloads', async () => {
    const home = newHome();
    mkdirSync(join(home, 'Downloads'));
    writeFileSync(
      join(home, 'Downloads', 'may.qfx'),
      bankFile([{ fitid: '1', amount: '-12.34', on: '20261103' }], { account: '77001' }),
    );
    const { asked } = await setUp({ home }, [
      [/^Which bank/, ENTER],
      [/^Which of these files are from this bank/, ENTER],
      ...LAST,
    ]);
    expect(asked).toHaveLength(4);
  });

  test.skipIf(!HAS_KEYRING).each<[string, readonly string[]]>([
    ['without a keychain', [KEYRING, 'no-daemon']],
    ['over ssh, without a desktop', []],
  ])('five %s, and the password is in a file that only its owner can read', async (_, around) => {
    const home = newHome();
    const { asked, config, all } = await setUp({ home, around }, [
      [/^Which bank/, `=${sandbox.url('river')}`, ENTER],
      ...CREDENTIALS,
      ...LAST,
    ]);
    expectAsked(asked, FIVE);
    expect(all).toContain('No keychain');
    expect(config).toContain('password: file:river.password\n');
    const file = join(home, '.config', 'ofx-sync', 'river.password');
    expect(readFileSync(file, 'utf8')).toBe(`${PASSWORD}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, '.config', 'ofx-sync')).mode & 0o777).toBe(0o700);
    expect(existsSync(join(home, '.local', 'share', 'ofx-sync', 'init.json'))).toBe(false);
  });
});
