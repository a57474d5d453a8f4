/** Webhooks and YNAB through the proxy of the environment, which alone can reach their hosts. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../../src/sandbox/tls.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { startWebhook, type Webhook } from '../support/webhook.js';
import { startYnab, YNAB_TOKEN, type YnabServer } from '../support/ynab-server.js';

const HOOK = 'hooks.example';
const YNAB = 'api.budget.example';
const ports = new Map<string, number>();
const cleanUps: (() => unknown)[] = [];
const asked: string[] = [];
let status = 200;
let webhook: Webhook;
let ynab: YnabServer;
let env: Readonly<Record<string, string>>;

const proxy = createServer().on('connect', ({ url = '' }: IncomingMessage, socket: Socket) => {
  asked.push(url);
  const port = ports.get(url);
  socket.on('error', () => undefined);
  if (status !== 200 || port === undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  const behind = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  behind.on('error', () => socket.destroy()).pipe(socket);
  socket.on('error', () => behind.destroy()).pipe(behind);
});

/** Puts TLS before a server of plain HTTP. */
async function secured(host: string, plain: string, tls: { readonly key: string; readonly cert: string }) {
  const front = createTls(tls, (socket) => {
    const behind = connect(Number(new URL(plain).port), '127.0.0.1');
    behind.on('error', () => socket.destroy()).pipe(socket);
    socket.on('error', () => behind.destroy()).pipe(behind);
  });
  await once(front.listen(0, '127.0.0.1'), 'listening');
  cleanUps.push(() => front.close());
  ports.set(`${host}:443`, (front.address() as AddressInfo).port);
}

beforeAll(async () => {
  const { key, cert, ca } = await makeCertificate({ names: [HOOK, YNAB] });
  const file = join(scratchDir(), 'ca.pem');
  writeFileSync(file, ca);
  [webhook, ynab] = await Promise.all([
    startWebhook(),
    startYnab({ accounts: [{ name: 'Card', type: 'creditCard' }] }),
  ]);
  await Promise.all([secured(HOOK, webhook.url, { key, cert }), secured(YNAB, ynab.url, { key, cert })]);
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  env = { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: file, TOKEN: YNAB_TOKEN };
});
beforeEach(() => {
  asked.length = 0;
  status = 200;
});
afterAll(async () => {
  for (const cleanUp of cleanUps) cleanUp();
  proxy.close().closeAllConnections();
  await Promise.all([webhook.close(), ynab.close()]);
});

function folder(more: string): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), `${configText([{ name: 'summit', url: 'sandbox://summit' }])}${more}\n`);
  return cwd;
}

const withHook = () => folder(`notify: { webhook: "https://${HOOK}/s3cret" }`);
const withYnab = () => folder(`push: { ynab: { token: env:TOKEN, server: "https://${YNAB}/v1" } }`);
const ran = (argv: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}) =>
  start([builtProgram(), ...argv], cwd, { ...env, ...more }).finished;

test('a message reaches its webhook', async () => {
  const before = webhook.arrived.length;
  expect(await ran(['notify', 'test'], withHook())).toMatchObject({ code: 0, stderr: '' });
  expect(webhook.arrived).toHaveLength(before + 1);
  expect(asked).toEqual([`${HOOK}:443`]);
});

test('a push reaches YNAB', async () => {
  const cwd = withYnab();
  expect((await ran(['-q'], cwd)).code).toBe(0);
  expect(await ran(['push', 'ynab'], cwd)).toMatchObject({ code: 0, stderr: '' });
  expect(ynab.transactions.length).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set([`${YNAB}:443`]));
});

test('a host that NO_PROXY names is reached without it', async () => {
  const { stderr } = await ran(['notify', 'test'], withHook(), { NO_PROXY: `.${HOOK}` });
  expect(stderr).toMatch(/the webhook at hooks\.example cannot be reached \(/);
  expect(asked).toEqual([]);
});

test('a proxy that refuses is named as the cause, once', async () => {
  status = 403;
  const hook = await ran(['notify', 'test'], withHook());
  expect(hook.stderr).toContain(`the webhook: no connection to ${HOOK}: the proxy refused it (HTTP 403)`);
  expect(hook.stderr).toContain('ask whether the proxy allows it');
  expect(hook.stderr).not.toContain('s3cret');
  expect(asked).toHaveLength(1);
});

test('a proxy that wants a password is named as the cause, and not asked again', async () => {
  const cwd = withYnab();
  await ran(['-q'], cwd);
  status = 407;
  const { code, stderr } = await ran(['push', 'ynab'], cwd);
  expect(stderr).toContain(`no connection to ${YNAB}: the proxy requires a name and a password`);
  expect(stderr).toContain('HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT');
  expect(code).toBe(1);
  expect(asked).toEqual([`${YNAB}:443`]);
});
