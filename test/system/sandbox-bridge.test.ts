/** The bridge of the sandbox at its own address: the endpoints, parameters, limits and faults of SimpleFIN, without our own client. */

import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import { type RunningBridge, type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { BRIDGES } from '../../src/sandbox/simplefin/bridges.js';
import { page } from '../support/markdown.js';
import {
  fireflyClaimUrl,
  homeAssistantAccess,
  readAsFirefly,
  readAsHomeAssistant,
} from '../support/simplefin-readers.js';

const NOW = new Date('2026-11-22T09:30:00Z');
const CARD = 'ACT-5a90d3b1-77c2-4c0e-8e5f-2f4bb1a6d310';
const OWED = 'ACT-e07b4426-1f5d-43aa-b6d9-90c3f51e7722';
const CHECKING = 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b901';
const INVESTMENTS = 'ACT-30d5f8c9-6a41-4f9b-a2c7-b81e04dd5563';
const ALL = BRIDGES.flatMap(({ connections }) => connections.flatMap(({ accounts }) => accounts.map(({ id }) => id)));

let sandbox: Sandbox;
let bridge: RunningBridge;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  sandbox = await startSandbox({ now: () => now });
  bridge = sandbox.bridge('bridge');
});
afterEach(() => sandbox.close());

interface Row {
  readonly id: string;
  readonly posted: number;
  readonly amount: string;
  readonly description: string;
  readonly transacted_at: number;
  readonly pending?: boolean;
}
interface Listed {
  readonly id: string;
  readonly balance: string;
  readonly 'available-balance': string;
  readonly 'balance-date': number;
  readonly currency: string;
  readonly conn_id?: string;
  readonly org?: { readonly name: string };
  readonly transactions: readonly Row[];
  readonly holdings: readonly { readonly shares: string; readonly market_value: string }[];
}
interface Set {
  readonly errors?: readonly string[];
  readonly errlist?: readonly { readonly code: string; readonly msg: string; readonly conn_id?: string }[];
  readonly connections?: readonly { readonly conn_id: string }[];
  readonly accounts: readonly Listed[];
}

async function request(path: string, { faults = '', method = 'GET', access = bridge.accessUrl(faults) } = {}) {
  const { url, user, password } = homeAssistantAccess(access);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return fetch(url.replace(/\/accounts$/, path), { method, headers: { authorization }, redirect: 'manual' });
}
async function accounts(query: string, faults = ''): Promise<Set> {
  const response = await request(`/accounts?${query}`, { faults });
  expect(response.status).toBe(200);
  return (await response.json()) as Set;
}
function schemaProblems(version: 'v1' | 'v2', set: Set) {
  const schema = page(`test/fixtures/simplefin/account-set-${version}.schema.json`);
  return fromJSONSchema(JSON.parse(schema) as Parameters<typeof fromJSONSchema>[0]).safeParse(set).error;
}
const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
const dayOf = (instant: number) => new Date(instant * 1000).toISOString().slice(0, 10);
const cents = (amount: string) => BigInt(amount.replace('.', ''));
function one(set: Set, id: string): Listed {
  const found = set.accounts.find((account) => account.id === id);
  if (found === undefined) throw new Error(`no account ${id}`);
  return found;
}

describe('a setup token', () => {
  test('is claimed once, for an access URL that reads', async () => {
    const address = fireflyClaimUrl(bridge.setupToken());
    expect((await fetch(address)).status).toBe(405);
    const first = await fetch(address, { method: 'POST' });
    const access = await first.text();
    expect([first.status, access]).toEqual([200, `http://demo:demo@127.0.0.1:${sandbox.port}/simplefin/bridge`]);
    expect((await request('/accounts', { access })).status).toBe(200);
    const second = await fetch(address, { method: 'POST' });
    expect([second.status, await second.text()]).toEqual([403, 'Forbidden (was it already claimed?)']);
    expect((await fetch(address.replace(/\w{8}$/, '00000000'), { method: 'POST' })).status).toBe(403);
    expect(bridge.counts().claims).toBe(1);
  });

  test('is on the page for owners, and carries the faults of its access URL', async () => {
    const page = await (await request('/create')).text();
    const token = /<code>([^<]+)<\/code>/.exec(page)?.[1] ?? '';
    expect((await fetch(fireflyClaimUrl(token), { method: 'POST' })).status).toBe(200);
    const claimed = await fetch(fireflyClaimUrl(bridge.setupToken('fault=http-402')), { method: 'POST' });
    expect((await request('/accounts', { access: await claimed.text() })).status).toBe(402);
  });
});

