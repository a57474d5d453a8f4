/** A profile that moves statements to another host: the same domain silently, any other after a yes, and never a password before. */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as library from '../../src/index.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { openStore } from '../../src/store/open.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { VERSION_0_1 } from '../support/version-0.1.js';
import { type Banks, startBanks } from '../support/version-0.1-banks.js';

const PASSWORD = 'c4nary-hosts';
const MOVED = 'cards.processor.example';
const SAID = `the profile of summit (ofx.summit.example) moves requests to ${MOVED}, which nobody has confirmed`;
const COMMAND = `ofx-sync trust --bank summit --host ${MOVED}`;
const TLS = `${VERSION_0_1}/tls/`;
const NOW = '2026-09-12T13:00:00Z';

let banks: Banks;
beforeAll(async () => {
  banks = await startBanks();
  banks.now = () => new Date(NOW);
  for (const name of ['river', 'summit']) banks.passwords.set(name, PASSWORD);
});
afterAll(() => banks.close());

const RIVER = `  - name: river
    url: https://ofx.river.example/ofx
    org: BANKS
    fid: "1001"
    ofxVersion: "102"
    userId: alex
    password: env:PW
    ca: banks.pem
    accounts: [{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]
`;
const SUMMIT = `  - name: summit
    url: https://ofx.summit.example/ofx
    org: BANKS
    fid: "5001"
    ofxVersion: "220"
    clientUid: auto
    userId: alex
    password: env:PW
    ca: banks.pem
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
`;

interface Home {
  readonly cwd: string;
  readonly run: (line: string, more?: Partial<RunOptions>) => ReturnType<typeof runCli>;
  /** Hosts that got the password since this was asked last. */
  readonly told: () => string[];
}

function homeWith(...institutions: readonly string[]): Home {
  const cwd = scratchDir();
  copyFileSync(join(VERSION_0_1, 'home/.config/ofx-sync/banks.pem'), join(cwd, 'banks.pem'));
  writeFileSync(join(cwd, 'accounts.yaml'), `defaults: { retries: 0 }\ninstitutions:\n${institutions.join('')}`);
  let from = banks.asked.length;
  return {
    cwd,
    run: (line, more = {}) =>
      runCli(line.split(' '), {
        cwd,
        now: () => new Date(NOW),
        ...more,
        env: { HTTPS_PROXY: banks.proxy, PW: PASSWORD, TERM: 'dumb', ...more.env },
      }),
    told: () => {
      const since = banks.asked.slice(from);
      from = banks.asked.length;
      return [...new Set(since.flatMap(({ host, body }) => (body.includes(PASSWORD) ? [host] : [])))];
    },
  };
}

/** A check asks for the profile; a sync uses what is kept of it. */
async function withProfile(...institutions: readonly string[]): Promise<Home> {
  const home = homeWith(...institutions);
  await home.run('check');
  home.told();
  return home;
}

const never = () => expect.unreachable('asked');

test('a host of the same domain is asked silently', async () => {
  const { run, told } = homeWith(RIVER);
  const checked = await run('check', { answers: never });
  expect(checked.stdout.replace(/\s+/g, ' ')).toContain('requests go to statements.river.example');
  expect(checked.code).toBe(0);
  expect(told()).toEqual(['statements.river.example']);
  expect((await run('sync', { answers: never })).code).toBe(0);
  expect(told()).toEqual(['statements.river.example']);
});

test('another domain gets no password: check says which, and the command', async () => {
  const { run, told } = homeWith(SUMMIT);
  const { code, stdout } = await run('check --json');
  const { institutions } = JSON.parse(stdout) as {
    institutions: { steps: { step: string; message: string; hint: string; error: unknown }[] }[];
  };
  const steps = institutions[0]?.steps ?? [];
  expect(steps.find(({ step }) => step === 'profile')?.message).toContain(`requests go to ${MOVED}`);
  expect(steps.find(({ step }) => step === 'signon')).toMatchObject({
    message: SAID,
    hint: `If ${MOVED} belongs to the bank: ${COMMAND}`,
    error: { code: 'ADDRESS_UNCONFIRMED' },
  });
  expect({ code, told: told() }).toEqual({ code: 3, told: [] });
});

test('unattended, that login fails with the command, and the others go on', async () => {
  const { run, told } = await withProfile(RIVER, SUMMIT);
  const { code, stdout } = await run('sync --unattended --spread 0s --json', { answers: never });
  const { accounts } = JSON.parse(stdout) as { accounts: { account: string; status: string; error: unknown }[] };
  expect(code).toBe(1);
  expect(accounts).toMatchObject([
    { account: 'checking', status: 'ok' },
    {
      account: 'card',
      status: 'failed',
      error: { code: 'ADDRESS_UNCONFIRMED', message: SAID, hint: expect.stringContaining(COMMAND) },
    },
  ]);
  expect(told()).toEqual(['statements.river.example']);
});

