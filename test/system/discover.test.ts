/** `discover` against the sandbox: what is listed becomes YAML, and `--write` leaves every byte that was there. */

import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const RIVER = '[{ name: mine, kind: checking, id: "000123456", routing: "121000248" }]';
const listed = z.object({ accounts: z.array(z.record(z.string(), z.string())) });

function folder(text: string): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  return cwd;
}

function river(fault: string, accounts = '[]'): string {
  return folder(configText([{ name: 'river', url: `sandbox://river?fault=${fault}`, accounts }]));
}

function accountsIn(yaml: string): unknown {
  return listed.parse(parse(yaml)).accounts;
}

/** Everything of `before` stands in `after`, in its order. */
function expectOnlyLinesAdded(before: string, after: string): void {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const found = lines.indexOf(line, at);
    expect(found, line).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
}

test('prints what is new as YAML to paste, and what is there as a comment', async () => {
  const cwd = folder(configText([{ name: 'river', url: 'sandbox://river', accounts: RIVER }]));
  const run = await runCli(['discover', 'river'], { cwd });
  expect(run.code).toBe(0);
  expect(run.stdout).toBe(`accounts:
  # - { name: mine, kind: checking, id: "000123456", routing: "121000248" } # in accounts.yaml already; Everyday Checking
  - { name: savings, kind: savings, id: "000123457", routing: "121000248" } # Rainy Day Savings
`);
  expect(run.stderr).toContain('river lists 2 accounts: 1 new, 1 configured\n');
});

