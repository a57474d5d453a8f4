/** Secrets that are found nowhere, whatever goes wrong: every fault of an institution, servers that say them again, crashes anywhere. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS } from '../../src/sandbox/faults.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { CANARIES, canariesIn, canariesUnder } from '../support/canaries.js';
import { type EchoServer, PACKINGS, SPELLINGS, startEcho } from '../support/echo-server.js';
import { type Run, type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const env = { PW: CANARIES.password, USER_ID: CANARIES.userId, CRED: CANARIES.credential };
/** Those that take the whole time limit. */
const SLOW = ['hang', 'hang-body', 'drip', 'endless', 'bomb'];
const LOUD = ['--verbose', '--log-format', 'json', '--force', '--timeout', '2s'] as const;
let sandbox: Sandbox;
let echo: EchoServer;

beforeAll(async () => {
  [sandbox, echo] = await Promise.all([startSandbox(), startEcho()]);
  sandbox.setPassword('summit', CANARIES.password, CANARIES.userId);
});
afterAll(() => Promise.all([sandbox.close(), echo.close()]));

/** A folder whose accounts.yaml has one card at each address. */
function project(urls: Readonly<Record<string, string>>): string {
  const cwd = join(scratchDir(), 'home');
  mkdirSync(cwd);
  const institutions = Object.entries(urls).map(
    ([name, url]) => `  - name: ${name}
    url: "${url}"
    ofxVersion: "203"
    userId: { env: USER_ID }
    password: env:PW
    userCred1: env:CRED
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
`,
  );
  const text = `defaults: { retries: 0, concurrency: 50 }\ninstitutions:\n${institutions.join('')}`;
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  return cwd;
}

function harmless(run: Run, cwd: string, what: unknown): void {
  const said = { what, stdout: canariesIn(run.stdout), stderr: canariesIn(run.stderr), kept: canariesUnder(cwd) };
  expect(said).toEqual({ what, stdout: [], stderr: [], kept: [] });
}

async function run(argv: readonly string[], cwd: string, more: Partial<RunOptions> = {}): Promise<Run> {
  return runCli(argv, { cwd, env, ...more });
}

test('every fault that an institution can have, in a sync, a check with its report, and what tells of them later', async () => {
  const faults = Object.keys(FAULTS).filter((fault) => !SLOW.includes(fault));
  const urls = faults.map((fault) => [fault, `${sandbox.url('summit')}?fault=${fault}`] as const);
  const cwd = project(Object.fromEntries(urls));
  for (const argv of [
    ['sync', ...LOUD],
    ['check', '--report', 'report.json', ...LOUD],
    ['status', '--json'],
    ['status', '--runs', '9'],
    ['import', '--replay', '-v'],
    ['transactions', '--json', '--history'],
  ])
    harmless(await run(argv, cwd), cwd, argv);
  const { stdout } = await run(['status', '--json'], cwd);
  expect(JSON.parse(stdout).accounts).toHaveLength(faults.length);
});

test('answers that never end, and an interruption in the middle', async () => {
  const urls = SLOW.map((fault) => [fault, `${sandbox.url('summit')}?fault=${fault}`] as const);
  const cwd = project(Object.fromEntries(urls));
  harmless(await run(['sync', ...LOUD, '--timeout', '1s'], cwd), cwd, 'time limit');
  const stopped = await run(['sync', ...LOUD, '--json'], cwd, { signal: AbortSignal.timeout(400) });
  expect(stopped.code).toBe(130);
  harmless(stopped, cwd, 'interrupted');
});

test('a server that says again what it was sent: in a refusal, a web page, its own words, or the whole request', async () => {
  const cwd = project({
    message: echo.url('message'),
    page: echo.url('page'),
    request: echo.url('request'),
    error: echo.url('error'),
    text: echo.url('text'),
  });
  for (const argv of [
    ['sync', ...LOUD],
    ['sync', '--force', '--json'],
    ['check', '--force', '--report', 'report.json', '-v'],
    ['discover', 'message', '--force', '-v'],
    ['signon', 'request', '--force', '-v'],
    ['closings', '--force', '-v'],
    ['status', '--json'],
    ['import', '--replay', '-v'],
  ])
    harmless(await run(argv, cwd), cwd, argv);
  const { stdout } = await run(['sync', '--force'], cwd);
  expect(stdout).toContain('no signon for ******** with ******** ********');
  expect(stdout).toContain('No access for ********');
  expect(echo.received.some((request) => canariesIn(Buffer.from(request, 'latin1')).length === 3)).toBe(true);
});

