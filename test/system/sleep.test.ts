/** A machine that falls asleep in the middle of a sync: the process stops between two moments and goes on in another time. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

let sandbox: Sandbox;
let program = '';
beforeAll(async () => {
  program = builtProgram();
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function sleepDuring(query: string, timeout: string) {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: `${sandbox.url('summit')}${query}` }], `{ timeout: ${timeout} }`),
  );
  const before = sandbox.counts('summit').requests;
  const { child, finished } = start([program, '--unattended', '--spread', '0s', '--json'], cwd);
  while (sandbox.counts('summit').requests === before) await wait(20);
  child.kill('SIGSTOP');
  await wait(1500);
  child.kill('SIGCONT');
  const { code, stdout } = await finished;
  const document = JSON.parse(stdout) as {
    accounts: { status: string; transactions: { new: number } | null; attempts: number }[];
  };
  const again = await start([program, '--json'], cwd).finished;
  const second = JSON.parse(again.stdout) as { totals: { newTransactions: number } };
  return { code, account: document.accounts[0], newLater: second.totals.newTransactions };
}

test('an answer that came meanwhile is taken, and nothing is asked twice', async () => {
  const { code, account, newLater } = await sleepDuring('?delay=500ms', '60s');
  expect(code).toBe(0);
  expect(account).toMatchObject({ status: 'ok', attempts: 1 });
  expect(newLater).toBe(0);
});

test('a request that was given up is asked again, and nothing is lost or there twice', async () => {
  const { code, account, newLater } = await sleepDuring('?fault=hang&times=1', '1s');
  expect(code).toBe(0);
  expect(account).toMatchObject({ status: 'ok', attempts: 2 });
  expect(newLater).toBe(0);
});
