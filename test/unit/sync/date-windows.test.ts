/** Halving windows and putting their statements together again. */

import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { halve, mergeStatements, resumeFrom, shortWindows } from '../../../src/sync/date-windows.js';
import { account, statement, transaction } from '../../support/builders.js';
import { fc } from '../../support/properties.js';

const today = isoDate('2026-11-20');
const wanted = (from: string, to: string | null = null) => ({
  account: account(),
  from: isoDate(from),
  to: to === null ? null : isoDate(to),
});

test('the halves cover every day once, and halving ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
      const open = [wanted(addDays(today, -days), today)];
      let covered = 0;
      for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
        const halves = halve(piece, today);
        if (halves === null) covered += daysBetween(piece.from, piece.to ?? today) + 1;
        else {
          expect(daysBetween(halves.older.to ?? today, halves.newer.from)).toBe(1);
          open.push(halves.older, halves.newer);
        }
      }
      expect(covered).toBe(days + 1);
    }),
  );
});

test('an open end stays open in the newer half', () => {
  expect(halve(wanted('2026-10-20'), today)?.newer.to).toBeNull();
});

test('maxDaysPerRequest is the number of days in a window', () => {
  expect(shortWindows(wanted('2026-11-11'), 10, today)).toEqual([wanted('2026-11-11')]);
  expect(shortWindows(wanted('2026-11-10'), 10, today)).toHaveLength(2);
  expect(shortWindows(wanted('2020-01-01'), undefined, today)).toEqual([wanted('2020-01-01')]);
});

test('short windows cover every day once, the newest first, and only the newest is open', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 4, max: 400 }), (days, maxDays) => {
      const pieces = shortWindows(wanted(addDays(today, -days)), maxDays, today);
      expect(pieces[0]?.to).toBeNull();
      expect(pieces.at(-1)?.from).toBe(addDays(today, -days));
      for (const [index, { from, to }] of pieces.entries()) {
        expect(daysBetween(from, to ?? today)).toBeLessThan(maxDays);
        if (index > 0) expect(addDays(to ?? today, 1)).toBe(pieces[index - 1]?.from);
      }
    }),
  );
});

test('merging keeps every transaction, the newest balances, and the whole period', () => {
  const older = statement({
    transactions: [transaction({ fitid: 'A' })],
    period: { from: isoDate('2026-09-01'), to: isoDate('2026-09-30') },
  });
  const newer = statement({
    transactions: [transaction({ fitid: 'B' })],
    period: { from: isoDate('2026-10-01'), to: isoDate('2026-11-20') },
  });
  const merged = mergeStatements([older, newer]);
  expect(merged?.transactions.map(({ fitid }) => fitid)).toEqual(['A', 'B']);
  expect(merged?.period).toEqual({ from: '2026-09-01', to: '2026-11-20' });
  expect(mergeStatements([])).toBeNull();
});

test('what several pieces have is there once, and as often as one piece has it', () => {
  const pending = transaction({ fitid: null, pending: true });
  const merged = mergeStatements([
    statement({ transactions: [pending] }),
    statement({ transactions: [pending, pending, transaction()] }),
    statement({ transactions: [pending] }),
  ]);
  expect(merged?.transactions).toEqual([pending, pending, transaction()]);
});

test('of two balances of one day the last counts', () => {
  const balance = (amount: string) => ({ amount: decimal(amount), currency: 'USD', asOf: isoDate('2026-11-18') });
  const both = [balance('1.00'), balance('2.00')].map((ledgerBalance) => statement({ ledgerBalance }));
  expect(mergeStatements(both)?.ledgerBalance?.amount).toBe('2.00');
});

test('a window of three days is cut, and one of two is not', () => {
  expect(halve(wanted('2026-11-17'), today)).toMatchObject({
    older: { from: '2026-11-17', to: '2026-11-18' },
    newer: { from: '2026-11-19', to: null },
  });
  expect(halve(wanted('2026-11-18'), today)).toBeNull();
});

