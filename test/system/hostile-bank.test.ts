/** A bank whose reply is made to be slow to read, beside three that are well: they are on time, and Ctrl-C is answered. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { configText, type Entry } from '../support/institutions.js';
import { longTexts } from '../support/long-patterns.js';
import { type Asked, reply, send, startBank, statement } from '../support/plain-bank.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

/** Far above what reading takes on a busy machine, and far below what it took when it was quadratic. */
const HANGING_MS = 5_000;
const FIELDS = ['TRNAMT', 'DTPOSTED', 'FITID', 'NAME', 'MEMO', 'CHECKNUM', 'CURRATE'];
const LONG = longTexts(20_000);
const NINES = '9'.repeat(100_000);

/** A statement with a transaction for each pattern in each field, and one for 100,000 digits. */
function hostileStatement(asked: Asked): string {
  const transaction = (field: string, text: string, nth: number) => {
    const fields = { DTPOSTED: '20261118', TRNAMT: '-1.00', FITID: `H-${nth}`, NAME: 'x', [field]: text };
    const values = Object.entries(fields).map(([name, value]) => `<${name}>${value}`);
    return `<STMTTRN><TRNTYPE>DEBIT${values.join('')}</STMTTRN>`;
  };
  const texts = FIELDS.flatMap((field) => LONG.map(([, text]) => [field, text] as const));
  const list = [['TRNAMT', NINES] as const, ...texts].map(([field, text], nth) => transaction(field, text, nth));
  return statement(asked).replace('</BANKTRANLIST>', `${list.join('\n')}</BANKTRANLIST>`);
}

const ACCOUNT = '[{ name: a, kind: checking, id: "000000001", routing: "121000248" }]';

function write(hostile: string): string {
  const cwd = scratchDir();
  const healthy: Entry[] = ['one', 'two', 'three'].map((name) => ({ name, url: 'sandbox://summit' }));
  const entries = [{ name: 'hostile', url: hostile, accounts: ACCOUNT, password: 'env:PW' }, ...healthy];
  writeFileSync(join(cwd, 'accounts.yaml'), configText(entries));
  return cwd;
}

/** Runs a command, and returns the longest time in which nothing else could run. */
async function measured(command: () => Promise<Run>): Promise<{ readonly run: Run; readonly stillMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const run = await command();
  // The delay is noted when the next timer fires.
  await new Promise((resolve) => setTimeout(resolve, 50));
  delay.disable();
  return { run, stillMs: delay.max / 1e6 };
}

const env = { PW: 'c4nary-Pa55word' };

test('the other banks arrive, and the program never stands still', async () => {
  const bank = await startBank((message, response) => send(response, reply(message, hostileStatement)));
  const cwd = write(bank.url);
  const { run, stillMs } = await measured(() => runCli(['--json', '--retries', '0'], { cwd, env }));
  const { accounts } = JSON.parse(run.stdout) as {
    readonly accounts: readonly {
      institution: string;
      status: string;
      transactions: { new: number } | null;
      notices: [];
    }[];
  };
  expect(bank.messages.length).toBeGreaterThan(0);
  const [hostile, ...healthy] = accounts;
  expect(healthy.map(({ institution, status }) => [institution, status])).toEqual([
    ['one', 'ok'],
    ['two', 'ok'],
    ['three', 'ok'],
  ]);
  for (const { transactions } of healthy) expect(transactions?.new).toBeGreaterThan(20);
  expect(hostile).toMatchObject({ institution: 'hostile', status: 'ok' });
  expect(hostile?.notices.length).toBeGreaterThan(0);
  expect(stillMs).toBeLessThan(HANGING_MS);
});

test('Ctrl-C is answered while the reply is read', async () => {
  const controller = new AbortController();
  const bank = await startBank((message, response) => {
    response.on('finish', () => controller.abort());
    send(response, reply(message, hostileStatement));
  });
  const cwd = write(bank.url);
  const { run, stillMs } = await measured(() =>
    runCli(['--retries', '0', 'hostile'], { cwd, env, signal: controller.signal }),
  );
  expect(controller.signal.aborted).toBe(true);
  expect(run.code).toBe(130);
  expect(stillMs).toBeLessThan(HANGING_MS);
});
