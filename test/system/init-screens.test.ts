/** The screens of guided set-up, frozen: at four widths, without colour, and a line at a time. Look at them before updating. */

import { beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { HAS_TMUX, startTerminal, type Terminal } from '../support/terminal.js';

const CLOCK = new URL('../support/clock.mjs', import.meta.url).href;
const NOW = new Date('2026-11-20T06:30:00Z');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => NOW });
  return () => sandbox.close();
});

type Act = readonly [shown: string | RegExp, ...keys: readonly string[]];

/** A tour past questions, warnings, refusals and the menu of the last screen. Text has `=` before it. */
const tour = (): readonly Act[] => [
  ['? Which bank?', '=first national'],
  [/\? Which bank\?\n {2}first national█/, 'C-u', '=vectra bank'],
  [/\? Which bank\?\n {2}vectra bank█[\s\S]*> /, 'Enter'],
  ['? Send your user id and password', 'Enter'],
  [/\? Which bank\?\n {2}_/, `=${sandbox.url('river')}`],
  ['> Use the address', 'Enter'],
  ['? User id at river', '=demo', 'Enter'],
  ['? Password of demo at river', '=wrong', 'Enter'],
  ['? What now?', 'Enter'],
  [/\? Password of demo at river\n {2}_/, '=demo', 'Enter'],
  ['? Which of 2 accounts', 'Enter'],
  ['? Write ~/.config/ofx-sync/accounts.yaml', 'Down', 'Down', 'Enter'],
  ['? What do you want to change?', 'Down', 'Down', 'Down', 'Down', 'Down', 'Enter'],
  ['? Where do you want to keep the password?', 'Escape'],
  ['? What do you want to change?', 'Escape'],
  ['? Write ~/.config/ofx-sync/accounts.yaml', 'Enter'],
  [/set up the\s+next\s+bank[\s\S]*ended with 0/],
];

/** The same questions, a line at a time. */
const plainTour = (): readonly Act[] => [
  ['Which bank?', '=vectra bank', 'Enter'],
  ['Number, or <', '=1', 'Enter'],
  [/Send your user id[\s\S]*Number, or < to go back \(Enter: 2\)/, 'Enter'],
  [/Send your user id[\s\S]*Which bank\?/, `=${sandbox.url('river')}`, 'Enter'],
  [/Use the address[\s\S]*\(Enter: 1\)/, 'Enter'],
  ['User id at river', '=demo', 'Enter'],
  ['Password of demo at river', '=demo', 'Enter'],
  ['(Enter: 1 2)', 'Enter'],
  ['and download the first statements?', 'Enter'],
  [/set up the\s+next\s+bank[\s\S]*ended with 0/],
];

async function screens(acts: readonly Act[], columns: number, more: Readonly<Record<string, string>> = {}) {
  const home = scratchDir();
  const env = { TZ: 'UTC', NODE_OPTIONS: `--import ${CLOCK}`, ...more };
  const terminal = startTerminal([process.execPath, builtProgram(), 'init'], { cwd: home, columns, rows: 50, env });
  const shown: string[] = [];
  let before: readonly string[] = [];
  for (const [text, ...keys] of acts) {
    await terminal.shows(text);
    const lines = still(await settled(terminal), home).split('\n');
    // The lines that have not changed are in the screens before.
    const fresh = lines.slice(lines.findIndex((line, index) => line !== before[index]));
    shown.push(`── ${shown.length + 1} ${'─'.repeat(columns - 6)}\n${fresh.join('\n')}\n`);
    before = lines;
    for (const key of keys) {
      if (key.startsWith('=')) terminal.type(key.slice(1));
      else terminal.keys(key);
    }
  }
  return shown.join('\n');
}

/** Waits until nothing changes any more. @returns the screen, with the lines that have scrolled away */
async function settled(terminal: Terminal): Promise<string> {
  let screen = terminal.all();
  for (let before = ''; before !== screen; screen = terminal.all()) {
    before = screen;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return screen;
}

/** Without the parts that differ from run to run. */
function still(screen: string, home: string): string {
  return (
    screen
      .replaceAll(home, '/home/alex')
      // Plain lines of progress, where nothing is redrawn.
      .replace(/^river\/\w+: ok, .*\n/gm, '')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:58443')
      .replace(/\d+\.\d s/g, '0.1 s')
  );
}

describe.skipIf(!HAS_TMUX)('the screens of set-up', () => {
  test.each([60, 80, 100, 200])('on %i columns', async (columns) => {
    const shown = await screens(tour(), columns);
    // No question and no choice is cut.
    expect(shown).not.toMatch(/^(?:\?| {2}[> ] ).*…/m);
    await expect(shown).toMatchFileSnapshot(`../fixtures/screens/init-${columns}.txt`);
  });

  test('without colour they say the same', async () => {
    await expect(await screens(tour(), 80, { NO_COLOR: '1' })).toMatchFileSnapshot('../fixtures/screens/init-80.txt');
  });

  test.each([
    ['a screen reader', { ACCESSIBLE: '1' }],
    ['a terminal that cannot draw', { TERM: 'dumb' }],
  ])('a line at a time for %s', async (_, env) => {
    await expect(await screens(plainTour(), 80, env)).toMatchFileSnapshot('../fixtures/screens/init-plain.txt');
  });
});
