/**
 * A profile that demands more than a password at the first sign-on, and one that wants passwords encrypted: once the profile is
 * known, no command presents the password in vain, each says what to run, and `signon` leads through it.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { SANDBOX_TOKEN } from '../../src/sandbox/tenant.js';
import { type Answer, PASSWORD, type Received, startDeviantBank } from '../support/deviant-bank.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

interface Scene {
  readonly sandbox: Sandbox;
  readonly cwd: string;
  readonly run: (argv: readonly string[], options?: Partial<Parameters<typeof runCli>[1]>) => Promise<Run>;
}

async function scene(wants: string): Promise<Scene> {
  const sandbox = await startSandbox();
  cleanUps.push(() => sandbox.close());
  const cwd = scratchDir();
  const url = `"${sandbox.url('summit')}?wants=${wants}"`;
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url, password: 'env:PW', more: ['ofxVersion: "203"'] }]),
  );
  return { sandbox, cwd, run: (argv, options) => runCli(argv, { cwd, env: { PW: 'demo' }, ...options }) };
}

/** All bytes of all files below a folder. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

const DEMANDS = [
  ['token', 'a one-time token with the first sign-on', { 'Access code': SANDBOX_TOKEN }],
  ['questions', 'answers to security questions before the first sign-on', { maiden: 'Smith', goldfish: 'Bubbles' }],
  [
    'new-password',
    'a new password before the first sign-on',
    { 'new password': 'new-canary-88', 'repeat it': 'new-canary-88' },
  ],
] as const;

describe.each(DEMANDS)('%s', (wants, words, answers) => {
  test('is said, not tried, and signon leads through it', async () => {
    const { sandbox, cwd, run } = await scene(wants);
    const checked = await run(['check'], { columns: 200 });
    expect(checked.code).toBe(3);
    expect(checked.stdout).toContain(`the bank wants ${words}; your password was not sent`);
    expect(checked.stdout).toContain('ofx-sync signon summit');
    const synced = await run(['-q']);
    expect(synced.code).toBe(3);
    expect(synced.stderr).toContain(`the bank wants ${words}; your password was not sent`);
    expect(synced.stderr).toContain('Give it in a terminal: ofx-sync signon summit');
    for (const command of ['signon', 'discover', 'closings']) {
      const without = await run([command, 'summit']);
      expect(`${without.stdout}${without.stderr}`.replace(/\s+/g, ' ')).toContain('ofx-sync signon summit');
      expect(without.code).not.toBe(0);
    }
    const preview = (await run(['--dry-run'])).stdout;
    expect(preview).toContain(`nothing is sent: the bank wants ${words}`);
    expect(preview).not.toContain('<SONRQ>');
    expect(sandbox.counts('summit').signons).toBe(0);

    const asked: string[] = [];
    const signon = await run(['signon', 'summit'], {
      answers: (question) => {
        asked.push(question);
        return Object.entries(answers).find(([part]) => question.includes(part))?.[1] ?? '';
      },
    });
    expect(signon.stderr).toContain('its profile says so');
    expect(signon.stderr).toContain('accepted the sign-on');
    expect(signon.code).toBe(0);
    expect(asked).toHaveLength(Object.keys(answers).length);
    expect(sandbox.counts('summit').refusedSignons).toBe(0);

    const env = { PW: wants === 'new-password' ? 'new-canary-88' : 'demo' };
    expect(await run(['-q'], { env })).toMatchObject({ code: 0, stderr: '' });
    const secrets = Object.values<string>(answers);
    const seen = [checked, synced, signon].map(({ stdout, stderr }) => stdout + stderr).join('\n') + everything(cwd);
    for (const secret of secrets) expect(seen).not.toContain(secret);
  });
});

async function deviant(deviation: Parameters<typeof startDeviantBank>[0]) {
  const bank = await startDeviantBank(deviation);
  cleanUps.push(bank.close);
  const cwd = scratchDir();
  const accounts = '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }]';
  const configure = (name: string) =>
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name, url: bank.url, password: 'env:PW', accounts }]));
  configure('bank');
  const run = (argv: readonly string[], options: Partial<Parameters<typeof runCli>[1]> = {}) =>
    runCli(argv, { cwd, env: { PW: PASSWORD }, ...options });
  return { bank, cwd, configure, run };
}

test('a login that was accepted before is not asked for what the profile demands at first', async () => {
  const deviation: { signonInfo?: string } = {};
  const { run } = await deviant(deviation);
  expect(await run(['-q'])).toMatchObject({ code: 0, stderr: '' });
  deviation.signonInfo = '<CHGPINFIRST>Y</CHGPINFIRST><AUTHTOKENFIRST>Y</AUTHTOKENFIRST>';
  expect((await run(['check', '-q'])).code).toBe(0);
  expect(await run(['-q'])).toMatchObject({ code: 0, stderr: '' });
});

test('nor one with which something was downloaded, when the bank was busy at the last sign-on', async () => {
  const deviation: { signonInfo?: string; refuse?: (request: Received) => Answer | null } = {};
  const { run } = await deviant(deviation);
  expect((await run(['-q'])).code).toBe(0);
  deviation.signonInfo = '<MFACHALLENGEFIRST>Y</MFACHALLENGEFIRST>';
  deviation.refuse = ({ isAnonymous }) => (isAnonymous ? null : { signon: 15501 });
  expect((await run(['check', '-q'])).stdout).toContain('15501');
  deviation.refuse = () => null;
  expect(await run(['-q'])).toMatchObject({ code: 0, stderr: '' });
});

test('nor one whose bank was renamed in accounts.yaml since', async () => {
  const deviation: { signonInfo?: string } = {};
  const { run, cwd, configure } = await deviant(deviation);
  expect((await run(['-q'])).code).toBe(0);
  deviation.signonInfo = '<AUTHTOKENFIRST>Y</AUTHTOKENFIRST>';
  configure('bank-two');
  expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).toContain('bank-two');
  expect(await run(['check', '-q'])).toMatchObject({ code: 0, stdout: '' });
  expect((await run(['discover', 'bank-two'])).code).toBe(0);
  expect(await run(['-q'])).toMatchObject({ code: 0, stderr: '' });
});

test('Enter at the question signs on without: the person may have given it elsewhere', async () => {
  const { run } = await deviant({ signonInfo: '<AUTHTOKENFIRST>Y</AUTHTOKENFIRST>' });
  expect((await run(['signon', 'bank'], { answers: () => '' })).code).toBe(0);
  expect(await run(['-q'])).toMatchObject({ code: 0, stderr: '' });
});

describe('SECURITY TYPE1', () => {
  test('check and probe name it, and no password is sent to its message set', async () => {
    const { bank, run } = await deviant({ security: 'TYPE1' });
    expect((await run(['probe', 'bank', '--pause', '1ms'])).stdout).toContain('SECURITY TYPE1 (encrypted passwords)');
    const checked = await run(['check']);
    expect(checked.code).toBe(3);
    expect(checked.stdout.replace(/\s+/g, ' ')).toContain('only encrypted passwords here (SECURITY TYPE1)');
    for (const argv of [['-q'], ['-q', '--force'], ['closings', 'bank']]) {
      const synced = await run(argv);
      expect(synced.code).not.toBe(0);
      expect(synced.stderr.replace(/\s+/g, ' ')).toContain('your password was not sent');
      expect(synced.stderr.replace(/\s+/g, ' ')).toContain('ofx-sync import FILE');
    }
    expect(bank.received.every(({ text }) => !text.includes(PASSWORD))).toBe(true);
    expect(bank.received.length).toBeGreaterThan(0);
  });

  test('only the accounts of that message set fail, and the others arrive', async () => {
    const sandbox = await startSandbox();
    cleanUps.push(() => sandbox.close());
    const cwd = scratchDir();
    const accounts =
      '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]';
    const url = `${sandbox.url('meadow')}?wants=encryption`;
    writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'meadow', url, accounts }]));
    expect((await runCli(['check'], { cwd })).stdout).toContain('SECURITY TYPE1');
    const synced = await runCli(['--json'], { cwd });
    expect(synced.code).toBe(1);
    expect(JSON.parse(synced.stdout).accounts).toMatchObject([
      { account: 'joint', status: 'failed', error: { code: 'ENCRYPTION_REQUIRED' } },
      { account: 'card', status: 'ok' },
    ]);
    expect(sandbox.counts('meadow').refusedSignons).toBe(0);
    const preview = (await runCli(['--dry-run'], { cwd })).stdout;
    expect(preview).toContain('<CCSTMTRQ>');
    expect(preview).not.toContain('<STMTRQ>');
  });

  test('the list of accounts, whose message set wants none, still arrives', async () => {
    const { bank, run } = await deviant({ security: 'TYPE1' });
    expect((await run(['discover', 'bank'])).stdout).toContain('000123457');
    const signed = bank.received.filter(({ text }) => text.includes(PASSWORD));
    expect(signed).toHaveLength(1);
    expect(signed[0]?.body).toContain('<ACCTINFORQ>');
    expect((await run(['-q'])).stderr).toContain('your password was not sent');
    expect(bank.received.filter(({ text }) => text.includes(PASSWORD))).toHaveLength(1);
  });
});
