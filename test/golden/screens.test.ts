/**
 * What people see, to be read by a person in the difference: commands on terminals of 60, 80, 100 and 200 columns, with and
 * without colour, on a terminal that cannot draw, in a pipe and for a screen reader; and 10, 100 and 1,000 accounts. `npx vitest run test/golden/screens.test.ts -u` writes them anew.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { summaryLines } from '../../src/cli/sync/summary.js';
import type { CliIo } from '../../src/cli/terminal/io.js';
import { startProgress } from '../../src/cli/terminal/progress.js';
import { styleFor } from '../../src/cli/terminal/style.js';
import type { Outcome } from '../../src/ports.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { eventsOf, resultOf } from '../support/screen-scene.js';

const ESCAPE = '\u001b';
const WIDTHS = [60, 80, 100, 200] as const;
const now = () => new Date(2026, 10, 20, 6, 30);

/** A day of somebody with accounts of every kind, one of which fails, and names of three scripts. */
const SCREENS: readonly (readonly string[])[] = [
  ['sync', '--no-progress', '--concurrency', '1'],
  ['accounts'],
  ['status'],
  ['transactions', '--since', '6d'],
  ['transactions', 'river', '--since', 'last month', '--until', 'last month', '--balance'],
  ['closings', 'summit'],
  ['secret', 'list'],
  ['institutions', 'river'],
  ['sync', '--sinse', '3d'],
  ['export', '--format', 'csvv'],
  ['--help'],
  ['sync', '--help'],
  ['help', 'options'],
  ['help', 'config', 'notify'],
];

function project(): string {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `defaults: { retries: 0 }
institutions:
  - { name: river, url: "sandbox://river", userId: demo, password: { literal: demo }, accounts: [
      { name: checking, kind: checking, id: "000123456", routing: "121000248" },
      { name: savings, kind: savings, id: "000123457", routing: "121000248" } ] }
  - { name: 東京三菱銀行, url: "sandbox://summit", userId: demo, password: { literal: demo }, accounts: [
      { name: 普通預金, kind: creditcard, id: "4111111111111111" } ] }
  - { name: بنك, url: "sandbox://summit", userId: demo, password: { literal: demo }, accounts: [
      { name: جاري, kind: creditcard, id: "4111111111111111" } ] }
  - { name: summit, url: "sandbox://summit?fault=signon-15500", userId: demo, password: { literal: demo }, accounts: [
      { name: card, kind: creditcard, id: "4111111111111111" } ] }
`,
  );
  return cwd;
}

/** With what differs from run to run replaced by something as wide. */
function still(text: string, cwd: string): string {
  return text
    .replaceAll(cwd, '/home/alex')
    .replace(/127\.0\.0\.1(:| port )\d+/g, '127.0.0.1$1PORT')
    .replace(/\d+\.\d s/g, '0.1 s')
    .replace(/\b\d+ ms/g, '1 ms')
    .replaceAll(ESCAPE, '␛');
}

const bare = (text: string) => text.replace(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '');

/** A path is never broken, that it can be copied. */
function tooWide(text: string, columns: number): string[] {
  return bare(text)
    .split('\n')
    .filter((line) => stringWidth(line) > columns && !/\/\S{30}/.test(line));
}

/** Places other than a terminal with colours, by the environment that says so; in a pipe there are no columns. */
const PLACES = {
  dumb: { columns: 80, env: { TERM: 'dumb' } },
  accessible: { columns: 80, env: { ACCESSIBLE: '1', NO_COLOR: '1' } },
  piped: {},
} as const;

test.each(Object.entries(PLACES))('%s', async (place, world) => {
  const cwd = project();
  const screens: string[] = [];
  for (const argv of SCREENS) {
    const { stdout, stderr, code } = await runCli(argv, { cwd, now, ...world });
    screens.push(`$ ofx-sync ${argv.join(' ')}\n${still(stdout + stderr, cwd)}[${code}]\n`);
    expect(stdout + stderr).not.toContain(ESCAPE);
    if (place !== 'piped') expect(tooWide(stdout + stderr, 80)).toEqual([]);
  }
  await expect(screens.join('\n')).toMatchFileSnapshot(`../fixtures/screens/${place}.txt`);
});

test('in a pipe nothing is cut, and no drawing gets in', async () => {
  const cwd = project();
  await runCli(['sync', '--no-progress'], { cwd, now });
  for (const argv of [['accounts'], ['status'], ['transactions']])
    expect((await runCli(argv, { cwd, now })).stdout).not.toMatch(/…|[▁▂▃▄▅▆▇█]/);
});

