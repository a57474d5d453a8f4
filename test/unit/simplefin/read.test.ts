/** Reading account sets: what every bridge may send, and what a hostile one does. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/simplefin/json.js';
import { looksLikeAccountSet, readAccountSets } from '../../../src/simplefin/read.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (set: object | string) => readAccountSets(bytes(typeof set === 'string' ? set : JSON.stringify(set)));

/** 2026-11-20, noon in UTC. */
const NOON = 1_795_176_000;

function setOf(account: object, more: object = {}): object {
  const given = { id: 'ACT-1', name: 'Giro', currency: 'USD', balance: '1.00', 'balance-date': NOON, ...account };
  return { errors: [], errlist: [], accounts: [given], ...more };
}

function oneOf(set: object | string) {
  const [statement] = read(set).statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
}

const transactionOf = (more: object) =>
  oneOf(setOf({ transactions: [{ id: 'T', posted: NOON, amount: '-1.00', description: 'x', ...more }] }))
    .transactions[0];

describe('numbers', () => {
  test('stay the text that was sent, inside and outside of quotes', () => {
    expect(parseJson('{"a":0.10,"b":[-1e2,12345678901234567890.123],"c":"1 \\"2\\" 3","d":true,"e":null}')).toEqual({
      a: '0.10',
      b: ['-1e2', '12345678901234567890.123'],
      c: '1 "2" 3',
      d: true,
      e: null,
    });
  });

  test.each(['{"a":01}', '{"a":1 2}', '{"a":.5}', '{"a":+1}', '{"a":1.}', '[1,]', '{"a":NaN}', '"\n"'])(
    '%j is not JSON',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test('any JSON is read as JSON.parse reads it, but for the numbers', () => {
    const asText = (_: string, value: unknown) => (typeof value === 'number' ? JSON.stringify(value) : value);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text, asText));
      }),
    );
  });

  test.each([
    ['-33293.43', '-33293.43'],
    ['+5', '5'],
    ['1,234.56', '1234.56'],
    ['1E2', '100'],
    ['1234567890123456789.01', '1234567890123456789.01'],
  ])('the amount %s is exactly %s', (sent, amount) => {
    expect(transactionOf({ amount: sent })?.amount).toBe(amount);
  });

  test.each(['', 'lots', '1,234', '1.2.3', '--1', null, {}, [], true, '9'.repeat(100)])(
    'the amount %j is a notice, and no transaction',
    (amount) => {
      const statement = oneOf(setOf({ transactions: [{ id: 'T', posted: NOON, amount, description: 'x' }] }));
      expect(statement.transactions).toEqual([]);
      expect(statement.notices.map(({ code }) => code)).toEqual(['bad-transaction']);
    },
  );
});

describe('days', () => {
  test.each([
    ['noon', { posted: NOON }, '2026-11-20'],
    ['the first second', { posted: NOON - 43_200 }, '2026-11-20'],
    ['the last second', { posted: NOON + 43_199 }, '2026-11-20'],
    ['seconds as text', { posted: String(NOON) }, '2026-11-20'],
    ['the day of a pending one', { posted: 0, pending: true, transacted_at: NOON - 86_400 }, '2026-11-19'],
    ['a pending one without any day: that of the balance', { posted: 0 }, '2026-11-20'],
    ['only the day of the purchase', { posted: null, transacted_at: NOON }, '2026-11-20'],
  ])('%s', (_, more, day) => {
    expect(transactionOf(more)?.postedOn).toBe(day);
  });

  test.each([{ pending: true }, { pending: 'true' }, { posted: 0 }])('%j is pending', (more) => {
    expect(transactionOf({ transacted_at: NOON, ...more })?.pending).toBe(true);
  });

  test.each([-1, 1e15, 'soon', [], {}])('posted: %j has no day', (posted) => {
    expect(transactionOf({ posted })).toBeUndefined();
  });
});

test.each([
  [{ description: 'BANK TEXT' }, 'BANK TEXT', null, null],
  [{ description: 'BANK TEXT', payee: 'Shop' }, 'Shop', 'BANK TEXT', null],
  [{ description: 'BANK TEXT', payee: 'Shop', memo: 'two' }, 'Shop', 'two', { description: 'BANK TEXT' }],
  [{ description: 'Shop', payee: 'Shop', memo: 'Shop' }, 'Shop', null, null],
  [{ description: '' }, null, null, null],
  [
    { description: 'a\u001b[2J\r\nb\u0000', extra: { category: 'Food', deep: { er: 1 } } },
    'a[2J b',
    null,
    { 'extra.category': 'Food', 'extra.deep.er': '1' },
  ],
])('texts: %j', (more, name, memo, extra) => {
  expect(transactionOf(more)).toMatchObject({ name, memo, extra });
});

test.each([
  ['USD', 'USD', []],
  ['eur', 'EUR', []],
  ['https://bridge.example/points', 'POINTS', ['custom-currency']],
  ['https://bridge.example/', null, ['custom-currency']],
  [7, null, ['custom-currency']],
])('the currency %j', (currency, expected, codes) => {
  const statement = oneOf(setOf({ currency }));
  expect(statement.currency).toBe(expected);
  expect(statement.notices.map(({ code }) => code)).toEqual(codes);
});

