/** The figures of a bank for any history: they agree unless a transaction is missing, and then the amount is known. */

import { expect, test } from 'vitest';
import { addDays, isoDate } from '../../src/model/dates.js';
import type { Transaction } from '../../src/model/statement.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { account, institution, statement } from '../support/builders.js';
import { fc } from '../support/properties.js';
import { balanceOf, moved } from '../support/saving.js';
import { scratchDir } from '../support/scratch.js';

const FIRST = isoDate('2026-01-01');
const DAYS = 20;
const RUNS = Number(process.env['OFX_SYNC_RUNS'] ?? 60);

const movement = fc.record({
  /** When the bank books it. */
  hour: fc.integer({ min: 0, max: DAYS * 24 - 1 }),
  /** It is dated so many days back. */
  back: fc.constantFrom(0, 0, 0, 1, 3),
  cents: fc.integer({ min: -5000, max: 5000 }).filter((cents) => cents !== 0),
});
interface Movement {
  readonly hour: number;
  readonly back: number;
  readonly cents: number;
}

const plan = fc.record({
  movements: fc.array(movement, { maxLength: 15 }),
  syncs: fc.uniqueArray(fc.integer({ min: 0, max: DAYS * 24 }), { minLength: 1, maxLength: 8 }),
  order: fc.constantFrom('oldest first', 'newest first'),
});

interface Bank {
  readonly movements: readonly Movement[];
  readonly order: string;
  /** Booked, but in no statement. */
  readonly left?: Movement;
}

const money = (cents: number) => (cents / 100).toFixed(2);
const dayOf = ({ hour, back }: Movement) => addDays(FIRST, Math.floor(hour / 24) - back);

function sync(store: Store, { movements, order, left }: Bank, hour: number) {
  const booked = movements.toSorted((a, b) => a.hour - b.hour).filter((one) => one.hour < hour);
  const listed = booked.flatMap((one, index): Transaction[] =>
    one === left ? [] : [moved(`F${index}-${one.hour}`, dayOf(one), money(one.cents))],
  );
  const total = booked.reduce((sum, { cents }) => sum + cents, 100_000);
  const at = new Date(Date.UTC(2026, 0, 1, hour));
  const wanted = { account: account(), from: addDays(FIRST, -10), to: null };
  return store.save(
    account(),
    statement({
      period: null,
      transactions: order === 'newest first' ? listed.toReversed() : listed,
      ledgerBalance: balanceOf(money(total), addDays(FIRST, Math.floor(hour / 24))),
    }),
    { runId: 1, at, wanted, institution: institution() },
  );
}

test(
  'figures that agree never give a notice, however often and whenever they are downloaded',
  async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ movements, syncs, order }) => {
        const store = await openStore(scratchDir());
        for (const hour of syncs.toSorted((a, b) => a - b)) {
          expect(sync(store, { movements, order }, hour).notices).toEqual([]);
          expect(store.gaps()).toEqual([]);
        }
        store.close();
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 250,
);

test('a missing transaction is reported with its amount, and cleared when it arrives', async () => {
  const hours = [30, 54, 78, 102];
  const movements = [8, 40, 60, 61, 90].map((hour, index) => ({ hour, back: 0, cents: -(10 ** index) }));
  for (const left of movements.slice(1)) {
    const name = `left-${left.hour}`;
    const store = await openStore(scratchDir());
    for (const hour of hours) sync(store, { movements, order: 'oldest first', left }, hour);
    expect(
      store.gaps().map(({ missing }) => missing?.amount),
      name,
    ).toEqual([String(left.cents / 100)]);
    sync(store, { movements, order: 'oldest first' }, 110);
    expect(store.gaps(), name).toEqual([]);
    store.close();
  }
});
