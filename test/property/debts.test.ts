/** Whichever sign a bank gives to debts, the store has the same balances and gaps in the end. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { card, institution, statement, transaction } from '../support/builders.js';
import { scratchDir } from '../support/scratch.js';

const FIRST = isoDate('2026-01-01');
const RUNS = 60;

/** Spending in cents, and how many days pass until the next download. */
const spending = fc.record({
  cents: fc.integer({ min: 1, max: 50_000 }),
  days: fc.integer({ min: 1, max: 9 }),
  lost: fc.boolean(),
});
const text = (cents: number) => decimal((cents / 100).toFixed(2).replace(/^-0\.00$/, '0.00'));

let count = 0;

interface Card {
  readonly name: string;
  readonly spent: readonly { readonly cents: number; readonly days: number; readonly lost: boolean }[];
  readonly owedIsPositive: boolean;
}

/** Downloads after each spending. One that the bank forgets to send is lost. */
function download(store: Store, { name, spent, owedIsPositive }: Card) {
  const mine = card({ name });
  let day = FIRST;
  let owed = 10_000;
  for (const [index, { cents, days, lost }] of [{ cents: 0, days: 1, lost: true }, ...spent].entries()) {
    day = addDays(day, days);
    owed += cents;
    const one = transaction({ fitid: `F${index}`, postedOn: day, amount: text(-cents) });
    const ledgerBalance = { amount: text(owedIsPositive ? owed : -owed), currency: 'USD', asOf: day };
    // Its period is not that of the request, so that days without a statement overlap.
    store.save(mine, statement({ kind: 'creditcard', ledgerBalance, transactions: lost ? [] : [one] }), {
      runId: null,
      at: new Date(`${day}T12:00:00Z`),
      wanted: { account: mine, from: day, to: null },
      institution: institution(),
    });
  }
  const gaps = store.gaps().filter(({ account }) => account === name);
  return {
    balance: store.accountState(mine)?.ledgerBalance?.amount,
    gaps: gaps.map(({ from, to, missing }) => `${from} ${to} ${missing?.amount}`),
  };
}

test('a card that states what is owed as positive ends as one that states it as negative', async () => {
  const store = await openStore(scratchDir());
  fc.assert(
    fc.property(fc.array(spending, { minLength: 1, maxLength: 12 }), (all) => {
      count += 1;
      const spent = [...all, { cents: 777, days: 2, lost: false }];
      const negative = download(store, { name: `negative-${count}`, spent, owedIsPositive: false });
      const positive = download(store, { name: `positive-${count}`, spent, owedIsPositive: true });
      expect(positive).toEqual(negative);
      expect(negative.balance).toMatch(/^-/);
    }),
    { numRuns: RUNS },
  );
  store.close();
});
