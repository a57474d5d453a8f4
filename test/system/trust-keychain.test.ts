/** A password of the keychain belongs to the host for which it was stored: by `secret set` and `init`, or since the next accepted sign-on. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { standInForKeychain } from '../support/stand-in-keychain.js';
import { keychain, outcomesOf, restore } from '../support/version-0.1.js';
import { type Banks, startBanks } from '../support/version-0.1-banks.js';
import { startYnab, type YnabServer } from '../support/ynab-server.js';

let banks: Banks;
let sandbox: Sandbox;
let ynab: YnabServer;
beforeAll(async () => {
  standInForKeychain('ofx-sync', { ...keychain, ynab: 'token' });
  banks = await startBanks();
  sandbox = await startSandbox();
  ynab = await startYnab({ token: 'token' });
  for (const [name, password] of Object.entries({ ...keychain, summit: keychain['summit card'] }))
    banks.passwords.set(name, password ?? '');
});
afterAll(async () => {
  await banks.close();
  await sandbox.close();
  await ynab.close();
});

const never = () => expect.unreachable('asked');
const CONFIG = '.config/ofx-sync/accounts.yaml';

/** The home that version 0.1 left: its keychain has passwords, and nothing says for whom. */
function home() {
  const dir = restore('home', scratchDir(), { banks: `127.0.0.1:${banks.port}`, ynab: new URL(ynab.url).host });
  const run = (line: string, more: Partial<RunOptions> = {}) => {
    const now = () => new Date('2026-09-13T12:00:00Z');
    banks.now = now;
    const env = { OFX_SYNC_DATA: '', HTTPS_PROXY: banks.proxy, HARBOR_USER: 'alex', TERM: 'dumb', ...more.env };
    return runCli(line.split(' '), { cwd: dir, found: true, now, ...more, env });
  };
  const bound = () => {
    try {
      const path = join(dir, '.local/share/ofx-sync/trust.json');
      return (JSON.parse(readFileSync(path, 'utf8')) as { keychain: Record<string, string[]> }).keychain;
    } catch {
      return {};
    }
  };
  const rewrite = (from: string, to: string) => {
    const text = readFileSync(join(dir, CONFIG), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(dir, CONFIG), text.replace(from, to));
  };
  return { dir, run, bound, rewrite };
}

test('an upgraded timer asks nothing, and binds what a bank accepts; then another host gets nothing', async () => {
  const { run, bound, rewrite } = home();
  banks.down.add('linden');
  const { stdout } = await run('sync --unattended --spread 0s --json', { answers: never });
  banks.down.delete('linden');
  const outcomes = outcomesOf(JSON.parse(stdout)).map((line) => line.replace(/^(\S+ \w+).*/, '$1'));
  expect(outcomes).toEqual(expect.arrayContaining(['river/checking: ok', 'summit/card: ok', 'linden/courant: failed']));
  expect(bound()).toEqual({ river: ['ofx.river.example'], 'summit card': ['ofx.summit.example'] });

  rewrite('https://ofx.river.example/ofx', 'https://ofx.quarry.example/ofx');
  banks.asked.length = 0;
  const moved = await run('sync river --json', { answers: never });
  const { accounts } = JSON.parse(moved.stdout) as { accounts: { error: unknown }[] };
  expect(accounts[0]?.error).toMatchObject({
    code: 'ADDRESS_UNCONFIRMED',
    message:
      'the password "river" of the keychain was stored for ofx.river.example, and river is at ofx.quarry.example',
    hint: 'Store it again for this bank: ofx-sync secret set river. If it belongs there, too: ofx-sync trust --bank river --host ofx.quarry.example',
  });
  for (const line of ['check river', 'signon river', 'discover river', 'closings river']) await run(line);
  expect(banks.asked.filter(({ body }) => body.includes(keychain['river'] ?? '?'))).toEqual([]);
});

test('an address in the same domain is the same bank', async () => {
  const { run, rewrite } = home();
  await run('sync river');
  rewrite('https://ofx.river.example/ofx', 'https://statements.river.example/ofx');
  banks.asked.length = 0;
  expect((await run('sync river', { answers: never })).code).toBe(0);
  expect(banks.asked.map(({ host }) => host)).toEqual(['statements.river.example']);
});

test('the command, or a new password, lets it go to the new host', async () => {
  const { run, bound, rewrite } = home();
  await run('sync river');
  rewrite('https://ofx.river.example/ofx', 'https://ofx.quarry.example/ofx');
  expect((await run('trust --bank river --host ofx.quarry.example')).code).toBe(0);
  expect(bound()['river']).toEqual(['ofx.quarry.example', 'ofx.river.example']);
  banks.asked.length = 0;
  await run('sync river --force');
  expect(banks.asked.map(({ host }) => host)).toContain('ofx.quarry.example');
  expect((await run('secret set river', { stdin: `${keychain['river']}\n` })).code).toBe(0);
  expect(bound()['river']).toEqual(['ofx.quarry.example']);
  expect((await run('secret delete river')).code).toBe(0);
  expect(bound()['river']).toBeUndefined();
  await run('secret set river', { stdin: `${keychain['river']}\n` });
});

test('an entry that two banks share is bound to both', async () => {
  const { run, bound, rewrite } = home();
  rewrite('- name: linden', '- name: linden\n    password: keychain:river');
  banks.passwords.set('linden', keychain['river'] ?? '');
  expect((await run('sync river linden', { answers: never })).code).toBe(0);
  banks.passwords.set('linden', keychain['linden'] ?? '');
  expect(bound()).toEqual({ river: ['ofx.linden.example', 'ofx.river.example'] });
});

test('a folder of somebody else’s does not bind a password that is stored in it', async () => {
  const { dir, run, bound } = home();
  const cwd = scratchDir();
  const evil = readFileSync(join(dir, CONFIG), 'utf8').replace('ofx.river.example', 'ofx.evil.example');
  writeFileSync(join(cwd, 'accounts.yaml'), evil);
  const inside = (line: string, stdin = '') =>
    run(line, { cwd, stdin, env: { XDG_DATA_HOME: join(dir, '.local/share') } });
  expect((await inside('secret set river', `${keychain['river']}\n`)).code).toBe(0);
  expect(bound()).toEqual({});
  expect((await inside('sync')).code).toBe(2);
});

test('a token of a budget is bound to its server', async () => {
  const cwd = scratchDir();
  const data = join(cwd, 'data');
  const config = (entry: string) =>
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `institutions: [{ name: river, url: "sandbox://river", userId: demo, password: { literal: demo }, accounts: [{ name: checking, kind: checking, id: "000123456", routing: "121000248" }] }]
push: { ynab: { token: "keychain:${entry}", server: "${ynab.url}" } }
`,
    );
  const run = (line: string) => runCli(line.split(' '), { cwd });
  config('river');
  const bound = { version: 1, keychain: { river: ['ofx.river.example'] } };
  await run('sync -q');
  writeFileSync(join(data, 'trust.json'), JSON.stringify(bound));
  const { code, stderr } = await run('push ynab --json');
  expect(code).toBe(1);
  expect(stderr).toContain(
    'the secret "river" of the keychain was stored for ofx.river.example, and push ynab is to send it to loopback',
  );
  config('ynab');
  expect((await run('push ynab --create')).stderr).not.toContain('was stored for');
});
