/**
 * What is served passes readers as strict as Firefly III's importer and Home Assistant's integration, written from their published
 * code, and the JSON Schema of each version of the protocol. Actual itself pulls in test/actual/serve.test.ts.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import { ConnectionError } from '../../../src/errors.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { transaction } from '../../support/builders.js';
import { page } from '../../support/markdown.js';
import { scratchDir } from '../../support/scratch.js';
import {
  CARD,
  CHECKING,
  configOf,
  IRA,
  NOW,
  readAccounts,
  request,
  SAVINGS,
  type ServingScene,
  saveToday,
  servingScene,
} from '../../support/serving.js';
import {
  fireflyClaimUrl,
  homeAssistantAccess,
  homeAssistantClaimUrl,
  ReaderError,
  readAsFirefly,
  readAsHomeAssistant,
} from '../../support/simplefin-readers.js';

let scene: ServingScene;
let access = '';
let body: unknown;

beforeAll(async () => {
  const rules = [{ match: { payee: 'GROCER' }, set: { category: 'Food' } }];
  const exportConfig = {
    rules,
    accountMap: new Map(),
    transferAccount: '',
    declarations: true,
    csvLayouts: new Map(),
    onSync: [],
  };
  scene = await servingScene({ dataDir: scratchDir(), config: { ...configOf(), exportConfig } });
  saveToday(scene.store, CHECKING, {
    balance: '1000.5',
    transactions: [
      transaction({ fitid: 'A', postedOn: '2026-11-03', userOn: isoDate('2026-11-01'), memo: null }),
      transaction({ fitid: 'B', postedOn: '2026-11-19', pending: true, name: null }),
    ],
  });
  saveToday(scene.store, CARD, { balance: '-20.00', transactions: [transaction({ fitid: 'C', amount: '-20' })] });
  const failure = { account: CARD, durationMs: 1, attempts: 1, notices: [], status: 'failed' } as const;
  const runId = scene.store.beginRun(NOW);
  scene.store.recordOutcome(runId, { ...failure, error: new ConnectionError('TIMED_OUT', 'no reply') });
  scene.store.finishRun(runId, NOW);
  saveToday(scene.store, IRA, {
    positions: [
      {
        security: { uniqueId: '037833100', idType: 'CUSIP' },
        securityName: null,
        ticker: null,
        type: 'stock',
        units: decimal('1'),
        unitPrice: null,
        marketValue: null,
        currency: 'USD',
        asOf: null,
        side: null,
        heldIn: null,
        source401k: null,
        memo: null,
      },
    ],
  });
  saveToday(scene.store, SAVINGS, { transactions: [] });
  access = await scene.access();
  body = await readAccounts(access, '?pending=1&start-date=0');
});
afterAll(() => scene.close());

/** The same answer with one member of every object of a kind removed. */
function without(path: readonly string[], value: unknown = body): unknown {
  const [key = '', ...rest] = path;
  if (Array.isArray(value)) return value.map((one) => without(path, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name !== key ? [[name, inner]] : rest.length === 0 ? [] : [[name, without(rest, inner)]],
    ),
  );
}

describe('Firefly III', () => {
  test('claims the setup token and reads each account', async () => {
    const setup = await scene.setup('firefly');
    const token = Buffer.from(`${scene.server.url}/simplefin/claim/${setup}`).toString('base64');
    const claimed = await fetch(fireflyClaimUrl(token), { method: 'POST' });
    const { username } = new URL(await claimed.text());
    expect(username).not.toBe('');
    const accounts = readAsFirefly(body);
    expect(accounts.map(({ name, balance, currency }) => [name, balance, currency])).toEqual([
      ['harbor/ira', '0.00', 'USD'],
      ['river/checking', '1000.50', 'USD'],
      ['river/savings', '0.00', 'XXX'],
      ['summit/card', '-20.00', 'USD'],
    ]);
    const [, checking] = accounts;
    expect(
      checking?.transactions.map(({ date, bookDate, amount, category }) => [date, bookDate, amount, category]),
    ).toEqual([
      ['2026-11-19', null, '-12.34', null],
      ['2026-11-01', '2026-11-03', '-12.34', 'Food'],
    ]);
    const one = await readAccounts(access, `?start-date=0&account=${checking?.id}`);
    expect(readAsFirefly(one)).toHaveLength(1);
    expect(
      readAsFirefly(await readAccounts(access, '?balances-only=1')).flatMap(({ transactions }) => transactions),
    ).toEqual([]);
  });

  test.each([
    [['accounts', 'org', 'domain']],
    [['accounts', 'org', 'name']],
    [['accounts', 'balance']],
    [['accounts', 'transactions', 'amount']],
  ])('this reader wants %s', (path) => {
    expect(() => readAsFirefly(without(path))).toThrow(ReaderError);
  });

  test('another path than /simplefin is refused by it', () => {
    expect(() => fireflyClaimUrl(Buffer.from('http://bank.example/claim/x').toString('base64'))).toThrow(ReaderError);
  });
});

