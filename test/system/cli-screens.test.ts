/** What commands look like: on terminals of several widths, with and without colour, and where there is no terminal. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { visible } from '../../src/cli/terminal/escape.js';
import { shortened, table, wrapped } from '../../src/cli/terminal/table.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ESCAPE = '\u001b';
const COLOURED = new RegExp(`${ESCAPE}\\[3[123]m`);

function project(): string {
  const dir = scratchDir();
  const text = configText([
    { name: 'summit', url: 'sandbox://summit' },
    { name: '"a-rather-long-name-for-an-institution"', url: 'sandbox://summit' },
    { name: 'refusing', url: 'sandbox://summit?fault=http-403' },
  ]);
  writeFileSync(join(dir, 'accounts.yaml'), text);
  return dir;
}

test.each([60, 100, 200])('no line is wider than a terminal of %d columns', async (columns) => {
  const cwd = project();
  for (const argv of [['--no-progress'], ['accounts'], ['transactions'], ['--help'], ['sync', '--help']]) {
    const { stdout } = await runCli([...argv, '--no-color'], { cwd, columns });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
  }
});

test('a failure and what to do about it are read in full on a narrow terminal', async () => {
  const cwd = project();
  const wide = await runCli(['--no-progress', 'refusing'], { cwd });
  const narrow = await runCli(['--no-progress', '--no-color', 'refusing'], { cwd, columns: 60 });
  const words = (text: string) => text.replace(/\d+\.\d s|127\.0\.0\.1:\d+/g, '').split(/\s+/);
  expect(words(narrow.stdout)).toEqual(words(wide.stdout));
  expect(wide.stdout).toMatch(
    /^✗ refusing › card ••••1111: .*HTTP 403.*--dry-run refusing.*\n0 of 1 account, 1 failed · 0 new transactions · /,
  );
});

test('where there is no terminal nothing is cut, coloured or moved', async () => {
  const cwd = project();
  const { stdout, stderr } = await runCli([], { cwd });
  expect(stdout + stderr).not.toContain(ESCAPE);
  expect(stdout).not.toContain('…');
  expect(stderr.trimEnd().split('\n').sort()).toEqual([
    expect.stringMatching(/^a-rather-long-name-for-an-institution\/card: ok, \d+ new, \d+\.\d s$/),
    expect.stringMatching(/^refusing\/card: failed, .*HTTP 403/),
    expect.stringMatching(/^summit\/card: ok, \d+ new, \d+\.\d s$/),
  ]);
});

test('colour: on a terminal, never under NO_COLOR, always under FORCE_COLOR, and --no-color has the last word', async () => {
  const cwd = project();
  const isColoured = async (argv: readonly string[], more: { columns?: number; env?: Record<string, string> }) =>
    COLOURED.test((await runCli(['summit', '--no-progress', ...argv], { cwd, ...more })).stdout);
  expect(await isColoured([], { columns: 80 })).toBe(true);
  expect(await isColoured([], { columns: 80, env: { NO_COLOR: '1' } })).toBe(false);
  expect(await isColoured([], { columns: 80, env: { TERM: 'dumb' } })).toBe(false);
  expect(await isColoured([], {})).toBe(false);
  expect(await isColoured([], { env: { FORCE_COLOR: '1' } })).toBe(true);
  expect(await isColoured(['--no-color'], { env: { FORCE_COLOR: '1' } })).toBe(false);
});

test('under NO_COLOR a terminal gets plain lines, and no cursor moves', async () => {
  const { stdout, stderr } = await runCli(['summit'], { cwd: project(), columns: 80, env: { NO_COLOR: '1' } });
  expect(stderr).toMatch(/^summit\/card: ok, \d+ new, \d+\.\d s\n$/);
  expect(stdout + stderr).not.toContain(ESCAPE);
});

test('for a screen reader progress is a line for each account, and nothing is redrawn', async () => {
  const { stderr } = await runCli(['summit'], { cwd: project(), columns: 80, env: { ACCESSIBLE: '1' } });
  expect(stderr).toMatch(/^summit\/card: ok, \d+ new, \d+\.\d s\n$/);
});

test('live progress starts from the first column and leaves nothing behind', async () => {
  const { stdout, stderr } = await runCli(['summit'], { cwd: project(), columns: 80 });
  const frames = stderr.split(`${ESCAPE}[0J`);
  expect(frames.at(-1)).toBe('');
  for (const frame of frames.slice(0, -1)) expect(frame).toMatch(new RegExp(`\\n\\r${ESCAPE}\\[\\d+A$`));
  expect(stdout).toContain('summit › card');
});

test('--quiet says nothing about what went well, --no-progress nothing on the way', async () => {
  const cwd = project();
  expect(await runCli(['summit', '--quiet'], { cwd, columns: 80 })).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await runCli(['summit', '--no-progress'], { cwd, columns: 80 })).stderr).toBe('');
});

test.each(COMMANDS.map((row) => [row.name, row] as const))(
  'help of %s names its options, those of all, and examples',
  async (name, row) => {
    const { code, stdout } = await runCli([name, '--help'], { cwd: scratchDir() });
    expect(code).toBe(0);
    for (const { flags } of row.options) expect(stdout).toContain(flags);
    for (const example of row.examples) expect(stdout).toContain(example);
    expect(row.examples.length).toBeGreaterThan(0);
    expect(stdout).toContain('--config <file>');
  },
);

test('global options stand before or after the command', async () => {
  const cwd = scratchDir();
  for (const argv of [
    ['--config', 'x.yaml', 'accounts', '--json'],
    ['--json', 'accounts', '--config', 'x.yaml'],
    ['accounts', '--config=x.yaml', '--json'],
  ]) {
    const { code, stdout } = await runCli(argv, { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'CONFIG_NOT_FOUND', message: expect.stringContaining('x.yaml') },
    });
  }
});

test.each([
  [['--jsno'], 'Did you mean --json?'],
  [['sync', '--sinse', '3d'], 'Did you mean --since?'],
  [['--concurrency', '0'], '--concurrency takes a whole number from 1 to 200'],
  [['--concurrency', '201'], '--concurrency takes a whole number from 1 to 200'],
  [['--per-institution', '101'], '--per-institution takes a whole number from 1 to 100'],
  [['--retries', '11'], '--retries takes a whole number from 0 to 10'],
  [['--timeout', '5 minutes'], '--timeout takes a length of time'],
  [['--timeout', '999999h'], '--timeout takes a length of time such as 60s or 10m, at most 24h'],
  [['--timeout', '0s'], '--timeout takes a length of time such as 60s or 10m, at most 24h and above 0s'],
  [['sync', '--since', '5d', '--until', '20d'], '--since is later than --until'],
  [['store', 'bakup'], 'Did you mean: ofx-sync store backup?'],
  [['transactions', '--since', '2026-02-30'], '--since takes a day such as'],
  [['inspect'], 'inspect needs a file\n  Such as: ofx-sync inspect statement.ofx'],
  [['inspect', 'a.ofx', 'b.ofx'], 'too many arguments'],
])('%j is refused with 2: %s', async (argv, sentence) => {
  const cwd = project();
  const { code, stdout, stderr } = await runCli(argv, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(sentence);
});

test('text from outside cannot move the cursor, hide itself or turn around', () => {
  expect(visible(`a${ESCAPE}[31m\u0007\r\n\u007f`)).toBe('a␛[31m␇␍␊␡');
  expect(visible('pay\u202egnp.exe\u2066\u200b\u009b')).toBe('pay<U+202E>gnp.exe<U+2066><U+200B><U+009B>');
  expect(visible('Épicerie 東京 ☕')).toBe('Épicerie 東京 ☕');
});

test('columns of wide characters stand in line, and what is cut is cut between characters', () => {
  const rows = [
    ['東京三菱', '1'],
    ['ab', '22'],
  ];
  expect(table(rows, [{ align: 'left' }, { align: 'right' }], 40)).toEqual(['東京三菱   1', 'ab        22']);
  expect(shortened('東京三菱', 5)).toBe('東京…');
  const narrow = table(
    [['a name of some length', 'x', 'time']],
    [{ align: 'left', flexible: true }, { align: 'left' }, { align: 'left', dispensable: true }],
    15,
  );
  expect(narrow).toEqual(['a name of s…  x']);
});

test('sentences break at blanks, and a word that is too long stays whole', () => {
  expect(wrapped('one two three', 8, '  ')).toEqual(['one two', '  three']);
  expect(wrapped('see https://ofx.example/a-long-address now', 12)).toEqual([
    'see',
    'https://ofx.example/a-long-address',
    'now',
  ]);
  expect(wrapped('', 10)).toEqual(['']);
});
