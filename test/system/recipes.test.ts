/** What the README says of feeding other programs, typed in as it stands there. */

import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The fenced blocks of one language in a section. */
function blocks(section: string, language: string): string[] {
  const text = new RegExp(`^### ${section}\n([\\s\\S]*?)(?=^##)`, 'm').exec(README)?.[1] ?? '';
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, found, code = '']) =>
    found === language ? [code] : [],
  );
}

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
  ['Only what is new', 0, '2026.journal'],
  ['Recipes', 0, 'bank.journal'],
  ['Recipes', 2, 'data/summit-card.ofx'],
  ['Recipes', 3, 'gnucash/summit-card.ofx'],
  ['Recipes', 4, 'bank.csv'],
  ['Recipes', 5, 'bank.db'],
] as const)('%s, block %i, writes %s', (section, index, written) => {
  const cwd = folder();
  const code = blocks(section, 'sh')[index] ?? '';
  // Datasette itself is not in Debian.
  const { status, stderr } = shell(code.replace(/^datasette .*\n/m, ''), cwd);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(join(cwd, written))).toBe(true);
  if (!written.endsWith('.journal') || !hasPeer('hledger')) return;
  writeFileSync(join(cwd, 'mine.journal'), `include ${written}\n`);
  expect(runPeer('hledger', ['-f', join(cwd, 'mine.journal'), 'check', '--strict'])).toMatchObject({ status: 0 });
});

test.runIf(hasPeer('hledger'))('hledger get: the script gathers what is new, each time it runs', () => {
  const cwd = folder();
  const script = blocks('Recipes', 'sh')[1] ?? '';
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
  const settings = ['Accounts, payees, categories', 'A CSV of your own', 'After each sync'].flatMap((section) =>
    blocks(section, 'yaml'),
  );
  expect(settings).toHaveLength(3);
  writeFileSync(join(own, 'accounts.yaml'), CONFIG + settings.join(''));
  writeFileSync(join(own, 'my-format.mjs'), blocks('A format of your own', 'js').join(''));
  const env = { OFX_SYNC_DATA: join(base, 'data') };
  const { code, stderr } = await runCli(['export', '--format', './my-format.mjs'], { cwd: own, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { stdout } = await runCli(['export', '--format', 'bookkeeping'], { cwd: own, env });
  expect(stdout).toMatch(/^Datum;Betrag;Text;Konto\r\n\d\d\.\d\d\.\d{4};-?\d+,\d\d;[^\r]+;1200\r\n/);
  expect(readdirSync(own).toSorted()).toEqual(['accounts.yaml', 'my-format.mjs']);
});