describe('Home Assistant', () => {
  test('claims the setup token, reads balances, and shows which bank has a problem', async () => {
    const setup = await scene.setup('home');
    const token = Buffer.from(`${scene.server.url}/simplefin/claim/${setup}`).toString('base64');
    // It presents an empty user name and password.
    const headers = { authorization: `Basic ${Buffer.from(':').toString('base64')}` };
    const claimed = await fetch(homeAssistantClaimUrl(token), { method: 'POST', headers });
    const { url, user, password } = homeAssistantAccess(await claimed.text());
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const response = await fetch(url, { headers: { authorization } });
    expect(response.headers.get('content-type')).toContain('application/json');
    const accounts = readAsHomeAssistant(await response.json());
    expect(accounts.map(({ name, balance, unit, hasProblem }) => [name, balance, unit, hasProblem])).toEqual([
      ['harbor/ira', '0.00', 'USD', false],
      ['river/checking', '1000.50', 'USD', false],
      ['river/savings', '0.00', 'XXX', false],
      ['summit/card', '-20.00', 'USD', true],
    ]);
    expect(new Set(accounts.map(({ uniqueId }) => uniqueId)).size).toBe(4);
    expect(readAsHomeAssistant(body)).toHaveLength(4);
  });

  test.each([
    [['accounts', 'available-balance']],
    [['accounts', 'transactions']],
    [['accounts', 'transactions', 'payee']],
    [['accounts', 'transactions', 'memo']],
    [['accounts', 'transactions', 'transacted_at']],
    [['accounts', 'holdings', 'cost_basis']],
    [['accounts', 'org', 'domain']],
  ])('this reader wants %s', (path) => {
    expect(() => readAsHomeAssistant(without(path))).toThrow(ReaderError);
  });

  test('a refused sign-on has the status that it knows', async () => {
    expect((await request(access.replace(/.@/, '@'), '/accounts')).status).toBe(403);
  });
});

describe.each([
  ['v1', [['errors'], ['accounts', 'org'], ['accounts', 'balance-date'], ['accounts', 'transactions', 'posted']]],
  ['v2', [['errlist'], ['errlist', 'msg'], ['connections', 'org_id'], ['accounts', 'conn_id']]],
] as const)('the schema of version %s', (version, wanted) => {
  const schema = fromJSONSchema(
    JSON.parse(page(`test/fixtures/simplefin/account-set-${version}.schema.json`)) as Parameters<
      typeof fromJSONSchema
    >[0],
  );

  test('allows every answer, also a refusal', async () => {
    expect(schema.safeParse(body).error).toBeUndefined();
    expect(schema.safeParse(await readAccounts(access, '?balances-only=1')).error).toBeUndefined();
    expect(
      schema.safeParse(await (await request(access.replace(/.@/, '@'), '/accounts')).json()).error,
    ).toBeUndefined();
    expect(schema.safeParse(await (await request(access, '/accounts?start-date=x')).json()).error).toBeUndefined();
  });

  test.each(wanted.map((path) => [path]))('wants %s', (path) => {
    expect(schema.safeParse(without(path)).success).toBe(false);
  });
});
