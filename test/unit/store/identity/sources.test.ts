/** One account that moves between sources: what both say of the same days is stored once, with the better text of both. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '../../../../src/model/account.js';
import { isoDate } from '../../../../src/model/dates.js';
import type { Institution } from '../../../../src/model/institution.js';
import type { Statement, Transaction } from '../../../../src/model/statement.js';
import type { SaveResult, Store } from '../../../../src/ports.js';
import { Database } from '../../../../src/store/database.js';
import { isBetterText } from '../../../../src/store/identity/better-text.js';
import { openStore } from '../../../../src/store/open.js';
import { account, institution, statement } from '../../../support/builders.js';
import { balanceOf, gapsIn, moved, storedIn } from '../../../support/saving.js';
import { scratchDir } from '../../../support/scratch.js';

const URL_SOURCE: Partial<Institution> = { url: 'https://ofx.river.example/ofx' };
const FILES: Partial<Institution> = { url: null, files: ['x/*.qfx'] };
const PROGRAM: Partial<Institution> = { url: null, program: { line: ['portal'], each: 'login', secrets: {} } };
const BRIDGE: Partial<Institution> = { url: null, simplefin: true };

function save(
  store: Store,
  day: string,
  source: Partial<Institution>,
  transactions: readonly Transaction[],
  more: { readonly of?: Account; readonly said?: Partial<Statement>; readonly file?: boolean } = {},
): SaveResult {
  const { of = account(), said = {}, file = source.files !== undefined } = more;
  const at = new Date(`${day}T12:00:00Z`);
  const period = file ? { from: isoDate('2026-11-01'), to: isoDate(day) } : null;
  return store.save(of, statement({ period, transactions, ...said }), {
    runId: store.beginRun(at),
    at,
    wanted: file ? null : { account: of, from: isoDate('2026-11-01'), to: null },
    institution: institution({ ...source, accounts: [of] }),
  });
}

const NAMES = ['GREEN GROCER MARKET', 'MILLER BAKERY', 'FUEL STOP RING ROAD', 'BOOKS AND PAPER'];

/** Four transactions of November, as a source has them. */
function list(prefix: string | null, spell: (name: string) => string, shift = 0): Transaction[] {
  return NAMES.map((name, index) =>
    moved(prefix === null ? null : `${prefix}${index}`, `2026-11-0${index + 3 + shift}`, `-${index + 2}.50`, {
      name: spell(name),
    }),
  );
}

const asBank = (name: string) => name;
const readable = (name: string) => name.toLowerCase().replace(/\b\w/g, (letter) => letter.toUpperCase());
const unlike = (name: string) => `PAYEE ${name.length}`;

const SOURCES = [
  ['url', URL_SOURCE],
  ['files', FILES],
  ['command', PROGRAM],
  ['simplefin', BRIDGE],
] as const;
const PAIRS = SOURCES.flatMap((from) => SOURCES.filter((to) => to !== from).map((to) => [from, to] as const));

test.each(PAIRS)('$0.0 and then $1.0 tell of the same transactions', async ([, before], [, after]) => {
  for (const [prefix, spell, shift] of [
    ['B', unlike, 0],
    [null, unlike, 0],
    ['B', readable, 1],
  ] as const) {
    const store = await openStore(scratchDir());
    save(store, '2026-11-10', before, list('A', asBank));
    const ids = [...store.transactions({})].map(({ id }) => id);
    const repeated = save(store, '2026-11-12', after, list(prefix, spell, shift));
    expect(repeated.new).toBe(0);
    const added = moved(prefix, '2026-11-12', '-77.00', { name: 'NEW' });
    save(store, '2026-11-13', after, [...list(prefix, spell, shift), added]);
    save(store, '2026-11-14', before, [...list('A', asBank), moved('A9', '2026-11-12', '-77.00', { name: 'NEW' })]);
    expect([...store.transactions({})].map(({ id }) => id).filter((id) => ids.includes(id))).toEqual(ids);
    expect(storedIn(store)).toHaveLength(5);
    expect(gapsIn(store)).toEqual([]);
  }
});

test('the day that was stored first stays, and a text never comes and goes', async () => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-10', URL_SOURCE, list('A', asBank));
  const first = save(store, '2026-11-12', BRIDGE, list('B', readable, 1));
  expect(first).toMatchObject({ new: 0, changed: 4 });
  const stored = storedIn(store);
  expect(stored[0]).toBe('2026-11-03 -2.50 Green Grocer Market');
  for (const day of ['13', '14', '15'])
    expect(save(store, `2026-11-${day}`, BRIDGE, list('B', readable, 1))).toMatchObject({ new: 0, changed: 0 });
  expect(save(store, '2026-11-16', URL_SOURCE, list('A', asBank))).toMatchObject({ new: 0, changed: 0 });
  expect(storedIn(store)).toEqual(stored);
  const [one] = [...store.transactions({})];
  expect(store.versions(one?.id ?? '').map(({ transaction }) => transaction.name)).toEqual(['GREEN GROCER MARKET']);
});

