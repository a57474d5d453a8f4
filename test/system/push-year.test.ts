/** A year of daily pushes to YNAB (a third of it without `.ci/run --full`): late bookings, card payments over two days, corrections. */

import { afterAll, describe, expect, test } from 'vitest';
import { addDays } from '../../src/model/dates.js';
import { pushDaily } from '../support/push-year.js';
import { scratchDirInMemory } from '../support/scratch.js';
import { bookings, FIRST, IN_FULL, withCorrections, DAYS as YEAR } from '../support/simulated-year.js';
import { startYnab, YNAB_TOKEN, type YnabServer } from '../support/ynab-server.js';

const DAYS = IN_FULL ? YEAR : 120;

const servers: YnabServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

describe('daily pushes', () => {
  test('equals the balances of the bank on every day', { timeout: 600_000 }, async () => {
    const all = withCorrections(bookings(17));
    const server = await startYnab({ categories: [{ group: 'Everyday', name: 'Food' }], today: FIRST });
    servers.push(server);
    const idOf = (account: string) => server.accounts.find(({ name }) => name === `river ${account}`)?.id ?? '';
    const perDay: number[] = [];
    const figures = await pushDaily(
      scratchDirInMemory(),
      all,
      {
        target: 'ynab',
        settings: [`ynab: { token: "env:TOKEN", server: "${server.url}" }`],
        env: { TOKEN: YNAB_TOKEN },
        begin: (today) => {
          perDay.push(server.requests.length);
          server.requests.length = 0;
          server.today = today;
        },
        balance: (account) => server.balance(idOf(account)) / 10,
        correct: (account, importId, amount) => {
          const entry = server.transactions.find(
            (one) => one.account_id === idOf(account) && one.import_id === importId,
          );
          if (entry !== undefined) server.budget.update(entry, { amount: Math.round(Number(amount) * 1000) });
        },
      },
      DAYS,
    );
    const last = addDays(FIRST, DAYS - 1);
    const listed = all.filter(({ listedOn }) => listedOn <= last);
    const payments = listed.filter(({ name }) => name !== 'SHOP');
    const isPaired = (cents: number) => payments.some((one) => one.cents === -cents);
    const pairs = payments.filter(({ cents }) => isPaired(cents)).length / 2;
    expect(pairs).toBeGreaterThan(DAYS / 12);
    const corrections = listed.filter(({ corrected }) => corrected !== undefined && corrected.from <= last).length;
    expect(corrections).toBeGreaterThan(DAYS / 25);
    expect(figures).toEqual({ added: listed.length, linked: pairs, unlinked: 0, corrections, wrong: [] });

    const imported = server.transactions.filter((one) => one.import_id !== null);
    expect(new Set(imported.map((one) => `${one.account_id} ${one.import_id}`)).size).toBe(listed.length);
    // Nothing was made but the counterparts of transfers, each matched with the side that the bank listed.
    const made = server.transactions.filter((one) => one.import_id === null);
    expect(made).toHaveLength(pairs);
    expect(made.every((one) => one.transfer_account_id !== null && one.matched_transaction_id !== null)).toBe(true);
    const food = server.categories.find(({ name }) => name === 'Food')?.id;
    // A credit line is off the budget in YNAB, where nothing has a category.
    const shopping = listed.filter(({ name, account }) => name === 'SHOP' && account === 'checking');
    expect(imported.filter((one) => one.category_id === food)).toHaveLength(shopping.length);
    expect(Math.max(...perDay)).toBeLessThan(15);
  });
});
