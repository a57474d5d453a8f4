/** `check` against servers that are broken in as many ways: the step that fails is the right one, with cause and advice. */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createWeb } from 'node:http';
import { createServer as createSecureWeb, type ServerOptions } from 'node:https';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/server.js';
import { newKey, pemOf } from '../../src/sandbox/tls.js';
import { certificateOf } from '../../src/sandbox/x509.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const result = z.object({
  institutions: z.array(
    z.object({
      status: z.string(),
      steps: z.array(
        z.object({
          step: z.string(),
          account: z.string().optional(),
          status: z.enum(['ok', 'warning', 'failed', 'skipped']),
          durationMs: z.number().nullable(),
          message: z.string(),
          hint: z.string().nullable(),
          error: z.object({ code: z.string() }).nullable(),
          details: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

interface Setting {
  readonly url: string;
  readonly more?: readonly string[];
  readonly password?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Time limit, where the server never answers: long enough for the steps before on a slow machine. */
  readonly timeout?: string;
}

async function check(
  { url, more = [], password, env = {}, timeout = '100s' }: Setting,
  ...argv: string[]
): Promise<Run & { cwd: string }> {
  const cwd = scratchDir();
  const accounts = '[{ name: card, kind: creditcard, id: "4111111111111111" }]';
  const entry = { name: 'summit', url, more, accounts, ...(password === undefined ? {} : { password }) };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
  return { ...(await runCli(['check', '--timeout', timeout, ...argv], { cwd, env })), cwd };
}

async function stepsOf(setting: Setting) {
  const { stdout, code } = await check(setting, '--json');
  return { code, steps: result.parse(JSON.parse(stdout)).institutions[0]?.steps ?? [] };
}

async function secure(tls: NonNullable<SandboxOptions['tls']> = true): Promise<{ url: string; ca: string }> {
  const sandbox = await startSandbox({ tls });
  cleanUps.push(() => sandbox.close());
  const ca = join(scratchDir(), 'ca.pem');
  writeFileSync(ca, sandbox.ca ?? '');
  return { url: sandbox.url('summit'), ca };
}

/** A server on loopback that does with a connection whatever is asked. */
async function tcp(onConnection: Parameters<typeof createServer>[1]): Promise<number> {
  const server: Server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A server that answers everything with the same. */
async function web(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Setting> {
  const server = createWeb((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/` };
}

const ownKey = newKey();

/** A server with a certificate of its own making, which says `names` and is signed by nobody else. */
async function selfSigned(options: Partial<ServerOptions> = {}): Promise<Setting & { readonly certificate: string }> {
  const party = { commonName: '127.0.0.1', key: await ownKey };
  const [validFrom, validUntil] = [new Date(), new Date(Date.now() + 86_400_000)];
  const [key, cert] = [pemOf(party.key), certificateOf(party, party, { names: ['127.0.0.1'], validFrom, validUntil })];
  const server = createSecureWeb({ key, cert, ...options }, (request, response) => {
    request.resume();
    response.end('x');
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `https://127.0.0.1:${port}/`, certificate: cert };
}

async function trusted(options: Partial<ServerOptions>): Promise<Setting> {
  const { url, certificate } = await selfSigned(options);
  const ca = join(scratchDir(), 'ca.pem');
  writeFileSync(ca, certificate);
  return { url, more: [`ca: ${ca}`] };
}

const fault = (name: string) => async () => ({ url: `sandbox://summit?fault=${name}` });
/** The step before, on a slow machine, takes less. */
const PATIENCE = '4s';
const unanswered = (name: string) => async () => ({ url: `sandbox://summit?fault=${name}`, timeout: PATIENCE });

const CLOUDFLARE = '<html><head><title>Just a moment...</title></head><body>Cloudflare Ray ID</body></html>';
const F5 = '<html><body>The requested URL was rejected. Please consult with your administrator.</body></html>';

/** What is broken, how, the step that fails, its code, and a word of what to do. */
const BROKEN: readonly (readonly [string, () => Promise<Setting>, string, string, RegExp])[] = [
  [
    'a name that is none',
    async () => ({ url: `https://${'x'.repeat(64)}.example/`, password: 'env:PW', env: { PW: 'x' } }),
    'dns',
    'CONNECTION_FAILED',
    /Check your network and the url/,
  ],
  ['nothing listens', async () => ({ url: 'http://127.0.0.1:9/' }), 'connect', 'CONNECTION_FAILED', /may be down/],
  [
    'a port that takes the connection and says nothing',
    async () => ({ url: `https://127.0.0.1:${await tcp(() => undefined)}/`, timeout: PATIENCE }),
    'tls',
    'TIMED_OUT',
    /--timeout/,
  ],
  [
    'a server without TLS',
    async () => ({ url: `https://127.0.0.1:${await tcp((socket) => socket.end('SSH-2.0-x\r\n'))}/` }),
    'tls',
    'TLS_FAILED',
    /tlsMinVersion/,
  ],
  ['a certificate of nobody', async () => ({ url: (await secure()).url }), 'tls', 'TLS_FAILED', /ca: FILE/],
  [
    'a certificate that has expired',
    async () => {
      const { url, ca } = await secure({ validFrom: new Date('2020-01-01'), validUntil: new Date('2021-01-01') });
      return { url, more: [`ca: ${ca}`] };
    },
    'tls',
    'TLS_FAILED',
    /has expired/,
  ],
  [
    'a certificate for another name',
    async () => {
      const { url, ca } = await secure({ names: ['elsewhere.example'] });
      return { url, more: [`ca: ${ca}`] };
    },
    'tls',
    'TLS_FAILED',
    /Do not sign on/,
  ],
  [
    'a server of TLS 1.1',
    async () => {
      const { url, ca } = await secure({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
      return { url, more: [`ca: ${ca}`] };
    },
    'tls',
    'TLS_FAILED',
    /tlsMinVersion/,
  ],
  [
    'a proxy that is not there',
    async () => ({ url: 'sandbox://summit', more: ['proxy: http://127.0.0.1:9'] }),
    'proxy',
    'CONNECTION_FAILED',
    /network/,
  ],
  [
    'a proxy that refuses',
    async () => {
      const port = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')));
      return { url: 'sandbox://summit', more: [`proxy: http://127.0.0.1:${port}`] };
    },
    'proxy',
    'CONNECTION_FAILED',
    /may be down.*whether the proxy allows it/,
  ],
  [
    'a proxy that wants a password',
    async () => {
      const answer = 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';
      const port = await tcp((socket) => socket.once('data', () => socket.end(answer)));
      return { url: 'sandbox://summit', more: [`proxy: http://127.0.0.1:${port}`] };
    },
    'proxy',
    'CONNECTION_FAILED',
    /NAME:PASSWORD/,
  ],
  [
    'a proxy that says nothing',
    async () => ({
      url: 'sandbox://summit',
      more: [`proxy: http://127.0.0.1:${await tcp(() => undefined)}`],
      timeout: PATIENCE,
    }),
    'proxy',
    'TIMED_OUT',
    /--timeout/,
  ],
  ['a certificate that signed itself', () => selfSigned(), 'tls', 'TLS_FAILED', /ca: FILE/],
  [
    'a certificate that is not valid yet',
    async () => {
      const { url, ca } = await secure({ validFrom: new Date('2090-01-01'), validUntil: new Date('2091-01-01') });
      return { url, more: [`ca: ${ca}`] };
    },
    'tls',
    'TLS_FAILED',
    /not valid yet/,
  ],
  [
    'no cipher in common',
    () => trusted({ maxVersion: 'TLSv1.2', ciphers: 'CAMELLIA128-SHA' }),
    'tls',
    'TLS_FAILED',
    /tlsCiphers/,
  ],
  [
    'http: where TLS is spoken',
    async () => ({ url: (await selfSigned()).url.replace('https:', 'http:') }),
    'http',
    'CONNECTION_FAILED',
    /may be down/,
  ],
  ['HTTP 401', () => web(401, 'who are you'), 'http', 'HTTP_STATUS', /--dry-run/],
  ['HTTP 301', () => web(301, '', { Location: 'https://new.example/ofx' }), 'http', 'REDIRECTED', /change the url/],
  ['HTTP 410', () => web(410, 'gone'), 'http', 'HTTP_STATUS', /at this address any longer/],
  ['words', () => web(200, 'Service OK'), 'header', 'OFX_UNREADABLE', /did not reply with OFX/],
  ['JSON', () => web(200, '{"error":"unauthorized"}'), 'header', 'OFX_UNREADABLE', /did not reply with OFX/],
  [
    'other XML',
    () => web(200, '<?xml version="1.0"?><soap:Envelope/>'),
    'header',
    'OFX_UNREADABLE',
    /did not reply with OFX/,
  ],
  ['a page of Cloudflare', () => web(503, CLOUDFLARE), 'http', 'WEB_PAGE', /blocks automated programs/],
  ['a page of F5', () => web(200, F5), 'http', 'WEB_PAGE', /blocks automated programs/],
  [
    'compressed data that is none',
    () => web(200, 'x', { 'Content-Encoding': 'gzip' }),
    'http',
    'CONNECTION_FAILED',
    /not an OFX server/,
  ],
  ['HTTP 400', fault('http-400'), 'http', 'HTTP_STATUS', /--dry-run/],
  ['HTTP 403', fault('http-403'), 'http', 'HTTP_STATUS', /--dry-run/],
  ['HTTP 404', fault('http-404'), 'http', 'HTTP_STATUS', /check the url/],
  ['HTTP 429', fault('http-429'), 'http', 'SERVER_UNAVAILABLE', /limits the number of requests/],
  ['HTTP 500', fault('http-500'), 'http', 'SERVER_UNAVAILABLE', /fault lies with the bank/],
  ['HTTP 503', fault('http-503'), 'http', 'SERVER_UNAVAILABLE', /fault lies with the bank/],
  ['a redirect', fault('redirect'), 'http', 'REDIRECTED', /moved/],
  ['a page of Imperva', fault('html'), 'http', 'WEB_PAGE', /clears by itself/],
  ['a page of Akamai', fault('html-akamai'), 'http', 'WEB_PAGE', /Accept/],
  ['a page about maintenance', fault('html-maintenance'), 'http', 'WEB_PAGE', /few hours/],
  ['a page for signing in', fault('html-sign-in'), 'http', 'WEB_PAGE', /no OFX server at this address any longer/],
  ['no answer', unanswered('hang'), 'http', 'TIMED_OUT', /--timeout/],
  ['half an answer and then nothing', unanswered('hang-body'), 'http', 'TIMED_OUT', /--timeout/],
  ['a connection that is cut', fault('reset'), 'http', 'CONNECTION_FAILED', /may be down/],
  [
    'an endless reply',
    async () => ({ url: 'sandbox://summit?fault=endless', timeout: '60s' }),
    'http',
    'REPLY_TOO_LARGE',
    /never ends/,
  ],
  ['an empty answer', fault('empty'), 'header', 'OFX_UNREADABLE', /cookies: resend-when-empty/],
  ['binary data', fault('garbage'), 'header', 'OFX_UNREADABLE', /Try again later/],
  ['half an answer', fault('truncated'), 'header', 'OFX_UNREADABLE', /try again later/],
  ['a refused signon', fault('signon-15500'), 'signon', 'SIGNON_REJECTED', /Check user id and password/],
  ['a locked login', fault('signon-15502'), 'signon', 'SIGNON_LOCKED', /Unlock/],
  ['a password to be changed', fault('signon-15000'), 'signon', 'SIGNON_NEEDS_ACTION', /Change it/],
  ['a client UID to be confirmed', fault('signon-15510'), 'signon', 'SIGNON_NEEDS_ACTION', /clientUid: auto/],
  ['security questions', fault('signon-3000'), 'signon', 'SIGNON_NEEDS_ACTION', /questions/],
  ['a login in use', fault('signon-15501'), 'signon', 'SIGNON_BUSY', /Sign out elsewhere/],
  ['a general error', fault('general-2000'), 'signon', 'STATEMENT_REFUSED', /message/],
  ['an unknown account', fault('refuse'), 'account', 'STATEMENT_REFUSED', /Compare/],
  ['an account without an answer', fault('omit&account=4111111111111111'), 'account', 'STATEMENT_MISSING', /Compare/],
];

describe('the step that fails', () => {
  test.concurrent.each(BROKEN)('%s', async (_, make, step, code, hint) => {
    const { code: exit, steps } = await stepsOf(await make());
    const bad = steps.filter(({ status }) => status === 'failed');
    expect(bad.map((one) => one.step)).toEqual([step]);
    expect(bad[0]?.error?.code).toBe(code);
    expect(bad[0]?.hint).toMatch(hint);
    expect(exit).toBe(3);
    const after = steps.slice(steps.findIndex(({ status }) => status === 'failed') + 1);
    expect(after.every(({ status }) => status === 'skipped')).toBe(true);
  });

  test('a secret that is not there; the rest is looked at without it', async () => {
    const { steps } = await stepsOf({ url: 'sandbox://summit', password: 'env:NOT_SET' });
    expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'secrets failed',
      'dns ok',
      'connect ok',
      'http ok',
      'header ok',
      'profile ok',
      'signon skipped',
      'account skipped',
    ]);
  });
});

test('all is well: every step with its time, over TLS', async () => {
  const { url, ca } = await secure();
  const { code, steps } = await stepsOf({ url, more: [`ca: ${ca}`, 'ofxVersion: "203"'] });
  expect(code).toBe(0);
  expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
    'secrets ok',
    'dns ok',
    'connect ok',
    'tls ok',
    'http ok',
    'header ok',
    'profile ok',
    'signon ok',
    'account ok',
  ]);
  const tls = steps.find(({ step }) => step === 'tls');
  expect(tls?.details).toMatchObject({ version: 'TLSv1.3', chain: ['localhost', 'ofx-sync sandbox authority'] });
  expect(steps.every(({ step, durationMs }) => durationMs !== null || step === 'header' || step === 'profile')).toBe(
    true,
  );
});

test('a signon that was refused is not tried again', async () => {
  const cwd = scratchDir();
  const sandbox = await startSandbox();
  cleanUps.push(() => sandbox.close());
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: sandbox.url('summit'), password: '{ literal: wrong }' }]),
  );
  expect((await runCli(['check'], { cwd })).stdout).toContain('✗ signon');
  const again = await runCli(['check'], { cwd });
  expect(again.stdout).toContain('- signon');
  expect(again.stdout).toContain('skipped, since the bank refused the sign-on on ');
  expect(again.code).toBe(3);
  expect(sandbox.counts('summit').refusedSignons).toBe(1);
  expect(sandbox.counts('summit').requests).toBe(3);
});

test('a server that answers customers alone is well', async () => {
  const { code, steps } = await stepsOf({ url: 'sandbox://summit?fault=http-400&times=1' });
  expect(code).toBe(0);
  expect(steps.map(({ step, status }) => `${step} ${status}`)).toContain('http warning');
  expect(steps.map(({ step, status }) => `${step} ${status}`)).toContain('account ok');
});

test('one bad account does not take the other along', async () => {
  const cwd = scratchDir();
  const accounts =
    '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }]';
  const url = 'sandbox://river?fault=refuse&account=000123457';
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'river', url, accounts }]));
  const { stdout } = await runCli(['check'], { cwd });
  expect(stdout).toMatch(/✓ a ••••3456/);
  expect(stdout).toMatch(/✗ b ••••3457 account not found \(2003\)/);
});

