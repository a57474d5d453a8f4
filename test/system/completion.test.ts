/** Completion in the real shells: what a person gets who presses Tab. */

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { HAS_TMUX, startTerminal } from '../support/terminal.js';

const cwd = scratchDir();
const env = { HOME: cwd, PATH: `${cwd}/bin:/usr/bin:/bin`, OFX_SYNC_DATA: join(cwd, 'data'), LC_ALL: 'C.UTF-8' };

beforeAll(async () => {
  const program = builtProgram();
  mkdirSync(join(cwd, 'bin'));
  writeFileSync(join(cwd, 'bin', 'ofx-sync'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(cwd, 'bin', 'ofx-sync'), 0o755);
  mkdirSync(join(cwd, '.config', 'ofx-sync'), { recursive: true });
  writeFileSync(
    join(cwd, '.config', 'ofx-sync', 'accounts.yaml'),
    configText([
      { name: 'river', url: 'sandbox://river' },
      { name: 'summit card', url: 'sandbox://summit' },
    ]),
  );
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await runCli(['completion', shell], { cwd });
    writeFileSync(join(cwd, `completion.${shell}`), stdout);
  }
});

/** What is typed, with the last word unfinished, and what is offered. */
const CASES: readonly (readonly [typed: string, offered: readonly string[], not: readonly string[]])[] = [
  ['sy', ['sync'], ['status']],
  ['sec', ['secret'], ['sync']],
  ['sync --dry', ['--dry-run'], ['--daily']],
  ['sync ri', ['river', 'river/card'], ['sandbox']],
  ['accounts sum', ['summit card'], ['river']],
  ['discover ri', ['river'], ['river/card']],
  ['secret se', ['set'], ['test']],
  ['secret set ri', ['river'], ['set']],
  ['export --format hl', ['hledger'], ['ledger', 'csv']],
  ['transactions --account river/c', ['river/card'], ['river']],
  ['inspect comp', ['completion.bash'], []],
  ['schedule --system sys', ['systemd'], ['cron']],
  ['help conf', ['config'], ['completion']],
];

function expectOffers(found: readonly string[], [typed, offered, not]: (typeof CASES)[number]): void {
  const plain = found.map((line) => line.replaceAll('\\ ', ' ').trim());
  for (const word of offered) expect(plain, `${typed}: ${word}`).toContain(word);
  for (const word of not) expect(plain, `${typed}: not ${word}`).not.toContain(word);
}

describe('bash', () => {
  test.each(CASES)('%s', (...line) => {
    const words = `ofx-sync ${line[0]}`.split(' ');
    const script = `source ./completion.bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; cd '${cwd}'; _ofx_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const run = runPeer('bash', ['--norc', '-c', `cd '${cwd}'; ${script}`], { env });
    expect(run.stderr).toBe('');
    expectOffers(run.stdout.split('\n'), line);
  });
});

describe.skipIf(!hasPeer('fish'))('fish', () => {
  test.each(CASES)('%s', (...line) => {
    const run = runPeer(
      'fish',
      ['--no-config', '-c', `cd '${cwd}'; source completion.fish; complete -C 'ofx-sync ${line[0]}'`],
      { env },
    );
    expect(run.stderr).toBe('');
    expectOffers(
      run.stdout.split('\n').map((one) => one.split('\t')[0] ?? ''),
      line,
    );
  });
});

describe.skipIf(!hasPeer('zsh') || !HAS_TMUX)('zsh', () => {
  test('commands, options, names, and nothing to complain of', async () => {
    const terminal = startTerminal(['zsh', '-f'], { cwd, env: { ...env, PS1: 'ready> ' }, columns: 120 });
    await terminal.shows('ready>');
    terminal.type(
      'autoload -Uz compinit && compinit -D && source ./completion.zsh && setopt no_auto_menu && echo loaded',
    );
    terminal.keys('Enter');
    await terminal.shows(/^loaded/m);
    for (const [typed, shown] of [
      ['ofx-sync comp', 'ofx-sync completion'],
      ['ofx-sync sync --dry', 'ofx-sync sync --dry-run'],
      ['ofx-sync accounts summit\\ card/', 'ofx-sync accounts summit\\ card/card'],
      ['ofx-sync export --format hl', 'ofx-sync export --format hledger'],
      ['ofx-sync secret set river', 'river/'],
      ['ofx-sync schedule inst', 'ofx-sync schedule install'],
    ] as const) {
      terminal.keys('C-u');
      terminal.type(typed);
      terminal.keys('Tab');
      if (shown !== 'river/') await terminal.shows(shown);
    }
    terminal.keys('C-u');
    terminal.type('ofx-sync sync ri');
    terminal.keys('Tab');
    terminal.keys('Tab');
    await terminal.shows('river/card');
    expect(terminal.all()).not.toMatch(/command not found|parse error|bad pattern/);
  });
});

test('without a configuration, or with a broken one, Tab says nothing', async () => {
  const empty = scratchDir();
  expect(await runCli(['completion', 'names'], { cwd: empty })).toEqual({ code: 0, stdout: '', stderr: '' });
  writeFileSync(join(empty, 'accounts.yaml'), 'nonsense: [');
  expect(await runCli(['completion', 'names'], { cwd: empty })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('another shell is told', async () => {
  const run = await runCli(['completion', 'fisch'], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('Did you mean: ofx-sync completion fish?');
});
