/** Any interleaving of windows, repetitions, changes, corrections and replays of one history gives the store of one clean statement. */

import { expect, test } from 'vitest';
import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import type { Quirks } from '../../src/model/institution.js';
import type { Transaction } from '../../src/model/statement.js';
import type { Store } from '../../src/ports.js';
import { openStore } from '../../src/store/open.js';
import { account, institution, statement, transaction } from '../support/builders.js';
import { fc } from '../support/properties.js';
import { scratchDir } from '../support/scratch.js';

const FIRST = isoDate('2026-01-01');
const DAYS = 30;
const RUNS = Number(process.env['OFX_SYNC_RUNS'] ?? 300);

const movement = fc.record({
  day: fc.integer({ min: 0, max: DAYS - 1 }),
  cents: fc.integer({ min: -500, max: 500 }),
  name: fc.constantFrom('A', 'B', 'C'),
  /** What becomes of it, and at which of the syncs. */
  fate: fc.constantFrom('stays', 'stays', 'stays', 'renamed', 'replaced', 'deleted'),
  at: fc.integer({ min: 0, max: 6 }),
});
type Movement = typeof movement extends fc.Arbitrary<infer M> ? M : never;

const sync = fc.record({
  from: fc.integer({ min: 0, max: DAYS - 1 }),
  order: fc.constantFrom('as is', 'reversed'),
  way: fc.constantFrom('download', 'download', 'file', 'twice'),
  fails: fc.boolean(),
});
type Sync = typeof sync extends fc.Arbitrary<infer S> ? S : never;

/** Returns the transactions that the institution would list at the time of a sync, with the corrections. */
function listAt(movements: readonly Movement[], time: number): Transaction[] {
  return movements
    .toSorted((a, b) => a.day - b.day)
    .flatMap(({ day, cents, name, fate, at }, index) => {
      const fitid = `F${index}`;
      const postedOn = addDays(FIRST, day);
      const amount = (cents / 100).toFixed(2).replace(/^-0\.00$/, '0.00');
      const one = transaction({ fitid, postedOn, amount, name });
      if (fate === 'stays' || time < at) return [one];
      if (fate === 'renamed') return [{ ...one, name: `${name} SETTLED` }];
      const action = fate === 'replaced' ? ('REPLACE' as const) : ('DELETE' as const);
      // The corrected transaction may still be listed, or not.
      const correction = { ...one, fitid: `${fitid}c`, memo: 'corrected', corrects: { fitid, action } };
      return at % 2 === 0 ? [one, correction] : [correction];
    });
}

interface Saved {
  readonly store: Store;
  readonly name: string;
}

interface Delivery {
  readonly transactions: readonly Transaction[];
  readonly from: IsoDate;
  readonly time: number;
  readonly isFile: boolean;
  readonly quirks?: Quirks;
}

function deliver({ store, name }: Saved, { transactions, from, time, isFile, quirks = {} }: Delivery): void {
  const mine = account({ name });
  const asOf = new Date(Date.UTC(2026, 1, 1 + time, 12));
  store.save(mine, statement({ transactions, period: { from, to: addDays(FIRST, DAYS) } }), {
    runId: null,
    at: asOf,
    asOf,
    wanted: isFile ? null : { account: mine, from, to: null },
    institution: institution({}, quirks),
  });
}

/** Opens a store in which all times have arrived in their order, since its accounts begin at the first one again and again. */
async function openWithArrivals(): Promise<Store> {
  const store = await openStore(scratchDir());
  for (let time = 0; time <= 9; time += 1)
    deliver({ store, name: 'arrivals' }, { transactions: [], from: FIRST, time, isFile: false });
  return store;
}

function deliveryOf(movements: readonly Movement[], { from, order, way }: Sync, time: number): Delivery {
  const first = addDays(FIRST, from);
  const listed = listAt(movements, time).filter(({ postedOn }) => postedOn >= first);
  const transactions = order === 'reversed' ? listed.toReversed() : listed;
  return { transactions, from: first, time, isFile: way === 'file' };
}

function contents(store: Store, name: string): string[] {
  return [...store.transactions({ accounts: [{ institution: 'river', name }] })]
    .map(({ id: _, account: __, ...rest }) => JSON.stringify(rest))
    .toSorted();
}