const OTHER_LETTERS = Object.keys(SPELLINGS).flatMap((name) => [`message-${name}`, `page-${name}`, `error-${name}`]);
const PACKED = Object.keys(PACKINGS).map((name) => `packed-${name}`);

test('a server that says it again in other letters, or packs its reply', async () => {
  const cwd = project(
    Object.fromEntries([...OTHER_LETTERS, ...PACKED].map((way) => [way, echo.url('message').replace('message', way)])),
  );
  for (const argv of [
    ['sync', ...LOUD],
    ['sync', '--force', '--json'],
    ['check', '--force', '--report', 'report.json', '-v'],
    ['discover', 'message-numeric', '--force', '-v'],
    ['signon', 'message-base64', '--force', '-v'],
    ['closings', '--force', '-v'],
    ['status', '--json'],
    ['status', '--runs', '9'],
    ['import', '--replay', '-v'],
  ])
    harmless(await run(argv, cwd), cwd, argv);
  const { stdout } = await run(['sync', '--force', '--json'], cwd);
  const accounts: readonly { institution: string; error: { message: string } }[] = JSON.parse(stdout).accounts;
  // A word in Base64 or hexadecimal digits is replaced by stars of the same kind.
  for (const { institution, error } of accounts)
    if (!/(?:base64|hex)$/.test(institution)) expect([institution, error.message]).toEqual([institution, masked]);
});
const masked = expect.stringMatching(/\*{8}.* with \*{8} \*{8}/);

test('a crash at any moment, with its stack', async () => {
  const cwd = project({ summit: sandbox.url('summit'), shut: `${sandbox.url('summit')}?fault=html` });
  let crashed = 0;
  for (let after = 3; after < 40; after += 2) {
    let left = after;
    const now = () => {
      left -= 1;
      if (left === 0) throw new RangeError('the clock has stopped');
      return new Date();
    };
    const bug = await run(['sync', '-v', '--force'], cwd, { now });
    if (bug.stderr.includes('the clock has stopped')) crashed += 1;
    harmless(bug, cwd, after);
  }
  expect(crashed).toBeGreaterThan(3);
});

test('places of secrets that fail', async () => {
  const cwd = project({ summit: sandbox.url('summit') });
  const text = (password: string) => `institutions:
  - name: summit
    url: ${sandbox.url('summit')}
    userId: { env: USER_ID }
    password: ${password}
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
`;
  const script = join(cwd, '..', 'secret.sh');
  writeFileSync(script, `printf '%s\\n' "$PW"; exit 3`, { mode: 0o700 });
  writeFileSync(join(cwd, '..', 'open'), CANARIES.password, { mode: 0o644 });
  for (const password of ['{ command: [sh, ../secret.sh] }', 'file:../open', 'keychain', 'prompt', 'env:NONE']) {
    writeFileSync(join(cwd, 'accounts.yaml'), text(password));
    const failed = await run(['sync', '-v', '--json'], cwd);
    expect(failed.code).toBe(3);
    harmless(failed, cwd, password);
    harmless(await run(['check', '--offline', '-v'], cwd), cwd, password);
    harmless(await run(['secret', 'list', '--json'], cwd), cwd, password);
  }
});

test.each(['new-password', 'token', 'questions', 'credential'])(
  'what is typed at a terminal where an institution wants a %s',
  async (want) => {
    const own = await startSandbox();
    try {
      const cwd = project({ summit: `${own.url('summit')}?wants=${want}` });
      const text = readFileSync(join(cwd, 'accounts.yaml'), 'utf8');
      writeFileSync(
        join(cwd, 'accounts.yaml'),
        text.replace('{ env: USER_ID }', 'demo').replace('env:PW', '{ literal: demo }'),
      );
      const questions: string[] = [];
      const answers = (question: string) => {
        questions.push(question);
        return want === 'new-password' ? CANARIES.newPassword : CANARIES.token;
      };
      for (const argv of [
        ['signon', 'summit'],
        ['signon', 'summit', '--force', '-v'],
      ])
        harmless(await run(argv, cwd, { answers }), cwd, argv);
      expect(questions.length > 0).toBe(want !== 'credential');
      harmless(await run(['check', '--force', '--report', 'report.json', '-v'], cwd), cwd, 'check');
    } finally {
      await own.close();
    }
  },
);
