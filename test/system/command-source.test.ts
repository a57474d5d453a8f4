/** Institutions of a program (`command:`): a real process that behaves and misbehaves, beside a bank that must not notice. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const PORTAL = fileURLToPath(new URL('../support/portal.mjs', import.meta.url));
const ACCOUNTS = `[{ name: giro, kind: checking, id: "7777" }, { name: more, kind: checking, id: "8888" }]`;
const PIN = 'Geheim-4711-Pin';

interface Scene {
  readonly way?: string;
  readonly more?: readonly string[];
  readonly words?: readonly string[];
  /** The whole value of `command:`. */
  readonly command?: string;
}

/** A folder with accounts.yaml: the program, and a bank of the sandbox beside it. */
function scene({ way = 'good', more = [], words = ['{from}', '{to}'], command }: Scene = {}) {
  const cwd = scratchDir();
  const journal = join(cwd, 'journal');
  const line = command ?? JSON.stringify([process.execPath, PORTAL, journal, way, ...words]);
  const text = [
    'institutions:',
    '  - name: portal',
    `    command: ${line}`,
    ...more.map((one) => `    ${one}`),
    `    accounts: ${ACCOUNTS}`,
    '  - name: summit',
    '    url: sandbox://summit',
    '    userId: demo',
    '    password: { literal: demo }',
    '    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]',
  ];
  writeFileSync(join(cwd, 'accounts.yaml'), `${text.join('\n')}\n`);
  const options: RunOptions = { cwd, env: { PIN, SECRET_OF_ANOTHER: 'not for you' } };
  return {
    cwd,
    run: (argv: readonly string[], extra: Partial<RunOptions> = {}) => runCli(argv, { ...options, ...extra }),
    given: () =>
      readFileSync(journal, 'utf8')
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one) as Given),
  };
}

interface Given {
  readonly from: string;
  readonly to: string;
  readonly account: string;
  readonly input: string;
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly child?: number;
}

interface Document {
  readonly accounts: readonly {
    readonly institution: string;
    readonly account: string;
    readonly status: string;
    readonly transactions: { readonly new: number } | null;
    readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  }[];
}

async function synced(one: ReturnType<typeof scene>, argv: readonly string[] = [], extra: Partial<RunOptions> = {}) {
  const { stdout, code, stderr } = await one.run(['sync', '--json', ...argv], extra);
  const { accounts } = JSON.parse(stdout) as Document;
  const portal = accounts.filter(({ institution }) => institution === 'portal');
  const bank = accounts.find(({ institution }) => institution === 'summit');
  return { code, portal, bank, stderr, stdout };
}

const SECRET = ['secrets: { pin: "env:PIN" }'];

test('a program is run once for all accounts of the login, for the days that a bank would be asked for', async () => {
  const one = scene({ more: SECRET });
  const first = await synced(one);
  expect(first.portal.map(({ status, transactions }) => [status, transactions?.new])).toEqual([
    ['ok', 1],
    ['ok', 1],
  ]);
  expect(first).toMatchObject({ code: 0, bank: { status: 'ok' } });
  const [given, ...rest] = one.given();
  expect(rest).toEqual([]);
  expect(JSON.parse(given?.input ?? '')).toEqual({ pin: PIN });
  expect(given?.cwd).toBe(one.cwd);
  const second = await synced(one);
  expect(second.portal.map(({ transactions }) => transactions?.new)).toEqual([0, 0]);
  const again = one.given()[1];
  expect(again?.to).toBe(given?.to);
  // 90 days at first, then the overlap of 10.
  expect([daysBetween(given), daysBetween(again)]).toEqual([90, 10]);
});

function daysBetween(given: Given | undefined): number {
  return (Date.parse(given?.to ?? '') - Date.parse(given?.from ?? '')) / 86_400_000;
}

test('its environment is small, and has neither its own secrets nor those of others', async () => {
  const one = scene({ more: SECRET });
  await synced(one);
  const [given] = one.given();
  expect(Object.keys(given?.env ?? {}).toSorted()).toEqual(['OFX_SYNC_FROM', 'OFX_SYNC_TO', 'PATH']);
  expect(JSON.stringify([given?.env, given?.from, given?.to])).not.toContain(PIN);
});