describe('the account set', () => {
  test('has the shape of the version that was requested, for which the schemas of the protocol are the judge', async () => {
    const old = await accounts('pending=1');
    const current = await accounts('pending=1&version=2');
    expect(schemaProblems('v1', old)).toBeUndefined();
    expect(schemaProblems('v2', current)).toBeUndefined();
    expect(Object.keys(old).toSorted()).toEqual(['accounts', 'errors']);
    expect(Object.keys(current).toSorted()).toEqual(['accounts', 'connections', 'errlist']);
    expect(current.accounts.map(({ id }) => id)).toEqual(ALL);
    expect(new Set(current.accounts.map(({ conn_id }) => conn_id)).size).toBe(4);
    const both = await accounts('pending=1', 'fault=both-versions');
    expect(schemaProblems('v1', both)).toBeUndefined();
    expect(schemaProblems('v2', both)).toBeUndefined();
  });

  test('is read by readers as strict as Firefly III and Home Assistant', async () => {
    const body = await accounts('pending=1');
    expect(readAsFirefly(body).map(({ id }) => id)).toEqual(ALL);
    expect(readAsHomeAssistant(body).map(({ hasProblem }) => hasProblem)).toEqual(ALL.map(() => false));
    const ill = readAsHomeAssistant(await accounts('', 'fault=con-auth'));
    expect(ill.map(({ hasProblem }) => hasProblem)).toEqual([true, true, false, false, false]);
  });

  test('states debts of either sign, and what securities are worth', async () => {
    const set = await accounts('version=2');
    expect(one(set, CARD).balance).toMatch(/^-\d+\.\d\d$/);
    expect(one(set, OWED).balance).toMatch(/^\d+\.\d\d$/);
    const { balance, holdings } = one(set, INVESTMENTS);
    expect(holdings).toHaveLength(1);
    expect(cents(balance)).toBeGreaterThan(cents(holdings[0]?.market_value ?? ''));
    expect(one(await accounts('version=2', 'fault=owed-positive'), CARD).balance).toMatch(/^\d/);
    const list = await accounts('version=2&balances-only=1');
    expect(list.accounts.flatMap(({ transactions, holdings: held }) => [...transactions, ...held])).toEqual([]);
    expect(one(list, CARD).balance).toBe(one(set, CARD).balance);
  });

  test('has a balance that its transactions explain, at every end that is over', async () => {
    const start = seconds('2026-10-01');
    const set = await accounts(`start-date=${start}`);
    for (const id of [CHECKING, CARD]) {
      const { balance, transactions } = one(set, id);
      const before = await accounts(`start-date=${start - 86_400}&end-date=${start}&account=${id}`);
      expect(one(before, id)['balance-date']).toBe(start);
      const sum = transactions.reduce((total, { amount }) => total + cents(amount), cents(one(before, id).balance));
      expect(sum).toBe(cents(balance));
    }
    expect(one(set, CARD)['balance-date']).toBe(NOW.getTime() / 1000);
  });

  test('has pending transactions on request, which get another id and a day when they post', async () => {
    const query = `start-date=${seconds('2026-11-15')}&account=${CARD}`;
    const pendingIn = async (more = '') =>
      one(await accounts(`${query}${more}`), CARD).transactions.filter(({ posted }) => posted === 0);
    expect(await pendingIn()).toEqual([]);
    expect(await pendingIn('&pending=0')).toEqual([]);
    const held = await pendingIn('&pending=1');
    expect(held.length).toBeGreaterThan(0);
    expect(held.every(({ pending }) => pending === true)).toBe(true);
    now = new Date('2026-11-25T09:30:00Z');
    const later = one(await accounts(`${query}&pending=1`), CARD).transactions;
    for (const { id, amount, transacted_at } of held) {
      expect(later.map((row) => row.id)).not.toContain(id);
      const settled = later.filter((row) => row.amount === amount && row.transacted_at === transacted_at);
      expect(settled.map(({ posted, pending }) => [posted > transacted_at, pending])).toEqual([[true, undefined]]);
    }
    const flags = one(await accounts(`${query}&pending=1`, 'fault=no-pending-flag'), CARD).transactions;
    expect(flags.filter(({ posted }) => posted === 0).map(({ pending }) => pending)).not.toContain(true);
  });
});

