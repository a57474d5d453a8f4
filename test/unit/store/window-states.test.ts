/** The state from which windows are planned, of many accounts at once. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Store } from '../../../src/ports.js';
import { Database } from '../../../src/store/database.js';
import { openStore } from '../../../src/store/open.js';
import { ACCOUNTS } from '../../../src/store/window-states.js';
import { account, card, institution, statement } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

interface Downloaded {
  readonly at: string;
  readonly from: string;
  readonly balance?: string;
  readonly limit?: string;
}

function download(store: Store, of: Account, { at, from, balance, limit }: Downloaded): void {
  const ledgerBalance = balance === undefined ? null : { amount: decimal(balance), currency: 'USD', asOf: isoDate(at) };
  const wanted = { account: of, from: isoDate(from), to: null };
  const context = { runId: null, at: new Date(`${at}T12:00:00`), institution: institution() };
  store.save(of, statement({ ledgerBalance }), {
    ...context,
    wanted: limit === undefined ? wanted : { ...wanted, limit: isoDate(limit) },
  });
}

test('is that of each account by itself, under the very objects that are given', async () => {
  const store = await openStore(scratchDir());
  const [first, second, third] = [account(), card(), account({ institution: 'summit', id: '77' })];
  // Balances that no transaction explains are a gap.
  download(store, first, { at: '2026-10-01', from: '2026-09-01', balance: '10.00' });
  download(store, first, { at: '2026-10-20', from: '2026-09-21', balance: '99.00' });
  // Days that nobody covers lie between two spans.
  download(store, second, { at: '2026-03-01', from: '2026-01-01' });
  download(store, second, { at: '2026-11-01', from: '2026-10-01', balance: '-5.00' });
  download(store, third, { at: '2026-11-01', from: '2026-01-01', limit: '2026-08-31' });
  const [again, unknown] = [{ ...second }, account({ institution: 'elsewhere' })];
  const states = store.windowStates([third, unknown, second, first, again]);
  expect([...states.keys()]).toEqual([third, second, first, again]);
  expect(states.has(unknown)).toBe(false);
  for (const one of [first, second, third, again]) {
    const [state, whole] = [states.get(one), store.accountState(one)];
    const { coverage, gaps, historyDays, ledgerBalance } = state ?? {};
    expect({ coverage, gaps, historyDays, ledgerBalance }).toEqual({
      coverage: whole?.coverage,
      gaps: whole?.gaps,
      historyDays: whole?.historyDays,
      ledgerBalance: whole?.ledgerBalance,
    });
  }
  expect(states.get(first)?.gaps).toHaveLength(1);
  expect(states.get(second)?.coverage).toHaveLength(2);
  expect(states.get(third)?.historyDays).toBeGreaterThan(0);
  expect(store.windowStates([])).toEqual(new Map());
  store.close();
});

test('finds each account by an index', async () => {
  const dir = scratchDir();
  (await openStore(dir)).close();
  const db = new Database(join(dir, 'ofx-sync.db'));
  const plan = db.all(`EXPLAIN QUERY PLAN ${ACCOUNTS}`, '[]').map(({ detail }) => String(detail));
  db.close();
  expect(plan.find((step) => step.includes(' a '))).toContain('(institution=? AND name=?)');
});
