/** Any interleaving of overlapping windows and repetitions of one history gives the same store as one clean statement of it. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, isoDate } from '../../src/model/dates.js';
import type { Transaction } from '../../src/model/statement.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { account, institution, statement, transaction } from '../support/builders.js';
import { scratchDir } from '../support/scratch.js';

const FIRST = isoDate('2026-01-01');
const DAYS = 30;

interface Movement {
  readonly day: number;
  readonly cents: number;
  readonly name: string;
}

const movement = fc.record({
  day: fc.integer({ min: 0, max: DAYS - 1 }),
  cents: fc.integer({ min: -500, max: 500 }),
  name: fc.constantFrom('A', 'B', 'C'),
});
const window = fc
  .tuple(fc.integer({ min: 0, max: DAYS - 1 }), fc.integer({ min: 0, max: DAYS - 1 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

function historyOf(movements: readonly Movement[], withFitids: boolean): Transaction[] {
  return movements
    .toSorted((a, b) => a.day - b.day)
    .map(({ day, cents, name }, index) =>
      transaction({
        fitid: withFitids ? `F${index}` : null,
        postedOn: addDays(FIRST, day),
        amount: (cents / 100).toFixed(2).replace(/^-0\.00$/, '0.00'),
        name,
      }),
    );
}

let count = 0;
function saveInto(store: Store, name: string, transactions: readonly Transaction[]): void {
  store.save(account({ name }), statement({ transactions }), {
    runId: null,
    at: new Date('2026-11-20T06:30:00Z'),
    wanted: null,
    institution: institution(),
  });
}

function contents(store: Store, name: string): string[] {
  return [...store.transactions({ accounts: [{ institution: 'river', name }] })]
    .map(({ id: _, account: __, ...rest }) => JSON.stringify(rest))
    .toSorted();
}

test.each([
  ['with FITIDs', true],
  ['without', false],
])('%s', async (_, withFitids) => {
  const store = await openStore(scratchDir());
  fc.assert(
    fc.property(
      fc.array(movement, { maxLength: 25 }),
      fc.array(window, { maxLength: 6 }),
      fc.integer(),
      (movements, windows, seed) => {
        const history = historyOf(movements, withFitids);
        count += 1;
        const [pieces, clean] = [`pieces-${count}`, `clean-${count}`];
        for (const [from, to] of windows)
          saveInto(
            store,
            pieces,
            history.filter(({ postedOn }) => postedOn >= addDays(FIRST, from) && postedOn <= addDays(FIRST, to)),
          );
        // The order of the days may differ; within a day it is the institution's.
        saveInto(
          store,
          pieces,
          history.toSorted((a, b) => (seed % 2 === 0 ? 1 : -1) * a.postedOn.localeCompare(b.postedOn)),
        );
        saveInto(store, clean, history);
        expect(contents(store, pieces)).toEqual(contents(store, clean));
        expect(contents(store, pieces)).toHaveLength(history.length);
      },
    ),
    { numRuns: 300 },
  );
  store.close();
});