test('each: account runs it for each account, one after another, with its id', async () => {
  const one = scene({ more: ['each: account'], words: ['{from}', '{to}', '{account}'] });
  expect((await synced(one)).portal.map(({ status }) => status)).toEqual(['ok', 'ok']);
  expect(one.given().map(({ account, env }) => [account, env['OFX_SYNC_ACCOUNT']])).toEqual([
    ['7777', '7777'],
    ['8888', '8888'],
  ]);
});

test('a line for the shell has the days and the account in variables, whatever the account is called', async () => {
  const cwd = scratchDir();
  const journal = join(cwd, 'journal');
  const line = `'${process.execPath}' '${PORTAL}' '${journal}' good "$OFX_SYNC_FROM" "$OFX_SYNC_TO" "$OFX_SYNC_ACCOUNT"`;
  const one = scene({ command: JSON.stringify(line), more: ['each: account'] });
  const text = readFileSync(join(one.cwd, 'accounts.yaml'), 'utf8').replace('"8888"', '"$(touch pwned)"');
  writeFileSync(join(one.cwd, 'accounts.yaml'), text);
  await synced(one);
  const given = readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each) as Given);
  expect(given.map(({ account }) => account)).toEqual(['7777', '$(touch pwned)']);
});

const FAULTS: readonly [way: string, code: string, message: RegExp][] = [
  ['late', 'COMMAND_FAILED', /failed with exit status 3: the portal said: come back tomorrow/],
  ['empty', 'COMMAND_FAILED', /printed nothing/],
  ['html', 'OFX_UNREADABLE', /page/],
  ['half', 'OFX_UNREADABLE', /cut off/],
  ['hang', 'COMMAND_FAILED', /did not end within 1 s/],
  ['fork', 'COMMAND_FAILED', /did not end within 1 s/],
  ['flood', 'COMMAND_FAILED', /printed more than 32 MB/],
  ['terminal', 'COMMAND_FAILED', /cannot ask for the code: ENXIO/],
];

test.each(FAULTS)(
  'a program that goes wrong (%s) fails alone, stores nothing and says why',
  async (way, code, message) => {
    const one = scene({ way, more: ['timeout: 1s'] });
    const { portal, bank, code: exit } = await synced(one);
    expect(bank?.status).toBe('ok');
    expect(exit).toBe(1);
    expect(portal.map(({ error }) => error?.code)).toEqual([code, code]);
    expect(portal[0]?.error?.message).toMatch(message);
    expect(portal[0]?.error?.hint).not.toBe('');
    const { transactions } = JSON.parse((await one.run(['transactions', '--json', '--account', 'portal'])).stdout) as {
      transactions: unknown[];
    };
    expect(transactions).toEqual([]);
    for (const { child } of one.given()) if (child !== undefined) expect(isAlive(child)).toBe(false);
  },
);

function isAlive(pid: number): boolean {
  try {
    // A process that has ended and that nobody has waited for yet is not alive.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('a process that it leaves behind holds nothing up, and ends with it', async () => {
  const one = scene({ way: 'leaves' });
  expect((await synced(one)).portal.map(({ status }) => status)).toEqual(['ok', 'ok']);
  const child = one.given().find((each) => each.child !== undefined)?.child ?? 0;
  await expect.poll(() => isAlive(child)).toBe(false);
});

test('a program that does not exist is a failure with what to do, not a bug', async () => {
  const one = scene({ command: '[no-such-program-of-a-test]' });
  const { portal, code } = await synced(one);
  expect(code).toBe(1);
  expect(portal[0]?.error).toMatchObject({ code: 'COMMAND_FAILED' });
  expect(portal[0]?.error?.message).toContain('cannot be run');
});

test('an account that it does not print fails alone', async () => {
  const { portal } = await synced(scene({ way: 'one' }));
  expect(portal.map(({ status, error }) => error?.code ?? status)).toEqual(['ok', 'STATEMENT_MISSING']);
});

test('several documents, one after another, are read as one', async () => {
  expect((await synced(scene({ way: 'two' }))).portal.map(({ status }) => status)).toEqual(['ok', 'ok']);
});

