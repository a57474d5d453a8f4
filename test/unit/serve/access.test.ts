/** Tokens and the server around the answers: claims, revocation, expiry, guesses, Hosts, methods, sizes, the page and its cookie. */

import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { Database } from '../../../src/store/database.js';
import { transaction } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';
import {
  accountIn,
  CARD,
  CHECKING,
  NOW,
  readAccounts,
  request,
  type ServingScene,
  saveToday,
  servingScene,
} from '../../support/serving.js';

let scene: ServingScene;
let dataDir = '';
let clock = NOW;
beforeEach(async () => {
  dataDir = scratchDir();
  clock = NOW;
  scene = await servingScene({ dataDir, now: () => clock });
  saveToday(scene.store, CHECKING, { balance: '1.00', transactions: [transaction()] });
  saveToday(scene.store, CARD, { balance: '-2.00', transactions: [transaction({ fitid: 'C1' })] });
});
afterEach(() => scene.close());

const post = (path: string, init: RequestInit = {}) =>
  fetch(`${scene.server.url}${path}`, { method: 'POST', redirect: 'manual', ...init });
const claim = (setup: string) => post(`/simplefin/claim/${setup}`);

describe('a setup token', () => {
  test('is claimed once, for an access URL that reads', async () => {
    const setup = await scene.setup('phone');
    const first = await claim(setup);
    expect(first.status).toBe(200);
    const access = await first.text();
    // The forms that Actual Budget, Firefly III and Home Assistant take apart.
    expect(access).toMatch(/^http:\/\/[\w-]+:[\w-]+@127\.0\.0\.1:\d+\/simplefin$/);
    expect((await readAccounts(access)).accounts).toHaveLength(2);
    const second = await claim(setup);
    expect([second.status, await second.text()]).toEqual([403, 'Forbidden\n']);
    expect((await readAccounts(access)).accounts).toHaveLength(2);
  });

  test('that many programs claim at once is given to one', async () => {
    const setup = await scene.setup('phone');
    const all = await Promise.all(Array.from({ length: 20 }, () => claim(setup)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('expires after a day, and its name is free again', async () => {
    const setup = await scene.setup('phone');
    clock = new Date(NOW.getTime() + 86_400_000);
    expect((await claim(setup)).status).toBe(403);
    const again = await scene.setup('phone');
    expect((await claim(again)).status).toBe(200);
  });

  test('that is revoked before it is claimed is worth nothing', async () => {
    const setup = await scene.setup('phone');
    expect(await scene.tokens.revoke('phone')).toBe(true);
    expect(await scene.tokens.revoke('phone')).toBe(false);
    expect((await claim(setup)).status).toBe(403);
  });

  test('is not claimed by a reader of its address', async () => {
    const setup = await scene.setup('phone');
    expect((await fetch(`${scene.server.url}/simplefin/claim/${setup}`)).status).toBe(405);
    expect((await claim(setup)).status).toBe(200);
  });

  test('waits for a process that writes, and does not hold up others meanwhile', async () => {
    const setup = await scene.setup('phone');
    const writer = new Database(join(dataDir, 'ofx-sync.db'));
    writer.exec('BEGIN IMMEDIATE');
    const claiming = claim(setup);
    const health = await fetch(`${scene.server.url}/healthz`);
    expect(health.status).toBe(200);
    writer.exec('COMMIT');
    writer.close();
    expect((await claiming).status).toBe(200);
  });
});

describe('an access URL', () => {
  test('is worth nothing from the moment when it is revoked', async () => {
    const setup = await scene.setup('phone');
    const access = await (await claim(setup)).text();
    expect((await request(access, '/accounts')).status).toBe(200);
    await scene.tokens.revoke('phone');
    expect((await request(access, '/accounts')).status).toBe(403);
  });

  test('reads while another process writes', async () => {
    const access = await scene.access();
    const writer = new Database(join(dataDir, 'ofx-sync.db'));
    writer.exec("BEGIN IMMEDIATE; DELETE FROM transactions; UPDATE accounts SET name = 'torn'");
    expect(accountIn(await readAccounts(access), CHECKING).transactions).toHaveLength(1);
    writer.exec('ROLLBACK');
    writer.close();
  });

  test('sees its accounts and days only', async () => {
    const days = ['2026-11-01', '2026-11-10', '2026-11-18'];
    const more = days.map((postedOn, index) =>
      transaction({ fitid: `D${index}`, postedOn, amount: `-${index + 20}.00` }),
    );
    saveToday(scene.store, CHECKING, { balance: '1.00', transactions: more }, new Date(NOW.getTime() + 1000));
    const access = await scene.access({ accounts: [CHECKING], since: isoDate('2026-11-10') });
    const set = await readAccounts(access, '?start-date=0');
    expect(set.accounts.map(({ name }) => name)).toEqual(['river/checking']);
    expect(set.connections.map(({ name }) => name)).toEqual(['river']);
    expect(set.accounts[0]?.transactions.map(({ amount }) => amount)).toEqual(['-21.00', '-12.34', '-22.00']);
    expect(JSON.stringify(set)).not.toContain('summit');
  });

  test('goes on with an account that is renamed', async () => {
    const access = await scene.access({ accounts: [CARD] });
    scene.store.relink(CARD, { ...CARD, institution: 'peak', name: 'visa' }, NOW);
    expect((await readAccounts(access)).accounts.map(({ name }) => name)).toEqual(['peak/visa']);
  });

  test('of accounts that are gone reads none, not all', async () => {
    const access = await scene.access({ accounts: [] });
    expect((await readAccounts(access)).accounts).toEqual([]);
    expect((await readAccounts(access)).connections).toEqual([]);
  });

  test('records its last use, at most once a minute', async () => {
    const access = await scene.access();
    const lastUse = () => scene.tokens.list()[0]?.lastUsedAt;
    expect(lastUse()).toBeNull();
    await readAccounts(access);
    expect(lastUse()).toBe(NOW.toISOString());
    clock = new Date(NOW.getTime() + 59_000);
    await readAccounts(access);
    expect(lastUse()).toBe(NOW.toISOString());
    clock = new Date(NOW.getTime() + 60_000);
    await readAccounts(access);
    expect(lastUse()).toBe(clock.toISOString());
  });
});

describe('guesses', () => {
  test('say nothing, are slowed down, and never refuse the right secret', async () => {
    const access = await scene.access();
    const wrong = access.replace(/:[\w-]+@/, `:${'A'.repeat(43)}@`);
    const answers = [];
    for (let count = 0; count < 40; count += 1) answers.push(await request(wrong, '/accounts'));
    expect(answers.map(({ status }) => status)).toEqual([...Array(30).fill(403), ...Array(10).fill(429)]);
    expect(answers[35]?.headers.get('retry-after')).toBe('60');
    expect((await claim('x')).status).toBe(429);
    expect((await readAccounts(access)).accounts).toHaveLength(2);
    clock = new Date(NOW.getTime() + 60_000);
    expect((await request(wrong, '/accounts')).status).toBe(403);
  });

  test.each([
    ['no credentials', {}],
    ['no user name', { authorization: `Basic ${Buffer.from(':').toString('base64')}` }],
    ['text that is not Base64', { authorization: 'Basic ***' }],
    ['another scheme', { authorization: 'Bearer abc' }],
    ['a header without end', { authorization: `Basic ${'A'.repeat(5000)}` }],
  ])('%s', async (_, headers: Record<string, string>) => {
    const response = await fetch(`${scene.server.url}/simplefin/accounts`, { headers });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect(await response.json()).toMatchObject({ errlist: [{ code: 'gen.auth' }], accounts: [] });
  });

  test('a secret of a page reads no accounts, and the other way round', async () => {
    const page = await scene.setup('browser', 'page');
    expect((await claim(page)).status).toBe(403);
    const reader = await scene.setup('phone');
    const form = new URLSearchParams({ token: reader });
    expect((await post('/', { body: form })).status).toBe(403);
  });
});

describe('secrets', () => {
  test('are in no file of the store and in no log', async () => {
    const setup = await scene.setup('phone');
    const access = await (await claim(setup)).text();
    await readAccounts(access);
    const { username, password } = new URL(access);
    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'latin1'));
    for (const secret of [setup, setup.slice(24), password]) {
      expect(files.filter((text) => text.includes(secret))).toEqual([]);
      expect(JSON.stringify(scene.served)).not.toContain(secret);
    }
    expect(username).toMatch(/^[0-9a-f]{24}$/);
  });

  test('are not in a copy of the store for others, nor is anything of the tokens', async () => {
    await scene.access({ accounts: [CARD] });
    const { backupStore } = await import('../../../src/store/maintain.js');
    const copy = new Database(backupStore(dataDir, { file: join(scratchDir(), 'share.db'), at: NOW, share: true }));
    for (const table of ['tokens', 'token_accounts', 'serving'])
      expect(copy.count(`SELECT COUNT(*) AS n FROM ${table}`)).toBe(0);
    copy.close();
  });
});

describe('the server', () => {
  /** Requests with a Host of one's choice, which fetch does not allow. */
  const withHost = (host: string, path = '/healthz') =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((resolve, reject) => {
      const sent = httpRequest({ port: scene.server.port, host: '127.0.0.1', path, headers: { host } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      });
      sent.once('error', reject).end();
    });

  test('answers to its own names only', async () => {
    const { port } = scene.server;
    const statuses = async (hosts: readonly string[]) =>
      Promise.all(hosts.map(async (host) => (await withHost(host)).status));
    const own = [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`];
    expect(await statuses(own)).toEqual([200, 200, 200, 200]);
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `localhost.:${port}`,
    ];
    expect(await statuses(foreign)).toEqual(foreign.map(() => 421));
  });

  test('ignores what a proxy adds, and lets no other origin read', async () => {
    const response = await fetch(`${scene.server.url}/healthz`, {
      headers: {
        origin: 'https://evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '10.0.0.1',
      },
    });
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(names).not.toContain('x-powered-by');
  });

  test.each([
    ['POST', '/simplefin/accounts', 405],
    ['DELETE', '/healthz', 405],
    ['OPTIONS', '/simplefin/accounts', 405],
    ['GET', '/nothing', 404],
    ['GET', '/simplefin/claim/a/b', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/simplefin/toString', 404],
    ['GET', `/${'a'.repeat(9000)}`, 414],
    ['HEAD', '/healthz', 200],
    ['GET', '/info', 200],
    ['GET', '/simplefin/create', 200],
  ])('%s %s: %i', async (method, path, status) => {
    const response = await fetch(`${scene.server.url}${path}`, { method });
    expect(response.status).toBe(status);
  });

  test('reads no body that is large or without a length', async () => {
    const setup = await scene.setup('phone');
    expect((await post(`/simplefin/claim/${setup}`, { body: 'x'.repeat(5000) })).status).toBe(413);
    const chunked = await new Promise<string>((resolve) => {
      const socket = connect(scene.server.port, '127.0.0.1', () =>
        socket.write(
          `POST /simplefin/claim/${setup} HTTP/1.1\r\nHost: 127.0.0.1:${scene.server.port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
        ),
      );
      socket.once('data', (data) => {
        socket.destroy();
        resolve(String(data));
      });
    });
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
    expect((await claim(setup)).status).toBe(200);
  });

  test('ends while a client keeps its connection open', async () => {
    await fetch(`${scene.server.url}/healthz`);
    const socket = connect(scene.server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await scene.server.close();
    await gone;
    await expect(fetch(`${scene.server.url}/healthz`)).rejects.toThrow();
  });

  test('names no secret in what it logs', async () => {
    const setup = await scene.setup('phone');
    await claim(setup);
    await fetch(`${scene.server.url}/nothing?token=c4nary`);
    expect(scene.served.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      'POST claim 200',
      'GET unknown 404',
    ]);
  });

  test('wants a token for metrics', async () => {
    expect((await fetch(`${scene.server.url}/metrics`)).status).toBe(403);
    const access = (await scene.access()).replace('/simplefin', '');
    const response = await request(access, 'metrics');
    expect(await response.text()).toBe('metrics\n');
  });
});

