/** The pages on feeding other programs, typed in as they stand there. */

import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { blocks } from '../support/markdown.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CONFIG = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'river',
    url: 'sandbox://river',
    accounts: '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]',
  },
]);

let base = '';
beforeAll(async () => {
  base = scratchDir();
  writeFileSync(join(base, 'accounts.yaml'), CONFIG);
  mkdirSync(join(base, 'bin'));
  writeFileSync(join(base, 'bin', 'ofx-sync'), `#!/bin/sh\nexec ${process.execPath} ${builtProgram()} "$@"\n`);
  chmodSync(join(base, 'bin', 'ofx-sync'), 0o700);
  expect((await runCli(['-q'], { cwd: base })).code).toBe(0);
});

/** A folder of its own with accounts.yaml and what was synced, and nothing handed on yet. */
function folder(): string {
  const own = scratchDir();
  for (const name of ['accounts.yaml', 'data']) cpSync(join(base, name), join(own, name), { recursive: true });
  return own;
}

/** As a person types it. */
function shell(script: string, home: string, cwd = home) {
  const env = {
    PATH: `${join(base, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    OFX_SYNC_DATA: join(home, 'data'),
  };
  return runPeer('sh', ['-euc', 'cd "$1"; eval "$2"', 'sh', cwd, script], { env });
}

test.each([
  ['export.md', 'Only what is new', 0, '2026.journal'],
  ['recipes/hledger.md', undefined, 0, 'bank.journal'],
  ['recipes/ledger.md', undefined, 0, 'bank.ledger'],
  ['recipes/beancount.md', undefined, 0, 'bank.beancount'],
  ['recipes/beancount.md', 'beancount-import', 0, 'data/summit-card.ofx'],
  ['recipes/gnucash.md', undefined, 0, 'gnucash/summit-card.ofx'],
  ['recipes/spreadsheet.md', undefined, 0, 'bank.csv'],
  ['recipes/datasette.md', undefined, 0, 'bank.db'],
] as const)('%s, %s, block %i, writes %s', (path, section, index, written) => {
  const cwd = folder();
  const code = blocks(`docs/${path}`, 'sh', section)[index] ?? '';
  // Datasette itself is not in Debian.
  const { status, stderr } = shell(code.replace(/^datasette .*\n/m, ''), cwd);
  // An export of what is new says how much that was.
  expect({ status, stderr: stderr.replace(/^\d+ new → \S+\n$/, '') }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(join(cwd, written))).toBe(true);
  if (written.endsWith('.beancount') && hasPeer('bean-check'))
    expect(runPeer('bean-check', ['-C', join(cwd, written)])).toMatchObject({ status: 0 });
  if (written.endsWith('.ledger') && hasPeer('ledger'))
    expect(runPeer('ledger', ['--pedantic', '-f', join(cwd, written), 'bal'])).toMatchObject({ status: 0 });
  if (!written.endsWith('.journal') || !hasPeer('hledger')) return;
  writeFileSync(join(cwd, 'mine.journal'), `include ${written}\n`);
  expect(runPeer('hledger', ['-f', join(cwd, 'mine.journal'), 'check', '--strict'])).toMatchObject({ status: 0 });
});

test.runIf(hasPeer('hledger'))('hledger get: the script gathers what is new, each time it runs', () => {
  const cwd = folder();
  const script = blocks('docs/recipes/hledger.md', 'sh', 'hledger get')[0] ?? '';
  expect(script).toMatch(/^#!/);
  writeFileSync(join(cwd, 'data', 'getdata'), script);
  chmodSync(join(cwd, 'data', 'getdata'), 0o700);
  for (let again = 0; again < 2; again += 1)
    expect(shell('./getdata', cwd, join(cwd, 'data'))).toMatchObject({ status: 0, stdout: '', stderr: '' });
  writeFileSync(join(cwd, 'main.journal'), 'include data/bank.journal\n');
  const check = runPeer('hledger', ['-f', join(cwd, 'main.journal'), 'check', '--strict']);
  expect(check).toMatchObject({ status: 0, stderr: '' });
  const ids = runPeer('hledger', ['-f', join(cwd, 'main.journal'), 'tags', 'id', '--values'])
    .stdout.trim()
    .split('\n');
  expect(ids.length).toBeGreaterThan(20);
});

test('the settings are right, and the format of one’s own is one', async () => {
  const own = scratchDir();
  const settings = [
    ...blocks('docs/export.md', 'yaml', 'Accounts, payees, categories'),
    ...blocks('docs/export.md', 'yaml', 'A CSV of your own'),
    ...blocks('docs/automation.md', 'yaml', 'After each sync'),
  ];
  expect(settings).toHaveLength(3);
  writeFileSync(join(own, 'accounts.yaml'), CONFIG + settings.join(''));
  writeFileSync(join(own, 'my-format.mjs'), blocks('docs/export.md', 'js', 'A format of your own').join(''));
  const env = { OFX_SYNC_DATA: join(base, 'data') };
  const { code, stderr } = await runCli(['export', '--format', './my-format.mjs'], { cwd: own, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { stdout } = await runCli(['export', '--format', 'bookkeeping', '--account', 'river/checking'], {
    cwd: own,
    env,
  });
  expect(stdout).toMatch(/^Datum;Betrag;Text;Konto\r\n\d\d\.\d\d\.\d{4};-?\d+,\d\d;[^\r]+;1200\r\n/);
  expect(readdirSync(own).toSorted()).toEqual(['accounts.yaml', 'my-format.mjs']);
});

test('a CSV for a program that remembers nothing has only what is new', () => {
  const cwd = folder();
  const code = blocks('docs/recipes/csv-import.md', 'sh')[0] ?? '';
  const written = () => readdirSync(cwd).filter((name) => /^lunchmoney-\d{4}-\d\d-\d\d\.csv$/.test(name));
  const { status, stderr } = shell(code, cwd);
  expect({ status, isOneLine: /^\d+ new → lunchmoney-\S+\n$/.test(stderr) }).toEqual({ status: 0, isOneLine: true });
  expect(written()).toHaveLength(1);
});

test.each([
  ['docs/recipes/hledger.md', 'After each sync', 0],
  ['docs/automation.md', 'Alerts', 0],
  ['docs/automation.md', 'Alerts', 1],
  ['docs/recipes/ynab.md', undefined, 0],
  ['docs/recipes/actual.md', undefined, 0],
] as const)('the settings of %s, %s, %i, are right', async (path, section, index) => {
  const own = scratchDir();
  const settings = blocks(path, 'yaml', section);
  expect(settings).toHaveLength(section === 'Alerts' ? 2 : 1);
  writeFileSync(join(own, 'accounts.yaml'), CONFIG + settings[index]);
  const { code, stdout, stderr } = await runCli(['accounts'], { cwd: own });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('river/checking');
});

test.each([0, 1])('the bank by hand of docs/configuration.md, %i, is right', async (index) => {
  const own = scratchDir();
  writeFileSync(join(own, 'accounts.yaml'), blocks('docs/configuration.md', 'yaml')[index] ?? '');
  const { code, stderr } = await runCli(['accounts'], { cwd: own });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
