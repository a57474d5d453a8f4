/** Help on commands and on accounts.yaml, and what a slip of the finger gets. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GLOBAL_OPTIONS } from '../../../../src/cli/command/command.js';
import { EXIT_MEANINGS } from '../../../../src/cli/command/exit-codes.js';
import { COMMANDS } from '../../../../src/cli/commands.js';
import { configText } from '../../../support/institutions.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

const cwd = scratchDir();
const run = (argv: readonly string[]) => runCli(argv, { cwd });

test.each(COMMANDS)('help $name is its --help', async ({ name }) => {
  const { code, stdout } = await run(['help', name]);
  expect(code).toBe(0);
  expect(stdout).toContain(`Usage: ofx-sync ${name}`);
  expect(stdout).toBe((await run([name, '--help'])).stdout);
});

test('help config explains keys, all or some, also as JSON', async () => {
  expect((await run(['help', 'config'])).stdout).toContain('institutions[].accounts[].routing\n');
  const some = await run(['help', 'config', 'clientuid']);
  expect(some.stdout).toMatch(/^institutions\[\]\.clientUid\n {4}CLIENTUID: /);
  const { keys } = JSON.parse((await run(['help', 'config', 'history', '--json'])).stdout);
  expect(keys).toEqual([expect.objectContaining({ path: 'defaults.history', isRequired: false })]);
});

describe('a slip', () => {
  test.each([
    [['help', 'snyc'], 'Did you mean: ofx-sync help sync?'],
    [['help', 'config', 'histroy'], 'Did you mean: ofx-sync help config history?'],
    [['transactoins'], 'Did you mean: ofx-sync transactions?'],
    [['staus'], 'Did you mean: ofx-sync status?'],
    [['sync', '--sinse', '90d'], 'Did you mean --since?'],
    [['accounts', '--since', '90d'], 'Did you mean --since, of ofx-sync sync?'],
    [['secret', 'lst'], 'Did you mean: ofx-sync secret list?'],
    [['secret', 'ste', 'river'], 'Did you mean: ofx-sync secret set?'],
    [['schedule', 'instal'], 'Did you mean: ofx-sync schedule install?'],
    [['--verbos'], 'Did you mean --verbose?'],
  ])('%j', async (argv, hint) => {
    const { code, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });

  test('in a name is not taken for a command', async () => {
    const there = scratchDir();
    writeFileSync(join(there, 'accounts.yaml'), configText([{ name: 'statue', url: 'sandbox://summit' }]));
    const { stderr } = await runCli(['status', 'statu'], { cwd: there });
    expect(stderr).toContain('statue');
  });
});

describe('the length of help', () => {
  /** Commands with more options than a screen has lines. */
  const LONG = new Set(['init', 'export', 'schedule', 'serve']);

  test.each([['--help'], ...COMMANDS.filter(({ name }) => !LONG.has(name)).map(({ name }) => [name, '--help'])])(
    '%s %s fits on 24 lines of 80 columns, the prompt among them',
    async (...argv) => {
      const { stdout } = await runCli(argv, { cwd, columns: 80 });
      const lines = stdout.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(24);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test('what every command takes is one line, which leads to all of it', async () => {
    const { stdout } = await run(['sync', '--help']);
    expect(stdout.split('\n').filter((line) => /--config|--log-format|--no-color/.test(line))).toEqual([
      'Also: --config <file> --data <dir> --json --quiet …; see: ofx-sync help options',
    ]);
    const options = (await run(['help', 'options'])).stdout;
    for (const { flags } of GLOBAL_OPTIONS) expect(options).toContain(flags);
    for (const [code, meaning] of EXIT_MEANINGS) expect(options).toMatch(new RegExp(`^ +${code} +${meaning}`, 'm'));
  });

  test('examples come first', async () => {
    const { stdout } = await run(['transactions', '--help']);
    expect(stdout.indexOf('ofx-sync transactions river')).toBeLessThan(stdout.indexOf('list and search'));
    expect(stdout.indexOf('list and search')).toBeLessThan(stdout.indexOf('--since <date>'));
  });

  test('every command is on the first screen by name, and in the list of all with what it does', async () => {
    const [first, all] = [(await run(['--help'])).stdout, (await run(['help', 'commands'])).stdout];
    for (const { name } of COMMANDS) {
      expect(first).toMatch(new RegExp(`\\b${name}\\b`));
      expect(all).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
  });
});
