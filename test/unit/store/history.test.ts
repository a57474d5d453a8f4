/** Reading the histories of accounts for curves and calendars. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import type { Store } from '../../../src/ports.js';
import { balanceSeries } from '../../../src/report/series.js';
import { openStore } from '../../../src/store/open.js';
import { account } from '../../support/builders.js';
import { balanceOf, moved, saveAt } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

let store: Store;

beforeEach(async () => {
  store = await openStore(scratchDir());
});

afterEach(() => store.close());

function saveOctoberAndNovember(): void {
  saveAt(
    store,
    { at: '2026-10-20', from: '2026-10-01' },
    {
      transactions: [
        moved('A', '2026-10-05', '-0.10'),
        moved('B', '2026-10-05', '-0.20'),
        moved('C', '2026-10-09', '5.00', { currency: 'EUR' }),
        moved('D', '2026-10-20', '-7', { pending: true }),
      ],
      ledgerBalance: balanceOf('99.70', '2026-10-20'),
    },
  );
  saveAt(
    store,
    { at: '2026-11-20', from: '2026-10-20' },
    { transactions: [moved('E', '2026-11-02', '1.00')], ledgerBalance: balanceOf('100.70', '2026-11-20') },
  );
}

describe('the history of an account', () => {
  test('has the sums of days by currency, posted transactions only, and the stated balances', () => {
    saveOctoberAndNovember();
    const history = store.history(account(), null);
    expect(history?.bookings).toEqual([
      { day: '2026-10-05', amount: '-0.3', currency: 'USD' },
      { day: '2026-10-09', amount: '5.00', currency: 'EUR' },
      { day: '2026-11-02', amount: '1.00', currency: 'USD' },
    ]);
    expect(history?.balances).toEqual([balanceOf('99.70', '2026-10-20'), balanceOf('100.70', '2026-11-20')]);
    expect(history?.coverage).toEqual([{ from: '2026-10-01', to: '2026-11-20', downloaded: true }]);
    expect(history?.gaps).toEqual([]);
    expect(history === null ? null : balanceSeries(history)?.points.at(-1)).toEqual({
      day: '2026-11-20',
      amount: '100.7',
    });
  });

  test('begins on a day', () => {
    saveOctoberAndNovember();
    const history = store.history(account(), isoDate('2026-11-01'));
    expect(history?.bookings.map(({ day }) => day)).toEqual(['2026-11-02']);
    expect(history?.balances.map(({ asOf }) => asOf)).toEqual(['2026-11-20']);
    expect(history?.coverage).toHaveLength(1);
  });

  test('of an account that was not downloaded since begins with its newest balance', () => {
    saveOctoberAndNovember();
    const history = store.history(account(), isoDate('2027-05-01'));
    expect(history?.balances.map(({ asOf }) => asOf)).toEqual(['2026-11-20']);
  });

  test('has gaps of both kinds', () => {
    saveOctoberAndNovember();
    saveAt(
      store,
      { at: '2026-11-25', from: '2026-11-20' },
      { transactions: [], ledgerBalance: balanceOf('50.70', '2026-11-25') },
    );
    expect(store.history(account(), null)?.gaps).toMatchObject([
      { from: '2026-11-20', to: '2026-11-25', missing: { amount: '-50', currency: 'USD' } },
    ]);
  });

  test('of an investment has the value of its securities with the cash', () => {
    const security = { uniqueId: '922908769', idType: 'CUSIP' };
    const none = { unitPrice: null, ticker: null, securityName: null, side: 'LONG', heldIn: null, source401k: null };
    saveAt(
      store,
      { at: '2026-11-20' },
      {
        kind: 'investment',
        positions: [
          {
            ...none,
            security,
            type: 'stock',
            units: balanceOf('3', '2026-11-20').amount,
            marketValue: balanceOf('30.25', '2026-11-20').amount,
            currency: 'USD',
            asOf: null,
            memo: null,
          },
        ],
        cash: { available: balanceOf('0.75', '2026-11-20').amount, margin: null, short: null, buyingPower: null },
      },
    );
    expect(store.history(account(), null)?.values).toEqual([{ amount: '31', currency: 'USD', asOf: '2026-11-20' }]);
  });

  test('of an account without statements is null', () => {
    expect(store.history(account(), null)).toBeNull();
  });
});
