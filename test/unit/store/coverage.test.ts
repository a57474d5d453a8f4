/** Coverage: covered days, days that are lost for good, and the start of the next window. */

import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Statement } from '../../../src/model/statement.js';
import type { SaveResult, Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { resumeFrom } from '../../../src/sync/date-windows.js';
import { account, institution, statement } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

interface Asked {
  readonly at: string;
  readonly from: string;
  readonly to?: string;
  readonly limit?: string;
  readonly starts?: string;
  readonly balance?: string;
  /** Read again by a replay. */
  readonly replayedAt?: string;
}

function download(store: Store, { at, from, to, limit, starts, balance, replayedAt }: Asked): SaveResult {
  const change: Partial<Statement> = {
    period: starts === undefined ? null : { from: isoDate(starts), to: isoDate(to ?? at) },
    ledgerBalance: balance === undefined ? null : { amount: decimal(balance), currency: 'USD', asOf: isoDate(at) },
  };
  const wanted = {
    account: account(),
    from: isoDate(from),
    to: to === undefined ? null : isoDate(to),
    ...(limit === undefined ? {} : { limit: isoDate(limit) }),
  };
  return store.save(account(), statement(change), {
    runId: null,
    at: new Date(`${at}T12:00:00`),
    ...(replayedAt === undefined ? {} : { replayedAt: new Date(`${replayedAt}T12:00:00`) }),
    wanted,
    institution: institution(),
  });
}

function file(store: Store, from: string, to: string): void {
  const period = { from: isoDate(from), to: isoDate(to) };
  store.save(account(), statement({ period }), {
    runId: null,
    at: new Date('2026-11-20T12:00:00'),
    wanted: null,
    institution: institution(),
  });
}

const spans = (store: Store) => store.accountState(account())?.coverage.map(({ from, to }) => `${from}/${to}`);
function next(store: Store, today: string, first: string): string {
  const state = store.accountState(account());
  if (state === null) throw new Error('nothing stored');
  return resumeFrom(state, { first: isoDate(first), overlapDays: 10, today: isoDate(today) });
}

test('adjacent windows become one span, and the next window begins at its end minus the overlap', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-08-01', from: '2026-05-03' });
  download(store, { at: '2026-08-20', from: '2026-07-22' });
  expect(spans(store)).toEqual(['2026-05-03/2026-08-20']);
  expect(next(store, '2026-08-25', '2026-05-27')).toBe('2026-08-10');
});

test('days that a person skipped with --since are requested by the next run', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-10-01', from: '2026-07-03' });
  download(store, { at: '2026-11-20', from: '2026-11-15' });
  expect(spans(store)).toEqual(['2026-07-03/2026-10-01', '2026-11-15/2026-11-20']);
  expect(next(store, '2026-11-21', '2026-08-23')).toBe('2026-09-21');
});

test('a request for an old year does not draw the next window back', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-11-10', from: '2026-08-12' });
  download(store, { at: '2026-11-10', from: '2020-01-01', to: '2020-12-31' });
  expect(next(store, '2026-11-21', '2026-08-23')).toBe('2026-10-31');
});

test('an old file does not replace the first download', async () => {
  const store = await openStore(scratchDir());
  file(store, '2020-01-01', '2020-12-31');
  file(store, '2026-11-01', '2026-11-19');
  expect(next(store, '2026-11-20', '2026-08-22')).toBe('2026-08-22');
});

test('a file adjacent to downloaded days counts', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-11-01', from: '2026-08-03' });
  file(store, '2026-11-02', '2026-11-18');
  expect(next(store, '2026-11-20', '2026-08-22')).toBe('2026-11-08');
});

test('an end in the future does not hide transactions that post until then', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-11-10', from: '2026-08-12', starts: '2026-08-12', to: '2026-12-31' });
  expect(spans(store)).toEqual(['2026-08-12/2026-11-10']);
});