test('an old address of the directory is a warning', async () => {
  const cwd = scratchDir();
  const { openDirectory } = await import('../../src/institutions/directory.js');
  const stale = (await openDirectory()).institutions.find(({ evidence, ended }) => evidence.isStale && ended === null);
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:\n  - { name: old, directory: ${stale?.id ?? ''}, url: "http://127.0.0.1:9/", userId: alex, password: { literal: x }, accounts: [{ name: card, kind: creditcard, id: "1" }] }\n`,
  );
  const { stdout } = await runCli(['check'], { cwd });
  expect(stdout).toMatch(/! directory +last seen/);
  expect(stdout).toContain('ask the bank whether this address is still valid');
});

test('what else is known of an institution is said with it', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    'institutions:\n  - { name: citi, directory: citi-cards, url: "http://127.0.0.1:9/", userId: a, password: { literal: x }, accounts: [{ name: card, kind: creditcard, id: "1" }] }\n',
  );
  for (const argv of [['check'], ['check', '--explain'], ['institutions', 'citi cards']])
    expect((await runCli(argv, { cwd })).stdout.replace(/\s+/g, ' ')).toContain('opens for ten minutes');
});

describe('--explain', () => {
  test('each value with its origin and reason; nothing is sent', async () => {
    const cwd = scratchDir();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      'institutions:\n  - { name: mine, directory: becu, userId: "env:WHO", ofxVersion: "102", accounts: [{ name: card, kind: creditcard, id: "1" }] }\n',
    );
    const { code, stdout } = await runCli(['check', 'mine', '--explain', '--json'], { cwd });
    expect(code).toBe(0);
    const values = JSON.parse(stdout).institutions[0].values;
    expect(values).toContainEqual({
      key: 'ofxVersion',
      value: '102',
      origin: 'accounts.yaml',
      why: null,
      overrides: ['directory becu'],
    });
    expect(values).toContainEqual(expect.objectContaining({ key: 'fi', value: 'omit', origin: 'directory becu' }));
    expect(values).toContainEqual(expect.objectContaining({ key: 'userId', value: 'env:WHO' }));
    expect(values).toContainEqual(expect.objectContaining({ key: 'cookies', value: 'none', origin: 'default' }));
  });

  test('CLIENTUID: the value is what is sent, or why nothing is', async () => {
    const cwd = scratchDir();
    const account = 'userId: a, accounts: [{ name: card, kind: creditcard, id: "1" }]';
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `institutions:
  - { name: bare, url: "https://ofx.river.example/", ${account} }
  - { name: auto, url: "https://ofx.river.example/", clientUid: auto, ${account} }
  - { name: old, url: "https://ofx.river.example/", ofxVersion: "102", clientUid: auto, ${account} }
  - { name: always, url: "https://ofx.river.example/", ofxVersion: "102", clientUid: always, ${account} }
  - { name: known, directory: citi-cards, ${account} }
`,
    );
    const { stdout } = await runCli(['check', '--explain', '--json'], { cwd });
    const requests = (await runCli(['--dry-run'], { cwd })).stdout.split(/(?=POST )/).slice(1);
    const explained = JSON.parse(stdout).institutions.map(
      ({
        institution,
        values,
      }: {
        institution: string;
        values: { key: string; value: string; why: string | null }[];
      }) => {
        const last = values.findLast(({ key }) => key === 'clientUid');
        return [institution, last?.value, last?.why ?? ''];
      },
    );
    expect(explained).toEqual([
      ['bare', 'not sent', 'clientUid: auto makes one, keeps it and sends it'],
      ['auto', 'auto', ''],
      ['old', 'auto', 'not sent: OFX 102 has no element for it; clientUid: always sends it'],
      ['always', 'always', ''],
      ['known', 'always', expect.stringContaining('CLIENTUID')],
    ]);
    expect(requests.map((request) => request.includes('<CLIENTUID>'))).toEqual([false, true, false, true, true]);
  });

  test('how it is reached: each limit, authority and proxy with where it is from', async () => {
    const cwd = scratchDir();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `defaults: { timeout: 20s }
institutions:
  - { name: mine, url: "https://ofx.river.example/", brokerId: river.example, userId: a, perInstitution: 2, accounts: [{ name: ira, kind: investment, id: "1" }] }
  - { name: van, directory: vanguard, userId: a, proxy: "http://localhost:3128", accounts: [{ name: ira, kind: investment, id: "1" }] }
`,
    );
    const env = { HTTPS_PROXY: 'http://alex:secret@proxy.example:8080' };
    const { stdout } = await runCli(['check', '--explain', '--json'], { cwd, env });
    expect(stdout).not.toContain('secret');
    const [mine, van] = JSON.parse(stdout).institutions.map(({ values }: { values: { key: string }[] }) =>
      Object.fromEntries(values.map((one) => [one.key, one])),
    );
    expect(mine).toMatchObject({
      brokerId: { value: 'river.example', origin: 'accounts.yaml' },
      timeout: { value: '20.0 s', origin: 'accounts.yaml, defaults' },
      perInstitution: { value: '2', origin: 'accounts.yaml' },
      ca: { origin: 'default' },
      proxy: { value: 'proxy.example:8080', origin: 'environment' },
    });
    expect(van).toMatchObject({
      brokerId: { value: 'vanguard.com', origin: 'directory vanguard' },
      perInstitution: { value: '1', origin: 'default' },
      proxy: { value: 'localhost:3128', origin: 'accounts.yaml' },
      profile: { value: 'signed', origin: 'processor vesnc.vanguard.com' },
    });
  });

  test('what holds for a host holds for an institution that is written with its url', async () => {
    const cwd = scratchDir();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      'institutions:\n  - { name: mine, url: "https://ofx.schwab.com/x", userId: a, accounts: [{ name: card, kind: creditcard, id: "1" }] }\n',
    );
    const { stdout } = await runCli(['check', '--explain'], { cwd });
    expect(stdout).toMatch(/userAgent +none +processor ofx\.schwab\.com +never answered/);
    expect((await runCli(['--dry-run'], { cwd })).stdout).not.toContain('User-Agent');
  });
});

describe('--report', () => {
  test('holds every step and what was answered, and nothing private', async () => {
    const cwd = scratchDir();
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      'institutions:\n  - name: river\n    url: sandbox://river\n    userId: demo\n    password: { literal: demo }\n    accounts:\n      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }\n',
    );
    const { code } = await runCli(['check', '--report', join(cwd, 'report.json')], { cwd });
    expect(code).toBe(0);
    const text = readFileSync(join(cwd, 'report.json'), 'utf8');
    expect(statSync(join(cwd, 'report.json')).mode & 0o777).toBe(0o600);
    expect(text).not.toMatch(/demo|000123456|3456</);
    expect(text).toContain('<FINAME>River Credit Union');
    expect(text).toContain('<CODE>0');
    expect(text).toContain('<STMTTRN>');
    expect(JSON.parse(text)).toMatchObject({
      institutions: [{ steps: expect.any(Array), requests: [expect.any(Array)] }],
    });
    const names = (await runCli(['sync', '-q'], { cwd })).code;
    expect(names).toBe(0);
    const rows: unknown = JSON.parse((await runCli(['transactions', '--json'], { cwd })).stdout);
    const { transactions } = z
      .object({ transactions: z.array(z.object({ name: z.string(), amount: z.string(), fitid: z.string() })) })
      .parse(rows);
    expect(transactions.length).toBeGreaterThan(5);
    for (const { name, fitid } of transactions) {
      expect(text.includes(`<NAME>${name}`)).toBe(false);
      expect(text.includes(fitid)).toBe(false);
    }
  });

  test('a file that cannot be written', async () => {
    const run = await check({ url: 'sandbox://summit' }, '--report', '/no/such/folder/report.json');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('the report cannot be written');
  });
});

test('an institution of files: which there are, what cannot be read, and what each account has in them', async () => {
  const cwd = scratchDir();
  const account = (name: string, id: string) => `{ name: ${name}, kind: checking, id: "${id}", routing: "121000248" }`;
  const config = (folder: string) =>
    `institutions:\n  - { name: corner, files: "${folder}/*.qfx", accounts: [${account('main', '000123456')}, ${account('other', '999')}] }\n`;
  writeFileSync(join(cwd, 'accounts.yaml'), config('.'));
  writeFileSync(
    join(cwd, 'a.qfx'),
    readFileSync(new URL('../fixtures/statements/one-transaction.ofx', import.meta.url)),
  );
  writeFileSync(join(cwd, 'b.qfx'), 'no statement');
  const run = async () => {
    const { code, stdout } = await runCli(['check', '--json'], { cwd });
    const { institutions } = JSON.parse(stdout) as {
      institutions: { steps: { step: string; status: string; message: string }[] }[];
    };
    return { code, steps: institutions[0]?.steps.map(({ step, status, message }) => `${step} ${status}: ${message}`) };
  };
  expect(await run()).toEqual({
    code: 3,
    steps: [
      'files warning: 2 files with 1 statement; 1 cannot be read',
      expect.stringMatching(/^account ok: 1 transaction in 1 statement, newest of \d{4}-\d\d-\d\d$/),
      'account failed: no file has a statement of this account',
    ],
  });
  writeFileSync(join(cwd, 'accounts.yaml'), config('./nowhere'));
  expect((await run()).steps?.[0]).toMatch(/^files failed: the folder .*nowhere cannot be read$/);
});
