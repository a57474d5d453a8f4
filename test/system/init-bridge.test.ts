/** `init` of a SimpleFIN bridge: the setup token works once, so that its access URL is kept before anything else can fail. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, BRIDGE_PASSWORD, startBridge } from '../support/bridge.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ACCOUNTS = `{"errlist":[],"connections":[],"accounts":[
  {"id":"ACT-1","name":"Everyday Checking","currency":"USD","balance":"10.00","balance-date":1790000000},
  {"id":"ACT-2","name":"Visa ...0815","currency":"USD","balance":"-55.50","balance-date":1790000000}]}`;

async function scene(answer: () => Answer = () => ({ body: ACCOUNTS })) {
  const bridge = await startBridge(answer);
  const cwd = scratchDir();
  const folder = join(cwd, '.config', 'ofx-sync');
  const run = (argv: readonly string[], more: Partial<RunOptions> = {}) => runCli(argv, { cwd, ...more });
  const init = (stdin = bridge.token) =>
    run(['init', 'simplefin', '--non-interactive', '--password', 'file'], { stdin: `${stdin}\n` });
  const secret = () => readFileSync(join(folder, 'simplefin.password'), 'utf8').trim();
  return { ...bridge, cwd, folder, run, init, secret };
}

/** Everything that set-up wrote, except the access URL's own file. */
function written(folder: string): string {
  if (!existsSync(folder)) return '';
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.endsWith('.password'),
  );
  return names
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

test('a setup token is claimed, its access URL kept, and the accounts written', async () => {
  const one = await scene();
  const { stdout, stderr, code } = await one.init();
  expect(stderr).toContain('written, with 2 accounts of simplefin');
  expect(code).toBe(0);
  expect(readFileSync(join(one.folder, 'accounts.yaml'), 'utf8')).toContain(`  - name: simplefin
    simplefin: file:simplefin.password
    accounts:
      - { name: everyday-checking, kind: checking, id: ACT-1 }
      - { name: visa-0815, kind: creditcard, id: ACT-2 }
`);
  expect(one.secret()).toBe(one.access);
  expect(statSync(join(one.folder, 'simplefin.password')).mode & 0o777).toBe(0o600);
  for (const text of [stdout, stderr, written(one.cwd)]) {
    expect(text).not.toContain(BRIDGE_PASSWORD);
    expect(text).not.toContain(one.token);
  }
  // One claim, and one request for the list with its balances.
  expect(one.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /claim/once',
    'GET /simplefin/accounts',
  ]);
  expect((await one.run(['sync', '--since', '30d'])).code).toBe(0);
});

test('what was claimed stays when listing the accounts fails', async () => {
  let answer: Answer = { status: 500, body: 'oops' };
  const one = await scene(() => answer);
  const failed = await one.init();
  expect(failed.code).toBe(1);
  expect(one.secret()).toBe(one.access);
  expect(existsSync(join(one.folder, 'accounts.yaml'))).toBe(false);
  answer = { body: ACCOUNTS };
  const again = await one.run([
    'init',
    'simplefin',
    '--non-interactive',
    '--password',
    `file:${join(one.folder, 'simplefin.password')}`,
  ]);
  expect(again.stderr).toContain('written, with 2 accounts');
  expect(one.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('an access URL is taken as it is, and a used token says what to do', async () => {
  const one = await scene();
  expect((await one.init(one.access)).code).toBe(0);
  const other = await scene();
  await other.init();
  const used = await other.run(['init', 'simplefin', '--non-interactive', '--password', 'file'], {
    stdin: `${other.token}\n`,
  });
  expect(used.stderr).toContain('refused the setup token (HTTP 403)');
  expect(used.code).toBe(1);
  expect(readdirSync(other.folder).toSorted()).toEqual(['accounts.yaml', 'simplefin.password']);
});

test('a token that leads to an unencrypted address is not claimed', async () => {
  const one = await scene();
  const token = Buffer.from('http://bridge.example/claim/1').toString('base64');
  const { stderr, code } = await one.init(token);
  expect(stderr).toContain('not encrypted');
  expect(code).toBe(1);
  expect(
    readdirSync(one.cwd, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.password')),
  ).toEqual([]);
});

test('guided set-up takes the token in the place of a bank’s name', async () => {
  const one = await scene();
  const left = [
    ['Which bank?', one.token],
    ['Number', '1'],
    ['Numbers', ''],
    ['Number', '2'],
  ];
  const { stderr, code } = await one.run(['init'], {
    env: { ACCESSIBLE: '1' },
    answers: (question) => {
      const [asked = '', answer = ''] = left.shift() ?? ['no further question'];
      if (!question.includes(asked)) throw new Error(`asked ${JSON.stringify(question)} instead of ${asked}`);
      return answer;
    },
  });
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('Claiming the setup token');
  expect(stderr).toContain('2 accounts found');
  expect(stderr).not.toContain(BRIDGE_PASSWORD);
  expect(left).toEqual([]);
  expect(one.secret()).toBe(one.access);
});

test('init of a bridge that is set up claims another token for the same place', async () => {
  const one = await scene();
  await one.init();
  const other = await startBridge(() => ({ body: ACCOUNTS }));
  const left = [
    ['Number', '1'],
    ['Setup token', other.token],
  ];
  const { stderr, code } = await one.run(['init', 'simplefin'], {
    env: { ACCESSIBLE: '1' },
    answers: (question) => {
      const [asked = '', answer = ''] = left.shift() ?? ['no further question'];
      if (!question.includes(asked)) throw new Error(`asked ${JSON.stringify(question)} instead of ${asked}`);
      return answer;
    },
  });
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('The access URL of simplefin is stored');
  expect(one.secret()).toBe(other.access);
  expect(readdirSync(one.folder).toSorted()).toEqual(['accounts.yaml', 'simplefin.password']);
});
