/** Reading the histories of accounts for curves and calendars. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OfxSyncError } from '../../../src/errors.js';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Outcome, Store } from '../../../src/ports.js';
import { balanceSeries } from '../../../src/report/series.js';
import { openStore } from '../../../src/store/open.js';
import { account, institution, position, statement } from '../../support/builders.js';
import { change } from '../../support/dump.js';
import { balanceOf, moved, saveAt } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

let store: Store;
let dir: string;

beforeEach(async () => {
  dir = scratchDir();
  store = await openStore(dir);
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

function saveInvestment(
  at: string,
  { marketValue, cash, of = account() }: { marketValue: string; cash: string | null; of?: Account },
): void {
  const available = cash === null ? null : decimal(cash);
  const held = statement({
    kind: 'investment',
    period: null,
    transactions: [],
    ledgerBalance: null,
    positions: [position({ marketValue })],
    cash: { available, margin: null, short: null, buyingPower: null },
  });
  store.save(of, held, {
    runId: 1,
    at: new Date(`${at}T12:00:00Z`),
    wanted: { account: of, from: isoDate('2026-11-01'), to: null },
    institution: institution(),
  });
}

function valuesIn(of: Store, since?: string): string[] {
  const history = of.history(account(), since === undefined ? null : isoDate(since));
  return (history?.values ?? []).map(({ asOf, amount, currency }) => `${asOf} ${amount} ${currency}`);
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

  test('of an investment has the value of its securities with the cash, by day', () => {
    saveInvestment('2026-11-19', { marketValue: '29.25', cash: '1' });
    saveInvestment('2026-11-20', { marketValue: '31', cash: '0.75' });
    // The same day again, later.
    saveInvestment('2026-11-20', { marketValue: '30.25', cash: '0.75' });
    expect(valuesIn(store)).toEqual(['2026-11-19 30.25 USD', '2026-11-20 31 USD']);
    expect(valuesIn(store, '2026-11-20')).toEqual(['2026-11-20 31 USD']);
    expect(store.accountState(account())?.holdings?.asOf).toBe('2026-11-20');
  });

  test('of an investment whose statement came before values were kept has the value of the newest one', () => {
    saveInvestment('2026-11-20', { marketValue: '30.25', cash: null });
    change(dir, 'DELETE FROM market_values');
    expect(valuesIn(store)).toEqual(['2026-11-20 30.25 USD']);
  });

  test('moves with the account, and is forgotten with it', () => {
    saveInvestment('2026-11-19', { marketValue: '29.25', cash: '1' });
    const renamed = account({ name: 'broker' });
    saveInvestment('2026-11-20', { marketValue: '31', cash: null, of: renamed });
    store.relink(account(), renamed, new Date('2026-11-20T12:00:00Z'));
    expect(store.history(renamed, null)?.values.map(({ amount }) => amount)).toEqual(['30.25', '31']);
    store.forget([renamed]);
    expect(store.history(renamed, null)).toBeNull();
  });

  test('of an account without statements is null', () => {
    expect(store.history(account(), null)).toBeNull();
  });
});

describe('runs with their outcomes', () => {
  const failure = (one: Account): Outcome => ({
    account: one,
    status: 'failed',
    durationMs: 1200.4,
    attempts: 1,
    notices: [],
    error: new OfxSyncError('CONNECTION_FAILED', 'no reply'),
  });

  test('have each account in the order of the ends', () => {
    const run = store.beginRun(new Date('2026-11-20T06:30:00Z'));
    store.recordOutcome(run, failure(account({ name: 'slow' })), 3400.6);
    store.recordOutcome(run, failure(account({ name: 'fast' })), 1200);
    store.finishRun(run, new Date('2026-11-20T06:30:04Z'));
    store.beginRun(new Date('2026-11-20T07:30:00Z'));
    expect(store.runDetails(5)).toEqual([
      {
        startedAt: '2026-11-20T06:30:00.000Z',
        durationMs: 4000,
        ok: 0,
        failed: 2,
        skipped: 0,
        unattended: false,
        outcomes: [
          { institution: 'river', account: 'fast', status: 'failed', code: 'CONNECTION_FAILED', durationMs: 1200, endMs: 1200 },
          { institution: 'river', account: 'slow', status: 'failed', code: 'CONNECTION_FAILED', durationMs: 1200, endMs: 3401 },
        ],
      },
    ]);
  });

  test('of version 0.1 have no ends', () => {
    const run = store.beginRun(new Date('2026-11-20T06:30:00Z'));
    store.recordOutcome(run, failure(account()));
    store.finishRun(run, new Date('2026-11-20T06:30:04Z'));
    expect(store.runDetails(1)[0]?.outcomes.map(({ endMs }) => endMs)).toEqual([null]);
  });
});
