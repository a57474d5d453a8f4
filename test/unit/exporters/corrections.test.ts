/** Correcting entries of journals: their accounts, amounts in another currency, and what needs another hand. */

import { describe, expect, test } from 'vitest';
import { exporters } from '../../../src/exporters/index.js';
import { exportText } from '../../../src/library/export.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Correction, StoredTransaction } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { institution, statement } from '../../support/builders.js';
import { exportInput, rendered, state, stored } from '../../support/export-input.js';
import { BROKER, trade } from '../../support/journal-scene.js';
import { scratchDir } from '../../support/scratch.js';

const SHOP = stored({ id: 'shop', fitid: 'S1', amount: '-5.00', name: 'SHOP', postedOn: '2026-11-06' });

function correction(
  before: StoredTransaction | null,
  now: StoredTransaction | null,
  change: Partial<Correction> = {},
): Correction {
  return { of: before ?? now ?? SHOP, before, now, on: isoDate('2026-11-12'), isTransfer: false, ...change };
}

/** Returns the lines of the entries, without those of declarations. */
function written(corrections: readonly Correction[], format: 'hledger' | 'beancount' = 'hledger'): string[] {
  const accounts = exportInput([SHOP]).accounts;
  const input = exportInput([], {
    corrections,
    accounts: [...accounts, BROKER],
    states: accounts.map((account) =>
      state(account, { ledgerBalance: { amount: decimal('1.00'), currency: 'USD', asOf: isoDate('2026-11-18') } }),
    ),
    asserted: [],
    settings: { header: false, declarations: false },
  });
  return rendered(exporters[format].render(input)).trim().split('\n');
}

describe('an entry', () => {
  test('has the difference, and names what it corrects', () => {
    const now = { ...SHOP, amount: decimal('-7.5') };
    expect(written([correction(SHOP, now)])).toEqual([
      '2026-11-12 * SHOP',
      '    ; memo: Corrects 2026-11-06 from -5.00 to -7.50 USD',
      '    ; corrects: shop',
      '    Assets:River:Checking  -2.50 USD',
      '    Expenses:Unknown  2.50 USD',
    ]);
    expect(written([correction(SHOP, now)], 'beancount')).toEqual([
      '2026-11-12 * "SHOP" "Corrects 2026-11-06 from -5.00 to -7.50 USD"',
      '  corrects: "shop"',
      '  Assets:River:Checking  -2.50 USD',
      '  Expenses:Unknown  2.50 USD',
    ]);
  });

  test('takes back what was removed, and books again what came back', () => {
    expect(written([correction(SHOP, null)])).toEqual([
      '2026-11-12 * SHOP',
      '    ; memo: Removes -5.00 USD of 2026-11-06 as the bank has',
      '    ; corrects: shop',
      '    Assets:River:Checking  5.00 USD',
      '    Expenses:Unknown  -5.00 USD',
    ]);
    expect(written([correction(null, SHOP)]).slice(1)).toEqual([
      '    ; memo: Restores -5.00 USD of 2026-11-06 as the bank has',
      '    ; corrects: shop',
      '    Assets:River:Checking  -5.00 USD',
      '    Expenses:Unknown  5.00 USD',
    ]);
  });

  test('of another currency moves both amounts', () => {
    const now = { ...SHOP, currency: 'EUR' };
    expect(written([correction(SHOP, now)]).slice(1)).toEqual([
      '    ; memo: Corrects 2026-11-06 from -5.00 USD to -5.00 EUR',
      '    ; corrects: shop',
      '    Assets:River:Checking  5.00 USD',
      '    Expenses:Unknown  -5.00 USD',
      '    Assets:River:Checking  -5.00 EUR',
      '    Expenses:Unknown  5.00 EUR',
    ]);
  });

  test('of spending abroad moves the foreign amount at its price', () => {
    const abroad = (amount: string, rate: string) => ({
      ...SHOP,
      amount: decimal(amount),
      exchange: { currency: 'EUR', rate: decimal(rate), converted: true },
    });
    const postings = (before: StoredTransaction, now: StoredTransaction) => written([correction(before, now)]).slice(3);
    expect(postings(abroad('-11.00', '1.1'), abroad('-22.00', '1.1'))).toEqual([
      '    Assets:River:Checking  -11.00 USD',
      '    Expenses:Unknown  10.00 EUR @@ 11.00 USD',
    ]);
    // The same euros at another rate.
    expect(postings(abroad('-11.00', '1.1'), abroad('-12.00', '1.2'))).toEqual([
      '    Assets:River:Checking  -1.00 USD',
      '    Expenses:Unknown  1.00 USD',
    ]);
  });

  test('of a dividend is on the account of its kind', () => {
    const paid = (amount: string) => trade('2026-11-06', amount, { action: 'INCOME', detail: 'DIV' });
    expect(written([correction(paid('4.00'), paid('5.00'))]).slice(3)).toEqual([
      '    Assets:Harbor:Ira:Cash  1.00 USD',
      '    Income:Dividends  -1.00 USD',
    ]);
  });
});

describe('of an investment account', () => {
  const harbor = institution({ name: 'harbor', accounts: [BROKER] });
  const bought = (amount: string, units: string) =>
    trade(
      '2026-11-06',
      amount,
      { action: 'BUYSTOCK', units: decimal(units), unitPrice: decimal('10') },
      { fitid: 'T1' },
    );
  const paid = (amount: string) => trade('2026-11-07', amount, { action: 'INCOME', detail: 'DIV' }, { fitid: 'T2' });

  test('the cash is corrected, trades are not', async () => {
    const store = await openStore(scratchDir());
    const list = (day: string, transactions: readonly StoredTransaction[]) =>
      store.save(BROKER, statement({ kind: 'investment', account: BROKER, transactions }), {
        runId: 1,
        at: new Date(`${day}T12:00:00Z`),
        wanted: { account: BROKER, from: isoDate('2026-11-01'), to: null },
        institution: harbor,
      });
    const config = { file: '/a.yaml', defaults: { overlapDays: 10 }, institutions: [harbor] } as unknown as Parameters<
      typeof exportText
    >[0];
    list('2026-11-10', [bought('-100.00', '10'), paid('4.00')]);
    store.setMark('hledger', [BROKER], store.latestChange());
    list('2026-11-12', [bought('-200.00', '20'), paid('5.00')]);
    const text = [...(await exportText(config, { store, format: 'hledger', consumer: 'hledger' }))].join('');
    expect([...store.changesFor('hledger', {})]).toHaveLength(2);
    expect(text.match(/^ +; corrects: /gm)).toHaveLength(1);
    expect(text).toContain('    Assets:Harbor:Ira:Cash  1.00 USD\n    Income:Dividends  -1.00 USD\n');
    store.close();
  });
});
