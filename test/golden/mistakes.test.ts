/**
 * Forty-two mistakes in accounts.yaml and thirty wrong commands, each with the line that a person reads and what to do next.
 * `npx vitest run test/golden/mistakes.test.ts -u` writes them anew, to be read in the difference.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const now = () => new Date(2026, 10, 20, 6, 30);

const GOOD = `defaults:
  history: 90d
institutions:
  - name: river
    url: https://ofx.river.example/ofx
    org: RIVER
    fid: "1001"
    userId: alex
    password: keychain
    accounts:
      - name: checking
        kind: checking
        id: "000123456"
        routing: "121000248"
  - name: summit
    url: https://ofx.summit.example/ofx
    userId: alex
    password: env:SUMMIT
    accounts:
      - name: card
        kind: creditcard
        id: "4111111111111111"
`;

/** Each is one edit of a file that is right. */
const MISTAKES: readonly (readonly [title: string, before: string, after: string])[] = [
  ['a key with a slip', 'userId: alex\n    password: keychain', 'userid: alex\n    password: keychain'],
  ['a key that another program has', '    org: RIVER', '    bankOrg: RIVER'],
  ['a top-level key with a slip', 'institutions:', 'institution:'],
  ['no institutions', GOOD.slice(GOOD.indexOf('institutions:')), ''],
  ['an empty list of institutions', GOOD.slice(GOOD.indexOf('institutions:')), 'institutions: []\n'],
  ['institutions as a mapping', '  - name: river\n    url', '  name: river\n  url'],
  ['a name that is missing', '  - name: summit\n    url', '  - url'],
  ['two banks with one name', 'name: summit', 'name: river'],
  [
    'two accounts with one name',
    '  - name: summit',
    '      - { name: checking, kind: savings, id: "7", routing: "121000248" }\n  - name: summit',
  ],
  ['a name with a slash', 'name: river', 'name: river/main'],
  ['a name that is a number', 'name: summit', 'name: 2026'],
  ['a tab for indentation', '    org: RIVER', '\torg: RIVER'],
  ['a quote that is not closed', 'fid: "1001"', 'fid: "1001'],
  ['a brace that is not closed', '  - name: summit', '  - { name: meadow\n  - name: summit'],
  ['an indentation that is off', '    userId: alex\n    password: env', '   userId: alex\n    password: env'],
  ['a colon without a blank', 'org: RIVER', 'org:RIVER'],
  ['no address', '    url: https://ofx.river.example/ofx\n', ''],
  ['an address without encryption', 'https://ofx.river', 'http://ofx.river'],
  ['an address without https://', 'https://ofx.river', 'ofx.river'],
  ['an address with a password in it', 'https://ofx.river', 'https://alex:secret@ofx.river'],
  ['an address and files at once', '    org: RIVER', '    files: ~/Downloads/*.qfx'],
  ['an unknown bank of the directory', 'url: https://ofx.river.example/ofx', 'directory: river-of-nowhere'],
  ['an unknown bank of the sandbox', 'url: https://ofx.river.example/ofx', 'url: sandbox://rivr'],
  ['a password in the file', 'password: keychain', 'password: hunter2'],
  ['a literal password of a real bank', 'password: keychain', 'password: { literal: hunter2 }'],
  ['a scheme of secrets with a slip', 'password: env:SUMMIT', 'password: environ:SUMMIT'],
  ['no user id', '    userId: alex\n    password: keychain', '    password: keychain'],
  ['no accounts', GOOD.slice(GOOD.indexOf('    accounts:\n      - name: card')), ''],
  ['an unknown kind of account', 'kind: creditcard', 'kind: credit'],
  ['an account number without quotes', 'id: "000123456"', 'id: 000123456'],
  [
    'two accounts with one number',
    '        id: "4111111111111111"\n',
    '        id: ACT-1\n        number: "4111111111111111"\n      - { name: old, kind: creditcard, id: ACT-2, number: "4111111111111111" }\n',
  ],
  [
    'a number that is the id of another account',
    '        id: "4111111111111111"\n',
    '        id: "4111111111111111"\n      - { name: old, kind: creditcard, id: ACT-2, number: "4111111111111111" }\n',
  ],
  ['no account number', '        id: "4111111111111111"\n', ''],
  ['no routing number', '        routing: "121000248"\n', ''],
  ['an investment account without a broker', 'kind: creditcard', 'kind: investment'],
  ['a length without a unit', 'history: 90d', 'history: 90'],
  ['a length in words', 'history: 90d', 'history: three months'],
  ['a number that is too small', 'history: 90d', 'concurrency: 0'],
  ['an OFX version that does not exist', '    org: RIVER', '    ofxVersion: "104"'],
  ['yes instead of true', '    org: RIVER', '    shortDates: yes'],
  ['notify without a destination', 'defaults:', 'notify: { kinds: [gap] }\ndefaults:'],
  ['onSync as a text', 'defaults:', 'onSync: hledger check\ndefaults:'],
];

