/** Completion in the real shells: what a person gets who presses Tab. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  ['transactions ri', ['river', 'river/card'], ['sandbox']],
  ['export --format csv ri', ['river', 'river/card'], ['sandbox']],
  ['push ynab ri', ['river', 'river/card'], ['ynab']],
  ['transactions --since last', ['last-month', 'last-year'], ['this-month']],
  // Files where files belong, and nothing where neither names nor files do.
  ['import comp', ['completion.bash', 'completion.fish'], []],
  ['store backup comp', ['completion.bash'], ['compact']],
  ['export --output comp', ['completion.bash'], []],
  ['export --output-dir b', ['bin'], ['completion.bash']],
  ['check --report comp', ['completion.bash'], []],
  ['sync --config comp', ['completion.bash'], []],
  ['export --name comp', [], ['completion.bash']],
  ['transactions --search comp', [], ['completion.bash', 'river']],
  ['sync --timeout comp', [], ['completion.bash']],
  ['sync comp', [], ['completion.bash', 'completion']],
  ['consumers comp', [], ['completion.bash']],
  ['paths comp', [], ['completion.bash']],
  ['--config comp', ['completion.bash'], ['completion']],
  ['riv', ['river', 'river/card'], ['summit card']],
];

function expectOffers(found: readonly string[], [typed, offered, not]: (typeof CASES)[number]): void {
  const plain = found.map((line) => line.replaceAll('\\ ', ' ').trim().replace(/\/$/, ''));
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
      ['ofx-sync inspect completion.b', 'ofx-sync inspect completion.bash'],
      ['ofx-sync --config completion.b', 'ofx-sync --config completion.bash'],
      [
        'ofx-sync --config completion.bash transactions river/c',
        'ofx-sync --config completion.bash transactions river/card',
      ],
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

describe('bash, by options before the command', () => {
  test.each([
    [['--config', 'completion.bash', 'sec'], ['secret']],
    [['--json', 'sec'], ['secret']],
    [['riv'], ['river', 'river/card']],
    [['--data', 'data', 'secret', 'se'], ['set']],
  ])('%j', (words, offered) => {
    const all = ['ofx-sync', ...words];
    const script = `source ./completion.bash; COMP_WORDS=(${all.join(' ')}); COMP_CWORD=${all.length - 1}; _ofx_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const run = runPeer('bash', ['--norc', '-c', `cd '${cwd}'; ${script}`], { env });
    expect([run.stderr, run.stdout.trim().split('\n')]).toEqual(['', offered]);
  });
});

describe('--install', () => {
  test.each([
    ['bash', '.local/share/bash-completion/completions/ofx-sync', 'source '],
    ['zsh', '.zfunc/_ofx-sync', 'fpath=('],
    ['fish', '.config/fish/completions/ofx-sync.fish', 'Nothing else'],
  ])('%s: a file of its own, and no start-up file is touched', async (shell, path, line) => {
    const home = scratchDir();
    for (const name of ['.bashrc', '.zshrc']) writeFileSync(join(home, name), 'mine\n');
    const script = (await runCli(['completion', shell], { cwd: home })).stdout;
    const { code, stdout } = await runCli(['completion', shell, '--install'], { cwd: home });
    expect([code, stdout]).toEqual([0, expect.stringContaining(`Written: ${join(home, path)}.`)]);
    expect(stdout).toContain(line);
    expect(readFileSync(join(home, path), 'utf8')).toBe(script);
    for (const name of ['.bashrc', '.zshrc']) expect(readFileSync(join(home, name), 'utf8')).toBe('mine\n');
  });

  test('a folder that is a file is named, with another way', async () => {
    const home = scratchDir();
    writeFileSync(join(home, '.zfunc'), '');
    const { code, stderr } = await runCli(['completion', 'zsh', '--install'], { cwd: home });
    expect(code).toBe(2);
    expect(stderr).toContain('ofx-sync completion zsh > FILE');
  });

  test.skipIf(!hasPeer('fish'))('fish loads it by itself', async () => {
    const home = scratchDir();
    await runCli(['completion', 'fish', '--install'], { cwd: home });
    const run = runPeer('fish', ['-c', "complete -C 'ofx-sync sy'"], { env: { ...env, HOME: home } });
    expect(run.stdout).toMatch(/^sync\t/);
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