let count = 0;
function names(): readonly [string, string] {
  count += 1;
  return [`pieces-${count}`, `clean-${count}`];
}

test('windows, order, repetition, failures, changes, corrections, files, and everything replayed', async () => {
  const store = await openWithArrivals();
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 20 }), fc.array(sync, { maxLength: 6 }), (movements, syncs) => {
      const [pieces, clean] = names();
      const made = syncs.map((one, time) => ({ ...one, delivery: deliveryOf(movements, one, time) }));
      const last = deliveryOf(movements, { from: 0, order: 'as is', way: 'download', fails: false }, 7);
      const arrived = made.filter(({ fails }) => !fails);
      for (const { way, delivery } of arrived)
        for (let times = way === 'twice' ? 2 : 1; times > 0; times -= 1) deliver({ store, name: pieces }, delivery);
      deliver({ store, name: pieces }, last);
      const before = contents(store, pieces);
      deliver({ store, name: clean }, last);
      expect(before).toEqual(contents(store, clean));
      // Kept replies that are read again, and an old file.
      for (const { delivery } of arrived) deliver({ store, name: pieces }, delivery);
      deliver({ store, name: pieces }, last);
      for (const { delivery } of arrived) deliver({ store, name: pieces }, { ...delivery, isFile: true });
      expect(contents(store, pieces)).toEqual(before);
    }),
    { numRuns: RUNS },
  );
  store.close();
});

const plain = movement.map((one) => ({ ...one, fate: 'stays' as const }));

test.each([
  ['FITIDs that change each time, known to', { unstableFitid: true }, (time: number) => `${time}-`],
  ['no FITIDs at all', {}, () => null],
])('%s', async (_, quirks, prefix) => {
  const store = await openWithArrivals();
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 20 }), fc.array(sync, { maxLength: 6 }), (movements, syncs) => {
      const [pieces, clean] = names();
      const renamed = (delivery: Delivery): Delivery => {
        const start = prefix(delivery.time);
        const transactions = delivery.transactions.map((one) => ({
          ...one,
          fitid: start === null ? null : `${start}${one.fitid}`,
        }));
        return { ...delivery, transactions, quirks };
      };
      for (const [time, one] of syncs.entries())
        deliver({ store, name: pieces }, renamed(deliveryOf(movements, { ...one, order: 'as is' }, time)));
      const last = deliveryOf(movements, { from: 0, order: 'as is', way: 'download', fails: false }, 7);
      deliver({ store, name: pieces }, renamed(last));
      deliver({ store, name: clean }, renamed(last));
      const bare = (name: string) =>
        contents(store, name)
          .map((one) => one.replace(/"fitid":"[^"]*"/, '"fitid":""'))
          .toSorted();
      expect(bare(pieces)).toEqual(bare(clean));
      expect(bare(pieces)).toHaveLength(movements.length);
    }),
    { numRuns: RUNS },
  );
  store.close();
});

test('FITIDs that change each time without a quirk are noticed at the first complete statement, and correct from then on', async () => {
  const store = await openWithArrivals();
  fc.assert(
    fc.property(
      fc.array(plain, { minLength: 4, maxLength: 20 }),
      fc.array(sync, { maxLength: 6 }),
      (movements, syncs) => {
        const [pieces] = names();
        // Days without a movement at the edge, so that the first two statements have the same content.
        const inner = movements.map((one) => ({ ...one, day: 1 + (one.day % (DAYS - 1)) }));
        const renamed = (one: Sync, time: number): Delivery => {
          const delivery = deliveryOf(inner, one, time);
          return {
            ...delivery,
            transactions: delivery.transactions.map((each) => ({ ...each, fitid: `${time}-${each.fitid}` })),
          };
        };
        const whole: Sync = { from: 0, order: 'as is', way: 'download', fails: false };
        deliver({ store, name: pieces }, renamed(whole, 0));
        deliver({ store, name: pieces }, renamed(whole, 1));
        for (const [time, one] of syncs.entries()) deliver({ store, name: pieces }, renamed(one, time + 2));
        expect(contents(store, pieces)).toHaveLength(inner.length);
      },
    ),
    { numRuns: RUNS },
  );
  store.close();
});
