/** Relinking: an account that continues under another name or number keeps its history, once, and the marks of consumers. */

import { expect, test } from 'vitest';
import type { Account } from '../../../../src/model/account.js';
import { isoDate } from '../../../../src/model/dates.js';
import { decimal } from '../../../../src/model/decimal.js';
import type { Transaction } from '../../../../src/model/statement.js';
import type { Store } from '../../../../src/ports.js';
import { openStore } from '../../../../src/store/open.js';
import { account, institution, statement, transaction } from '../../../support/builders.js';
import { scratchDir } from '../../../support/scratch.js';

const OLD = account({ institution: 'oldbank', name: 'giro', id: '111' });
const NEW = account({ institution: 'river', name: 'checking', id: '222' });
const AT = new Date('2026-11-20T12:00:00Z');

function save(
  store: Store,
  of: Account,
  transactions: readonly Transaction[],
  balance?: readonly [string, string],
): void {
  const ledgerBalance =
    balance === undefined ? null : { amount: decimal(balance[0]), currency: 'USD', asOf: isoDate(balance[1]) };
  store.save(of, statement({ transactions, ledgerBalance, period: null }), {
    runId: null,
    at: AT,
    wanted: { account: of, from: isoDate('2026-10-01'), to: null },
    institution: institution(),
  });
}

const on = (day: string, fitid: string, name = fitid) => transaction({ fitid, postedOn: `2026-${day}`, name });
const listed = (store: Store) =>
  [...store.transactions({})].map(({ institution: at, account: of, name, id }) => ({ place: `${at}/${of}`, name, id }));

test('a new name only moves everything unchanged, with its marks', async () => {
  const store = await openStore(scratchDir());
  save(store, OLD, [on('10-01', 'A'), on('10-02', 'B')], ['10.00', '2026-10-02']);
  store.setLoginState('oldbank', { clientUid: 'UID' });
  store.setMark('ledger', [OLD], store.latestChange());
  const before = listed(store);
  expect(store.relink(OLD, NEW, AT)).toEqual({ moved: 2, joined: 0 });
  expect(listed(store)).toEqual(before.map((one) => ({ ...one, place: 'river/checking' })));
  expect(store.accountState(NEW)?.ledgerBalance?.amount).toBe('10.00');
  expect([...store.transactions({ newFor: 'ledger' })]).toEqual([]);
  expect(store.loginState('river').clientUid).toBe('UID');
  expect(store.accounts().map(({ name }) => name)).toEqual(['checking']);
});

test('transactions of both accounts are merged, even when the new number came with new FITIDs', async () => {
  const store = await openStore(scratchDir());
  save(store, OLD, [
    on('10-01', 'A'),
    on('10-20', 'B', 'SAME'),
    on('10-21', 'C', 'COFFEE'),
    on('10-21', 'D', 'COFFEE'),
  ]);
  save(store, NEW, [
    on('10-20', 'N1', 'SAME'),
    on('10-21', 'N2', 'COFFEE'),
    on('10-21', 'N3', 'COFFEE'),
    on('11-01', 'N4'),
  ]);
  expect(store.relink(OLD, NEW, AT)).toEqual({ moved: 1, joined: 3 });
  expect(listed(store).map(({ name }) => name)).toEqual(['A', 'SAME', 'COFFEE', 'COFFEE', 'N4']);
  save(store, NEW, [
    on('10-20', 'N1', 'SAME'),
    on('10-21', 'N2', 'COFFEE'),
    on('10-21', 'N3', 'COFFEE'),
    on('11-01', 'N4'),
  ]);
  expect(listed(store)).toHaveLength(5);
});

test('a FITID that belongs to another transaction under the new number keeps both', async () => {
  const store = await openStore(scratchDir());
  save(store, OLD, [transaction({ fitid: '1', postedOn: '2026-10-01', amount: '-1.00', name: 'OLD ONE' })]);
  save(store, NEW, [transaction({ fitid: '1', postedOn: '2026-11-01', amount: '-9.00', name: 'NEW ONE' })]);
  expect(store.relink(OLD, NEW, AT)).toEqual({ moved: 1, joined: 0 });
  expect(listed(store).map(({ name }) => name)).toEqual(['OLD ONE', 'NEW ONE']);
});

test('a consumer gets what it lacks, and nothing twice', async () => {
  const store = await openStore(scratchDir());
  save(store, OLD, [on('10-01', 'A')]);
  store.setMark('ledger', [OLD], store.latestChange());
  save(store, OLD, [on('10-01', 'A'), on('10-05', 'B')]);
  save(store, NEW, [on('11-01', 'C')]);
  store.setMark('ledger', [NEW], store.latestChange());
  save(store, NEW, [on('11-01', 'C'), on('11-02', 'D')]);
  store.relink(OLD, NEW, AT);
  expect([...store.transactions({ newFor: 'ledger' })].map(({ name }) => name)).toEqual(['B', 'D']);
});

test('balances are checked again across both', async () => {
  const store = await openStore(scratchDir());
  save(store, OLD, [], ['100.00', '2026-10-01']);
  save(store, NEW, [transaction({ fitid: 'N', postedOn: '2026-10-15', amount: '-30.00' })], ['60.00', '2026-11-01']);
  store.relink(OLD, NEW, AT);
  expect(store.gaps()).toMatchObject([{ missing: { amount: '-10', currency: 'USD' } }]);
});

test('an unknown name changes nothing', async () => {
  const store = await openStore(scratchDir());
  expect(store.relink(OLD, NEW, AT)).toBeNull();
});