describe('failures', () => {
  const problem = (code: string, more: object = {}) => ({ errlist: [{ code, msg: 'words', ...more }] });
  const statusOf = (set: object) => oneOf(set).status.word;

  test.each([
    ['of its connection', { conn_id: 'CON-1' }, problem('con.auth', { conn_id: 'CON-1' }), 'con.auth'],
    ['of another connection', { conn_id: 'CON-1' }, problem('con.auth', { conn_id: 'CON-2' }), undefined],
    ['of itself', {}, problem('act.failed', { account_id: 'ACT-1' }), 'act.failed'],
    ['of a code to come', {}, problem('act.whatever', { account_id: 'ACT-1' }), 'act.whatever'],
  ])('%s', (_, account, more, word) => {
    expect(statusOf(setOf(account, more))).toBe(word);
  });

  test('missing data is a notice, and the statement incomplete', () => {
    const statement = oneOf(setOf({}, problem('act.missingdata', { account_id: 'ACT-1' })));
    expect(statement).toMatchObject({ status: { code: 0 }, incomplete: true });
    expect(statement.notices.map(({ code }) => code)).toEqual(['missing-data']);
  });

  test('version 1 names the organisation, and both versions say it once', () => {
    const errors = ['Connection to Cedar Bank may need attention'];
    const account = { org: { name: 'CEDAR BANK' } };
    expect(statusOf(setOf(account, { errors }))).toBe('con.auth');
    expect(statusOf(setOf({ org: { name: 'Pine' } }, { errors }))).toBeUndefined();
    const both = read(setOf(account, { errors, ...problem('gen.other') }));
    expect(both.notices.map(({ message }) => message)).toEqual(['the bridge reports gen.other: “words”']);
  });

  test('a refused access is the verdict on the sign-on', () => {
    expect(read({ errlist: [{ code: 'gen.auth', msg: 'no' }], accounts: [] }).signon?.status.word).toBe('gen.auth');
  });
});

test('a transaction is the same text as before: the store compares texts', () => {
  expect(JSON.stringify(transactionOf({ memo: 'y', payee: 'z' }))).toBe(
    '{"postedAt":null,"availableOn":null,"exchange":null,"extendedName":null,"payee":null,"checkNumber":null,"refNumber":null,"serverId":null,"sic":null,"counterAccount":null,"corrects":null,"investment":null,"fitid":"T","type":"DEBIT","postedOn":"2026-11-20","userOn":null,"amount":"-1.00","currency":"USD","name":"z","memo":"y","extra":{"description":"x"},"pending":false}',
  );
});

test('several account sets, each on a line of its own, are read one after another', () => {
  const lines = `${JSON.stringify(setOf({}))}\n${JSON.stringify(setOf({ id: 'ACT-2' }))}\n`;
  expect(read(lines).statements.map(({ account }) => account?.id)).toEqual(['ACT-1', 'ACT-2']);
});

test.each(['', '{', '[]', '{"accounts":{}}', 'null', '"accounts"', '{"accounts":[]} x', '['.repeat(100_000)])(
  '%j is not an account set',
  (text) => {
    expect(() => read(text)).toThrow(/the answer of the bridge/);
  },
);

test.each([
  ['{"errors":[],"accounts":[]}', true],
  [' \n{ "accounts" : [] }', true],
  ['{"hello":1}', false],
  ['OFXHEADER:100', false],
  ['[{"accounts":[]}]', false],
])('%j looks like an account set: %j', (text, expected) => {
  expect(looksLikeAccountSet(bytes(text))).toBe(expected);
});

test('whatever stands in an account set, reading ends with statements and notices', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('__proto__', 'constructor', '1e99', 0, NOON));
  const thing = (keys: readonly string[]) => fc.oneof(anything, fc.dictionary(fc.constantFrom(...keys), anything));
  const accounts = fc.array(
    fc.record({
      id: fc.constantFrom('ACT-1', '__proto__', ''),
      currency: anything,
      balance: anything,
      'balance-date': anything,
      transactions: fc.oneof(anything, fc.array(thing(['id', 'posted', 'amount', 'description', 'pending', 'extra']))),
      holdings: fc.oneof(anything, fc.array(thing(['id', 'symbol', 'shares', 'market_value', 'currency']))),
    }),
  );
  const sets = fc.record({
    accounts,
    errlist: fc.oneof(anything, fc.array(thing(['code', 'msg', 'conn_id']))),
    errors: anything,
  });
  fc.assert(
    fc.property(sets, (set) => {
      for (const { transactions, positions } of read(set).statements) {
        for (const { amount, postedOn } of transactions)
          expect([amount, postedOn].join(' ')).toMatch(/^-?\d[\d.]* \d{4}-\d\d-\d\d$/);
        for (const { units } of positions) expect(units).toMatch(/^-?\d/);
      }
    }),
  );
});
