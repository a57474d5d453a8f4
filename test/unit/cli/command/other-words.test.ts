/** Words that people type for what ofx-sync calls otherwise: each leads to a command that exists. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../../src/cli/command/action.js';
import { actionMeant, leadOf, OTHER_WORDS } from '../../../../src/cli/command/other-words.js';
import { COMMANDS } from '../../../../src/cli/commands.js';
import { configText } from '../../../support/institutions.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

const names = COMMANDS.map(({ name }) => name);
const words = OTHER_WORDS.commands.flatMap((lead) => lead.words);

test('no word is in the table twice, and none is a command', () => {
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  expect(words.filter((word) => names.includes(word))).toEqual([]);
});

test.each(OTHER_WORDS.commands.map(({ to }) => [to]))('%s names commands that exist', (to) => {
  const named = [...to.matchAll(/ofx-sync ([\w-]+)(?: ([a-z]+))?/g)];
  expect(named.length + Number(to.includes('npm install'))).toBeGreaterThan(0);
  for (const [, command = '', action = ''] of named) {
    expect(['--version', '--help', ...names]).toContain(command);
    const actions: readonly string[] = new Map<string, readonly string[]>(Object.entries(ACTIONS)).get(command) ?? [];
    if (actions.length > 0) expect(actions).toContain(action);
  }
});

test.each(['list', 'balance', 'remove', 'config', 'login', 'version', 'update', 'Search', 'LOGS'])(
  '%s leads on, with and without an accounts.yaml, with names and options behind it',
  async (word) => {
    const [empty, set] = [scratchDir(), scratchDir()];
    writeFileSync(join(set, 'accounts.yaml'), configText([{ name: 'river', url: 'sandbox://summit' }]));
    for (const [cwd, argv] of [
      [empty, [word]],
      [set, [word]],
      [set, [word, 'river']],
      [set, [word, '--no-such-option']],
      // `help config` is a topic.
      [set, ['help', word === 'config' ? 'settings' : word]],
    ] as const) {
      const { code, stdout, stderr } = await runCli(argv, { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(leadOf(word));
    }
  },
);

test('a bank of that name comes first', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'balance', url: 'sandbox://summit' }]));
  expect(await runCli(['balance', '--no-progress'], { cwd })).toMatchObject({ code: 0 });
});

describe('actions', () => {
  test.each(Object.entries(OTHER_WORDS.actions))('%s: each word means an action, and is none', (command, meant) => {
    const actions: readonly string[] = new Map<string, readonly string[]>(Object.entries(ACTIONS)).get(command) ?? [];
    for (const [word, action] of Object.entries(meant)) {
      expect(actions).toContain(action);
      expect(actions).not.toContain(word);
    }
    expect(actionMeant(command, 'no such word')).toBeNull();
  });

  test.each([
    [['secret', 'add', 'river'], 'Did you mean: ofx-sync secret set?'],
    [['schedule', 'stop'], 'Did you mean: ofx-sync schedule remove?'],
    [['store', 'vacuum'], 'Did you mean: ofx-sync store compact?'],
  ])('%j', async (argv, hint) => {
    expect(await runCli(argv, { cwd: scratchDir() })).toMatchObject({ code: 2, stderr: expect.stringContaining(hint) });
  });
});