test('a text that is not better leaves what is stored, and nothing is said of it again', async () => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-10', URL_SOURCE, list('A', readable));
  expect(save(store, '2026-11-12', PROGRAM, list('B', asBank))).toMatchObject({ new: 0, changed: 0 });
  expect(save(store, '2026-11-13', PROGRAM, list('B', asBank))).toMatchObject({ new: 0, changed: 0, notices: [] });
  expect(storedIn(store)[1]).toBe('2026-11-04 -3.50 Miller Bakery');
});

test('a correction of the amount by the new source is carried out', async () => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-10', URL_SOURCE, list('A', readable));
  save(store, '2026-11-12', PROGRAM, list('B', asBank));
  const corrected = list('B', asBank).map((one, index) =>
    index === 1 ? moved('B1', '2026-11-04', '-4.00', { name: one.name }) : one,
  );
  expect(save(store, '2026-11-13', PROGRAM, corrected)).toMatchObject({ new: 0, changed: 1 });
  expect(storedIn(store)[1]).toBe('2026-11-04 -4.00 MILLER BAKERY');
});

test('an account that a bridge knows by another id goes on when its transactions are recognised, and only then', async () => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-10', URL_SOURCE, list('A', asBank));
  const bridged = account({ id: 'ACT-1' });
  const others = NAMES.map((name, index) => moved(`C${index}`, `2026-11-0${index + 3}`, `-9${index}.00`, { name }));
  expect(() => save(store, '2026-11-12', BRIDGE, others, { of: bridged })).toThrow(/does not agree/);
  expect(storedIn(store)).toHaveLength(4);
  expect(save(store, '2026-11-12', BRIDGE, list('B', unlike), { of: bridged })).toMatchObject({ new: 0 });
});

test.each(SOURCES)('a file beside %s fills gaps, and changes nothing else', async (_, source) => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-10', source, list('A', readable).slice(1));
  const before = storedIn(store);
  const file = save(store, '2026-11-11', source, list('F', asBank), { file: true });
  expect(file).toMatchObject({ new: 1, changed: 0 });
  expect(storedIn(store)).toEqual(['2026-11-03 -2.50 GREEN GROCER MARKET', ...before]);
  const later = list('A', readable).slice(source === FILES ? 1 : 0);
  expect(save(store, '2026-11-12', source, later)).toMatchObject({ new: 0 });
  expect(storedIn(store)).toHaveLength(4);
});

/** What version 0.1 left of an account: it noted neither its source nor its identity. */
async function storeOfVersion01(source: Partial<Institution>, transactions: readonly Transaction[]): Promise<Store> {
  const data = scratchDir();
  const store = await openStore(data);
  save(store, '2026-11-10', source, transactions);
  store.close();
  const db = new Database(join(data, 'ofx-sync.db'));
  db.run('UPDATE accounts SET source = NULL, source_since = NULL, identity = NULL');
  db.close();
  return await openStore(data);
}

const FROM_VERSION_0_1 = PAIRS.filter(([[name]]) => name === 'url' || name === 'files');

test.each(FROM_VERSION_0_1)(
  '$0.0 in version 0.1 and then $1.0 tell of the same transactions',
  async ([, before], [, after]) => {
    for (const count of [1, 2, 4]) {
      const store = await storeOfVersion01(before, list('A', readable).slice(0, count));
      const stored = storedIn(store);
      const repeated = list('B', unlike).slice(0, count);
      expect(save(store, '2026-11-12', after, repeated)).toMatchObject({ new: 0, changed: 0 });
      expect(save(store, '2026-11-13', after, repeated)).toMatchObject({ new: 0, changed: 0 });
      expect(storedIn(store)).toEqual(stored);
    }
    const store = await storeOfVersion01(before, list('A', readable));
    const stored = storedIn(store);
    expect(save(store, '2026-11-12', after, list('B', asBank, 1))).toMatchObject({ new: 0, changed: 0 });
    expect(storedIn(store)).toEqual(stored);
  },
);

test('a bank that answers at another address than in version 0.1 is another source', async () => {
  const profile = { url: 'https://ofx.river.example/ofx', name: null, updated: null, addresses: {}, said: null };
  const store = await storeOfVersion01(URL_SOURCE, list('A', readable));
  store.setLoginState('river', { profile });
  const stored = storedIn(store);
  const other = { url: 'https://ofx.summit.example/ofx' };
  expect(save(store, '2026-11-12', other, list('B', asBank, 1))).toMatchObject({ new: 0, changed: 0 });
  expect(storedIn(store)).toEqual(stored);
});

