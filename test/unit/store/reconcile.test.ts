/** Reconciliation: balances that agree although they seem not to, and the missing amount of others. */

import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { openStore } from '../../../src/store/open.js';
import { account } from '../../support/builders.js';
import { balanceOf, gapsIn, moved, saveAt } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

test('a day of more than a hundred movements adds up', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('1000.00', '2026-11-10') });
  const transactions = Array.from({ length: 150 }, (_, i) => moved(`F${i}`, '2026-11-12', '-1.00'));
  saveAt(store, { at: '2026-11-12' }, { ledgerBalance: balanceOf('850.00', '2026-11-12'), transactions });
  expect(gapsIn(store)).toEqual([]);
});

test('a balance from within a day that is listed newest first', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  // real order: -1, -2, -4; the balance is from after the first
  const transactions = [
    moved('C', '2026-11-12', '-4.00'),
    moved('B', '2026-11-12', '-2.00'),
    moved('A', '2026-11-12', '-1.00'),
  ];
  saveAt(store, { at: '2026-11-12' }, { ledgerBalance: balanceOf('99.00', '2026-11-12'), transactions });
  expect(gapsIn(store)).toEqual([]);
});

test('transactions after the first balance on its own day are not part of the reported amount', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  saveAt(
    store,
    { at: '2026-11-11' },
    { ledgerBalance: balanceOf('80.00', '2026-11-11'), transactions: [moved('A', '2026-11-10', '-10.00')] },
  );
  expect(gapsIn(store)).toEqual(['2026-11-10 2026-11-11 -10']);
});

test('a transaction that is backdated between earlier balances', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-08' }, { ledgerBalance: balanceOf('100.00', '2026-11-08') });
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  saveAt(
    store,
    { at: '2026-11-12' },
    { ledgerBalance: balanceOf('90.00', '2026-11-12'), transactions: [moved('A', '2026-11-09', '-10.00')] },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('a transaction that is backdated before the balances', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  saveAt(
    store,
    { at: '2026-11-12' },
    { ledgerBalance: balanceOf('90.00', '2026-11-12'), transactions: [moved('A', '2026-11-09', '-10.00')] },
  );
  expect(gapsIn(store)).toEqual([]);
});

test.each([
  ['by six weeks explains the difference', '2026-10-01', []],
  ['by two months explains nothing', '2026-09-10', ['2026-11-10 2026-11-12 -10']],
])('a transaction that is dated back %s', async (_, postedOn, gaps) => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  saveAt(
    store,
    { at: '2026-11-12', from: '2026-09-01' },
    { ledgerBalance: balanceOf('90.00', '2026-11-12'), transactions: [moved('A', postedOn, '-10.00')] },
  );
  expect(gapsIn(store)).toEqual(gaps);
});

test('balances in two currencies are not compared', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('100.00', '2026-11-10') });
  const euros = { ...balanceOf('92.00', '2026-11-12'), currency: 'EUR' };
  saveAt(store, { at: '2026-11-12' }, { currency: 'EUR', ledgerBalance: euros });
  expect(gapsIn(store)).toEqual([]);
  saveAt(
    store,
    { at: '2026-11-14' },
    { currency: 'EUR', ledgerBalance: { ...euros, ...balanceOf('90.00', '2026-11-14'), currency: 'EUR' } },
  );
  expect(gapsIn(store)).toEqual(['2026-11-12 2026-11-14 -2']);
});

