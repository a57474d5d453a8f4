/** A bank that only offers downloads, and a file of an unknown account, key after key on a terminal of 80 columns. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';
import { HAS_TMUX, startTerminal } from '../support/terminal.js';

const SIZE = { columns: 80, rows: 24 };
const NAME = 'Chase1234_Activity_20261101_20261120_20261121.QFX';
const ofChase = bankFile([{ fitid: 'A', amount: '-1.00', on: '20261110' }], { account: '000001234' }).replace(
  '<LANGUAGE>ENG',
  '<LANGUAGE>ENG<FI><ORG>B1<FID>10898</FI>',
);

function home(): string {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'Downloads'));
  writeFileSync(join(cwd, 'Downloads', NAME), ofChase);
  return cwd;
}

const written = (cwd: string) => readFileSync(join(cwd, '.config', 'ofx-sync', 'accounts.yaml'), 'utf8');

describe.skipIf(!HAS_TMUX)('on a terminal', () => {
  test('the files are listed with their days; Escape leads back to the bank, and on again', async () => {
    const cwd = home();
    const terminal = startTerminal([process.execPath, builtProgram(), 'init'], { cwd, ...SIZE });
    await terminal.shows('Which bank?');
    terminal.type('chase');
    await terminal.shows(/> Chase/);
    terminal.keys('Enter');
    await terminal.shows('> [x] Chase checking ••••1234, 2026-11-01 to 11-20');
    terminal.keys('Escape');
    await terminal.shows(/\? Which bank\?\n/);
    terminal.type('chase');
    await terminal.shows(/> Chase/);
    terminal.keys('Enter');
    await terminal.shows('> [x] Chase checking ••••1234, 2026-11-01 to 11-20');
    terminal.keys('C-c');
    expect(await terminal.ended()).toBe(130);
  });

  test('import offers to add the account, and stores its statement', async () => {
    const cwd = home();
    const words = [process.execPath, builtProgram(), 'import', `Downloads/${NAME}`];
    const terminal = startTerminal(words, { cwd, ...SIZE });
    await terminal.shows('checking: checking ••••1234');
    await terminal.shows('> Add as a new bank, chase');
    terminal.keys('Enter');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.all()).toContain('chase › checking ••••1234: 1 new');
    expect(written(cwd)).toContain('files: ~/Downloads/Chase1234_Activity_*.QFX\n');
  });
});
