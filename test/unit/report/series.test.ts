/** Balance curves from stated balances and transactions. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { add, ZERO } from '../../../src/model/money.js';
import type { AccountHistory } from '../../../src/model/overview/history.js';
import { balanceSeries, sampledAmounts } from '../../../src/report/series.js';

type Line = readonly [day: string, amount: string, currency?: string];

const balance = ([day, amount, currency = 'USD']: Line) => ({ amount: decimal(amount), currency, asOf: isoDate(day) });
const booking = ([day, amount, currency = 'USD']: Line) => ({ amount: decimal(amount), currency, day: isoDate(day) });

function history(
  change: { balances?: Line[]; bookings?: Line[]; values?: Line[] } & Partial<
    Pick<AccountHistory, 'gaps' | 'coverage'>
  >,
): AccountHistory {
  const { balances = [], bookings = [], values = [], gaps = [], coverage = [] } = change;
  return {
    institution: 'river',
    account: 'checking',
    gaps,
    coverage,
    balances: balances.map(balance),
    bookings: bookings.map(booking),
    values: values.map(balance),
  };
}

function curve(change: Parameters<typeof history>[0]): string[] | null {
  return balanceSeries(history(change))?.points.map(({ day, amount }) => `${day.slice(5)} ${amount}`) ?? null;
}

describe('the curve of an account', () => {
  test('leads back from the newest balance by the transactions', () => {
    expect(
      curve({
        balances: [['2026-11-20', '100.00']],
        bookings: [
          ['2026-11-03', '-20.50'],
          ['2026-11-18', '70.25'],
        ],
      }),
    ).toEqual(['11-02 50.25', '11-03 29.75', '11-18 100', '11-20 100']);
  });

  test('goes on after the newest balance', () => {
    expect(curve({ balances: [['2026-11-10', '5']], bookings: [['2026-11-12', '-7']] })).toEqual([
      '11-10 5',
      '11-11 5',
      '11-12 -2',
    ]);
  });

  test('a balance stated before the transactions of its day moves nothing', () => {
    const balances: Line[] = [
      ['2026-11-01', '10'],
      ['2026-11-05', '10'],
      ['2026-11-09', '13'],
    ];
    const bookings: Line[] = [
      ['2026-11-05', '1'],
      ['2026-11-07', '2'],
    ];
    expect(curve({ balances, bookings })).toEqual(['11-01 10', '11-04 10', '11-05 11', '11-07 13', '11-09 13']);
  });

  test('a balance that lacks what the bank booked late moves nothing', () => {
    const balances: Line[] = [
      ['2026-11-01', '10'],
      ['2026-11-05', '10'],
      ['2026-11-09', '6'],
    ];
    expect(curve({ balances, bookings: [['2026-11-03', '-4']] })).toEqual([
      '11-01 10',
      '11-02 10',
      '11-03 6',
      '11-09 6',
    ]);
  });

  test('what the transactions do not explain is a step on the day after the older balance', () => {
    const balances: Line[] = [
      ['2026-11-01', '10'],
      ['2026-11-09', '110'],
    ];
    expect(curve({ balances, bookings: [['2026-11-05', '1']] })).toEqual([
      '11-01 10',
      '11-02 109',
      '11-04 109',
      '11-05 110',
      '11-09 110',
    ]);
  });

  test('an account without transactions is a level line', () => {
    expect(
      curve({
        balances: [
          ['2026-11-01', '0'],
          ['2026-11-09', '0'],
        ],
      }),
    ).toEqual(['11-01 0', '11-09 0']);
    expect(curve({ balances: [['2026-11-09', '-3']] })).toEqual(['11-09 -3']);
  });

  test('another currency is no part of it', () => {
    expect(
      curve({
        balances: [
          ['2026-11-01', '7', 'EUR'],
          ['2026-11-09', '10'],
        ],
        bookings: [['2026-11-05', '1', 'EUR']],
      }),
    ).toEqual(['11-09 10']);
  });

  test('nothing without a balance', () => {
    expect(curve({ bookings: [['2026-11-05', '1']] })).toBeNull();
    expect(curve({})).toBeNull();
  });

  test('of an investment it shows the value, not the cash that is booked', () => {
    expect(
      curve({
        values: [
          ['2026-11-01', '1000.5'],
          ['2026-11-01', '3', 'EUR'],
          ['2026-11-09', '990'],
        ],
        bookings: [['2026-11-05', '-100']],
      }),
    ).toEqual(['11-01 1000.5', '11-09 990']);
  });

  test('gaps and days without a statement are uncertain', () => {
    const span = (from: string, to: string) => ({ from: isoDate(from), to: isoDate(to) });
    const series = balanceSeries(
      history({
        balances: [['2026-11-09', '10']],
        coverage: [
          { ...span('2026-08-01', '2026-08-31'), downloaded: true },
          { ...span('2026-10-01', '2026-11-09'), downloaded: true },
        ],
        gaps: [{ institution: 'river', account: 'checking', ...span('2026-08-03', '2026-08-05'), missing: null }],
      }),
    );
    expect(series?.uncertain).toEqual([span('2026-08-03', '2026-08-05'), span('2026-09-01', '2026-09-30')]);
  });

  test('reproduces any history whose every balance is known, exactly', () => {
    const cents = fc
      .integer({ min: -100_000, max: 100_000 })
      .map((n) => decimal((n / 100).toFixed(2).replace(/^-0\.00$/, '0.00')));
    fc.assert(
      fc.property(
        cents,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), cents), { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (start, moves, every) => {
          const first = isoDate('2025-01-01');
          const byDay = new Map<number, ReturnType<typeof decimal>>();
          for (const [offset, amount] of moves) byDay.set(offset, add(byDay.get(offset) ?? ZERO, amount));
          const truth = new Map<string, string>();
          let total = start;
          for (let offset = 0; offset <= 400; offset += 1) {
            total = add(total, byDay.get(offset) ?? ZERO);
            truth.set(addDays(first, offset), total);
          }
          const stated = [...truth].filter((_, index) => index % every === 0 || index === 400);
          const series = balanceSeries(
            history({
              balances: stated.map(([day, amount]) => [day, amount]),
              bookings: [...byDay].map(([offset, amount]) => [addDays(first, offset), amount]),
            }),
          );
          for (const { day, amount } of series?.points ?? [])
            expect(amount).toBe(add(decimal(truth.get(day) ?? add(start, ZERO)), ZERO));
          expect(series?.points.at(-1)?.amount).toBe(add(total, ZERO));
        },
      ),
    );
  });
});

test('samples for a small drawing', () => {
  const points = [
    { day: isoDate('2026-11-03'), amount: decimal('1') },
    { day: isoDate('2026-11-05'), amount: decimal('2') },
  ];
  const span = { from: isoDate('2026-11-01'), to: isoDate('2026-11-07') };
  expect(sampledAmounts({ points }, span, 4)).toEqual([null, '1', '2', '2']);
  expect(sampledAmounts({ points: [] }, span, 2)).toEqual([null, null]);
});