const COMMANDS: readonly (readonly string[])[] = [
  ['transactoins'],
  ['list'],
  ['balance', 'river'],
  ['update'],
  ['rivr'],
  ['sync', 'river/checkng'],
  ['sync', '--since', 'soon'],
  ['sync', '--since', '2026-02-30'],
  ['sync', '--since', 'today', '--until', 'last', 'week'],
  ['sync', '--concurrency', 'many'],
  ['sync', '--timeout', '90'],
  ['sync', '--sinse', '90d'],
  ['sync', '--spread', '5m'],
  ['sync', '--since'],
  ['transactions', '--min', 'ten'],
  ['transactions', '--limit', '0'],
  ['transactions', 'rent'],
  ['export'],
  ['export', 'hledger'],
  ['export', '--format', 'hledgr'],
  ['export', '--format', 'csv', '--append'],
  ['export', '--format', 'ofx', '--append', '--output', 'x.ofx'],
  ['export', '--format', 'csv', '--output', 'nowhere/x.csv'],
  ['export', '--format', 'csv', '--new', '--until', 'yesterday'],
  ['push', 'mint'],
  ['push'],
  ['import', 'missing.ofx'],
  ['import'],
  ['inspect', 'accounts.yaml'],
  ['accounts', 'forget', 'nothing'],
  ['accounts', 'relink', 'river'],
  ['secret', 'add', 'river'],
  ['secret', 'set', 'rivr'],
  ['schedule', 'instal'],
  ['schedule', 'install', '--daily', '25:00'],
  ['store', 'check', 'it'],
  ['consumers', 'reset', 'books'],
  ['rules'],
  ['status', '--format', 'xml'],
  ['help', 'everything'],
  ['completion', 'powershell'],
  ['--config', 'missing.yaml', 'accounts'],
  ['paths', 'here'],
  ['--data', 'data', '--config', 'accounts.yaml', 'secret'],
  ['--data', 'data', 'logs', '--follow'],
  ['accounts', '--since', '30d'],
];

interface Answer {
  readonly text: string;
  readonly code: number;
}

function answerOf({ code, stdout, stderr }: Run, cwd: string): Answer {
  return { code, text: `${stdout}${stderr}`.replaceAll(cwd, '/home/alex') };
}

/** Everything in a folder: its files, each with its content, without those that SQLite needs for reading. */
function contentOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/-(?:shm|wal)$|\.lock$/.test(path) && statSync(join(folder, path)).isFile())
    .map(
      (path) =>
        `${path} ${createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')}`,
    )
    .toSorted();
}

const answers = new Map<string, Answer>();

test.each(MISTAKES)('%s', async (title, before, after) => {
  const cwd = scratchDir();
  expect(GOOD).toContain(before);
  const text = GOOD.replace(before, () => after);
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  const files = contentOf(cwd);
  const answer = answerOf(await runCli(['sync', '--no-progress'], { cwd, now }), cwd);
  answers.set(title, answer);
  // Nothing was sent, and nothing was made or changed.
  expect(answer.code).toBe(2);
  expect(contentOf(cwd)).toEqual(files);
  expect(answer.text).toMatch(/^(?:\/home\/alex\/accounts\.yaml:\d+:\d+: .+\n)+ofx-sync: .+\n {2}\S.+\n$/);
  expect(answer.text).not.toMatch(/hunter2|alex:secret|undefined|\[object|NaN|Invalid input/);
});

test('a file that is right is the base of all mistakes', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), GOOD);
  expect(await runCli(['accounts'], { cwd, now })).toMatchObject({ code: 0, stderr: '' });
});

test('the mistakes of accounts.yaml, frozen', async () => {
  expect(MISTAKES).toHaveLength(42);
  const lines = MISTAKES.map(([title]) => `## ${title}\n${answers.get(title)?.text ?? ''}`);
  await expect(lines.join('\n')).toMatchFileSnapshot('../fixtures/screens/mistakes-config.txt');
});

const home = scratchDir();

beforeAll(async () => {
  const text = GOOD.replace(/https:\/\/ofx\.(river|summit)\.example\/ofx/g, 'sandbox://$1')
    .replace(/userId: alex/g, 'userId: demo')
    .replace(/password: .*/g, 'password: { literal: demo }');
  writeFileSync(join(home, 'accounts.yaml'), text);
  await runCli(['sync', '--no-progress'], { cwd: home, now });
});

test.each(COMMANDS.map((argv) => [argv]))('%j', async (argv) => {
  const files = contentOf(home);
  const answer = answerOf(await runCli(argv, { cwd: home, now }), home);
  answers.set(argv.join(' '), answer);
  expect(answer.code).toBeGreaterThan(0);
  expect(answer.code).toBeLessThan(70);
  expect(contentOf(home)).toEqual(files);
  // One line of error, then the way on; each file of an import has its own.
  expect(answer.text).toMatch(/^(?:ofx-sync: |missing\.ofx: ).+\n {2}\S.+\n$/);
  expect(answer.text).not.toMatch(/undefined|\[object|NaN|error: /);
});

test('the wrong commands, frozen', async () => {
  expect(COMMANDS.length).toBeGreaterThanOrEqual(30);
  const lines = COMMANDS.map((argv) => {
    const { code, text } = answers.get(argv.join(' ')) ?? { code: -1, text: '' };
    return `$ ofx-sync ${argv.join(' ')}\n${text}[${code}]\n`;
  });
  await expect(lines.join('\n')).toMatchFileSnapshot('../fixtures/screens/mistakes-commands.txt');
});
