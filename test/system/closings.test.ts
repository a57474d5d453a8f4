/** Closing statements: asked for with STMTENDRQ and CCSTMTENDRQ, account by account. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const MEADOW =
  '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]';
const now = () => new Date('2026-11-20T10:00:00Z');

const result = z.object({
  accounts: z.array(
    z.object({
      account: z.string(),
      problem: z.string().nullable(),
      closings: z.array(
        z.object({
          period: z.object({ from: z.string(), to: z.string() }),
          opened: z.string(),
          closed: z.string(),
          minimumPayment: z.string().nullable(),
          paymentDue: z.string().nullable(),
        }),
      ),
    }),
  ),
});

function folder(url: string, accounts = MEADOW): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'meadow', url, accounts }]));
  return cwd;
}

test('each closes with what the next opens with', async () => {
  const { code, stdout } = await runCli(['closings', '--since', '2026-07-15', '--json'], {
    cwd: folder('sandbox://meadow'),
    now,
  });
  expect(code).toBe(0);
  const { accounts } = result.parse(JSON.parse(stdout));
  expect(accounts.map(({ account }) => account)).toEqual(['joint', 'card']);
  for (const { closings } of accounts) {
    expect(closings.map(({ period }) => period.to)).toEqual(['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31']);
    expect(closings.slice(1).map(({ opened }) => opened)).toEqual(closings.slice(0, -1).map(({ closed }) => closed));
  }
  expect(accounts[0]?.closings[0]).toMatchObject({ minimumPayment: null, paymentDue: null });
  expect(accounts[1]?.closings[0]).toMatchObject({ paymentDue: '2026-08-21' });
});

test('as a table', async () => {
  const { stdout } = await runCli(['closings', 'meadow/card', '--since', '60d'], {
    cwd: folder('sandbox://meadow'),
    now,
  });
  expect(stdout).toMatch(/^ACCOUNT +FROM +TO +OPENED WITH +CLOSED WITH +MINIMUM PAYMENT +DUE\n/);
  expect(stdout).toMatch(/meadow\/card +2026-10-01 +2026-10-31 .* USD +2026-11-21\n/);
});

test('one that is refused does not take the other along', async () => {
  const run = await runCli(['closings'], { cwd: folder('sandbox://meadow?fault=refuse&account=0044881200'), now });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('✗ meadow/joint: account not found (2003)');
  expect(run.stdout).toContain('meadow/card');
});

test('a refused signon is presented once', async () => {
  const sandbox = await startSandbox();
  const cwd = folder(`${sandbox.url('meadow')}?fault=signon-15000`);
  const run = await runCli(['closings'], { cwd });
  expect(run.code).toBe(3);
  expect(sandbox.counts('meadow').requests).toBe(1);
  await sandbox.close();
});

test('accounts that have none', async () => {
  const cwd = folder('sandbox://harbor', '[{ name: ira, kind: investment, id: "77-1234" }]');
  const run = await runCli(['closings'], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('none of these accounts has closing statements');
});
