/** Statements are ordered by their arrival: a clock that was wrong once, here or at the bank, changes nothing later. */

import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { openStore } from '../../../src/store/open.js';
import { resumeFrom } from '../../../src/sync/date-windows.js';
import { account } from '../../support/builders.js';
import { change } from '../../support/dump.js';
import { balanceOf, gapsIn, moved, type Saving, saveAt, storedIn } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

const AHEAD = '2027-11-20';
const shop = (amount: string) => ({ transactions: [moved('F1', '2026-11-18', amount, { name: 'SHOP' })] });

test.each<[string, Saving]>([
  ['this computer’s clock was a year ahead', { at: AHEAD, serverTime: '2026-11-20T12:00:00Z' }],
  ['this computer’s clock was years behind', { at: '2020-01-01', serverTime: '2026-11-20T12:00:00Z' }],
  ['the bank’s clock was a year ahead', { at: '2026-11-20', serverTime: '2027-11-20T12:00:00Z' }],
  ['both were', { at: AHEAD, serverTime: '2027-11-20T12:00:00Z' }],
])('a later correction is stored, although %s', async (_, wrong) => {
  const store = await openStore(scratchDir());
  saveAt(store, wrong, shop('-10.00'));
  expect(saveAt(store, { at: '2026-11-21' }, shop('-12.00')).changed).toBe(1);
  expect(storedIn(store)).toEqual(['2026-11-18 -12.00 SHOP']);
});

test.each([AHEAD, '2020-01-01'])('a balance, a removal and what is pending follow a download of %s', async (at) => {
  const store = await openStore(scratchDir());
  const pending = moved('P1', '2026-11-19', '-1.00', { pending: true });
  const before = { ...shop('-10.00'), ledgerBalance: balanceOf('90.00', '2026-11-20') };
  saveAt(
    store,
    { at, serverTime: '2026-11-20T12:00:00Z' },
    { ...before, transactions: [...before.transactions, pending] },
  );
  const deletion = moved('F2', '2026-11-18', '-10.00', { corrects: { fitid: 'F1', action: 'DELETE' } });
  saveAt(store, { at: '2026-11-21' }, { ledgerBalance: balanceOf('100.00', '2026-11-20'), transactions: [deletion] });
  expect(storedIn(store)).toEqual([]);
  expect(store.accountState(account())?.ledgerBalance?.amount).toBe('100.00');
});

test('a file made before a download never replaces it, whatever the clock said in between', async () => {
  for (const between of [AHEAD, '2020-01-01']) {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-19' }, shop('-11.00'));
    saveAt(store, { at: between }, shop('-12.00'));
    saveAt(store, { at: '2026-11-21' }, shop('-13.00'));
    const made = (asOf: string) => ({ at: '2026-11-22', asOf, file: true });
    expect(saveAt(store, made('2026-11-18'), shop('-10.00')).changed).toBe(0);
    expect(saveAt(store, made('2026-11-20'), shop('-10.00')).changed).toBe(0);
    expect(storedIn(store)).toEqual(['2026-11-18 -13.00 SHOP']);
  }
});

test('a file made after a download replaces it, although the clock was ahead then', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: AHEAD }, shop('-12.00'));
  expect(saveAt(store, { at: '2026-11-22', asOf: '2026-11-21', file: true }, shop('-13.00')).changed).toBe(1);
  // The date that a file gives itself never puts it before a later download.
  saveAt(store, { at: '2026-11-23', asOf: '2030-01-01', file: true }, shop('-14.00'));
  expect(saveAt(store, { at: '2026-11-24' }, shop('-15.00')).changed).toBe(1);
});

test('files are ordered by the time at which they were made', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-22', asOf: '2026-11-21', file: true }, shop('-13.00'));
  expect(saveAt(store, { at: '2026-11-22', asOf: '2026-11-20', file: true }, shop('-12.00')).changed).toBe(0);
  expect(saveAt(store, { at: '2026-11-22', asOf: '2026-11-22', file: true }, shop('-14.00')).changed).toBe(1);
});

const span = (from: string, to: string) => ({ from: isoDate(from), to: isoDate(to), downloaded: true });
const today = isoDate('2026-11-22');
const first = isoDate('2026-08-24');

test('a run whose clock was ahead covers no day to come', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: AHEAD, serverTime: '2026-11-20T12:00:00Z' });
  expect(store.accountState(account())?.coverage).toEqual([span('2026-11-01', '2026-11-20')]);
});

test('days to come that are covered are asked for once they are here, and forgotten once both clocks agree', async () => {
  const data = scratchDir();
  const store = await openStore(data);
  saveAt(store, { at: '2026-11-10' });
  change(data, "UPDATE coverage SET to_date = '2027-11-20'");
  const next = () => {
    const { coverage = [], gaps = [], ledgerBalance = null } = store.accountState(account()) ?? {};
    return resumeFrom({ coverage, gaps, ledgerBalance }, { first, overlapDays: 10, today });
  };
  expect(next()).toBe(first);
  saveAt(store, { at: '2026-11-22', from: first, serverTime: '2026-11-22T12:00:00Z' });
  expect(next()).toBe('2026-11-12');
});

test('a gap that was found by a clock that was ahead is found again', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-08' }, { ledgerBalance: balanceOf('100.00', '2026-11-08') });
  saveAt(store, { at: AHEAD }, { ledgerBalance: balanceOf('90.00', '2026-11-10') });
  saveAt(store, { at: '2026-11-12', from: '2026-11-08' }, { ledgerBalance: balanceOf('90.00', '2026-11-10') });
  expect(gapsIn(store)).toEqual(['2026-11-08 2026-11-10 -10']);
  expect(store.accountState(account())?.gaps[0]?.foundAt).toMatch(/^2026-11-12/);
});

test.each([AHEAD, '2020-01-01'])('what a download of %s could not read is settled by the next one', async (at) => {
  const store = await openStore(scratchDir());
  const notices = [{ code: 'bad-transaction', message: 'a transaction was skipped', on: isoDate('2026-11-18') }];
  saveAt(store, { at, serverTime: '2026-11-20T12:00:00Z' }, { notices });
  expect(store.status([account()])[0]?.unread).toHaveLength(1);
  saveAt(store, { at: '2026-11-21' }, shop('-12.00'));
  expect(store.status([account()])[0]?.unread).toEqual([]);
});