test('a pause longer than the institution’s history is a gap with its dates, reported once', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-03-01', from: '2025-12-01' });
  const asked = { at: '2026-11-20', from: '2026-02-19', limit: '2026-08-21' };
  const { notices } = download(store, asked);
  expect(notices).toMatchObject([{ code: 'coverage-gap' }]);
  expect(notices[0]?.message).toContain('2026-03-02 to 2026-08-21');
  expect(store.gaps()).toMatchObject([{ from: '2026-03-02', to: '2026-08-21', missing: null }]);
  expect(store.accountState(account())?.historyDays).toBe(90);
  // It is neither requested nor reported again.
  expect(next(store, '2026-11-21', '2026-08-23')).toBe('2026-11-10');
  expect(download(store, { at: '2026-11-21', from: '2026-11-10' }).notices).toEqual([]);
});

test('a file closes the gap', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-03-01', from: '2025-12-01' });
  download(store, { at: '2026-11-20', from: '2026-02-19', limit: '2026-08-21' });
  file(store, '2026-03-01', '2026-06-30');
  expect(store.gaps()).toMatchObject([{ from: '2026-07-01', to: '2026-08-21' }]);
  file(store, '2026-06-01', '2026-09-30');
  expect(store.gaps()).toEqual([]);
});

test('a first statement that is shorter than requested is not a gap', async () => {
  const store = await openStore(scratchDir());
  expect(download(store, { at: '2026-11-20', from: '2025-11-20', limit: '2026-08-21' }).notices).toEqual([]);
  expect(store.gaps()).toEqual([]);
});

test('an institution’s limit after a file alone is no gap: nobody had asked it for the days before', async () => {
  const store = await openStore(scratchDir());
  file(store, '2026-03-01', '2026-05-31');
  expect(download(store, { at: '2026-11-20', from: '2026-02-19', limit: '2026-08-21' }).notices).toEqual([]);
  expect(store.gaps()).toEqual([]);
});

test('a limit that was learnt holds until the institution gives more, and an older statement teaches none', async () => {
  const store = await openStore(scratchDir());
  const historyDays = () => store.accountState(account())?.historyDays;
  download(store, { at: '2026-11-18', from: '2026-02-19', limit: '2026-10-18' });
  expect(historyDays()).toBe(30);
  download(store, { at: '2026-11-19', from: '2026-11-08' });
  expect(historyDays()).toBe(30);
  download(store, { at: '2026-10-01', from: '2026-02-19', limit: '2026-09-26', replayedAt: '2026-11-19' });
  expect(historyDays()).toBe(30);
  download(store, { at: '2026-11-20', from: '2026-08-22' });
  expect(historyDays()).toBeNull();
});

test('a statement that begins later than requested is a gap unless the balances agree', async () => {
  const silent = await openStore(scratchDir());
  download(silent, { at: '2026-10-01', from: '2026-07-03' });
  const late = { at: '2026-11-20', from: '2026-09-21', starts: '2026-11-01' };
  expect(download(silent, late).notices).toMatchObject([{ code: 'coverage-gap' }]);

  const proven = await openStore(scratchDir());
  download(proven, { at: '2026-10-01', from: '2026-07-03', balance: '10.00' });
  expect(download(proven, { ...late, balance: '10.00' }).notices).toEqual([]);
  expect(spans(proven)).toEqual(['2026-07-03/2026-11-20']);

  const wrong = await openStore(scratchDir());
  download(wrong, { at: '2026-10-01', from: '2026-07-03', balance: '10.00' });
  expect(download(wrong, { ...late, balance: '8.00' }).notices.map(({ code }) => code)).toEqual([
    'balance-gap',
    'coverage-gap',
  ]);
});

test('a recent balance gap draws the next window back to it', async () => {
  const store = await openStore(scratchDir());
  download(store, { at: '2026-10-01', from: '2026-07-03', balance: '10.00' });
  download(store, { at: '2026-11-20', from: '2026-09-21', balance: '8.00' });
  expect(next(store, '2026-11-21', '2026-08-23')).toBe('2026-08-17');
  expect(next(store, '2027-01-15', '2026-10-17')).toBe('2026-11-10');
});
