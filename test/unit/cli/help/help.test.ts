/** Help on commands and on accounts.yaml, and what a slip of the finger gets. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
