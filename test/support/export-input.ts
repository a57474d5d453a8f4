/** What an exporter is given, with everything filled in. */

import { type Account, accountKey } from '../../src/model/account.js';
import { isoDate } from '../../src/model/dates.js';
import type { AccountState, ExportInput, StoredTransaction } from '../../src/ports.js';
import { account, transaction } from './builders.js';

export function stored(
  change: Parameters<typeof transaction>[0] & Partial<Pick<StoredTransaction, 'id' | 'institution' | 'account'>> = {},
): StoredTransaction {
  const { id = 'id-1', institution = 'river', account: name = 'checking', ...rest } = change;
  return { id, institution, account: name, ...transaction(rest) };
}

export function state(of: Account, change: Partial<AccountState> = {}): AccountState {
  return {
    institution: of.institution,
    account: of.name,
    ledgerBalance: null,
    availableBalance: null,
    lastPeriod: null,
    lastSuccessAt: null,
    transactions: 0,
    coverage: [{ from: isoDate('2026-01-01'), to: isoDate('2026-12-31'), downloaded: true }],
    historyDays: null,
    gaps: [],
    ...change,
  };
}

export function exportInput(
  transactions: readonly StoredTransaction[],
  change: Partial<Omit<ExportInput, 'settings'>> & { readonly settings?: Partial<ExportInput['settings']> } = {},
): ExportInput {
  const { settings, ...rest } = change;
  const keys = new Set(transactions.map((one) => accountKey({ institution: one.institution, name: one.account })));
  return {
    accounts: [...keys].map((key) => {
      const [institution = '', name = ''] = key.split('/');
      return account({ institution, name });
    }),
    transactions,
    transactionsOf: ({ institution, name }) =>
      transactions.filter((one) => one.institution === institution && one.account === name),
    states: [],
    asserted: rest.states ?? [],
    earlier: null,
    corrections: [],
    transferAccount: 'Assets:Transfers',
    classify: () => ({ payee: null, category: null, tags: [] }),
    institutions: [],
    accountMap: new Map(),
    openings: [],
    opened: new Set(),
    ...rest,
    settings: {
      writtenAt: new Date('2026-11-20T06:30:00Z'),
      header: true,
      guardFormulas: false,
      since: null,
      until: null,
      ofxVersion: '203',
      assertions: true,
      declarations: true,
      declared: new Set(),
      held: new Map(),
      ...settings,
    },
  };
}

export function rendered(chunks: Iterable<string>): string {
  return [...chunks].join('');
}
