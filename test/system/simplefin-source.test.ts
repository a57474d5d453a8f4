/** Institutions of a SimpleFIN bridge (`simplefin:`): a server that behaves and misbehaves, and what a household keeps of it. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, type Asked, BRIDGE_PASSWORD, BRIDGE_USER, noon, startBridge } from '../support/bridge.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const ACCOUNTS = `[{ name: giro, kind: checking, id: ACT-1 }, { name: card, kind: creditcard, id: ACT-2 }]`;

/** A transaction as JSON text, so that amounts may be numbers as bridges spell them. */
function transaction(id: string, day: string, amount: string, description: string, more = ''): string {
  return `{"id":"${id}","posted":${noon(day)},"amount":${amount},"description":"${description}"${more}}`;
}

function account(
  id: string,
  { name = id, conn = 'CON-1', balance = '"10.00"', more = '', transactions = [] as string[] } = {},
) {
  return `{"id":"${id}","name":"${name}","conn_id":"${conn}","org":{"name":"${conn} Bank","domain":"bank.example"},"currency":"USD","balance":${balance},"balance-date":${noon('2026-11-19')}${more},"transactions":[${transactions.join(',')}]}`;
}

function accountSet(accounts: readonly string[], more = '"errlist":[],"connections":[]'): string {
  return `{${more},"accounts":[${accounts.join(',')}]}`;
}

const TWO = accountSet([
  account('ACT-1', {
    transactions: [
      transaction('T1', '2026-11-10', '-12.10', 'SQ *COFFEE 0815', ',"payee":"Coffee","memo":"two cups"'),
      transaction('T2', '2026-11-12', '"1000000000000000.01"', 'SALARY'),
    ],
  }),
  account('ACT-2', {
    conn: 'CON-2',
    balance: '-55.5',
    transactions: [transaction('T1', '2026-11-11', '-55.50', 'SHOES')],
  }),
]);

async function scene(
  answer: (asked: Asked) => Answer = () => ({ body: TWO }),
  { accounts = ACCOUNTS, more = '' } = {},
) {
  const bridge = await startBridge(answer);
  const cwd = scratchDir();
  const text = `institutions:\n  - name: bridge\n    simplefin: env:ACCESS\n${more}    accounts: ${accounts}\n`;
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  const options: RunOptions = { cwd, env: { ACCESS: bridge.access }, now: () => NOW };
  const run = (argv: readonly string[], extra: Partial<RunOptions> = {}) => runCli(argv, { ...options, ...extra });
  return { ...bridge, cwd, run };
}

type Scene = Awaited<ReturnType<typeof scene>>;

interface Outcome {
  readonly account: string;
  readonly status: string;
  readonly transactions: { readonly new: number } | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

async function synced(one: Scene, argv: readonly string[] = [], extra: Partial<RunOptions> = {}) {
  const { stdout, stderr, code } = await one.run(['sync', '--json', '--retries', '0', ...argv], extra);
  const { accounts } = JSON.parse(stdout) as { accounts: readonly Outcome[] };
  return { code, stderr, stdout, giro: accounts[0], card: accounts[1] };
}

async function stored(one: Scene) {
  const { stdout } = await one.run(['transactions', '--json', '--all']);
  return (JSON.parse(stdout) as { transactions: readonly Record<string, unknown>[] }).transactions;
}

test('all accounts of a bridge come with one request for the days that a bank would be asked for', async () => {
  const one = await scene();
  const first = await synced(one, ['--since', '2026-10-01']);
  expect([first.giro, first.card].map((each) => [each?.status, each?.transactions?.new])).toEqual([
    ['ok', 2],
    ['ok', 1],
  ]);
  expect(one.asked).toHaveLength(1);
  const [asked] = one.asked;
  expect(asked?.path).toBe('/simplefin/accounts');
  expect([...(asked?.query ?? [])]).toEqual([
    ['version', '2'],
    ['start-date', String(Date.parse('2026-10-01T00:00:00Z') / 1000)],
    ['pending', '1'],
    ['account', 'ACT-1'],
    ['account', 'ACT-2'],
  ]);
  const basic = Buffer.from(`${BRIDGE_USER}:${BRIDGE_PASSWORD}`).toString('base64');
  expect(asked?.headers.authorization).toBe(`Basic ${basic}`);
  const again = await synced(one);
  expect([again.giro, again.card].map((each) => each?.transactions?.new)).toEqual([0, 0]);
  expect(one.asked).toHaveLength(2);
});

test('amounts stay the text that came, and texts become name and memo', async () => {
  const one = await scene();
  await synced(one);
  const rows = await stored(one);
  expect(rows.map(({ postedOn, amount, name, memo }) => [postedOn, amount, name, memo])).toEqual([
    ['2026-11-10', '-12.10', 'Coffee', 'two cups'],
    ['2026-11-11', '-55.50', 'SHOES', null],
    ['2026-11-12', '1000000000000000.01', 'SALARY', null],
  ]);
});

test('the access URL is nowhere but in the request', async () => {
  const one = await scene(({ headers }) => ({
    body: accountSet([account('ACT-1', { name: `you are ${headers.authorization} ${BRIDGE_PASSWORD}` })]),
  }));
  const { stdout, stderr } = await synced(one, ['--verbose']);
  const kept = readdirSync(join(one.cwd, 'data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:sqlite|db|json|key)|wal|log/.test(name))
    .map((name) => readFileSync(join(one.cwd, 'data', name), 'latin1'));
  expect(kept.length).toBeGreaterThan(0);
  for (const text of [stdout, stderr, ...kept]) {
    expect(text).not.toContain(BRIDGE_PASSWORD);
    expect(text).not.toContain(Buffer.from(`${BRIDGE_USER}:${BRIDGE_PASSWORD}`).toString('base64'));
    expect(text).not.toContain(one.access);
  }
});
