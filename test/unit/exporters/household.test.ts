/** The movements of all accounts: which of them only move money between the person's own. */

import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { type HouseholdMovement, householdMovements } from '../../../src/exporters/household.js';
import { isoDate } from '../../../src/model/dates.js';
import type { Config } from '../../../src/model/institution.js';
import type { ExportRule } from '../../../src/model/rules/rule.js';
import type { StoredTransaction, TransactionQuery } from '../../../src/ports.js';
import { stored } from '../../support/export-input.js';

const YAML = `version: 1
institutions:
  - name: river
    url: https://ofx.river.example/ofx
    org: RIVER
    fid: "1001"
    userId: alex
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
`;

async function household(transactions: StoredTransaction[], rules: readonly ExportRule[] = []): Promise<string[]> {
  const read: Config = parseConfig(YAML, 'accounts.yaml');
  const config: Config = {
    ...read,
    exportConfig: {
      accountMap: new Map(),
      transferAccount: 'Assets:Transfers',
      declarations: true,
      rules,
      csvLayouts: new Map(),
      onSync: [],
    },
  };
  const store = {
    transactions: ({ since = isoDate('2000-01-01') }: TransactionQuery) =>
      transactions.filter(({ postedOn }) => postedOn >= since),
  };
  return [...(await householdMovements(config, store, isoDate('2026-11-01')))].map(lineOf);
}

function lineOf({ transaction, isTransfer, payee, category }: HouseholdMovement): string {
  return `${transaction.postedOn} ${transaction.account} ${transaction.amount} ${payee} ${category}${isTransfer ? ' transfer' : ''}`;
}

describe('the movements of a household', () => {
  test('both sides of a transfer are one, spending is not', async () => {
    const found = await household([
      stored({ id: 'a', postedOn: '2026-11-03', amount: '-100.00', name: 'TRANSFER TO SAVINGS' }),
      stored({ id: 'b', postedOn: '2026-11-04', amount: '100.00', name: 'TRANSFER', account: 'savings' }),
      stored({ id: 'c', postedOn: '2026-11-05', amount: '-7.00', name: 'GROCER' }),
    ]);
    expect(found).toEqual([
      '2026-11-03 checking -100.00 TRANSFER TO SAVINGS null transfer',
      '2026-11-04 savings 100.00 TRANSFER null transfer',
      '2026-11-05 checking -7.00 GROCER null',
    ]);
  });

  test('a side whose other one came before the first day is a transfer', async () => {
    const found = await household([
      stored({ id: 'a', postedOn: '2026-10-30', amount: '-100.00', name: 'TRANSFER' }),
      stored({ id: 'b', postedOn: '2026-11-02', amount: '100.00', name: 'TRANSFER', account: 'savings' }),
    ]);
    expect(found).toEqual(['2026-11-02 savings 100.00 TRANSFER null transfer']);
  });

  test('a rule that names an own account makes a transfer of one side', async () => {
    const rules = [{ match: { payee: 'SAVE' }, set: { category: 'Assets:River:Savings', payee: 'To savings' } }];
    expect(await household([stored({ postedOn: '2026-11-02', amount: '-5.00', name: 'AUTOSAVE 77' })], rules)).toEqual([
      '2026-11-02 checking -5.00 To savings Assets:River:Savings transfer',
    ]);
  });

  test('so does a bank that names the other account', async () => {
    const counterAccount = {
      kind: 'bank' as const,
      id: '000123457',
      routing: null,
      branch: null,
      brokerId: null,
      accountType: null,
    };
    expect(await household([stored({ postedOn: '2026-11-02', amount: '-5.00', counterAccount })])).toEqual([
      expect.stringMatching(/ transfer$/),
    ]);
  });

  test('rules give payee and category; pending transactions do not count', async () => {
    const rules = [{ match: { payee: 'grocer' }, set: { category: 'Food' } }];
    const found = await household(
      [
        stored({ id: 'a', postedOn: '2026-11-02', amount: '-5.00', name: 'GREEN GROCER' }),
        stored({ id: 'b', postedOn: '2026-11-03', amount: '-6.00', name: 'GREEN GROCER', pending: true }),
      ],
      rules,
    );
    expect(found).toEqual(['2026-11-02 checking -5.00 GREEN GROCER Food']);
  });

  test('nothing before the first sync', async () => {
    expect([...(await householdMovements(parseConfig(YAML, 'accounts.yaml'), null, isoDate('2026-11-01')))]).toEqual(
      [],
    );
  });

  test('a rule divides spending into its parts, and omits what it ignores', async () => {
    const rules: ExportRule[] = [
      { match: { payee: 'GROCER' }, set: { splits: [{ category: 'Food', amount: '5.00' }, { category: 'Home' }] } },
      { match: { payee: 'HOLD' }, set: { ignore: true } },
    ];
    const found = await household(
      [
        stored({ id: 'a', postedOn: '2026-11-05', amount: '-7.25', name: 'GROCER' }),
        stored({ id: 'b', postedOn: '2026-11-06', amount: '-100.00', name: 'HOLD' }),
      ],
      rules,
    );
    expect(found).toEqual(['2026-11-05 checking -5.00 GROCER Food', '2026-11-05 checking -2.25 GROCER Home']);
  });
});