test('the command confirms it for good, and only a host that the bank names', async () => {
  const { run, told } = await withProfile(SUMMIT);
  const other = await run('trust --bank summit --host cards.procesor.example');
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining(`Did you mean ${MOVED}?`) });
  expect((await run(COMMAND.replace('ofx-sync ', ''))).code).toBe(0);
  for (let time = 0; time < 2; time += 1)
    expect((await run('sync --unattended --spread 0s', { answers: never })).code).toBe(0);
  expect(told()).toEqual([MOVED]);
});

test('on a terminal it is asked once, and a no sends nothing', async () => {
  const { run, told } = await withProfile(SUMMIT);
  const asked: string[] = [];
  const say = (answer: string) => (question: string) => {
    asked.push(question);
    return answer;
  };
  expect((await run('sync', { answers: say('') })).code).toBe(3);
  expect((await run('sync', { answers: say('2') })).code).toBe(3);
  expect(told()).toEqual([]);
  const { code, stderr } = await run('sync', { answers: say('1') });
  expect(code).toBe(0);
  expect(stderr).toContain(`The profile of summit (ofx.summit.example) moves requests to another host: ${MOVED}`);
  expect(stderr).toContain('Send your password there from now on?');
  expect(asked).toHaveLength(3);
  expect((await run('sync', { answers: never })).code).toBe(0);
  expect(told()).toEqual([MOVED]);
});

test('the library never asks: the account has the error', async () => {
  const { cwd, told } = await withProfile(SUMMIT);
  const config = await library.loadConfig(join(cwd, 'accounts.yaml'));
  const store = await library.openStore(join(cwd, 'data'));
  const { outcomes } = await library.sync(config, { store, env: { PW: PASSWORD, HTTPS_PROXY: banks.proxy } });
  store.close();
  expect(outcomes).toMatchObject([{ status: 'failed', error: { code: 'ADDRESS_UNCONFIRMED' } }]);
  expect(told()).toEqual([]);
});

test.each(['sync --json', 'sync --quiet'])('%s asks nothing', async (line) => {
  const { run, told } = await withProfile(SUMMIT);
  expect((await run(line, { answers: never })).code).toBe(3);
  expect(told()).toEqual([]);
});

test('--dry-run and --verbose show the address that is really used', async () => {
  const { run } = await withProfile(SUMMIT);
  const dry = await run('sync --dry-run');
  expect(dry.stdout).toContain(`POST https://${MOVED}/summit/ofx\n`);
  expect(dry.stderr).toBe(`notice: ${SAID}. If ${MOVED} belongs to the bank: ${COMMAND}\n`);
  await run(COMMAND.replace('ofx-sync ', ''));
  expect((await run('sync --dry-run')).stderr).toBe('');
  const { stderr } = await run('sync --verbose');
  expect(stderr).toContain(`summit: request for 1 statement (card) to ${MOVED}: HTTP 200`);
  expect(stderr).not.toContain('to ofx.summit.example');
});

test('a host that accepted a sign-on before is not asked about after an upgrade; one that did not is', async () => {
  const { cwd, run, told } = await withProfile(SUMMIT);
  const { Database } = await import('../../src/store/database.js');
  const { MIGRATIONS } = await import('../../src/store/data/migrations.js');
  const at = MIGRATIONS.findIndex((one) => one.includes('CREATE TABLE confirmed_hosts'));
  const downgrade = (signon: string) => {
    const db = new Database(join(cwd, 'data', 'ofx-sync.db'));
    db.exec(`DROP TABLE confirmed_hosts; UPDATE logins SET last_signon = '${signon}'`);
    db.exec(MIGRATIONS[at] ?? '');
    db.close();
  };
  downgrade('unknown');
  expect((await run('sync', { answers: () => '' })).code).toBe(3);
  downgrade('ok');
  const store = await openStore(join(cwd, 'data'), { readOnly: true });
  expect(store.confirmedHosts('ofx.summit.example')).toEqual([MOVED]);
  store.close();
  expect(told()).toEqual([]);
  expect((await run('sync', { answers: never })).code).toBe(0);
  expect(told()).toEqual([MOVED]);
});

