/** Set-up of a program that prints statements: it is shown, run once, and its accounts are listed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandOf } from '../../src/cli/init/entry.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const PORTAL = fileURLToPath(new URL('../support/portal.mjs', import.meta.url));
const now = () => new Date('2026-11-21T08:00:00Z');

/** The command of a portal that behaves in some way, and the runs that it has seen. */
function portal(cwd: string, way: string) {
  const journal = join(cwd, 'journal');
  return {
    command: `${process.execPath} ${PORTAL} ${journal} ${way} {from} {to}`,
    runs: () =>
      readFileSync(journal, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { from: string; to: string; input: string; env: object }),
  };
}

async function init(cwd: string, words: readonly string[], answers: readonly (readonly [string, string])[]) {
  const left = [...answers];
  const run = await runCli(['init', ...words], {
    cwd,
    now,
    env: { ACCESSIBLE: '1' },
    answers: (question) => {
      const [asked, answer] = left.shift() ?? ['no further question', ''];
      if (!question.includes(asked)) throw new Error(`asked ${JSON.stringify(question)} instead of ${asked}`);
      return answer;
    },
  });
  expect([left, left.length === 0 ? '' : run.stderr]).toEqual([[], '']);
  return run;
}

const FILE = '.config/ofx-sync/accounts.yaml';
const written = (cwd: string) => readFileSync(join(cwd, FILE), 'utf8');
const sync = (cwd: string): Promise<Run> => runCli(['--json', '--config', join(cwd, FILE)], { cwd, now });

test('the command is shown and run once for the last month; its accounts are picked, and the next sync runs it', async () => {
  const cwd = scratchDir();
  const { command, runs } = portal(cwd, 'good');
  const run = await init(
    cwd,
    ['discover', '--command', command],
    [
      ['Numbers', '1'],
      ['Number', '2'],
    ],
  );
  expect(run.code).toBe(0);
  expect(run.stderr).toContain(`$ ${command.replace('{from}', "'{from}'").replace('{to}', "'{to}'")}`);
  expect(run.stderr).toContain('It printed 2 statements.');
  expect(run.stderr).toContain('100.00 EUR');
  expect(runs()).toMatchObject([{ from: '2026-10-22', to: '2026-11-21', input: '' }]);
  expect(written(cwd)).toContain('name: discover\n');
  expect(written(cwd)).toContain('kind: checking, id: "7777"');
  expect(written(cwd)).not.toContain('8888');
  expect(JSON.parse((await sync(cwd)).stdout)).toMatchObject({ totals: { ok: 1, newTransactions: 1 } });
});

test('a command that fails can be corrected', async () => {
  const cwd = scratchDir();
  const { command } = portal(cwd, 'late');
  const run = await init(
    cwd,
    ['--command', command, '--name', 'portal'],
    [
      ['Number', '1'],
      ['Command that prints the statements', portal(cwd, 'one').command],
      ['Numbers', ''],
      ['Number', '2'],
    ],
  );
  expect(run.stderr).toContain('failed with exit status 3: the portal said: come back tomorrow');
  expect(run.stderr).toContain('1. Correct the command');
  expect(run.code).toBe(0);
  expect(written(cwd)).toContain('id: "7777"');
});

test('a command for each account is not run before an account is known', async () => {
  const cwd = scratchDir();
  const { command, runs } = portal(cwd, 'good');
  const run = await init(
    cwd,
    ['--command', `${command} {account}`, '--name', 'portal'],
    [
      ['Number', '1'],
      ['Account number', '7777'],
      ['Number', '2'],
      ['Number', '2'],
    ],
  );
  expect(run.code).toBe(0);
  expect(runs).toThrow();
  expect(written(cwd)).toContain('each: account\n');
  expect(JSON.parse((await sync(cwd)).stdout)).toMatchObject({ totals: { ok: 1 } });
});

test('a command that accounts.yaml would refuse is asked for again, with the reason', async () => {
  const cwd = scratchDir();
  const { command } = portal(cwd, 'one');
  const run = await init(
    cwd,
    ['--command', 'portal2ofx --from={from}', '--name', 'portal'],
    [
      ['Command that prints the statements', 'portal2ofx --from={from}'],
      ['Command that prints the statements', command],
      ['Numbers', ''],
      ['Number', '2'],
    ],
  );
  expect(run.stderr).toContain('{from} must be an argument of its own');
  expect(run.code).toBe(0);
  const refused = await runCli(['init', '--non-interactive', '--command', 'a "{from}"'], { cwd });
  const both = await runCli(['init', '--non-interactive', '--command', 'a', '--files', '*.qfx'], { cwd });
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('exclude each other')]);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/--command: a line for the shell cannot have \{from\}[\s\S]*OFX_SYNC_FROM/),
  ]);
});

test('without questions: the accounts that it prints are written, and a failure writes nothing', async () => {
  const cwd = scratchDir();
  const config = join(cwd, FILE);
  const set = (way: string, ...words: string[]) =>
    runCli(['init', '--non-interactive', '--config', config, '--command', portal(cwd, way).command, ...words], {
      cwd,
      now,
    });
  const failed = await set('html', '--name', 'portal');
  expect(failed.code).not.toBe(0);
  expect(failed.stderr).toContain('a web page');
  expect(() => written(cwd)).toThrow();
  const { code, stderr } = await set('two', '--name', 'portal', '--account', '8888');
  expect([code, stderr]).toEqual([0, expect.stringContaining('$ ')]);
  expect(written(cwd)).toContain('id: "8888"');
  expect(written(cwd)).not.toContain('7777');
});

test.each([
  ['portal2ofx --from {from} {to}', ['portal2ofx', '--from', '{from}', '{to}'], 'login'],
  ['portal2ofx  {account}', ['portal2ofx', '{account}'], 'account'],
  ['ofxstatement convert -t iso20022 "$(ls -t *.xml | head -n 1)" -', null, 'login'],
  ['fetch "$OFX_SYNC_ACCOUNT" | convert', null, 'account'],
])('%s is words or a line for the shell', (typed, words, each) => {
  expect(commandOf(typed)).toEqual({ line: words ?? typed, each });
});