test('a transaction that is deleted later', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-08' }, { ledgerBalance: balanceOf('100.00', '2026-11-08') });
  saveAt(
    store,
    { at: '2026-11-10' },
    { ledgerBalance: balanceOf('90.00', '2026-11-10'), transactions: [moved('A', '2026-11-09', '-10.00')] },
  );
  saveAt(
    store,
    { at: '2026-11-12' },
    {
      ledgerBalance: balanceOf('100.00', '2026-11-12'),
      transactions: [moved('Z', '2026-11-11', '0.00', { corrects: { fitid: 'A', action: 'DELETE' } })],
    },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('an amount that is changed later', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-08' }, { ledgerBalance: balanceOf('100.00', '2026-11-08') });
  saveAt(
    store,
    { at: '2026-11-10' },
    { ledgerBalance: balanceOf('90.00', '2026-11-10'), transactions: [moved('A', '2026-11-09', '-10.00')] },
  );
  saveAt(
    store,
    { at: '2026-11-12' },
    { ledgerBalance: balanceOf('88.00', '2026-11-12'), transactions: [moved('A', '2026-11-09', '-12.00')] },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('a transaction of days before the stated period clears the gap that it explains', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { ledgerBalance: balanceOf('100.00', '2026-11-02') });
  saveAt(store, { at: '2026-11-04' }, { ledgerBalance: balanceOf('90.00', '2026-11-04') });
  expect(gapsIn(store)).toEqual(['2026-11-02 2026-11-04 -10']);
  saveAt(
    store,
    { at: '2026-11-12' },
    {
      period: { from: isoDate('2026-11-10'), to: isoDate('2026-11-12') },
      ledgerBalance: balanceOf('90.00', '2026-11-12'),
      transactions: [moved('A', '2026-11-03', '-10.00')],
    },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('a balance from before the stated period is checked', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { ledgerBalance: balanceOf('100.00', '2026-11-02') });
  saveAt(
    store,
    { at: '2026-11-12' },
    {
      period: { from: isoDate('2026-11-10'), to: isoDate('2026-11-12') },
      ledgerBalance: balanceOf('90.00', '2026-11-09'),
    },
  );
  expect(gapsIn(store)).toContain('2026-11-02 2026-11-09 -10');
});

test('an institution that becomes unreliable keeps no old gap', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { ledgerBalance: balanceOf('100.00', '2026-11-02') });
  saveAt(store, { at: '2026-11-04' }, { ledgerBalance: balanceOf('90.00', '2026-11-04') });
  saveAt(
    store,
    { at: '2026-11-05', quirks: { ledgerBalance: 'unreliable' } },
    { ledgerBalance: balanceOf('90.00', '2026-11-05') },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('a balance with a future day counts for today', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { ledgerBalance: balanceOf('100.00', '2026-12-31') });
  saveAt(
    store,
    { at: '2026-11-04' },
    { ledgerBalance: balanceOf('90.00', '2026-11-04'), transactions: [moved('A', '2026-11-03', '-10.00')] },
  );
  expect(store.accountState(account())?.ledgerBalance?.amount).toBe('90.00');
  expect(gapsIn(store)).toEqual([]);
});

test('a clock that was put back does not change the day of a balance', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { ledgerBalance: balanceOf('100.00', '2026-11-02') });
  saveAt(
    store,
    { at: '2000-01-01', serverTime: '2026-11-04T11:59:58.000Z' },
    { ledgerBalance: balanceOf('90.00', '2026-11-04'), transactions: [moved('A', '2026-11-03', '-10.00')] },
  );
  expect(store.accountState(account())?.ledgerBalance).toMatchObject({ amount: '90.00', asOf: '2026-11-04' });
  expect(gapsIn(store)).toEqual([]);
});

test('the balance of a loan changes only by the principal of a payment', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-01' }, { kind: 'loan', ledgerBalance: balanceOf('-150000.00', '2026-11-01') });
  saveAt(
    store,
    { at: '2026-11-12' },
    {
      kind: 'loan',
      ledgerBalance: balanceOf('-149100.00', '2026-11-12'),
      transactions: [moved('P1', '2026-11-03', '1200.00')],
    },
  );
  expect(gapsIn(store)).toEqual([]);
});

test('a transaction that is stored twice is reported as too much, although it came late', async () => {
  const store = await openStore(scratchDir());
  const day = (at: string) => ({ at, from: '2026-11-01' });
  saveAt(store, day('2026-11-08'), { ledgerBalance: balanceOf('100.00', '2026-11-08') });
  const once = moved('A', '2026-11-09', '-42.00', { name: 'GROCER' });
  saveAt(store, day('2026-11-10'), { ledgerBalance: balanceOf('58.00', '2026-11-10'), transactions: [once] });
  const twice = [once, moved('B', '2026-11-09', '-42.00', { name: 'GROCER' })];
  const { notices } = saveAt(store, day('2026-11-12'), {
    ledgerBalance: balanceOf('58.00', '2026-11-12'),
    transactions: twice,
  });
  expect(gapsIn(store)).toEqual(['2026-11-10 2026-11-12 42']);
  expect(notices.map(({ message }) => message).join()).toContain('-42.00 of 2026-11-09 (GROCER) may be one too many');
});

test('a transaction that came late counts once, whichever balances it is between', async () => {
  const store = await openStore(scratchDir());
  const late = moved('L', '2026-11-05', '-10.00');
  const lag = moved('M', '2026-11-07', '-1.00');
  saveAt(store, { at: '2026-11-04' }, { ledgerBalance: balanceOf('100.00', '2026-11-04') });
  saveAt(store, { at: '2026-11-06' }, { ledgerBalance: balanceOf('100.00', '2026-11-06') });
  // The balance has the second one before the list has it.
  saveAt(store, { at: '2026-11-08' }, { ledgerBalance: balanceOf('99.00', '2026-11-08') });
  saveAt(store, { at: '2026-11-10' }, { ledgerBalance: balanceOf('89.00', '2026-11-10'), transactions: [late, lag] });
  expect(gapsIn(store)).toEqual([]);
});

test('one gap does not spread to the balances after it', async () => {
  const store = await openStore(scratchDir());
  for (const [day, amount] of [
    ['02', '100.00'],
    ['03', '100.00'],
    ['04', '93.00'],
    ['05', '93.00'],
    ['06', '93.00'],
  ])
    saveAt(store, { at: `2026-11-${day}` }, { ledgerBalance: balanceOf(amount ?? '', `2026-11-${day}`) });
  expect(gapsIn(store)).toEqual(['2026-11-03 2026-11-04 -7']);
});
