/** A token reads its accounts and days, whatever is asked for; a wrong one changes and costs nothing. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../src/model/account.js';
import { addDays, daysBetween, isoDate } from '../../src/model/dates.js';
import { Database } from '../../src/store/database.js';
import { account, transaction } from '../support/builders.js';
import { fc } from '../support/properties.js';
import { scratchDir } from '../support/scratch.js';
import {
  type AccountSet,
  configOf,
  NOW,
  request,
  type ServingScene,
  saveToday,
  servingScene,
} from '../support/serving.js';

const FIRST = isoDate('2026-08-01');
const DAYS = 110;
const ACCOUNTS: readonly Account[] = ['a', 'b', 'c', 'd'].map((name, index) => account({ name, id: `000${index}` }));
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;

let scene: ServingScene;
let ids: ReadonlyMap<string, string>;
const readers = new Map<string, string>();

beforeAll(async () => {
  const [institution] = configOf().institutions;
  if (institution === undefined) throw new Error('no institution');
  scene = await servingScene({ dataDir: scratchDir(), config: configOf([{ ...institution, accounts: ACCOUNTS }]) });
  for (const [index, one] of ACCOUNTS.entries())
    saveToday(scene.store, one, {
      balance: '1.00',
      transactions: Array.from({ length: 40 }, (_, count) =>
        transaction({
          fitid: `${one.name}${count}`,
          // The amount names account and day, so that an answer shows where it is from.
          amount: `-${index + 1}.${String(count).padStart(2, '0')}`,
          postedOn: addDays(FIRST, (count * 37) % DAYS),
          pending: count % 13 === 12,
        }),
      ),
    });
  const all = (await (await request(await scene.access(), '/accounts')).json()) as AccountSet;
  ids = new Map(all.accounts.map(({ name, id }) => [name, id]));
});
afterAll(() => scene.close());

/** The access URL of a token for these accounts and days; each is made once. */
async function readerFor(names: readonly string[] | null, since: string | null): Promise<string> {
  const key = JSON.stringify([names, since]);
  const known = readers.get(key);
  if (known !== undefined) return known;
  const accounts = names === null ? null : ACCOUNTS.filter(({ name }) => names.includes(name));
  const access = await scene.access({ accounts, since: since === null ? null : isoDate(since) });
  readers.set(key, access);
  return access;
}

const day = fc.integer({ min: -5, max: DAYS + 5 }).map((days) => addDays(FIRST, days));
const names = fc.option(fc.subarray(ACCOUNTS.map(({ name }) => name)));
const asked = fc.option(fc.subarray([...ACCOUNTS.map(({ name }) => name), 'nobody']));

test('a scope holds in 1,000 random queries', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        names,
        since: fc.option(fc.constantFrom('2026-08-20', '2026-09-15', '2026-11-01')),
        asked,
        start: fc.option(day),
        end: fc.option(day),
        pending: fc.boolean(),
        balancesOnly: fc.boolean(),
      }),
      async ({ names: scope, since, asked: wanted, start, end, pending, balancesOnly }) => {
        const parameters = new URLSearchParams();
        for (const name of wanted ?? []) parameters.append('account', ids.get(`river/${name}`) ?? name);
        if (start !== null) parameters.set('start-date', String(noon(start)));
        if (end !== null) parameters.set('end-date', String(noon(end)));
        if (pending) parameters.set('pending', '1');
        if (balancesOnly) parameters.set('balances-only', '1');
        const response = await request(await readerFor(scope, since), `/accounts?${parameters}`);
        const set = (await response.json()) as AccountSet;
        const isNamed = (name: string) => wanted === null || wanted.length === 0 || wanted.includes(name);
        const expected = ACCOUNTS.filter(({ name }) => (scope === null || scope.includes(name)) && isNamed(name));
        expect(set.accounts.map(({ name }) => name)).toEqual(expected.map(({ name }) => `river/${name}`));
        const firsts = [start ?? addDays(isoDate(NOW.toISOString().slice(0, 10)), -90), since ?? FIRST].toSorted();
        const first = firsts.at(-1) ?? '';
        for (const [index, one] of set.accounts.entries()) {
          const own = [...scene.store.transactions({ accounts: [expected[index] ?? account()] })].filter(
            ({ postedOn, pending: isPending }) =>
              !balancesOnly && postedOn >= first && (end === null || postedOn < end) && (pending || !isPending),
          );
          expect(one.transactions.map(({ id }) => id).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
        }
      },
    ),
    { numRuns: 1000 },
  );
  expect(daysBetween(FIRST, isoDate(NOW.toISOString().slice(0, 10)))).toBeGreaterThan(90);
});

test('10,000 wrong secrets write nothing to the store, and the right one is answered after them', async () => {
  const access = await scene.access();
  const probe = new Database(`${scene.dataDir}/ofx-sync.db`, { readOnly: true });
  const version = () => probe.get('PRAGMA data_version')?.['data_version'];
  const before = version();
  const { hostname, port } = new URL(access);
  const guess = async (count: number) => {
    const id = count.toString(16).padStart(24, '0');
    const wrong = `http://${id}:${'A'.repeat(43)}@${hostname}:${port}/simplefin`;
    if (count % 2 === 0) return (await request(wrong, '/accounts?balances-only=1')).arrayBuffer();
    return (
      await fetch(`http://${hostname}:${port}/simplefin/claim/${id}${'A'.repeat(43)}`, { method: 'POST' })
    ).arrayBuffer();
  };
  for (let count = 0; count < 10_000; count += 50)
    await Promise.all(Array.from({ length: 50 }, (_, at) => guess(count + at)));
  expect(version()).toBe(before);
  probe.close();
  expect((await request(access, '/accounts?balances-only=1')).status).toBe(200);
});