describe('the page', () => {
  const signIn = (token: string, headers: Record<string, string> = {}) =>
    post('/', { body: new URLSearchParams({ token }), headers });
  const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? '';

  test('is shown for a cookie, which a page token is exchanged for', async () => {
    const before = await fetch(`${scene.server.url}/`);
    expect(before.status).toBe(403);
    expect(await before.text()).toContain('<form method="post">');
    const token = await scene.setup('browser', 'page');
    const response = await signIn(` ${token}\n`);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    const cookie = cookieOf(response);
    expect(cookie).toMatch(/^ofx-sync-page=[\w-]{67}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    const value = cookie.split(';')[0] ?? '';
    const page = await fetch(`${scene.server.url}/`, { headers: { cookie: `other=1; ${value}` } });
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toMatch(/river[^<]*checking/);
    expect(text).not.toMatch(/<script|http-equiv="refresh"| on\w+=/i);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await signIn(token)).status).toBe(403);
    await scene.tokens.revoke('browser');
    expect((await fetch(`${scene.server.url}/`, { headers: { cookie: value } })).status).toBe(403);
  });

  test('shows the accounts of its token only', async () => {
    const token = await scene.setup('browser', 'page', { accounts: [CARD] });
    const value = cookieOf(await signIn(token)).split(';')[0] ?? '';
    const text = await (await fetch(`${scene.server.url}/`, { headers: { cookie: value } })).text();
    expect(text).toMatch(/summit[^<]*card/);
    expect(text).not.toContain('river');
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['what the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('takes no form of a stranger: %s', async (_, headers: Record<string, string>) => {
    const token = await scene.setup('browser', 'page');
    const response = await signIn(token, headers);
    expect([response.status, cookieOf(response)]).toEqual([403, '']);
    expect((await signIn(token, { origin: scene.server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  test('takes no form without end', async () => {
    expect((await signIn('x'.repeat(2000))).status).toBe(403);
    expect((await signIn('x'.repeat(5000))).status).toBe(413);
  });
});
