/** What goes on, told on standard error: sentences with times under `--verbose`, JSON objects under `--log-format json`. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ESCAPE = '\u001b';

function project(): string {
  const dir = scratchDir();
  const text = configText([
    { name: 'summit', url: 'sandbox://summit' },
    { name: 'shut', url: 'sandbox://summit?fault=http-403' },
  ]);
  writeFileSync(join(dir, 'accounts.yaml'), text);
  return dir;
}

function objects(stderr: string): Record<string, unknown>[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A clock that goes 250 ms further each time it is read. */
function clock(): () => Date {
  let at = Date.parse('2026-11-20T06:30:00Z');
  return () => {
    at += 250;
    return new Date(at);
  };
}

test('--verbose tells secrets, requests, replies and outcomes, each with its time, and the summary stays as it is', async () => {
  const cwd = project();
  const { stderr, stdout } = await runCli(['summit', '-v'], { cwd, now: clock(), columns: 100 });
  const steps = stderr.trimEnd().split('\n');
  for (const step of steps) expect(step).toMatch(/^ +\d+\.\d{3} s {2}\S/);
  const told = steps.map((step) => step.replace(/^ +[\d.]+ s {2}/, '').replace(/\d+ (ms|bytes)|[\d.]+ s$/g, 'N $1'));
  expect(told).toEqual([
    '1 account',
    'summit: user id from plain, password from literal',
    'summit: user id from plain, password from literal: done, N ms',
    'summit: request for 1 statement (card) to summit',
    'summit: request for 1 statement (card) to summit: HTTP 200, N bytes, N ms',
    expect.stringMatching(/^read N bytes as OFX 203 \(us-ascii\): 1 statement, 0 notices, N ms$/),
    expect.stringMatching(/^summit\/card: ok, \d+ new, N $/),
  ]);
  expect(stderr).not.toContain(ESCAPE);
  expect(stdout).toContain('summit › card');
});

test('--verbose tells what failed, its code, and pauses before another try', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: 'sandbox://summit?fault=http-503&times=1' }]),
  );
  const { code, stderr } = await runCli(['--verbose'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toMatch(/is not available now \(HTTP 503\) \(SERVER_UNAVAILABLE\), \d+ ms\n/);
  expect(stderr).toMatch(/ s {2}waiting \d+\.\d s before trying again\n/);
});

test('--log-format json: each line of standard error is an object with time, level, event and message', async () => {
  const cwd = project();
  const { code, stdout, stderr } = await runCli(['--log-format', 'json', '--json'], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout).totals).toMatchObject({ ok: 1, failed: 1 });
  const lines = objects(stderr);
  for (const line of lines)
    expect(line).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: expect.stringMatching(/^(info|error)$/),
      event: 'outcome',
      message: expect.any(String),
    });
  expect(lines.find((line) => line['institution'] === 'summit')).toMatchObject({
    account: 'card',
    status: 'ok',
    attempts: 1,
    received: expect.any(Number),
  });
  expect(lines.find((line) => line['institution'] === 'shut')).toMatchObject({
    level: 'error',
    code: 'HTTP_STATUS',
    hint: expect.stringContaining('--dry-run shut'),
  });
});

test('--log-format json with --verbose has the steps, with --quiet the failures alone', async () => {
  const cwd = project();
  const loud = objects((await runCli(['--log-format=json', '-v', 'summit'], { cwd })).stderr);
  expect(loud.map(({ event }) => event)).toEqual([
    'start',
    'secrets-begins',
    'secrets',
    'request-begins',
    'request',
    'read',
    'outcome',
  ]);
  expect(loud[4]).toMatchObject({ level: 'debug', institution: 'summit', httpStatus: 200, bytes: expect.any(Number) });
  const quiet = await runCli(['--log-format=json', '-q'], { cwd });
  expect(objects(quiet.stderr).map(({ level }) => level)).not.toContain('debug');
  for (const line of objects(quiet.stderr)) expect(JSON.stringify(line)).toContain('shut');
});

test('what commands say beside it, and mistakes of the command line, become such lines too', async () => {
  const cwd = project();
  const said = await runCli(['discover', 'summit', '--log-format', 'json'], { cwd });
  expect(objects(said.stderr)[0]).toMatchObject({ level: 'info', event: 'message', message: /lists 1 account/ });
  const slip = await runCli(['sync', '--sinse', '3d', '--log-format', 'json'], { cwd });
  expect(objects(slip.stderr)).toEqual([
    expect.objectContaining({ level: 'error', code: 'USAGE', hint: 'Did you mean --since?' }),
  ]);
});

test('mistakes of accounts.yaml are a line each', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), 'institutions:\n  - name: river\n    userid: alex\n');
  const lines = objects((await runCli(['--log-format', 'json'], { cwd })).stderr);
  expect(lines.at(-1)).toMatchObject({ event: 'error', code: 'CONFIG_INVALID' });
  expect(lines[0]).toMatchObject({ event: 'problem', file: join(cwd, 'accounts.yaml'), line: 2 });
});

test('a format that there is not is refused before anything is sent', async () => {
  const { code, stderr } = await runCli(['--log-format', 'xml'], { cwd: project() });
  expect(code).toBe(2);
  expect(stderr).toContain('--log-format takes text or json, not "xml"');
});

test.each([[[]], [['--verbose']], [['--log-format', 'json']]])(
  'a bad statement file gets the hint for files, also with %j',
  async (more) => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'page.ofx'), '<!DOCTYPE html><html><title>Sign in</title></html>');
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `institutions:\n  - name: bank\n    files: ${join(cwd, '*.ofx')}\n    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]\n`,
    );
    const { stdout } = await runCli(['sync', '--json', ...more], { cwd });
    const { accounts } = JSON.parse(stdout) as { accounts: { error: { hint: string } }[] };
    expect(accounts[0]?.error.hint).toMatch(/download/i);
    expect(accounts[0]?.error.hint).not.toContain('The institution answered');
  },
);
