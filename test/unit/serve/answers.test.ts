/** `GET /accounts` as a program sees it: ids, days, amounts, pending transactions, holdings, what needs attention, and ETags. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectionError, SignonError } from '../../../src/errors.js';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/statement.js';
import { openStore } from '../../../src/store/open.js';
import { investment, transaction } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';
import {
  accountIn,
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

let scene: ServingScene;
let access = '';
let dataDir = '';
let clock = NOW;
beforeEach(async () => {
  dataDir = scratchDir();
  clock = NOW;
  scene = await servingScene({ dataDir, now: () => clock });
  access = await scene.access();
});
afterEach(() => scene.close());

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;

function failing(account: Account, error: ConnectionError | SignonError, at = NOW): void {
  const runId = scene.store.beginRun(at);
  scene.store.recordOutcome(runId, { account, durationMs: 1, attempts: 1, notices: [], status: 'failed', error });
  scene.store.finishRun(runId, at);
}

describe('an account', () => {
  test('has what every reader needs, and nothing of its number', async () => {
    saveToday(scene.store, CHECKING, {
      balance: '100.2',
      transactions: [
        transaction({ fitid: 'A1', postedOn: '2026-11-03', userOn: isoDate('2026-11-01'), memo: 'card 9' }),
      ],
    });
    const set = await readAccounts(access);
    const [connection] = set.connections;
    const own = accountIn(set, CHECKING);
    expect(own).toEqual({
      org: { domain: 'ofx.river.example', name: 'river', 'sfin-url': `${scene.server.url}/simplefin` },
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      conn_id: connection?.conn_id,
      conn_name: 'river',
      name: 'river/checking',
      currency: 'USD',
      balance: '100.20',
      'available-balance': '100.20',
      'balance-date': noon('2026-11-20'),
      extra: { kind: 'checking' },
      transactions: [
        {
          id: [...scene.store.transactions({})][0]?.id,
          posted: noon('2026-11-03'),
          transacted_at: noon('2026-11-01'),
          amount: '-12.34',
          description: 'GROCER',
          payee: 'GROCER',
          memo: 'card 9',
        },
      ],
    });
    expect(JSON.stringify(set)).not.toContain('000123456');
    expect(JSON.stringify(set)).not.toContain('121000248');
  });

  test('keeps its id under another name, and never gives it to another account', async () => {
    saveToday(scene.store, CHECKING, { balance: '1.00' });
    const before = accountIn(await readAccounts(access), CHECKING).id;
    const renamed = { ...CHECKING, institution: 'brook', name: 'giro' };
    scene.store.relink(CHECKING, renamed, NOW);
    expect((await readAccounts(access)).accounts.map(({ id, name }) => [id, name])).toEqual([[before, 'brook/giro']]);
    scene.store.forget([renamed]);
    saveToday(scene.store, CHECKING, { balance: '1.00' });
    expect(accountIn(await readAccounts(access), CHECKING).id).not.toBe(before);
  });

  test('that goes on under another account keeps the id that readers know', async () => {
    const old = { ...CHECKING, institution: 'brook', id: '999' };
    saveToday(scene.store, old, { balance: '1.00', transactions: [transaction({ fitid: 'O1' })] });
    const known = (await readAccounts(access)).accounts[0]?.id;
    saveToday(scene.store, CHECKING, { balance: '2.00' });
    scene.store.relink(old, CHECKING, NOW);
    const set = await readAccounts(access);
    expect(set.accounts.map(({ id, name }) => [id, name])).toEqual([[known, 'river/checking']]);
  });

  test('without a stated balance has the sum of what is known, and says so', async () => {
    saveToday(scene.store, CHECKING, {
      transactions: [
        transaction({ fitid: 'A', amount: '10.10', postedOn: '2026-11-01' }),
        transaction({ fitid: 'B', amount: '-0.20', postedOn: '2026-11-07' }),
        transaction({ fitid: 'C', amount: '10.10', postedOn: '2026-11-02' }),
      ],
    });
    expect(accountIn(await readAccounts(access), CHECKING)).toMatchObject({
      balance: '20.00',
      'balance-date': noon('2026-11-07'),
      extra: { 'balance-source': 'sum of the known transactions' },
    });
  });

  test('of a card is a debt', async () => {
    saveToday(scene.store, CARD, { balance: '-6230.92', transactions: [transaction({ amount: '-5.00' })] });
    const own = accountIn(await readAccounts(access), CARD);
    expect(own.balance).toBe('-6230.92');
    expect(own.transactions[0]?.amount).toBe('-5.00');
  });
});

describe('amounts', () => {
  test.each([
    ['yen have two digits all the same', 'JPY', '1000', '1000.00', undefined],
    ['dinars are rounded, and stand exactly beside', 'KWD', '-1.235', '-1.24', '-1.235'],
    ['a third digit that is zero is nothing', 'KWD', '1.230', '1.23', undefined],
  ])('%s', async (_, currency, amount, expected, exact) => {
    saveToday(scene.store, CHECKING, {
      currency,
      ledgerBalance: { amount: decimal(amount), currency, asOf: isoDate('2026-11-20') },
      transactions: [transaction({ amount, currency })],
    });
    const own = accountIn(await readAccounts(access), CHECKING);
    expect([own.currency, own.balance, own['available-balance']]).toEqual([currency, expected, expected]);
    expect(own.extra['exact-amount']).toBe(exact);
    expect(own.transactions[0]?.amount).toBe(expected);
    expect(own.transactions[0]?.extra?.['exact-amount']).toBe(exact);
  });

  test('in another currency are converted by the rate of the bank', async () => {
    saveToday(scene.store, CHECKING, {
      balance: '1.00',
      transactions: [
        transaction({
          amount: '-10.00',
          currency: 'EUR',
          exchange: { currency: 'EUR', rate: decimal('1.10'), converted: false },
        }),
      ],
    });
    expect(accountIn(await readAccounts(access), CHECKING).transactions[0]?.amount).toBe('-11.00');
  });
});

describe('transactions', () => {
  beforeEach(() => {
    const days = ['2026-08-20', '2026-08-22', '2026-11-01', '2026-11-02', '2026-11-02', '2026-11-19'];
    saveToday(scene.store, CHECKING, {
      balance: '1.00',
      transactions: [
        ...days.map((postedOn, index) => transaction({ fitid: `F${index}`, postedOn, amount: `-${index + 1}.00` })),
        transaction({ fitid: 'P', postedOn: '2026-11-19', amount: '-99.00', pending: true }),
      ],
    });
  });
  const amounts = async (parameters: string) =>
    accountIn(await readAccounts(access, parameters), CHECKING).transactions.map(({ amount }) => amount);

  test('of 90 days are sent unless a day is given, in the order of their days', async () => {
    expect(await amounts('')).toEqual(['-2.00', '-3.00', '-4.00', '-5.00', '-6.00']);
    expect(await amounts('?start-date=0')).toEqual(['-1.00', '-2.00', '-3.00', '-4.00', '-5.00', '-6.00']);
  });

  test.each([
    ['noon of the day is within', `?start-date=${noon('2026-11-02')}`, ['-4.00', '-5.00', '-6.00']],
    ['a second later is not', `?start-date=${noon('2026-11-02') + 1}`, ['-6.00']],
    ['midnight of the day is within', `?start-date=${noon('2026-11-02') - 43_200}`, ['-4.00', '-5.00', '-6.00']],
    ['the end is exclusive', `?end-date=${noon('2026-11-02')}`, ['-2.00', '-3.00']],
    ['a second later it is within', `?end-date=${noon('2026-11-02') + 1}`, ['-2.00', '-3.00', '-4.00', '-5.00']],
    ['with a fraction', `?start-date=${noon('2026-11-19')}.0`, ['-6.00']],
    ['nothing when the end is before the start', `?start-date=${noon('2026-11-19')}&end-date=0`, []],
    [
      'days that no calendar has',
      '?start-date=-999999999999999&end-date=999999999999999',
      ['-1.00', '-2.00', '-3.00', '-4.00', '-5.00', '-6.00'],
    ],
  ])('%s', async (_, parameters, expected) => {
    expect(await amounts(parameters)).toEqual(expected);
  });

  test('that are pending are sent on request, without a day of posting', async () => {
    const [first] = accountIn(await readAccounts(access, '?pending=1'), CHECKING).transactions;
    expect(first).toMatchObject({ amount: '-99.00', pending: true, posted: 0, transacted_at: noon('2026-11-19') });
  });

  test('are omitted from balances', async () => {
    expect(await amounts('?balances-only=1')).toEqual([]);
  });

  test('that a bank removed or changed are as they are now, under the same id', async () => {
    const before = accountIn(await readAccounts(access), CHECKING).transactions.find(
      ({ amount }) => amount === '-6.00',
    );
    const change = [transaction({ fitid: 'F5', postedOn: '2026-11-19', amount: '-6.50' })];
    saveToday(
      scene.store,
      CHECKING,
      { balance: '1.00', transactions: change, period: null },
      new Date(NOW.getTime() + 1000),
    );
    const after = accountIn(await readAccounts(access), CHECKING).transactions.find(({ id }) => id === before?.id);
    expect(after?.amount).toBe('-6.50');
  });

  test('are all there, and once, when there are more than one page of them', async () => {
    const many = Array.from({ length: 1203 }, (_, index) =>
      transaction({ fitid: `M${index}`, postedOn: `2026-10-${String((index % 3) + 1).padStart(2, '0')}` }),
    );
    saveToday(scene.store, SAVINGS, { transactions: many });
    const own = accountIn(await readAccounts(access), SAVINGS).transactions;
    expect(new Set(own.map(({ id }) => id)).size).toBe(1203);
    expect(own.map(({ posted }) => posted)).toEqual(own.map(({ posted }) => posted).toSorted((a, b) => a - b));
  });
});

test('hostile text stays text', async () => {
  const name = '"}],"accounts":[]}\u0000\u001b[2J\u2028<script>alert(1)</script>\ud800';
  saveToday(scene.store, CHECKING, { balance: '1.00', transactions: [transaction({ name })] });
  const own = accountIn(await readAccounts(access), CHECKING);
  expect(own.transactions[0]?.payee).toMatch(/^"\}\],"accounts":\[\]\} ?\[2J <script>alert\(1\)<\/script>\ufffd$/);
});

test('an investment account has its worth and its holdings', async () => {
  const position: Position = {
    security: { uniqueId: '037833100', idType: 'CUSIP' },
    securityName: 'Acme Corporation',
    ticker: 'ACME',
    type: 'stock',
    units: decimal('10.5'),
    unitPrice: decimal('20'),
    marketValue: decimal('210.00'),
    currency: 'USD',
    asOf: isoDate('2026-11-19'),
    side: 'LONG',
    heldIn: 'CASH',
    source401k: null,
    memo: null,
  };
  saveToday(scene.store, IRA, {
    positions: [position, { ...position, marketValue: null, heldIn: 'MARGIN' }],
    cash: { available: decimal('5.25'), margin: decimal('-100'), short: null, buyingPower: null },
    transactions: [
      transaction({
        fitid: 'BUY',
        amount: '50.00',
        type: 'BUYSTOCK',
        investment: investment('BUYSTOCK', {
          detail: 'BUY',
          security: position.security,
          units: decimal('2.5'),
          unitPrice: decimal('20'),
        }),
      }),
    ],
  });
  const own = accountIn(await readAccounts(access), IRA);
  expect(own.balance).toBe('325.25');
  expect(own.holdings).toEqual([
    {
      id: expect.stringMatching(/^HOL-[0-9a-f]{24}$/),
      symbol: 'ACME',
      description: 'Acme Corporation',
      shares: '10.5',
      currency: 'USD',
      market_value: '210.00',
      cost_basis: null,
      purchase_price: null,
      created: noon('2026-11-19'),
    },
    expect.objectContaining({ market_value: '210.00' }),
  ]);
  expect(new Set(own.holdings?.map(({ id }) => id)).size).toBe(2);
  // TOTAL of a purchase leaves the account, whatever its sign.
  expect(own.transactions.map(({ amount }) => amount)).toEqual(['-50.00']);
});

describe('attention', () => {
  const ATTENTION = (name: string) => `Connection to ${name} may need attention`;
  beforeEach(() => {
    for (const account of [CHECKING, SAVINGS, CARD, IRA]) saveToday(scene.store, account, { balance: '1.00' });
  });

  test('is asked for by nobody while all is well', async () => {
    expect(await readAccounts(access)).toMatchObject({ errors: [], errlist: [] });
  });

  test('an account that failed keeps what is known, and its bank alone is marked', async () => {
    failing(CARD, new ConnectionError('TIMED_OUT', 'no reply from c4nary.example'));
    const set = await readAccounts(access);
    const own = accountIn(set, CARD);
    expect(set.errors).toEqual([ATTENTION('summit')]);
    expect(set.errlist).toEqual([
      { code: 'act.failed', msg: expect.stringContaining('summit/card'), conn_id: own.conn_id, account_id: own.id },
    ]);
    expect(own.balance).toBe('1.00');
    expect(set.accounts).toHaveLength(4);
    expect(JSON.stringify(set)).not.toContain('c4nary');
  });

  test('a sign-on that was refused is an error of the connection', async () => {
    failing(CARD, new SignonError('SIGNON_REJECTED', 'refused'));
    const set = await readAccounts(access);
    expect(set.errlist.map(({ code }) => code)).toEqual(['con.auth', 'act.failed']);
    expect(set.errlist[0]).toMatchObject({ conn_id: accountIn(set, CARD).conn_id });
  });

  test('is over after the next success', async () => {
    failing(CARD, new ConnectionError('TIMED_OUT', 'no reply'));
    saveToday(scene.store, CARD, { balance: '2.00' }, new Date(NOW.getTime() + 60_000));
    expect(await readAccounts(access)).toMatchObject({ errors: [], errlist: [] });
  });

  test('accounts that are out of date', async () => {
    clock = new Date(NOW.getTime() + 4 * 86_400_000);
    const set = await readAccounts(access);
    expect(set.errors).toEqual([ATTENTION('river'), ATTENTION('summit'), ATTENTION('harbor')]);
    expect(set.errlist.map(({ code }) => code)).toEqual(['act.failed', 'act.failed', 'act.failed', 'act.failed']);
  });

  test('is about the accounts of the answer alone', async () => {
    failing(CARD, new ConnectionError('TIMED_OUT', 'no reply'));
    const { id } = accountIn(await readAccounts(access), CHECKING);
    const set = await readAccounts(access, `?account=${id}`);
    expect(set).toMatchObject({ errors: [], errlist: [], accounts: [{ id }] });
    expect(set.connections.map(({ name }) => name)).toEqual(['river']);
  });
});

test('an account that was never downloaded is an error of its connection', async () => {
  saveToday(scene.store, CHECKING, { balance: '1.00' });
  const set = await readAccounts(access);
  expect(set.accounts.map(({ name }) => name)).toEqual(['river/checking']);
  expect(set.errlist.map(({ code, account_id }) => [code, account_id])).toEqual([
    ['con.', undefined],
    ['con.', undefined],
    ['con.', undefined],
  ]);
  expect(set.connections.map(({ name }) => name)).toEqual(['river', 'summit', 'harbor']);
});

test('days that are missing are reported in version 2 alone', async () => {
  saveToday(scene.store, CHECKING, { balance: '100.00', transactions: [] });
  for (const account of [SAVINGS, CARD, IRA]) saveToday(scene.store, account, { balance: '1.00' });
  const later = { amount: decimal('50.00'), currency: 'USD', asOf: isoDate('2026-11-21') };
  saveToday(
    scene.store,
    CHECKING,
    { ledgerBalance: later, period: { from: isoDate('2026-11-01'), to: isoDate('2026-11-21') } },
    new Date(NOW.getTime() + 86_400_000),
  );
  const set = await readAccounts(access);
  expect(set.errors).toEqual([]);
  expect(set.errlist).toEqual([
    {
      code: 'act.missingdata',
      msg: expect.any(String),
      conn_id: expect.any(String),
      account_id: accountIn(set, CHECKING).id,
    },
  ]);
});

describe('one answer', () => {
  test('has an ETag, and is not sent twice to a reader that has it', async () => {
    saveToday(scene.store, CHECKING, { balance: '1.00', transactions: [transaction()] });
    const first = await request(access, '/accounts');
    const etag = first.headers.get('etag') ?? '';
    const again = await request(access, '/accounts', { 'if-none-match': `W/"x", ${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    saveToday(scene.store, CHECKING, { balance: '2.00' }, new Date(NOW.getTime() + 1000));
    const changed = await request(access, '/accounts', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('is one moment of the store, however long it is written', () => {
    saveToday(scene.store, CHECKING, { balance: '1.00', transactions: [transaction({ fitid: 'A' })] });
    const snapshot = scene.snapshots.open();
    saveToday(
      scene.store,
      CHECKING,
      { balance: '2.00', transactions: [transaction({ fitid: 'B', amount: '-7.00' })] },
      new Date(NOW.getTime() + 1000),
    );
    const range = { since: null, until: null };
    expect([...snapshot.posted(CHECKING, range)].map(({ fitid }) => fitid)).toEqual(['A']);
    expect(snapshot.stateOf(CHECKING)?.ledgerBalance?.amount).toBe('1.00');
    snapshot.close();
    const next = scene.snapshots.open();
    expect([...next.posted(CHECKING, range)].map(({ fitid }) => fitid)).toEqual(['A', 'B']);
    next.close();
  });

  test('is of the store that is there now, also after a backup was put in its place', async () => {
    saveToday(scene.store, CHECKING, { balance: '1.00' });
    expect((await readAccounts(access)).accounts).toHaveLength(1);
    const other = scratchDir();
    const empty = await openStore(other);
    empty.close();
    const { renameSync, rmSync } = await import('node:fs');
    for (const end of ['-wal', '-shm']) rmSync(`${dataDir}/ofx-sync.db${end}`, { force: true });
    renameSync(`${other}/ofx-sync.db`, `${dataDir}/ofx-sync.db`);
    // The tokens went with the store.
    expect((await request(access, '/accounts')).status).toBe(403);
    const snapshot = scene.snapshots.open();
    expect(snapshot.accounts()).toEqual([]);
    snapshot.close();
  });

  test('is the union of both versions, which /info names', async () => {
    expect(await (await request(access, '/info')).json()).toEqual({ versions: ['1.0', '2.0'] });
    expect(await readAccounts(access, '?version=2')).toEqual(await readAccounts(access, '?version=1'));
  });

  test.each(['?start-date=yesterday', '?end-date=1e9', '?start-date=0x10'])('%s is refused', async (parameters) => {
    const response = await request(access, `/accounts${parameters}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errlist: [{ code: 'gen.api' }], accounts: [] });
  });

  test('names no account that the token may not read', async () => {
    for (const account of [CHECKING, CARD]) saveToday(scene.store, account, { balance: '1.00' });
    const hidden = accountIn(await readAccounts(access), CARD).id;
    const scoped = await scene.access({ accounts: [CHECKING] });
    const asked = await readAccounts(scoped, `?account=${hidden}`);
    const invented = await readAccounts(scoped, '?account=nobody');
    expect(asked).toEqual(invented);
    expect(asked).toMatchObject({ accounts: [], errlist: [{ code: 'gen.api' }] });
  });
});

test('rules name payees and categories', async () => {
  await scene.close();
  const rules = [{ match: { payee: 'GROCER' }, set: { payee: 'The Grocer', category: 'Food' } }];
  const exportConfig = {
    rules,
    accountMap: new Map(),
    transferAccount: '',
    declarations: true,
    csvLayouts: new Map(),
    onSync: [],
  };
  scene = await servingScene({ dataDir, config: { ...configOf(), exportConfig } });
  saveToday(scene.store, CHECKING, { balance: '1.00', transactions: [transaction({ name: 'GROCER 0042' })] });
  const own = accountIn(await readAccounts(await scene.access()), CHECKING).transactions[0];
  expect(own).toMatchObject({ payee: 'The Grocer', description: 'GROCER 0042', extra: { category: 'Food' } });
});