describe('where the next window begins', () => {
  const span = (from: string, to: string, downloaded = true) => ({
    from: isoDate(from),
    to: isoDate(to),
    downloaded,
  });
  const balance = { amount: decimal('1.00'), currency: 'USD', asOf: today };
  const resumed = (
    coverage: readonly ReturnType<typeof span>[],
    gapFoundAt: string | null = null,
    ledgerBalance: typeof balance | null = balance,
  ) =>
    resumeFrom(
      {
        coverage,
        ledgerBalance,
        gaps: gapFoundAt === null ? [] : [{ from: isoDate('2026-09-05'), foundAt: gapFoundAt }],
      },
      { first: isoDate('2026-08-22'), overlapDays: 10, today },
    );
  const KNOWN = [span('2026-01-01', '2026-11-18')];

  test('the end of what is covered less the overlap', () => {
    expect(resumed(KNOWN)).toBe('2026-11-08');
    expect(resumed([])).toBe('2026-08-22');
  });

  test('a balance gap of the last 30 days widens it, since institutions post late; an older one does not', () => {
    // 45 days before the gap.
    expect(resumed(KNOWN, '2026-11-18T06:30:00Z')).toBe('2026-07-22');
    expect(resumed(KNOWN, '2026-10-21T00:00:00Z')).toBe('2026-07-22');
    expect(resumed(KNOWN, '2026-10-20T23:59:59Z')).toBe('2026-11-08');
  });

  test('a gap that days without a statement explain, before the history that is requested, does not widen it', () => {
    const imported = span('2025-01-01', '2025-12-31');
    const since = span('2026-08-22', '2026-11-18');
    const gapAfter = (from: string, coverage: ReturnType<typeof span>[]) =>
      resumeFrom(
        { coverage, ledgerBalance: balance, gaps: [{ from: isoDate(from), foundAt: '2026-11-18T06:30:00Z' }] },
        { first: isoDate('2026-08-22'), overlapDays: 10, today },
      );
    expect(gapAfter('2025-12-31', [imported, since])).toBe('2026-11-08');
    expect(gapAfter('2025-12-31', [since])).toBe('2026-11-08');
    expect(gapAfter('2025-12-31', [span('2026-01-01', '2026-11-18'), imported])).toBe('2025-11-16');
    // A late posting beside it is found as before.
    expect(gapAfter('2026-09-05', [imported, since])).toBe('2026-07-22');
    expect(gapAfter('2026-08-21', [imported, since])).toBe('2026-07-07');
  });

  test('without balances, the first window of a month reaches 45 days back', () => {
    expect(resumed(KNOWN, null, null)).toBe('2026-11-08');
    expect(resumed([span('2026-01-01', '2026-10-31')], null, null)).toBe('2026-10-06');
    expect(resumed([span('2026-01-01', '2026-10-31')])).toBe('2026-10-21');
  });

  test('after a pause longer than history it is where the record ends', () => {
    expect(resumed([span('2026-01-01', '2026-02-01'), span('2026-03-01', '2026-05-31')])).toBe('2026-05-21');
  });

  test('a file alone, which does not reach as far back, stands for no download', () => {
    expect(resumed([span('2026-11-01', '2026-11-18', false)])).toBe('2026-08-22');
  });
});

test('the balance of several statements is that of the latest day, whichever comes first', () => {
  const balance = (amount: string, day: string) => ({ amount: decimal(amount), currency: 'USD', asOf: isoDate(day) });
  const [old, recent] = [balance('1.00', '2026-10-18'), balance('2.00', '2026-11-18')];
  for (const pair of [
    [old, recent],
    [recent, old],
  ])
    expect(mergeStatements(pair.map((ledgerBalance) => statement({ ledgerBalance })))?.ledgerBalance).toEqual(recent);
});