test.each([
  ['url', URL_SOURCE],
  ['files', FILES],
] as const)('%s that stays as in version 0.1 still corrects what it said', async (_, source) => {
  const store = await storeOfVersion01(source, list('A', asBank));
  const corrected = list('A', asBank).map((one, index) =>
    index === 1 ? moved('A1', '2026-11-05', one.amount, { name: 'MILLER' }) : one,
  );
  expect(save(store, '2026-11-12', source, corrected)).toMatchObject({ new: 0, changed: 1 });
  expect(storedIn(store)[1]).toBe('2026-11-05 -3.50 MILLER');
});

const INCOMPLETE = { incomplete: true } as const;

test.each(PAIRS)('$0.0 and then $1.0, which says little at first', async ([, before], [, after]) => {
  const known = list('A', readable).slice(0, 2);
  const full = list('B', unlike).slice(0, 2);
  for (const first of [[], full.slice(0, 1)]) {
    const store = await openStore(scratchDir());
    const worth = (day: string) => ({ ledgerBalance: balanceOf('100.00', day) });
    save(store, '2026-11-10', before, known, { said: worth('2026-11-10') });
    const stored = storedIn(store);
    for (const day of ['2026-11-11', '2026-11-12']) {
      const said = { ...worth(day), ...(first.length === 0 ? {} : INCOMPLETE) };
      expect(save(store, day, after, first, { said })).toMatchObject({ new: 0 });
    }
    expect(save(store, '2026-11-13', after, full)).toMatchObject({ new: 0, changed: 0 });
    expect(storedIn(store)).toEqual(stored);
  }
});

test('a bridge that stays incomplete does not repeat itself: equal transactions of neighbouring days are two', async () => {
  const store = await openStore(scratchDir());
  save(store, '2026-11-06', FILES, list('A', readable).slice(0, 2));
  const coffee = (fitid: string, day: string) => moved(fitid, day, '-3.00', { name: 'COFFEE' });
  const said = { ...INCOMPLETE, period: { from: isoDate('2026-11-01'), to: isoDate('2026-11-10') } };
  const one = save(store, '2026-11-09', BRIDGE, [coffee('C1', '2026-11-08')], { said });
  const other = save(store, '2026-11-11', BRIDGE, [coffee('C2', '2026-11-10')], { said });
  expect([one.new, other.new]).toEqual([1, 1]);
});

test('days after the one that a bridge knows last are not missing in its list', async () => {
  const store = await openStore(scratchDir());
  const coffee = (fitid: string, day: string) => moved(fitid, day, '-3.00', { name: 'COFFEE' });
  const until = (day: string): Partial<Statement> => ({
    period: { from: isoDate('2026-11-01'), to: isoDate(day) },
  });
  const rest = list('B', asBank);
  save(store, '2026-11-12', BRIDGE, [...rest, coffee('C2', '2026-11-11')], { said: until('2026-11-11') });
  const late = [...rest, coffee('C1', '2026-11-09')];
  expect(save(store, '2026-11-13', BRIDGE, late, { said: until('2026-11-09') })).toMatchObject({ new: 1, changed: 0 });
  const all = [...late, coffee('C2', '2026-11-11')];
  expect(save(store, '2026-11-14', BRIDGE, all, { said: until('2026-11-13') })).toMatchObject({ new: 0, changed: 0 });
  expect(storedIn(store)).toHaveLength(6);
});

test.each([
  ['Green Grocer', 'GREEN GROCER'],
  ['Green Grocer Market Street', 'GREEN GROCER'],
  ['GREEN GROCER MARKET STREET', 'GREEN GRO'],
  ['GREEN GROCER MARKET STREET NO 12 BERLIN', 'GREEN GROCER MARKET STREET NO 12'],
  ['GREEN GROCER', 'VISA XXXX4411'],
  ['GREEN GROCER', 'CARD PURCHASE'],
  ['GREEN GROCER', null],
  ['GREEN GROCER', '4411 0815'],
])('%j is better than %j, and not the other way round', (better, worse) => {
  const [a, b] = [better, worse].map((name) => ({ name, memo: null }));
  expect(isBetterText(a ?? { name: null, memo: null }, b ?? { name: null, memo: null })).toBe(true);
  expect(isBetterText(b ?? { name: null, memo: null }, a ?? { name: null, memo: null })).toBe(false);
});

test.each([
  ['Green', 'GREEN GROCER MARKET'],
  ['Green Grocer', 'Green Grocer Market'],
  ['BAZAAR', 'GREEN GROCER'],
  ['CARD PURCHASE', null],
])('neither of %j and %j is better', (one, other) => {
  expect(isBetterText({ name: one, memo: null }, { name: other, memo: null })).toBe(false);
  expect(isBetterText({ name: other, memo: null }, { name: one, memo: null })).toBe(false);
});
