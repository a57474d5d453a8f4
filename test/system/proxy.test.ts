/** Requests through a proxy: CONNECT, then TLS to the institution itself, whose name only the proxy can reach. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureWeb } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { makeCertificate } from '../../src/sandbox/tls.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const HOST = 'ofx.summit.example';
let sandbox: Sandbox;
let proxy: string;
const targets: string[] = [];
const server = createServer();
/** What the proxy wants to be told, as `Proxy-Authorization` has it; then the status of its refusal of everything. */
let wanted: string | null = null;
let refusal: number | null = null;
beforeEach(() => {
  targets.length = 0;
  wanted = null;
  refusal = null;
});

beforeAll(async () => {
  sandbox = await startSandbox({ tls: { names: [HOST] } });
  server.on('connect', tunnel);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  proxy = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
/** Passes everything on to the sandbox. */
function tunnel(request: IncomingMessage, socket: Duplex): void {
  targets.push(request.url ?? '');
  const isKnown = wanted === null || request.headers['proxy-authorization'] === wanted;
  const status = isKnown ? refusal : 407;
  if (status !== null) return void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
  const behind = connect(sandbox.port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    behind.pipe(socket);
    socket.pipe(behind);
  });
  behind.on('error', () => socket.destroy());
  socket.on('error', () => behind.destroy());
}

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) cleanUp();
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});

function folder(more: readonly string[] = []): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'ca.pem'), sandbox.ca ?? '');
  const lines = ['ca: ca.pem', 'ofxVersion: "203"', ...more];
  const entry = { name: 'summit', url: `https://${HOST}/summit`, password: 'env:PW', more: lines };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry], '{ retries: 1 }'));
  return cwd;
}

describe('the proxy of the environment', () => {
  test('is used', async () => {
    const run = await runCli(['-q'], { cwd: folder(), env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(targets).toContain(`${HOST}:443`);
  });

  test('is used with ordered headers too', async () => {
    const cwd = folder(['headerOrder: [Content-Type, Host, Content-Length, Connection]']);
    const run = await runCli(['-q'], { cwd, env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
  });

  test('is used by the program as it is installed, too', async () => {
    const cwd = folder();
    const run = await start([builtProgram(), '-q'], cwd, { PW: 'demo', HTTPS_PROXY: proxy }).finished;
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(targets).toEqual([`${HOST}:443`]);
  });

  test('check goes the same way and says so', async () => {
    const run = await runCli(['check'], { cwd: folder(), env: { PW: 'demo', HTTPS_PROXY: proxy } });
    expect(run.stdout).toMatch(/✓ proxy +through 127\.0\.0\.1:\d+/);
    expect(run.stdout).toMatch(/✓ tls +TLSv1\.3/);
    expect(run.code).toBe(0);
  });
});

test('proxy: of an institution goes before that of the environment', async () => {
  const cwd = folder([`proxy: ${proxy}`]);
  const run = await runCli(['-q'], { cwd, env: { PW: 'demo', HTTPS_PROXY: 'http://127.0.0.1:9' } });
  expect(run.code).toBe(0);
});

test('the certificate is that of the institution, whoever stands between', async () => {
  const cwd = folder();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: 'https://ofx.other.example/summit', password: 'env:PW', more: ['ca: ca.pem'] }]),
  );
  const run = await runCli(['-q', '--retries', '0'], { cwd, env: { PW: 'demo', HTTPS_PROXY: proxy } });
  expect(run.stderr).toContain('its certificate is for another name');
  expect(run.code).toBe(3);
});

const ORDERED = ['headerOrder: [Content-Type, Host, Content-Length, Connection]'];

