/** History belongs to an account, not to a name: it never continues with the statements of another one. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '../../../../src/model/account.js';
import { isoDate } from '../../../../src/model/dates.js';
import type { Institution } from '../../../../src/model/institution.js';
import type { Statement } from '../../../../src/model/statement.js';
import type { Store } from '../../../../src/ports.js';
import { Database } from '../../../../src/store/database.js';
import { openStore } from '../../../../src/store/open.js';
import { account, institution, statement } from '../../../support/builders.js';
import { balanceOf, moved, storedIn } from '../../../support/saving.js';
import { scratchDir } from '../../../support/scratch.js';

const SANDBOX = 'sandbox://river';
const LOOPBACK = 'http://127.0.0.1:4000/ofx';
const REAL = 'https://ofx.river.example/ofx';

function save(store: Store, at: Partial<Institution>, said: Partial<Statement>, of: Account = account()): void {
  store.save(of, statement({ period: null, ...said }), {
    runId: store.beginRun(new Date('2026-11-20T12:00:00Z')),
    at: new Date('2026-11-20T12:00:00Z'),
    wanted: { account: of, from: isoDate('2026-10-01'), to: null },
    institution: institution({ ...at, accounts: [of] }),
  });
}

function codeOf(work: () => void): string {
  try {
    work();
    return 'stored';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const FIRST = { transactions: [moved('A', '2026-11-10', '-10.00')], ledgerBalance: balanceOf('90.00', '2026-11-10') };
const OTHER = { transactions: [moved('Z', '2026-11-12', '-1.00')], ledgerBalance: balanceOf('5.00', '2026-11-12') };

test.each([
  [SANDBOX, REAL],
  [LOOPBACK, REAL],
  [REAL, SANDBOX],
  [REAL, LOOPBACK],
])('history from %s never continues at %s, even where it agrees', async (before, after) => {
  const store = await openStore(scratchDir());
  save(store, { url: before }, FIRST);
  const stored = storedIn(store);
  expect(codeOf(() => save(store, { url: after }, FIRST))).toBe('ACCOUNT_CHANGED');
  expect(storedIn(store)).toEqual(stored);
  expect(codeOf(() => save(store, { url: before }, OTHER))).toBe('stored');
});

test('made-up history never continues with statement files', async () => {
  const store = await openStore(scratchDir());
  save(store, { url: SANDBOX }, FIRST);
  expect(codeOf(() => save(store, { url: null, files: ['x/*.qfx'] }, FIRST))).toBe('ACCOUNT_CHANGED');
});

test('port and path of a server on this computer make no difference', async () => {
  const store = await openStore(scratchDir());
  save(store, { url: LOOPBACK }, FIRST);
  expect(codeOf(() => save(store, { url: 'http://localhost:5000/other' }, OTHER))).toBe('stored');
});

const MOVED: readonly (readonly [string, Partial<Institution>, Account])[] = [
  ['another host', { url: 'https://new.example/' }, account()],
  ['statement files', { url: null, files: ['x/*.qfx'] }, account()],
  ['another ORG', { org: 'OTHER' }, account()],
  ['another number', {}, account({ id: '999' })],
  ['another routing number', {}, account({ routing: '000000000' })],
];

test.each(MOVED)('history goes on at %s when the statement shares a transaction', async (_, at, of) => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, FIRST);
  const ids = [...store.transactions({})].map(({ id }) => id);
  const more = { transactions: [...FIRST.transactions, ...OTHER.transactions] };
  expect(codeOf(() => save(store, { url: REAL, ...at }, more, of))).toBe('stored');
  expect([...store.transactions({})].slice(0, 1).map(({ id }) => id)).toEqual(ids);
  expect(storedIn(store)).toHaveLength(2);
});

test.each(MOVED)('history goes on at %s when the balance follows', async (_, at, of) => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, FIRST);
  const follows = { ...OTHER, ledgerBalance: balanceOf('89.00', '2026-11-12') };
  expect(codeOf(() => save(store, { url: REAL, ...at }, follows, of))).toBe('stored');
  expect(storedIn(store)).toHaveLength(2);
});

test.each(MOVED)('nothing is stored from %s when nothing agrees, run after run', async (_, at, of) => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, FIRST);
  const before = { stored: storedIn(store), state: store.accountState(account())?.coverage };
  for (let run = 0; run < 2; run += 1)
    expect(codeOf(() => save(store, { url: REAL, ...at }, OTHER, of))).toBe('ACCOUNT_CHANGED');
  expect({ stored: storedIn(store), state: store.accountState(account())?.coverage }).toEqual(before);
  expect(codeOf(() => save(store, { url: REAL }, OTHER))).toBe('stored');
});

const EARLIER = { transactions: [moved('Y', '2026-11-05', '-1.00')], ledgerBalance: balanceOf('5.00', '2026-11-06') };

test.each(MOVED)('nothing is stored from %s when an older statement does not agree', async (_, at, of) => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, FIRST);
  const before = storedIn(store);
  expect(codeOf(() => save(store, { url: REAL, ...at }, EARLIER, of))).toBe('ACCOUNT_CHANGED');
  expect(storedIn(store)).toEqual(before);
});

test.each(MOVED)('history goes on at %s when it follows from an older balance', async (_, at, of) => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, FIRST);
  const earlier = { ...EARLIER, ledgerBalance: balanceOf('100.00', '2026-11-06') };
  expect(codeOf(() => save(store, { url: REAL, ...at }, earlier, of))).toBe('stored');
  expect(storedIn(store)).toHaveLength(2);
});

test('a balance between two that agree with each other has to agree with both', async () => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, { transactions: [], ledgerBalance: balanceOf('100.00', '2026-11-01') });
  save(store, { url: REAL }, FIRST);
  expect(codeOf(() => save(store, { url: 'https://new.example/' }, EARLIER))).toBe('ACCOUNT_CHANGED');
  const middle = { transactions: [], ledgerBalance: balanceOf('100.00', '2026-11-06') };
  expect(codeOf(() => save(store, { url: 'https://new.example/' }, middle))).toBe('stored');
});

test('balances that prove nothing do not carry a history on', async () => {
  const unreliable = { quirks: { ledgerBalance: 'unreliable' } } as const;
  const store = await openStore(scratchDir());
  save(store, { url: REAL, ...unreliable }, FIRST);
  expect(codeOf(() => save(store, { url: 'https://new.example/', ...unreliable }, OTHER))).toBe('ACCOUNT_CHANGED');
});

test('an ORG or FID that is added later is no other account', async () => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL, org: null, fid: null }, FIRST);
  expect(codeOf(() => save(store, { url: REAL }, OTHER))).toBe('stored');
});

test('two empty accounts have nothing in common', async () => {
  const store = await openStore(scratchDir());
  save(store, { url: REAL }, { ledgerBalance: balanceOf('0.00', '2026-11-10') });
  const empty = { ledgerBalance: balanceOf('0.00', '2026-11-12') };
  expect(codeOf(() => save(store, { url: 'https://new.example/' }, empty))).toBe('ACCOUNT_CHANGED');
});

/** A store that version 0.1 made: it knows nothing of identities, and of replies what was kept. */
async function storeOf0_1(evidence: { origin?: string; profile?: string }): Promise<Store> {
  const dir = scratchDir();
  const store = await openStore(dir);
  const wanted = [{ account: account(), from: isoDate('2026-10-01'), to: null, trnuid: '1' }];
  const at = new Date('2026-11-20T12:00:00Z');
  const keep = (origin: string, runId: number) =>
    store.keepReply({ body: new Uint8Array(), httpStatus: 200, origin }, { runId, institution: 'river', at, wanted });
  if (evidence.origin !== undefined) keep(evidence.origin, 1);
  if (evidence.profile !== undefined)
    store.setLoginState('river', {
      profile: { url: evidence.profile, name: null, updated: null, addresses: {}, said: null },
    });
  save(store, { url: SANDBOX }, FIRST);
  // A later run that failed says nothing of the history.
  keep('https://later.example/', 2);
  store.close();
  const db = new Database(join(dir, 'ofx-sync.db'));
  db.run('UPDATE accounts SET identity = NULL');
  db.close();
  return openStore(dir);
}