describe.each(WIDTHS)('%d columns', (columns) => {
  test.each(['colour', 'plain'])('%s', async (how) => {
    const cwd = project();
    const screens: string[] = [];
    const tooWideLines: string[] = [];
    for (const argv of SCREENS) {
      const env = how === 'plain' ? { NO_COLOR: '1' } : {};
      const { stdout, stderr, code } = await runCli(argv, { cwd, columns, now, env });
      screens.push(`$ ofx-sync ${argv.join(' ')}\n${still(stdout + stderr, cwd)}[${code}]\n`);
      tooWideLines.push(...tooWide(stdout + stderr, columns));
      if (how === 'plain') expect(stdout + stderr).not.toContain(ESCAPE);
    }
    // Times of different lengths break lines elsewhere, machines differ, and keys grow in number.
    for (const argv of [['check'], ['check', '--offline'], ['check', '--explain', 'summit']])
      tooWideLines.push(...tooWide((await runCli(argv, { cwd, columns, now })).stdout, columns));
    expect(tooWideLines).toEqual([]);
    await expect(screens.join('\n')).toMatchFileSnapshot(`../fixtures/screens/${columns}-${how}.txt`);
  });

  test.each([10, 100, 1000])('a summary of %d accounts', async (accounts) => {
    const lines = summaryLines(resultOf(accounts), (_, text) => text, columns);
    expect(tooWide(lines.join('\n'), columns)).toEqual([]);
    expect(lines.filter((line) => /^[✓✗–]/.test(line))).toHaveLength(accounts);
    const shown = lines.length > 40 ? [...lines.slice(0, 24), '…', ...lines.slice(-8)] : lines;
    await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot(`../fixtures/screens/summary-${accounts}-${columns}.txt`);
  });

  test.each([10, 100, 1000])('progress of %d accounts', async (accounts) => {
    const frame = await frameOf(accounts, columns);
    expect(frame.trimEnd().split('\n').length).toBeLessThan(24);
    expect(tooWide(frame, columns)).toEqual([]);
    await expect(frame).toMatchFileSnapshot(`../fixtures/screens/progress-${accounts}-${columns}.txt`);
  });
});

test('colour says nothing that the words do not: without it every screen is the same', async () => {
  const cwd = project();
  await runCli(['sync'], { cwd, now });
  for (const argv of SCREENS) {
    const [coloured, plain] = await Promise.all(
      [{}, { NO_COLOR: '1' }].map(async (env) => runCli(argv, { cwd, columns: 100, now, env })),
    );
    expect(still(bare(coloured?.stdout ?? ''), cwd)).toBe(still(plain?.stdout ?? '-', cwd));
  }
});

test.each([
  ['win32', {}, false],
  ['win32', { WT_SESSION: '1' }, true],
  ['win32', { TERM_PROGRAM: 'vscode' }, true],
  ['linux', { TERM: 'linux' }, false],
  ['darwin', { TERM: 'xterm' }, true],
])('the spinner suits the console: %s %j', async (platform, env, hasDots) => {
  const frame = await frameOf(10, 100, { platform, env });
  expect(frame.includes('⠋')).toBe(hasDots);
  expect(/^[-|/\\] .*receiving/m.test(frame)).toBe(!hasDots);
});

test('TERM=dumb: no colour, and nothing moves the cursor', async () => {
  const { stdout, stderr } = await runCli(['sync'], { cwd: project(), columns: 80, now, env: { TERM: 'dumb' } });
  expect(stdout + stderr).not.toContain(ESCAPE);
  expect(stderr).toContain('river/checking: ok, ');
});

test('the counts on the way are those at the end: of the same accounts, in the same words', async () => {
  const { outcomes } = resultOf(10);
  const [line = ''] = summaryLines(resultOf(10), (_, text) => text, 200).slice(-1);
  expect(line).toMatch(/^9 of 10 accounts, 1 failed · 38 new transactions · /);
  const frame = (await frameOf(10, 200, { platform: 'linux' }, outcomes)).trimEnd().split('\n');
  expect(frame.at(-1)).toMatch(/^⠋ 9 of 10 accounts, 1 failed · /);
  for (const [index, outcome] of outcomes.entries()) {
    const mark = outcome.status === 'ok' ? '✓' : '✗';
    expect(frame[index]?.startsWith(mark)).toBe(true);
    if (outcome.status === 'ok') expect(frame[index]).toContain(`${outcome.saved.new} new`);
  }
});

/** The picture that stands on a terminal of 24 lines in the middle of a run. */
async function frameOf(
  accounts: number,
  columns: number,
  world: Pick<CliIo, 'platform'> & { readonly env?: CliIo['env'] } = { platform: 'linux' },
  finished: readonly Outcome[] = [],
): Promise<string> {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns, rows: 24 });
  let written = '';
  stderr.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8');
  });
  const io: Pick<CliIo, 'stderr' | 'env' | 'platform'> = { stderr, env: {}, ...world };
  const progress = startProgress(io as CliIo, {});
  for (const event of eventsOf(accounts)) progress.onProgress(event);
  for (const outcome of finished) progress.onProgress({ type: 'outcome', outcome });
  while (!written.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20));
  await progress.end();
  const [frame = ''] = written.split(`\r${ESCAPE}[`);
  return frame.replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠋').replace(/(· |kB, |503, )\d+\.\d s/g, '$10.1 s');
}

test('colours are those that light and dark terminals show alike', () => {
  const style = styleFor(
    Object.assign(new PassThrough(), { isTTY: true }),
    { env: {} } as Pick<CliIo, 'env'> as CliIo,
    {},
  );
  expect(['red', 'green', 'yellow'].map((name) => style(name as 'red', 'x'))).toEqual([
    `${ESCAPE}[31mx${ESCAPE}[39m`,
    `${ESCAPE}[32mx${ESCAPE}[39m`,
    `${ESCAPE}[33mx${ESCAPE}[39m`,
  ]);
});