describe.each([
  ['any headers', []],
  ['ordered headers', ORDERED],
])('with %s', (_, more) => {
  const through = (address: string) =>
    runCli(['--no-progress'], { cwd: folder(more), env: { PW: 'demo', HTTPS_PROXY: address } });

  test('name and password in the address of the proxy are told to the proxy', async () => {
    wanted = `Basic ${Buffer.from('clerk:a@b').toString('base64')}`;
    const run = await through(proxy.replace('//', '//clerk:a%40b@'));
    expect(run.stdout).toContain('1 account');
    expect(run.code).toBe(0);
  });

  test.each([
    [407, 'the proxy requires a name and a password. Set them in the environment: HTTPS_PROXY='],
    [
      403,
      'the proxy refused it (HTTP 403). Try again later: summit may be down. If it repeats, ask whether the proxy allows it',
    ],
  ])('a proxy that answers %i is named as the cause', async (status, said) => {
    refusal = status;
    const run = await through(proxy);
    expect(run.stdout).toContain(`no connection to ${HOST}: ${said}`);
    expect(run.code).toBe(3);
  });

  test.each([407, 401])('so is one that answers %i to a wrong password, and it is asked once', async (status) => {
    refusal = status;
    const run = await through(proxy.replace('//', '//clerk:wrong@'));
    expect(run.stdout).toContain('the proxy does not accept its name and password. Set them in the environment');
    expect(targets).toHaveLength(1);
  });

  test('so is one that cannot be reached', async () => {
    const run = await through('http://127.0.0.1:9');
    expect(run.stdout).toContain(`no connection to ${HOST}: the proxy 127.0.0.1:9 cannot be reached (ECONNREFUSED)`);
    expect(run.stdout).toContain('HTTPS_PROXY, or proxy: in accounts.yaml');
    expect(run.code).toBe(3);
  });
});

test('check tells the proxy name and password, and names it as the cause when it cannot be reached', async () => {
  wanted = `Basic ${Buffer.from('clerk:pw').toString('base64')}`;
  const known = await runCli(['check'], {
    cwd: folder(),
    env: { PW: 'demo', HTTPS_PROXY: proxy.replace('//', '//clerk:pw@') },
  });
  expect(known.code).toBe(0);
  const gone = await runCli(['check'], { cwd: folder(), env: { PW: 'demo', HTTPS_PROXY: 'http://127.0.0.1:9' } });
  expect(gone.stdout).toContain('the proxy 127.0.0.1:9 cannot be reached');
});