test.each([
  ['a reply', { origin: 'http://127.0.0.1:4711/river' }],
  ['the profile', { profile: 'sandbox://river' }],
])('history of version 0.1 is known to be made up by %s', async (_, evidence) => {
  const store = await storeOf0_1(evidence);
  expect(codeOf(() => save(store, { url: REAL }, FIRST))).toBe('ACCOUNT_CHANGED');
  expect(codeOf(() => save(store, { url: SANDBOX }, OTHER))).toBe('stored');
});

test.each([
  ['the same host', { origin: 'https://ofx.river.example/ofx', profile: 'https://other.example/' }],
  ['the host of its profile', { origin: 'https://cards.processor.example/', profile: REAL }],
  ['no reply', {}],
])('history of version 0.1 continues with %s', async (_, evidence) => {
  const store = await storeOf0_1(evidence);
  expect(codeOf(() => save(store, { url: REAL }, OTHER))).toBe('stored');
  // From then on it is known.
  expect(codeOf(() => save(store, { url: SANDBOX }, OTHER))).toBe('ACCOUNT_CHANGED');
});

test('history of version 0.1 from another host needs a statement that agrees', async () => {
  const store = await storeOf0_1({ origin: 'https://old.example/' });
  expect(codeOf(() => save(store, { url: REAL }, OTHER))).toBe('ACCOUNT_CHANGED');
  expect(codeOf(() => save(store, { url: REAL }, FIRST))).toBe('stored');
});
