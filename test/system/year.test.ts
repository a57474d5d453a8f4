/**
 * A year of mornings with nobody there: an injected clock, institutions that fail, recover, change passwords, end their service
 * and lose a transaction for a day; a machine that sleeps, travels and has its clock jump. Every signon and every message is
 * counted.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText, type Entry } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDirInMemory } from '../support/scratch.js';
import { startWebhook, type Webhook } from '../support/webhook.js';

const CHECKING = '{ name: checking, kind: checking, id: "000123456", routing: "121000248" }';
const SAVINGS = '{ name: savings, kind: savings, id: "000123457", routing: "121000248" }';
const JOINT = '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]';
const DAYS = 365;

/** Day 0 is 2026-01-02. */
const dateOf = (day: number) => new Date(2026, 0, 2 + day, 6, 30);
let now = dateOf(0);
let sandbox: Sandbox;
let webhook: Webhook;
const cwd = scratchDirInMemory();
const within = (day: number, from: number, to: number) => day >= from && day <= to;

beforeAll(async () => {
  vi.stubEnv('TZ', 'America/New_York');
  sandbox = await startSandbox({ now: () => now });
  webhook = await startWebhook();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
  await webhook.close();
});

/** What is wrong at the institutions on a day, and what the person has done about it by then. */
function configOf(day: number): string {
  const river = day === 150 ? '?fault=without&fitid=20260601-1' : '';
  const summit =
    within(day, 100, 109) || day === 130 ? '?fault=http-503' : within(day, 250, 252) ? '?fault=signon-15000' : '';
  const meadow = day >= 200 ? '?fault=http-404' : '';
  const entries: Entry[] = [
    {
      name: 'river',
      url: sandbox.url('river') + river,
      accounts: `[${CHECKING}, ${SAVINGS}]`,
      more: ['ofxVersion: "102"'],
      // The bank has had it changed on day 60; the person stores the new one on day 64.
      ...(day >= 64 ? { password: '{ literal: "spring-2026" }' } : {}),
    },
    { name: 'summit', url: sandbox.url('summit') + summit },
    ...(day < 230 ? [{ name: 'meadow', url: sandbox.url('meadow') + meadow, accounts: JOINT }] : []),
  ];
  return `${configText(entries, '{ retries: 0 }')}notify: { webhook: "${webhook.url}" }\n`;
}

const UNATTENDED = ['--unattended', '--spread', '0s', '--quiet'];
const sync = (more: readonly string[] = [], clock = now, signal?: AbortSignal) =>
  runCli([...UNATTENDED, ...more], { cwd, now: () => clock, ...(signal === undefined ? {} : { signal }) });

/** One morning, as it happens on that day. */
async function morning(day: number): Promise<void> {
  if (day === 300) vi.stubEnv('TZ', 'Europe/Berlin');
  now = dateOf(day);
  writeFileSync(join(cwd, 'accounts.yaml'), configOf(day));
  if (day === 60) sandbox.setPassword('river', 'spring-2026');
  if (within(day, 280, 289)) return;
  if (day === 20) await Promise.all([sync(), sync()]);
  else if (day === 40) {
    const closed = new AbortController();
    closed.abort();
    await sync([], now, closed.signal);
    await sync();
  } else if (day === 310) await sync([], new Date(2028, 0, 1));
  else if (day === 320) await sync([], new Date(2000, 0, 1));
  else await sync();
  // Later in the morning a second timer and one with its clock put back find nothing to do.
  if (day === 21) await sync([], new Date(now.getTime() + 20 * 60_000));
  if (day === 22) await sync([], new Date(now.getTime() - 20 * 60_000));
}

async function transactionsOf(data: string): Promise<unknown[]> {
  const names = ['--account', 'river', '--account', 'summit'];
  const { stdout } = await runCli(['transactions', '--json', '--since', '2026-01-01', '--data', data, ...names], {
    cwd,
    now: () => now,
  });
  const { transactions } = JSON.parse(stdout) as { transactions: { account: string; fitid: string; amount: string }[] };
  return transactions.map(({ account, fitid, amount }) => `${account} ${fitid} ${amount}`).toSorted();
}

test('a year of mornings', async () => {
  const heard: string[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const before = webhook.arrived.length;
    await morning(day);
    for (const { text } of webhook.arrived.slice(before))
      heard.push(
        ...text
          .split('\n')
          .map(
            (line) =>
              `${day} ${line.replace(/127\.0\.0\.1:\d+/, 'HOST').replace(/: (?:HOST|sign-on|the password).*/, '')}`,
          ),
      );
  }

  expect(heard).toEqual([
    '60 river: the sign-on needs you',
    '63 river (checking, savings): the last statement is of 2026-03-02.',
    '64 river (checking, savings): works again.',
    '100 summit (card): no statement',
    '103 summit (card): the last statement is of 2026-04-11.',
    '110 summit (card): works again.',
    '130 summit (card): no statement',
    '131 summit (card): works again.',
    '150 river (checking): the balances from 2026-05-31 to 2026-06-01 differ by something that no transaction explains: one may be missing.',
    '151 river (checking): nothing is missing any longer from 2026-05-31 to 2026-06-01.',
    '200 meadow (joint): no statement',
    '203 meadow (joint): the last statement is of 2026-07-20.',
    '250 summit: the sign-on needs you',
    '253 summit: works again.',
  ]);

  // 355 mornings: the machine slept through ten. The refused password was presented once, and not again until it was changed.
  expect(sandbox.counts('river')).toMatchObject({ requests: 352, signons: 352, refusedSignons: 1 });
  expect(sandbox.counts('summit')).toMatchObject({ requests: 355, refusedSignons: 0 });
  expect(sandbox.counts('meadow')).toMatchObject({ requests: 230, refusedSignons: 0 });

  const status = await runCli(['status', '--json', '--runs', '1000'], { cwd, now: () => now });
  expect(status.code).toBe(0);
  const { runs, accounts } = JSON.parse(status.stdout) as {
    runs: unknown[];
    accounts: { gaps: unknown[]; failures: number }[];
  };
  expect(runs).toHaveLength(355);
  expect(accounts.map(({ gaps, failures }) => ({ gaps, failures }))).toEqual(
    [0, 1, 2].map(() => ({ gaps: [], failures: 0 })),
  );

  // Everything that the institutions have is here, once.
  writeFileSync(join(cwd, 'accounts.yaml'), configOf(DAYS).replace(/notify:.*/, ''));
  await runCli(['--quiet', '--since', '2026-01-01', '--data', join(cwd, 'anew')], { cwd, now: () => now });
  const anew = await transactionsOf(join(cwd, 'anew'));
  expect(anew.length).toBeGreaterThan(500);
  expect(await transactionsOf(join(cwd, 'data'))).toEqual(anew);
}, 600_000);
