/** `sync --unattended` against sandbox institutions whose signons are counted. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

let sandbox: Sandbox;
let program = '';
beforeAll(async () => {
  program = builtProgram();
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const NOW = '--unattended --spread 0s --retries 0'.split(' ');
const at =
  (hour: number, minute = 0) =>
  () =>
    new Date(2026, 10, 20, hour, minute);

function project(
  fault = '',
  defaults = '',
): { cwd: string; write: (fault: string) => void; signons: () => number; requests: () => number } {
  const cwd = scratchDir();
  const write = (query: string) =>
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText([{ name: 'summit', url: `${sandbox.url('summit')}${query}` }], defaults),
    );
  write(fault);
  const [before, requestsBefore] = [sandbox.counts('summit').signons, sandbox.counts('summit').requests];
  return {
    cwd,
    write,
    signons: () => sandbox.counts('summit').signons - before,
    requests: () => sandbox.counts('summit').requests - requestsBefore,
  };
}

test('what was asked a moment ago is left out, by hand or by a timer; a person is always served', async () => {
  const { cwd, requests } = project();
  expect((await runCli(['-q'], { cwd, now: at(6) })).code).toBe(0);
  const left = await runCli(NOW, { cwd, now: at(6, 20) });
  expect(left).toMatchObject({ code: 0, stdout: '' });
  expect(left.stderr).toBe('summit: skipped until 2026-11-20 06:30, because it was synced recently\n');
  expect(requests()).toBe(1);
  await runCli([...NOW, '-q'], { cwd, now: at(6, 31) });
  expect(requests()).toBe(2);
  await runCli(['-q'], { cwd, now: at(6, 32) });
  expect(requests()).toBe(3);
});

test('with nobody due the document of --json is there, and empty', async () => {
  const { cwd } = project();
  await runCli(['-q'], { cwd, now: at(6) });
  const { code, stdout } = await runCli([...NOW, '--json'], { cwd, now: at(6, 1) });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, totals: { accounts: 0, ok: 0, failed: 0 }, accounts: [] });
});

test('two timers at the same moment sync once', async () => {
  const { cwd, requests } = project('?delay=300ms');
  const runs = await Promise.all([1, 2, 3].map(() => runCli([...NOW, '-q'], { cwd, now: at(7) })));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(requests()).toBe(1);
});

test('an institution that is down is asked less and less often, every day though, and at once when it is back', async () => {
  const { cwd, write, requests } = project('', '{ retries: 0 }');
  await runCli([...NOW, '-q'], { cwd, now: at(-24) });
  write('?fault=http-503');
  const asked: number[] = [];
  for (let hour = 0; hour < 72; hour += 1) {
    const before = requests();
    await runCli([...NOW, '-q'], { cwd, now: at(hour) });
    if (requests() > before) asked.push(hour);
  }
  expect(asked).toEqual([0, 1, 3, 7, 15, 31, 51, 71]);
  write('');
  await runCli([...NOW, '-q'], { cwd, now: at(91) });
  const before = requests();
  await runCli([...NOW, '-q'], { cwd, now: at(92) });
  expect(requests()).toBe(before + 1);
});

test('a refused signon is presented once, whatever the timer does', async () => {
  const { cwd, requests } = project('?fault=signon-15500');
  for (let day = 0; day < 5; day += 1) await runCli([...NOW, '-q'], { cwd, now: at(6 + 24 * day) });
  expect(requests()).toBe(1);
});

test('the beginning is spread over the time that was given', async () => {
  const { cwd, requests } = project();
  const interruption = new AbortController();
  const late = runCli(['--unattended', '-q', '--spread', '10m'], {
    cwd,
    random: () => 0.5,
    signal: interruption.signal,
  });
  setTimeout(() => interruption.abort(), 150);
  expect((await late).code).toBe(130);
  expect(requests()).toBe(0);
  const soon = await runCli(['--unattended', '-q', '--spread', '10m'], { cwd, random: () => 0 });
  expect(soon.code).toBe(0);
  expect(requests()).toBe(1);
});

test('without a network nothing is asked, and nothing is held against the institution', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: 'https://ofx.summit.invalid/', password: 'env:SUMMIT' }]),
  );
  const { code, stderr } = await runCli([...NOW, '--wait-network', '0s'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('no network; nothing was requested');
  const status = await runCli(['status', '--json'], { cwd });
  expect(JSON.parse(status.stdout)).toMatchObject({ accounts: [{ failing: false }], runs: [] });
});

describe('with nothing in the environment', () => {
  const run = (cwd: string, password: string, more: readonly string[] = []) => {
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit', password }]));
    const options = [
      '--unattended',
      '--spread',
      '0s',
      '--config',
      join(cwd, 'accounts.yaml'),
      '--data',
      join(cwd, 'd'),
    ];
    const argv = ['-i', process.execPath, program, 'sync', ...options, ...more];
    const { status, stderr } = spawnSync('/usr/bin/env', argv, { cwd: '/', encoding: 'utf8', timeout: 100_000 });
    return { status, stderr };
  };

  test('a password of a file is read, and what it needs is found', () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'secret'), 'demo\n', { mode: 0o600 });
    expect(run(cwd, `file:${join(cwd, 'secret')}`)).toMatchObject({ status: 0 });
    expect(run(scratchDir(), '{ command: [echo, demo] }')).toMatchObject({ status: 0 });
  });

  test('a keychain that cannot be reached is said at once, with what to do', () => {
    const { status, stderr } = run(scratchDir(), 'keychain');
    expect(status).toBe(3);
    expect(stderr).toMatch(/summit\/card: failed, password of summit: (the keychain|keytar)/);
  });
});

const canIsolate = spawnSync('unshare', ['-n', 'true']).status === 0;
test.skipIf(!canIsolate)('an address that is known, without a way there, is no network', () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: 'https://192.0.2.7/', password: '{ command: [echo, demo] }' }]),
  );
  const options = [
    '--config',
    'accounts.yaml',
    '--unattended',
    '--spread',
    '0s',
    '--wait-network',
    '0s',
    '--data',
    join(cwd, 'data'),
  ];
  const { status, stderr } = spawnSync('unshare', ['-n', process.execPath, program, ...options], {
    cwd,
    encoding: 'utf8',
    timeout: 100_000,
  });
  expect(stderr).toContain('no network; nothing was requested');
  expect(status).toBe(1);
});

test('nothing is asked on the terminal', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: sandbox.url('summit'), password: 'prompt' }]),
  );
  const { code, stderr } = await runCli([...NOW, '-q'], { cwd, columns: 80, stdin: 'demo\n' });
  expect(code).toBe(3);
  expect(stderr).toContain('password of summit');
});

test.each([
  [['--spread', '5m'], 'requires --unattended'],
  [['--wait-network', '5m'], 'requires --unattended'],
  [['--unattended', '--force'], 'exclude each other'],
  [['--unattended', '--spread', '5'], '--spread takes'],
])('%j ends with exit 2', async (argv, said) => {
  const { cwd, requests } = project();
  const { code, stderr } = await runCli(argv, { cwd });
  expect(stderr).toContain(said);
  expect(code).toBe(2);
  expect(requests()).toBe(0);
});