describe('the parameters', () => {
  test('start-date is inclusive and end-date exclusive', async () => {
    const all = one(await accounts(`start-date=${seconds('2026-11-01')}&account=${CARD}`), CARD).transactions;
    expect(all.map(({ posted }) => posted)).toEqual(all.map(({ posted }) => posted).toSorted((a, b) => a - b));
    const at = all[3]?.posted ?? 0;
    const rows = async (query: string) => one(await accounts(`${query}&account=${CARD}`), CARD).transactions;
    expect((await rows(`start-date=${at}`)).map(({ posted }) => posted)).toContain(at);
    expect((await rows(`start-date=${at + 1}`)).map(({ posted }) => posted)).not.toContain(at);
    expect((await rows(`start-date=${at}&end-date=${at}`)).length).toBe(0);
    expect((await rows(`start-date=${at}&end-date=${at + 1}`)).every(({ posted }) => posted === at)).toBe(true);
  });

  test('a range above 45 days is advised against, and above 90 days the newest 90 are answered', async () => {
    const days = async (count: number, more = '') => {
      const query = `version=2&start-date=${NOW.getTime() / 1000 - count * 86_400}&account=${CARD}`;
      const {
        errlist,
        accounts: [card],
      } = await accounts(query, more);
      return [errlist?.map(({ code, msg }) => `${code} ${msg}`), card?.transactions.length] as const;
    };
    const advice = 'Requested date range exceeds recommended range of 45 days. In the future, this may be capped.';
    expect((await days(45))[0]).toEqual([]);
    const [advised, whole] = await days(90);
    expect(advised).toEqual([`gen.api ${advice}`]);
    expect(await days(300)).toEqual([['gen.api Requested date range exceeds limit of 90 days and was capped.'], whole]);
    expect((await days(31, 'longest=30'))[0]).toEqual([
      'gen.api Requested date range exceeds limit of 30 days and was capped.',
    ]);
  });

  test('account may be repeated; an unknown one has an error of its own', async () => {
    const set = await accounts(`version=2&account=${CARD}&account=${OWED}&account=ACT-nobody`);
    expect(set.accounts.map(({ id }) => id)).toEqual([CARD, OWED]);
    expect(set.connections).toHaveLength(2);
    expect(set.errlist).toMatchObject([{ code: 'act.failed', account_id: 'ACT-nobody' }]);
  });

  test.each(['start-date=yesterday', 'end-date=2026-11-01', 'version=3', 'start-date=-5'])(
    '%s is refused',
    async (query) => {
      const response = await request(`/accounts?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ accounts: [] });
    },
  );
});

describe('the access', () => {
  test('needs the credentials of the access URL, for accounts alone', async () => {
    const access = bridge.accessUrl();
    bridge.setPassword('other:pass/word', 'some one');
    const refused = await request('/accounts?version=2', { access });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { errlist: [{ code: 'gen.auth', msg: 'Forbidden' }], accounts: [], connections: [] },
    ]);
    expect(await (await request('/accounts', { access })).json()).toEqual({ errors: ['Forbidden'], accounts: [] });
    expect((await fetch(`http://127.0.0.1:${sandbox.port}/simplefin/bridge/accounts`)).status).toBe(403);
    expect(await (await request('/info', { access })).json()).toEqual({ versions: ['1.0', '2.0'] });
    const { username, password } = new URL(bridge.accessUrl());
    expect([decodeURIComponent(username), decodeURIComponent(password)]).toEqual(['some one', 'other:pass/word']);
  });

  test('is warned above 24 requests in 24 hours, and withdrawn above 36', async () => {
    const statuses: string[] = [];
    for (let count = 1; count <= 37; count += 1) {
      const response = await request(`/accounts?version=2&balances-only=1`);
      const { errlist } = (await response.json()) as Set;
      statuses.push(`${response.status} ${errlist?.map(({ code }) => code).join() ?? ''}`);
    }
    expect(statuses.slice(0, 24)).toEqual(Array.from({ length: 24 }, () => '200 '));
    expect(statuses.slice(24, 36)).toEqual(Array.from({ length: 12 }, () => '200 gen.api'));
    expect(statuses[36]).toBe('403 gen.auth');
    now = new Date(NOW.getTime() + 5 * 86_400_000);
    expect((await request('/accounts')).status).toBe(403);
  });

  test('counts each account for itself, and forgets requests after a day', async () => {
    for (const id of [CARD, CARD, OWED, OWED]) await accounts(`account=${id}`, 'per-day=2');
    expect((await accounts(`account=${CARD}`, 'per-day=2')).errors).toHaveLength(1);
    now = new Date(NOW.getTime() + 86_400_001);
    expect((await accounts(`account=${CARD}`, 'per-day=2')).errors).toEqual([]);
  });
});

describe('faults', () => {
  const query = `start-date=${seconds('2026-10-20')}&version=2`;

  test('a connection that needs attention is five days behind, and the others are not', async () => {
    const set = await accounts(query, 'fault=con-auth');
    expect(set.errlist).toEqual([
      { code: 'con.auth', msg: 'Authentication failed for Cedar Bank - Jordan', conn_id: 'CON-7d1f9a52-cedar' },
    ]);
    expect(dayOf(one(set, CHECKING)['balance-date'])).toBe('2026-11-17');
    expect(dayOf(one(set, CARD)['balance-date'])).toBe('2026-11-22');
    expect((await accounts('', 'fault=con-auth')).errors).toEqual(['Connection to Cedar Bank may need attention']);
    expect((await accounts(`version=2&account=${CARD}`, 'fault=con-auth')).errlist).toEqual([]);
    const other = await accounts(query, 'fault=con-auth&connection=CON-2b60c4e7-pine');
    expect(dayOf(one(other, CARD)['balance-date'])).toBe('2026-11-17');
  });

  test.each([
    ['con-failed', ['con.'], ALL.slice(2)],
    ['con-new-code', ['con.moved'], ALL],
    [`act-failed&account=${CARD}`, ['act.failed'], ALL.filter((id) => id !== CARD)],
    ['missing-days', ['act.missingdata'], ALL],
    ['gen-auth', ['gen.auth'], []],
    ['gen-failed', ['gen.'], []],
    ['no-accounts', [], []],
  ])('%s', async (fault, codes, ids) => {
    const set = await accounts(query, `fault=${fault}`);
    expect(set.errlist?.map(({ code }) => code)).toEqual(codes);
    expect(set.accounts.map(({ id }) => id)).toEqual(ids);
  });

  test('missing days are those of about two weeks ago, of one account', async () => {
    const [whole, gap] = [await accounts(query), await accounts(query, `fault=missing-days&account=${CARD}`)];
    const lost = one(whole, CARD).transactions.filter(
      ({ id }) => !one(gap, CARD).transactions.some((row) => row.id === id),
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every(({ transacted_at }) => Math.abs(transacted_at - NOW.getTime() / 1000) < 21 * 86_400)).toBe(true);
    expect(one(gap, CHECKING)).toEqual(one(whole, CHECKING));
  });

  test('ids stay the same, unless they are asked to change: each time, each day, or in blocks', async () => {
    const ids = async (faults = '') => one(await accounts(query, faults), CARD).transactions.map(({ id }) => id);
    const kept = (first: readonly string[], second: readonly string[]) =>
      first.filter((id) => second.includes(id)).length;
    const [plain, fresh, daily, block] = [
      await ids(),
      await ids('fault=new-ids'),
      await ids('fault=daily-ids'),
      await ids('fault=block-ids'),
    ];
    expect(new Set(plain).size).toBe(plain.length);
    expect(await ids()).toEqual(plain);
    expect(kept(fresh, await ids('fault=new-ids'))).toBe(0);
    expect(await ids('fault=daily-ids')).toEqual(daily);
    now = new Date('2026-11-23T09:30:00Z');
    expect(kept(plain, await ids())).toBe(plain.length);
    expect(kept(daily, await ids('fault=daily-ids'))).toBe(0);
    expect(kept(block, await ids('fault=block-ids'))).toBe(block.length);
    now = new Date('2026-12-10T09:30:00Z');
    const renewed = kept(block, await ids('fault=block-ids'));
    expect(renewed).toBe(0);
    expect(kept(await ids('fault=block-ids'), await ids('fault=block-ids'))).toBeGreaterThan(0);
  });

  test('two accounts may have the same id, since it is unique within an account only', async () => {
    const set = await accounts(query);
    const others = new Set(one(set, OWED).transactions.map(({ id }) => id));
    expect(one(set, CARD).transactions.some(({ id }) => others.has(id))).toBe(true);
  });

  test('numbers have the digits of the texts', async () => {
    const text = await (await request(`/accounts?${query}`, { faults: 'fault=numbers' })).text();
    const plain = await (await request(`/accounts?${query}`)).text();
    expect(text).toMatch(/"amount":-?\d+\.\d\d,/);
    const quoted = text.replace(/":(-?\d+\.\d+)(?=[,}])/g, '":"$1"').replaceAll('/fault=numbers', '');
    expect(JSON.parse(quoted)).toEqual(JSON.parse(plain));
  });

  test('entries that cannot be used, strange text and points of a URL stand beside good ones', async () => {
    const set = await accounts(query, 'fault=bad-entries,strange-text,points');
    expect(set.accounts.filter(({ id }) => id === undefined)).toHaveLength(1);
    expect(one(set, CARD).transactions.filter(({ amount }) => !/^-?\d/.test(amount ?? ''))).toHaveLength(2);
    expect(one(set, CARD).transactions[0]?.description).toContain('\u001b[31m');
    const points = set.accounts.find(({ currency }) => currency.startsWith('http'));
    expect(await (await fetch(points?.currency ?? '')).json()).toEqual({ name: 'Cedar Reward Points', abbr: 'points' });
  });

  test('a server of version 1 answers in version 1', async () => {
    expect(Object.keys(await accounts('version=2', 'fault=version-1')).toSorted()).toEqual(['accounts', 'errors']);
    expect(await (await request('/info', { faults: 'fault=version-1' })).json()).toEqual({ versions: ['1.0'] });
  });

  test.each([
    ['http-402', 402],
    ['http-403', 403],
    ['http-429&retry-after=90', 429],
    ['http-503', 503],
    ['redirect', 302],
  ])('%s', async (fault, status) => {
    const response = await request('/accounts?version=2', { faults: `fault=${fault}` });
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe({ 429: '90', 503: '1' }[status] ?? null);
  });

  test('the wire: a web page, half of a reply, nothing, and an end after some requests', async () => {
    const get = (faults: string) => request('/accounts?version=2', { faults });
    expect((await (await get('fault=html')).text()).startsWith('<!DOCTYPE html>')).toBe(true);
    await expect((await get('fault=cut')).text()).rejects.toThrow();
    const half = await (await get('fault=truncated')).text();
    expect(() => JSON.parse(half)).toThrow();
    expect(await (await get('fault=empty')).text()).toBe('');
    const dripping = new URL(`${bridge.accessUrl('fault=drip')}/accounts`);
    const drip = await new Promise<IncomingMessage>((resolve) => httpGet(dripping, resolve));
    expect(await new Promise((resolve) => drip.once('data', (data: Buffer) => resolve(data.length)))).toBe(1);
    drip.destroy();
    expect((await get('fault=http-500&times=1')).status).toBe(500);
    expect((await get('fault=http-500&times=1')).status).toBe(200);
  });

  test.each(['fault=rotating', 'foult=html'])('%s, which does not exist, is refused', async (faults) => {
    expect((await request('/accounts', { faults })).status).toBe(404);
  });

  test('an address that does not exist is refused', async () => {
    expect((await request('/transactions')).status).toBe(404);
    expect((await request('/accounts/7')).status).toBe(404);
    expect((await request('/accounts', { method: 'POST' })).status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${sandbox.port}/simplefin/other/info`)).status).toBe(404);
  });
});
