/** One run with a clock that is a year ahead: reported with both times, and `status` is not blind for that year. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

let sandbox: Sandbox;
let bankTime = '2026-09-01T08:00:00Z';
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(bankTime) });
});
afterAll(() => sandbox.close());

interface Synced {
  readonly accounts: readonly {
    readonly transactions: { readonly new: number };
    readonly period: { readonly from: string };
    readonly notices: readonly { readonly code: string; readonly message: string }[];
  }[];
}

function project() {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: sandbox.url('summit') }]));
  const run = (line: string, on: string) => runCli(line.split(' '), { cwd, now: () => new Date(on) });
  const sync = async (on: string, theirs = on) => {
    bankTime = theirs;
    const { stdout } = await run('sync --json', on);
    return (JSON.parse(stdout) as Synced).accounts[0];
  };
  const status = async (on: string) => {
    const { code, stdout } = await run('status', on);
    return { code, line: stdout.split('\n').find((line) => line.startsWith('summit/card')) ?? '' };
  };
  return { sync, status, run };
}

test('both times are reported, and later runs miss nothing', async () => {
  const { sync, status, run } = project();
  await sync('2026-09-01T08:00:00Z');
  const wrong = await sync('2027-09-02T08:00:00Z', '2026-09-02T08:00:00Z');
  expect(wrong?.notices).toEqual([
    {
      code: 'clocks-differ',
      message: expect.stringMatching(/2027-09-02T08:00:00.*2026-09-02T08:00:00/),
    },
  ]);
  // 78 days without a run.
  expect(await status('2026-11-19T08:00:00Z')).toEqual({ code: 1, line: expect.stringMatching(/ stale$/) });
  const later = await sync('2026-11-19T09:00:00Z');
  expect(later?.notices).toEqual([]);
  expect(later?.transactions.new).toBeGreaterThan(30);
  expect(await status('2026-11-19T10:00:00Z')).toEqual({ code: 0, line: expect.stringMatching(/ 60 min +ok$/) });
  const fresh = project();
  await fresh.sync('2026-11-19T09:00:00Z');
  const listed = async ({ run: ask }: { run: typeof run }) =>
    (await ask('transactions --csv --since 2026-09-01', '2026-11-19T10:00:00Z')).stdout.split('\n').length;
  expect(await listed({ run })).toBe(await listed(fresh));
});

test('clocks that are hours apart are no notice', async () => {
  const { sync } = project();
  expect((await sync('2026-11-19T08:00:00Z', '2026-11-18T10:00:00Z'))?.notices).toEqual([]);
});
