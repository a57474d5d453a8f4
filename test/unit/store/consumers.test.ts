/** Consumers: new transactions, later changes, and marks. */

import { describe, expect, test } from 'vitest';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import type { Transaction } from '../../../src/model/statement.js';
import type { Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { account, card, institution, statement, transaction } from '../../support/builders.js';
import { balanceOf, moved, saveAt } from '../../support/saving.js';
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

describe('the first day whose balance contains a change', () => {
  const changes = (store: Store) =>
    [...store.changesFor('ledger', {})].map(({ transaction: now, removed, wasRemoved, statedOn }) => ({
      of: now.fitid,
      ...{ removed, wasRemoved, statedOn },
    }));
  const listed = (amount: string, name = 'GROCER') => moved('A', '2026-11-03', amount, { name });
  const on = (day: string, transactions: readonly Transaction[], balance: string | null) =>
    ({
      at: day,
      change: { transactions, ledgerBalance: balance === null ? null : balanceOf(balance, day) },
    }) as const;
  const openSaved = async (...statements: readonly ReturnType<typeof on>[]) => {
    const store = await openStore(scratchDir());
    const [first, ...later] = statements;
    if (first !== undefined) saveAt(store, first, first.change);
    serve(store, 'ledger');
    for (const one of later) saveAt(store, one, one.change);
    return store;
  };

  test('is that of the statement that changed the amount last, whatever changes afterwards', async () => {
    const store = await openSaved(
      on('2026-11-05', [listed('-1.00')], '9.00'),
      on('2026-11-06', [listed('-2.00')], '8.00'),
      on('2026-11-08', [listed('-3.00')], '7.00'),
      on('2026-11-09', [listed('-3.00', 'GREEN GROCER')], '7.00'),
    );
    expect(changes(store)).toEqual([{ of: 'A', removed: false, wasRemoved: false, statedOn: '2026-11-08' }]);
  });

  test('is none where another name is all that changed, or only the spelling of the amount', async () => {
    const store = await openSaved(
      on('2026-11-05', [listed('-1.00')], '9.00'),
      on('2026-11-06', [listed('-1.0', 'GREEN GROCER')], '9.00'),
    );
    expect(changes(store)).toEqual([{ of: 'A', removed: false, wasRemoved: false, statedOn: null }]);
  });

  test('follows the newest balance while the bank has stated none with it', async () => {
    const store = await openSaved(
      on('2026-11-05', [listed('-1.00')], '9.00'),
      on('2026-11-08', [listed('-2.00')], null),
    );
    expect(changes(store)[0]?.statedOn).toBe('2026-11-06');
  });

  test('is that of the statement where no balance is known', async () => {
    const store = await openSaved(on('2026-11-05', [listed('-1.00')], null), on('2026-11-08', [listed('-2.00')], null));
    expect(changes(store)[0]?.statedOn).toBe('2026-11-08');
  });

  test('is that without a transaction that was removed, and with one that came back', async () => {
    const rent = moved('R1', '2026-11-05', '-70.00', { name: 'RENT' });
    const both = [listed('-1.00'), rent, moved('B', '2026-11-09', '-20.00', { name: 'HOTEL' })];
    const without = [listed('-1.00'), rent, moved('R2', '2026-11-14', '-8.00', { name: 'BOOKS' })];
    const store = await openStore(scratchDir());
    const list = (day: string, transactions: readonly Transaction[], balance: string) =>
      saveAt(store, { at: day }, { transactions, ledgerBalance: balanceOf(balance, day) });
    list('2026-11-04', [listed('-1.00')], '100.00');
    list('2026-11-11', both, '10.00');
    serve(store, 'ledger');
    list('2026-11-15', without, '22.00');
    expect(changes(store)).toEqual([{ of: 'B', removed: true, wasRemoved: false, statedOn: '2026-11-15' }]);
    serve(store, 'ledger');
    list('2026-11-16', [...both, ...without.slice(2)], '2.00');
    expect(changes(store)).toEqual([{ of: 'B', removed: false, wasRemoved: true, statedOn: '2026-11-16' }]);
  });

  test('a transaction that was removed before and still is, is no change', async () => {
    const store = await openSaved(on('2026-11-05', [a, b], null));
    const deletion = transaction({ fitid: 'X', corrects: { fitid: 'B', action: 'DELETE' } });
    save(store, [a, deletion], 23);
    serve(store, 'ledger');
    save(store, [a, { ...b, name: 'B 2' }, deletion], 24);
    expect(changes(store)).toEqual([]);
  });
});