test('a secret that it prints reaches neither the screen nor the store', async () => {
  const printed = scene({ way: 'blames', more: SECRET });
  const { portal, stdout, stderr } = await synced(printed);
  expect(portal[0]?.error?.message).toMatch(/wrong pin/);
  expect(stdout + stderr).not.toContain(PIN);
  const named = scene({ way: 'echo', more: SECRET });
  expect((await synced(named)).portal.map(({ status }) => status)).toEqual(['ok', 'ok']);
  const folder = join(named.cwd, 'data');
  for (const file of readdirSync(folder))
    expect([file, readFileSync(join(folder, file)).includes(PIN)]).toEqual([file, false]);
  expect((await named.run(['transactions', '--json'])).stdout).not.toContain(PIN);
});

test('a refused sign-on is not repeated until a secret changes', async () => {
  const one = scene({ way: 'refused', more: SECRET });
  const codes = async (extra: Partial<RunOptions> = {}) =>
    (await synced(one, [], extra)).portal.map(({ error }) => error?.code);
  expect(await codes()).toEqual(['SIGNON_REJECTED', 'SIGNON_REJECTED']);
  expect(await codes()).toEqual(['SIGNON_BLOCKED', 'SIGNON_BLOCKED']);
  expect(one.given()).toHaveLength(1);
  await codes({ env: { PIN: 'Anders-0815-Pin' } });
  expect(one.given()).toHaveLength(2);
});

test('a program without secrets signs on nowhere, and is run as often as it fails', async () => {
  const one = scene({ way: 'empty' });
  for (let run = 0; run < 4; run += 1) await synced(one);
  expect(one.given()).toHaveLength(4);
});

test('check runs it and says what it printed; --dry-run shows the line, and runs nothing', async () => {
  const one = scene({ more: SECRET });
  const preview = await one.run(['sync', 'portal', '--dry-run']);
  expect(preview.stdout).toMatch(/^in the folder of accounts\.yaml, with OFX_SYNC_FROM=\d{4}-\d\d-\d\d OFX_SYNC_TO=/m);
  expect(preview.stdout).toMatch(/\$ .*portal\.mjs .* good \d{4}-\d\d-\d\d \d{4}-\d\d-\d\d/);
  expect(preview.stdout).not.toContain(PIN);
  expect(() => one.given()).toThrow();
  const checked = await one.run(['check', 'portal']);
  expect(checked.stdout).toMatch(/✓ secrets +pin: found/);
  expect(checked.stdout).toMatch(/✓ command +ran, and printed 2 statements/);
  expect(checked.code).toBe(0);
  const failing = await scene({ way: 'late' }).run(['check', 'portal']);
  expect(failing.stdout).toMatch(/✗ command .*exit status 3/s);
  expect(failing.stdout).not.toMatch(/sign-on/);
  expect(failing.code).toBe(3);
});

test('what needs a server says so', async () => {
  const one = scene();
  for (const command of ['discover', 'signon', 'probe']) {
    const { code, stderr } = await one.run([command, 'portal']);
    expect([command, code]).toEqual([command, 2]);
    expect(stderr).toMatch(/no server/);
  }
});

const MISTAKES: readonly [lines: readonly string[], message: RegExp][] = [
  [['command: [portal2ofx, "--from={from}"]'], /\{from\} must be an argument of its own/],
  [['command: portal2ofx --from {from}'], /a line for the shell cannot have \{from\} \(write "\$OFX_SYNC_FROM"/],
  [['command: [sh, -c, "portal2ofx {account}"]', 'each: account'], /\{account\} must be an argument of its own/],
  [['command: [portal2ofx, "{account}"]'], /one run for each account \(each: account\)/],
  [['command: [portal2ofx]', 'url: https://ofx.bank.example/'], /command and url cannot be combined/],
  [['command: [portal2ofx]', 'files: "*.qfx"'], /cannot be combined/],
  [['command: [portal2ofx]', 'password: keychain'], /password is not used with command/],
  [['files: "*.qfx"', 'secrets: { pin: "env:PIN" }'], /secrets is used with command only/],
  [
    ['command: [portal2ofx]', 'secrets: { pin: "4711" }'],
    /do not put the secret here \(write `pin: keychain`, then run: ofx-sync secret set portal-pin\)/,
  ],
  [['command: [portal2ofx]', 'secrets: { "p i n": "env:PIN" }'], /not a name/],
  [['command: []'], /command/],
];

test.each(MISTAKES)('accounts.yaml: %j is a mistake', async (lines, message) => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:\n  - name: portal\n${lines.map((line) => `    ${line}\n`).join('')}    accounts: ${ACCOUNTS}\n`,
  );
  const { code, stderr } = await runCli(['check', '--offline'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