/** The bank of the sandbox under two names: its profile moves statements from one to the other. */
async function sandboxElsewhere(): Promise<{ readonly proxy: string; readonly asked: Banks['asked'] }> {
  const sandbox = await startSandbox();
  const asked: { host: string; body: string }[] = [];
  sandbox.setPassword('summit', PASSWORD, 'alex');
  const own = sandbox.url('summit');
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const host = (request.headers.host ?? '').replace(/:.*/, '');
    asked.push({ host, body: body.toString('latin1') });
    const headers = { 'Content-Type': 'application/x-ofx', 'Accept-Encoding': 'identity' };
    const path = host === MOVED ? '/statements' : '?fault=split-urls';
    const reply = await fetch(`${own}${path}`, { method: 'POST', headers, body });
    const text = (await reply.text()).replaceAll(`${own}/statements`, `https://${MOVED}/summit/ofx`);
    response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
    response.end(text.replaceAll(own, 'https://ofx.summit.example/ofx'));
  };
  const tls = createTlsServer(
    { key: readFileSync(`${TLS}banks.key`), cert: readFileSync(`${TLS}banks.pem`) },
    (request, response) => void answer(request, response),
  );
  const proxy = createServer();
  for (const server of [tls, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const portOf = (server: Pick<Server, 'address'>) => (server.address() as AddressInfo).port;
  proxy.on('connect', (_, socket) => {
    const behind = connect(portOf(tls), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      behind.pipe(socket);
      socket.pipe(behind);
    });
    for (const one of [behind, socket]) one.on('error', () => undefined);
  });
  onTestFinished(async () => {
    tls.closeAllConnections();
    for (const server of [tls, proxy]) server.close();
    await sandbox.close();
  });
  return { proxy: `http://127.0.0.1:${portOf(proxy)}`, asked };
}

const INIT =
  'init https://ofx.summit.example/ofx --non-interactive --name summit --org SUMMIT --fid 5001 --user-id alex';

test.each([
  [[], 'notice: by the bank’s profile, requests go to cards.processor.example. If it belongs to the bank: ', 3],
  [['--accept-host', MOVED], '1 account of summit', 0],
])(
  'init without questions and %j tells the moved host no password before it is confirmed',
  async (more, said, then) => {
    const { proxy, asked } = await sandboxElsewhere();
    const { cwd, run } = homeWith(RIVER);
    const env = { HTTPS_PROXY: proxy };
    const options = ['--ofx-version', '203', '--password', 'env:PW', '--ca', join(cwd, 'banks.pem'), ...more];
    const { code, stderr } = await run(`${INIT} ${options.join(' ')}`, { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(said) });
    const told = () => new Set(asked.flatMap(({ host, body }) => (body.includes(PASSWORD) ? [host] : [])));
    expect(told()).toEqual(new Set(['ofx.summit.example']));
    const synced = await run('sync summit', { env });
    expect({ code: synced.code, stdout: synced.stdout }).toEqual({ code: then, stdout: expect.anything() });
    expect(told().has(MOVED)).toBe(then === 0);
  },
);

test.each([
  ['1', [MOVED]],
  ['4', []],
])('the last screen of init names the moved host; %s confirms %j', async (answer, confirmed) => {
  const { proxy, asked } = await sandboxElsewhere();
  const { cwd, run } = homeWith(RIVER);
  const told = () => new Set(asked.flatMap(({ host, body }) => (body.includes(PASSWORD) ? [host] : [])));
  const stop = new AbortController();
  const questions: string[] = [];
  // The bank by its address, the certificate, the user id, the password, the only account.
  const typed = ['https://ofx.summit.example/ofx', '', '1', join(cwd, 'banks.pem'), 'alex', PASSWORD, '', answer];
  const answers = (question: string) => {
    questions.push(question);
    const next = typed.shift();
    if (next === undefined) stop.abort();
    // Nothing went there before the last screen.
    if (typed.length === 0)
      expect([...told()]).toEqual(next === undefined ? expect.anything() : ['ofx.summit.example']);
    return next ?? '';
  };
  const { stderr } = await run('init', { env: { HTTPS_PROXY: proxy }, answers, signal: stop.signal });
  expect(stderr).toContain(`The bank’s profile moves requests, with your password, to ${MOVED}.`);
  expect(stderr).toMatch(
    /Add this to ~\/accounts.yaml, .*, send the password to cards.processor.example, and download .*\?\n {2}1. Yes\n/,
  );
  const store = await openStore(join(cwd, 'data'), { readOnly: true });
  expect(store.confirmedHosts('ofx.summit.example')).toEqual(confirmed);
  store.close();
});
