/** The calendar of coverage: each month has the state of its worst day. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { type CalendarInput, coverageCalendar, monthsBetween } from '../../../src/report/calendar.js';

const TODAY = isoDate('2026-11-20');

const span = (from: string, to: string) => ({ from: isoDate(from), to: isoDate(to) });

function input(change: Partial<CalendarInput> = {}): CalendarInput {
  const coverage = [span('2026-06-10', '2026-11-20')];
  return { institution: 'river', account: 'checking', coverage, gaps: [], stale: false, failingSince: null, ...change };
}

/** Returns `07 covered 31` for each month from July to November. */
function monthsOf(change: Partial<CalendarInput>): string[] {
  const { rows } = coverageCalendar([input(change)], { from: isoDate('2026-07-15'), today: TODAY });
  return (rows[0]?.months ?? []).map(({ month, state, days }) => `${month.slice(5)} ${state} ${days}`);
}

describe('the calendar of coverage', () => {
  test('covered months', () => {
    expect(monthsOf({})).toEqual(['07 covered 31', '08 covered 31', '09 covered 30', '10 covered 31', '11 covered 20']);
  });

  test('months before the account’s first day', () => {
    expect(monthsOf({ coverage: [span('2026-09-29', '2026-11-20')] })).toEqual([
      '07 before 0',
      '08 before 0',
      '09 covered 2',
      '10 covered 31',
      '11 covered 20',
    ]);
  });

  test('a day between two statements that none covers is a gap', () => {
    expect(monthsOf({ coverage: [span('2026-07-01', '2026-08-30'), span('2026-09-01', '2026-11-20')] })).toEqual([
      '07 covered 31',
      '08 gap 1',
      '09 covered 30',
      '10 covered 31',
      '11 covered 20',
    ]);
  });

  test('a missing amount begins on the day after the balance that still agreed', () => {
    const missing = { amount: decimal('-5'), currency: 'USD' };
    expect(monthsOf({ gaps: [{ ...span('2026-08-31', '2026-09-02'), missing }] })[1]).toBe('08 covered 31');
    expect(monthsOf({ gaps: [{ ...span('2026-08-31', '2026-09-02'), missing }] })[2]).toBe('09 gap 2');
    expect(monthsOf({ gaps: [{ ...span('2026-08-31', '2026-08-31'), missing }] })[1]).toBe('08 gap 1');
  });

  test('days that the bank no longer provides count as covered in the store, and were refused', () => {
    expect(monthsOf({ gaps: [{ ...span('2026-09-28', '2026-10-03'), missing: null }] })).toEqual([
      '07 covered 31',
      '08 covered 31',
      '09 refused 3',
      '10 refused 3',
      '11 covered 20',
    ]);
  });

  test('a gap is worse than a refusal in the same month', () => {
    const missing = { amount: decimal('-5'), currency: 'USD' };
    const gaps = [
      { ...span('2026-09-01', '2026-09-20'), missing: null },
      { ...span('2026-09-22', '2026-09-23'), missing },
    ];
    expect(monthsOf({ gaps })[2]).toBe('09 gap 1');
  });

  test('days since the last statement are stale only when that is too old', () => {
    const coverage = [span('2026-06-10', '2026-09-30')];
    expect(monthsOf({ coverage })).toEqual([
      '07 covered 31',
      '08 covered 31',
      '09 covered 30',
      '10 covered 0',
      '11 covered 0',
    ]);
    expect(monthsOf({ coverage, stale: true }).slice(2)).toEqual(['09 covered 30', '10 stale 31', '11 stale 20']);
  });

  test('days for which a run asked in vain were refused', () => {
    const coverage = [span('2026-06-10', '2026-09-30')];
    expect(monthsOf({ coverage, stale: true, failingSince: isoDate('2026-11-10') }).slice(3)).toEqual([
      '10 stale 31',
      '11 refused 11',
    ]);
    expect(monthsOf({ coverage, stale: true, failingSince: isoDate('2026-08-10') }).slice(2)).toEqual([
      '09 covered 30',
      '10 refused 31',
      '11 refused 20',
    ]);
  });

  test('an account without any statement shows today’s month', () => {
    expect(monthsOf({ coverage: [], stale: true })).toEqual([
      '07 before 0',
      '08 before 0',
      '09 before 0',
      '10 before 0',
      '11 stale 1',
    ]);
    expect(monthsOf({ coverage: [], stale: true, failingSince: TODAY }).at(-1)).toBe('11 refused 1');
  });

  test('begins with the first day of all accounts, and has every month', () => {
    const older = input({ institution: 'summit', coverage: [span('2025-12-31', '2026-01-02')] });
    const { months, rows } = coverageCalendar([input(), older], { from: null, today: TODAY });
    expect(months).toHaveLength(12);
    expect([months[0], months.at(-1)]).toEqual(['2025-12', '2026-11']);
    expect(rows.map((row) => row.months.map(({ state }) => state[0]).join(''))).toEqual([
      'bbbbbbcccccc',
      'cccccccccccc',
    ]);
  });

  test('no accounts', () => {
    expect(coverageCalendar([], { from: null, today: TODAY })).toEqual({ months: ['2026-11'], rows: [] });
  });

  test('February of a leap year', () => {
    const coverage = [span('2024-02-01', '2024-02-29')];
    const { rows } = coverageCalendar([input({ coverage })], { from: null, today: isoDate('2024-02-29') });
    expect(rows[0]?.months).toEqual([{ month: '2024-02', state: 'covered', days: 29 }]);
  });
});

test('months between two days', () => {
  expect(monthsBetween(isoDate('2025-11-30'), isoDate('2026-02-01'))).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
  ]);
  expect(monthsBetween(isoDate('2026-02-01'), isoDate('2026-01-31'))).toEqual([]);
});
