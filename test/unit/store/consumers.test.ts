/** Consumers: new transactions, later changes, and marks. */

import { expect, test } from 'vitest';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import type { Transaction } from '../../../src/model/statement.js';
import type { Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { account, card, institution, statement, transaction } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

function save(store: Store, transactions: readonly Transaction[], day = 20, of: Account = account()): void {
  store.save(of, statement({ transactions }), {
    runId: null,
    at: new Date(`2026-11-${day}T12:00:00Z`),
    wanted: { account: of, from: isoDate('2026-11-01'), to: null },
    institution: institution(),
  });
}

const names = (store: Store, consumer: string, upTo?: number) =>
  [...store.transactions({ newFor: consumer, ...(upTo === undefined ? {} : { upTo }) })].map(({ name }) => name);

/** Gives a consumer everything new, as an export does. */
function serve(store: Store, consumer: string): (string | null)[] {
  const upTo = store.latestChange();
  const given = names(store, consumer, upTo);
  store.setMark(consumer, [account(), card()], upTo);
  return given;
}

const a = transaction({ fitid: 'A', name: 'A' });
const b = transaction({ fitid: 'B', name: 'B' });

test('each consumer gets each transaction once', async () => {
  const store = await openStore(scratchDir());
  save(store, [a]);
  expect(serve(store, 'ledger')).toEqual(['A']);
  expect(serve(store, 'ledger')).toEqual([]);
  save(store, [a, b], 21);
  expect(serve(store, 'ledger')).toEqual(['B']);
  expect(serve(store, 'ynab')).toEqual(['A', 'B']);
});

test('a transaction that arrives while a consumer is served comes next time', async () => {
  const store = await openStore(scratchDir());
  save(store, [a]);
  const upTo = store.latestChange();
  save(store, [a, b], 21);
  expect(names(store, 'ledger', upTo)).toEqual(['A']);
  store.setMark('ledger', [account()], upTo);
  expect(serve(store, 'ledger')).toEqual(['B']);
});

test('changes and removals are separate from new transactions, with the version that the consumer has', async () => {
  const store = await openStore(scratchDir());
  save(store, [a, b]);
  serve(store, 'ledger');
  save(store, [{ ...a, name: 'A SETTLED' }, b], 21);
  save(store, [{ ...a, name: 'A FINAL' }, b], 22);
  const deletion = transaction({ fitid: 'X', corrects: { fitid: 'B', action: 'DELETE' } });
  save(store, [{ ...a, name: 'A FINAL' }, deletion], 23);
  expect(names(store, 'ledger')).toEqual([]);
  const changes = [...store.changesFor('ledger', {})].map(({ transaction: now, former, removed }) => [
    now.name,
    former?.name ?? null,
    removed,
  ]);
  expect(changes).toEqual([
    ['A FINAL', 'A', false],
    ['B', null, true],
  ]);
  serve(store, 'ledger');
  expect([...store.changesFor('ledger', {})]).toEqual([]);
});

test('a change before the first visit is not reported', async () => {
  const store = await openStore(scratchDir());
  save(store, [a]);
  save(store, [{ ...a, name: 'A SETTLED' }], 21);
  expect([...store.changesFor('ledger', {})]).toEqual([]);
  expect(serve(store, 'ledger')).toEqual(['A SETTLED']);
});

test('no consumer gets pending transactions, and a mark never goes back', async () => {
  const store = await openStore(scratchDir());
  save(store, [transaction({ fitid: null, name: 'HOLD', pending: true })]);
  expect(serve(store, 'ledger')).toEqual([]);
  save(store, [a], 21);
  serve(store, 'ledger');
  store.setMark('ledger', [account()], 0);
  expect(serve(store, 'ledger')).toEqual([]);
});

test('each account has its own mark', async () => {
  const store = await openStore(scratchDir());
  save(store, [a]);
  save(store, [b], 20, card());
  store.setMark('ledger', [account()], store.latestChange());
  expect(names(store, 'ledger')).toEqual(['B']);
});