/** A proxy that passes everything on to one server. @returns its address. */
async function proxyTo(target: Server): Promise<string> {
  const { port } = target.address() as AddressInfo;
  const passing = createServer().on('connect', (_, socket: Socket) => {
    const behind = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    behind.on('error', () => socket.destroy()).pipe(socket);
    socket.on('error', () => behind.destroy()).pipe(behind);
  });
  cleanUps.push(() => passing.close().closeAllConnections());
  await once(passing.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(passing.address() as AddressInfo).port}`;
}

describe('a proxy that accepts the connection and says nothing', () => {
  const held: Socket[] = [];
  const silent = createTcp((socket) => held.push(socket));
  let address: string;
  beforeAll(async () => {
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    for (const socket of held) socket.destroy();
    silent.close();
  });

  test.each([
    ['it', () => address],
    ['a bank behind another proxy', () => proxyTo(silent)],
  ])(
    '%s holds up no SIGINT',
    async (_, through) => {
      const run = start([builtProgram()], folder(), { PW: 'demo', HTTPS_PROXY: await through() });
      const [socket]: Socket[] = await once(silent, 'connection');
      if (socket !== undefined) await once(socket, 'data');
      run.child.kill('SIGINT');
      const { code, stdout } = await run.finished;
      expect(stdout).toMatch(/^– summit › card ••••\d+: interrupted /);
      expect(code).toBe(130);
      // The time limit would end it after 15 seconds.
    },
    14_000,
  );

  test('holds up no SIGINT of a check, either', async () => {
    const run = start([builtProgram(), 'check'], folder(), { PW: 'demo', HTTPS_PROXY: address });
    await once(silent, 'connection');
    run.child.kill('SIGINT');
    expect(await run.finished).toMatchObject({ code: 130 });
  }, 14_000);

  test('is given up after 15 seconds, as is a bank that does so', async () => {
    const through = [[], ORDERED].map((more) => ({ cwd: folder(more), env: { PW: 'demo', HTTPS_PROXY: address } }));
    const direct = [[], ORDERED].map((more) => {
      const cwd = scratchDir();
      const entry = { name: 'summit', url: address.replace('http:', 'https:'), password: 'env:PW', more };
      writeFileSync(join(cwd, 'accounts.yaml'), configText([entry], '{ retries: 0 }'));
      return { cwd, env: { PW: 'demo' } };
    });
    const runs = await Promise.all(
      [...through, ...direct].map((options) => runCli(['--no-progress', '--retries', '0'], options)),
    );
    for (const { code, stdout } of runs) {
      expect(stdout).toMatch(
        /no connection to \S+ within 15 s\. Check your network, or try again later: summit(?:, or the proxy 127\.0\.0\.1:\d+,)? may be down/,
      );
      expect(stdout).not.toContain('--timeout');
      expect(code).toBe(3);
    }
  }, 50_000);
});

describe('a proxy over TLS', () => {
  async function secureProxy(names: readonly string[]) {
    const { key, cert, ca } = await makeCertificate({ names });
    const secure = createSecureWeb({ key, cert }).on('connect', tunnel);
    secure.on('tlsClientError', () => undefined);
    cleanUps.push(() => secure.close().closeAllConnections());
    await once(secure.listen(0, '127.0.0.1'), 'listening');
    const file = join(scratchDir(), 'proxy-ca.pem');
    writeFileSync(file, ca);
    return { HTTPS_PROXY: `https://localhost:${(secure.address() as AddressInfo).port}`, NODE_EXTRA_CA_CERTS: file };
  }

  test.each([
    ['any headers', []],
    ['ordered headers', ORDERED],
  ])('has a certificate for its own name (%s)', async (_, more) => {
    const env = { PW: 'demo', ...(await secureProxy(['localhost'])) };
    const { code, stdout } = await start([builtProgram(), '--no-progress'], folder(more), env).finished;
    expect(stdout).toContain('✓ summit › card');
    expect(code).toBe(0);
  });

  test.each([
    ['for another name, be it that of the bank', [HOST], {}, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that nobody trusts', ['localhost'], { NODE_EXTRA_CA_CERTS: '' }, 'SELF_SIGNED_CERT_IN_CHAIN'],
    [
      'that nobody trusts, whatever the environment says',
      ['localhost'],
      { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
  ])('is not used with one %s', async (_, names, changed, meaning) => {
    const env = { PW: 'demo', ...(await secureProxy(names)), ...changed };
    const { code, stdout } = await start([builtProgram(), '--no-progress'], folder(), env).finished;
    expect(stdout).toMatch(new RegExp(`no secure connection to the proxy localhost:\\d+ \\(.*${meaning}`));
    expect(stdout).toContain('do not use this proxy');
    expect(targets).toEqual([]);
    expect(code).toBe(3);
  });
});

test('the address of a bank in numbers of IPv6 is in brackets', async () => {
  for (const more of [[], ORDERED]) {
    const cwd = scratchDir();
    const entry = { name: 'summit', url: 'https://[2001:db8::1]/summit', password: 'env:PW', more };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry], '{ retries: 0 }'));
    await runCli(['-q'], { cwd, env: { PW: 'demo', HTTPS_PROXY: proxy } });
  }
  expect(targets).toEqual(['[2001:db8::1]:443', '[2001:db8::1]:443']);
});

test('ciphers that nobody knows fail behind a proxy as they do without', async () => {
  const run = await runCli(['--no-progress'], {
    cwd: folder(['tlsCiphers: BOGUS']),
    env: { PW: 'demo', HTTPS_PROXY: proxy },
  });
  expect(run.stdout).toContain(`no secure connection to ${HOST} (ERR_SSL_NO_CIPHER_MATCH)`);
  expect(run.code).toBe(3);
});

describe.each<[string, (socket: Socket) => unknown]>([
  ['ends', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
])('a tunnel that the proxy %s at once', (_, close) => {
  const closing = createServer().on('connect', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n', () => close(socket));
  });
  beforeAll(() => once(closing.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => closing.close());
  const through = (argv: readonly string[]) => {
    const address = `http://127.0.0.1:${(closing.address() as AddressInfo).port}`;
    return start([builtProgram(), ...argv], folder(), { PW: 'demo', HTTPS_PROXY: address }).finished;
  };

  test('fails a sync', async () => {
    const { code, stdout, stderr } = await through(['--no-progress', '--retries', '0']);
    expect(stdout).toMatch(/no (?:secure )?connection to ofx\.summit\.example/);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  });

  test('is the step that fails in a check', async () => {
    const { code, stdout, stderr } = await through(['check']);
    expect(stdout).toMatch(/✗ (?:tls|proxy)/);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  });
});