describe('--write', () => {
  const COMMENTED = `# my accounts
defaults: { history: 30d } # short

institutions:
  # the bank
  - name: river   # odd   spacing
    url: 'sandbox://river'
    userId: demo
    password: { literal: demo }
    accounts:

      # the one for bills
      - name: bills
        kind: checking
        id: "000123456"     # as on the card
        routing: "121000248"
      # end of the bank

  - name: meadow
    url: sandbox://meadow
    userId: demo
    password: { literal: demo }
    accounts: [] # to come
# the end`;

  test('adds, keeps every line, and a second time finds nothing to add', async () => {
    const cwd = folder(COMMENTED);
    const file = join(cwd, 'accounts.yaml');
    chmodSync(file, 0o640);
    expect((await runCli(['discover', 'river', '--write'], { cwd })).code).toBe(0);
    const after = readFileSync(file, 'utf8');
    expectOnlyLinesAdded(COMMENTED, after);
    expect(after).toContain('      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    const again = await runCli(['discover', 'river', '--write'], { cwd });
    expect(again.stderr).toContain('nothing to add');
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  test('an empty list in brackets becomes a list of lines, its comment stays', async () => {
    const cwd = folder(COMMENTED);
    await runCli(['discover', 'meadow', '--write'], { cwd });
    expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).toBe(
      COMMENTED.replace(
        'accounts: [] # to come\n',
        `accounts: # to come
      - { name: checking, kind: checking, id: "0044881200", routing: "011000015" }
      - { name: card, kind: creditcard, id: "5500005555555559" }
`,
      ),
    );
  });

  test('what was written syncs', async () => {
    const cwd = folder(configText([{ name: 'river', url: 'sandbox://river', accounts: '[]' }]));
    expect((await runCli([], { cwd })).stderr).toContain('ofx-sync discover river --write');
    await runCli(['discover', 'river', '--write'], { cwd });
    expect((await runCli(['-q'], { cwd })).code).toBe(0);
  });

  test('a refused signon changes nothing, and is not tried again', async () => {
    const cwd = folder(COMMENTED.replace('literal: demo', 'literal: wrong'));
    const first = await runCli(['discover', 'river', '--write'], { cwd });
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('sign-on refused (15500)');
    const second = await runCli(['discover', 'river', '--write'], { cwd });
    expect(second.stderr).toContain('skipped, since the bank refused the sign-on on ');
    expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).toBe(COMMENTED.replace('literal: demo', 'literal: wrong'));
  });
});

describe('lists that are not as one would like', () => {
  test('masked numbers: used as they stand, with a remark', async () => {
    const { stdout } = await runCli(['discover', 'river'], { cwd: river('list-masked') });
    expect(accountsIn(stdout)).toEqual([
      { name: 'checking', kind: 'checking', id: 'XXXXX3456', routing: '121000248' },
      { name: 'savings', kind: 'savings', id: 'XXXXX3457', routing: '121000248' },
    ]);
    expect(stdout).toContain('masked: use it unchanged');
  });

  test('a masked number is that of the configured account with the same end', async () => {
    const { stdout } = await runCli(['discover', 'river'], { cwd: river('list-masked', RIVER) });
    expect(accountsIn(stdout)).toHaveLength(1);
    expect(stdout).toContain('# in accounts.yaml already; Everyday Checking');
  });

  test('an account that is not active is a comment, and is not written', async () => {
    const cwd = river('list-inactive');
    const run = await runCli(['discover', 'river'], { cwd });
    expect(accountsIn(run.stdout)).toHaveLength(1);
    expect(run.stdout).toContain('# - { name: savings,');
    expect(run.stdout).toContain('not active (AVAIL)');
    const written = await runCli(['discover', 'river', '--write'], { cwd });
    expect(written.stderr).toContain('1 account added');
    expect(written.stderr).toContain('savings: its downloads are not active');
  });

  test('an account without a number is named and left out', async () => {
    const run = await runCli(['discover', 'river'], { cwd: river('list-no-id') });
    expect(accountsIn(run.stdout)).toHaveLength(2);
    expect(run.stdout).toContain('# Opened Yesterday; a checking account without a number (ACCTID)');
    expect(run.stderr).toContain('skipped: a checking account without a number');
  });

  test('several BANKIDs: each account keeps its own, and equal kinds are told apart', async () => {
    const { stdout } = await runCli(['discover', 'river'], { cwd: river('list-banks') });
    expect(accountsIn(stdout)).toEqual([
      { name: 'checking-3456', kind: 'checking', id: '000123456', routing: '121000248' },
      { name: 'savings', kind: 'savings', id: '000123457', routing: '121000248' },
      { name: 'checking-7766', kind: 'checking', id: '0099887766', routing: '026009593' },
    ]);
  });

  test('an account that is listed twice is one account', async () => {
    expect(accountsIn((await runCli(['discover', 'river'], { cwd: river('list-twice') })).stdout)).toHaveLength(2);
  });

  test('none, and what is configured but not listed', async () => {
    const run = await runCli(['discover', 'river'], { cwd: river('list-none', RIVER) });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('river lists 0 accounts');
    expect(run.stderr).toContain('mine is in accounts.yaml, but the bank does not list it');
  });

  test('a refusal says so', async () => {
    const run = await runCli(['discover', 'river', '--json'], { cwd: river('list-refused') });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'STATEMENT_REFUSED' } });
  });
});

test('an address for which nobody has vouched for years is named before a password goes there', async () => {
  const { openDirectory } = await import('../../src/institutions/directory.js');
  const stale = (await openDirectory()).institutions.find(({ evidence, ended }) => evidence.isStale && ended === null);
  const cwd = folder(
    `institutions:\n  - { name: old, directory: ${stale?.id ?? ''}, url: "http://127.0.0.1:9/", userId: alex, password: { literal: x }, accounts: [] }\n`,
  );
  const run = await runCli(['discover', 'old'], { cwd });
  expect(run.stderr).toMatch(/^! the address of old: last seen .*ask the bank whether this address is still valid/);
  expect((await runCli(['discover', 'old', '-q'], { cwd })).stderr).not.toContain('last seen');
});

test('an institution of files has nobody to ask', async () => {
  const cwd = folder(`institutions:\n  - name: box\n    files: ./*.qfx\n    accounts: ${RIVER}\n`);
  const run = await runCli(['discover', 'box'], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('offers files only');
});

test('a name with a slip', async () => {
  const run = await runCli(['discover', 'rivr'], { cwd: river('list-none') });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('Did you mean river?');
});
