/** Unattended runs that come to nothing as a whole: noted, shown, and told once, although the store or accounts.yaml is broken. */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { startWebhook, type Webhook } from '../support/webhook.js';

let webhook: Webhook;
beforeAll(async () => {
  webhook = await startWebhook();
});
afterEach(() => {
  webhook.answer = 200;
});
afterAll(() => webhook.close());

const RIGHT = configText([{ name: 'summit', url: 'sandbox://summit' }]);
const AWAY = configText([{ name: 'summit', url: 'https://ofx.summit.invalid/', password: 'env:SUMMIT' }]);

interface Mornings {
  readonly cwd: string;
  /** A run by a timer on that day, and what was told meanwhile. */
  readonly morning: (day: number, config: string) => Promise<Run & { readonly told: readonly string[] }>;
  readonly show: (argv: string, day: number) => Promise<Run>;
}

function mornings(): Mornings {
  const cwd = scratchDir();
  const at = (day: number) => () => new Date(2026, 10, day, 6, 30);
  return {
    cwd,
    morning: async (day, config) => {
      writeFileSync(join(cwd, 'accounts.yaml'), `${config}notify: { webhook: "${webhook.url}" }\n`);
      const before = webhook.arrived.length;
      const argv = '--unattended --spread 0s --wait-network 0s --quiet'.split(' ');
      const run = await runCli(argv, { cwd, now: at(day) });
      return { ...run, told: webhook.arrived.slice(before).map(({ text }) => text) };
    },
    show: (argv, day) => runCli(argv.split(' '), { cwd, now: at(day) }),
  };
}

test('a configuration that became wrong is told once, without what is in it, and that it is right again', async () => {
  const { cwd, morning, show } = mornings();
  await morning(1, RIGHT);
  await show('schedule install --system systemd --no-enable -q', 1);
  expect((await show('schedule status', 1)).stdout).toMatch(/last run {2}2026-11-01 06:30 {2}1 ok/);
  const wrong = RIGHT.replace('kind: creditcard', 'kind: "4111111111111111"');
  const second = await morning(2, wrong);
  expect(second.code).toBe(2);
  expect(second.told).toEqual([
    `The sync did not run: ${join(cwd, 'accounts.yaml')} has one mistake; nothing was sent. Look at line 6 (institutions.0.accounts.0.kind): ofx-sync check --offline`,
  ]);
  expect(webhook.arrived.at(-1)).toMatchObject({
    title: 'ofx-sync: the sync did not run',
    news: [{ kind: 'run', institution: '', code: 'CONFIG_INVALID' }],
  });
  expect((await morning(3, wrong)).told).toEqual([]);
  expect((await show('schedule status', 3)).stdout).toMatch(
    /last run {2}2026-11-03 06:30 {2}failed: .*accounts.yaml has one mistake; nothing was sent\n +Look at line 6 /,
  );
  expect((await morning(4, RIGHT)).told).toEqual(['The sync runs again.']);
  expect((await morning(5, RIGHT)).told).toEqual([]);
  expect((await show('schedule status', 5)).stdout).toMatch(/last run {2}2026-11-05 06:30 {2}1 ok/);
  expect(statSync(join(cwd, 'data', 'last-attempt.json')).mode & 0o777).toBe(0o600);
});

test('whom to tell is found in a file that is no YAML further up', async () => {
  const { morning } = mornings();
  const { code, told } = await morning(1, RIGHT.replace('userId: demo', 'userId: [demo'));
  expect(code).toBe(2);
  expect(told).toHaveLength(1);
});

test('a program that is told does not inherit the passwords of a configuration that is wrong', async () => {
  const cwd = scratchDir();
  const wrong = configText([
    { name: 'summit', url: 'https://ofx.summit.example/', password: 'env:SUMMIT', more: ['x: y'] },
  ]);
  writeFileSync(join(cwd, 'accounts.yaml'), `${wrong}notify: { command: [sh, -c, "env > heard; cat >> heard"] }\n`);
  const env = { SUMMIT: 'canary-7d1', OTHER: 'kept' };
  await runCli(['--unattended', '--spread', '0s', '-q'], { cwd, env });
  const heard = readFileSync(join(cwd, 'heard'), 'utf8');
  expect(heard).toContain('OTHER=kept');
  expect(heard).toContain('"code":"CONFIG_INVALID"');
  expect(heard).not.toContain('canary-7d1');
});

test('a store that is newer is told once, and again only when somebody has taken the message', async () => {
  const { cwd, morning } = mornings();
  await morning(1, RIGHT);
  const db = new Database(join(cwd, 'data', 'ofx-sync.db'));
  const schema = db.get('PRAGMA user_version')?.['user_version'] ?? 0;
  db.exec('PRAGMA user_version = 999');
  webhook.answer = 503;
  const refused = await morning(2, RIGHT);
  expect(refused.stderr).toContain('a message could not be delivered; the next run tries again');
  expect(refused.code).toBe(1);
  webhook.answer = 200;
  expect((await morning(3, RIGHT)).told).toEqual([expect.stringContaining('written by a newer ofx-sync')]);
  expect((await morning(4, RIGHT)).told).toEqual([]);
  db.exec(`PRAGMA user_version = ${schema}`);
  db.close();
  expect((await morning(5, RIGHT)).told).toEqual(['The sync runs again.']);
});

test('a machine without a network is shown, and told by the age of what it has alone', async () => {
  const { cwd, morning, show } = mornings();
  await morning(1, RIGHT);
  await show('schedule install --system systemd --no-enable -q', 1);
  expect((await morning(2, AWAY)).told).toEqual([]);
  expect((await show('schedule status', 2)).stdout).toContain(
    'last run  2026-11-02 06:30  failed: no network; nothing was requested',
  );
  expect((await show('status', 2)).code).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, 'data', 'last-attempt.json'), 'utf8'))).toMatchObject({
    error: { code: 'CONNECTION_FAILED' },
    told: null,
  });
  expect((await morning(5, AWAY)).told).toEqual(['summit (card): the last statement is of 2026-11-01.']);
});

test('what kept the last run from going on is in status, until another run was begun', async () => {
  const { cwd, morning, show } = mornings();
  await morning(1, RIGHT);
  const note = { version: 1, startedAt: '2026-11-02T06:30:00.000Z', endedAt: '2026-11-02T06:35:00.000Z', told: null };
  const error = { code: 'STORE_FAILED', message: 'the disk is full', hint: 'Make room and run again.' };
  writeFileSync(join(cwd, 'data', 'last-attempt.json'), JSON.stringify({ ...note, error }));
  const { code, stdout } = await show('status', 2);
  expect(code).toBe(1);
  expect(stdout).toMatch(/The scheduled run of .* failed: the disk is full\. Make room and run again\.\n/);
  expect(JSON.parse((await show('status --json', 2)).stdout)).toMatchObject({
    status: 'attention',
    lastAttempt: { error },
  });
  expect((await show('status --format prometheus', 2)).stdout).toContain('ofx_sync_last_attempt_failed 1\n');
  await show('sync -q', 3);
  expect(await show('status', 3)).toMatchObject({
    code: 0,
    stdout: expect.not.stringMatching(/run by timer of .* failed/),
  });
});
