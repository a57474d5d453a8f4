/** A year of daily pushes to Actual's real server (two months of it without `.ci/run --full`): late bookings, card payments over two days, corrections. */

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../src/model/dates.js';
import {
  ACTUAL_HOME,
  ACTUAL_PASSWORD,
  type ActualServer,
  makeBudget,
  readBudget,
  startActual,
  startCrowd,
} from '../support/actual.js';
import { pushDaily } from '../support/push-year.js';
import { scratchDir } from '../support/scratch.js';
import { bookings, centsOn, FIRST, IN_FULL, withCorrections, DAYS as YEAR } from '../support/simulated-year.js';

const DAYS = IN_FULL ? YEAR : 60;

/** The methods of Actual's API with which the person corrects an entry. */
interface Api {
  init(config: object): Promise<{ send(name: string, words: object): Promise<unknown> }>;
  downloadBudget(id: string): Promise<void>;
  getBudgets(): Promise<readonly { readonly groupId?: string }[]>;
  sync(): Promise<void>;
  shutdown(): Promise<void>;
}

describe.skipIf(ACTUAL_HOME === '')('daily pushes', () => {
  let real: ActualServer;
  let server: ActualServer;
  beforeAll(async () => {
    real = await startActual(join(scratchDir(), 'server'));
    server = await startCrowd(real.url);
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await real?.stop();
  });

  test('equals the balances of the bank on every day', { timeout: 3_600_000 }, async () => {
    const cwd = scratchDir();
    const place = { dataDir: join(scratchDir(), 'client'), serverURL: server.url, budget: 'Family' };
    await makeBudget(place);
    writeFileSync(join(cwd, 'password'), `${ACTUAL_PASSWORD}\n`, { mode: 0o600 });
    symlinkSync(join(ACTUAL_HOME, 'node_modules'), join(cwd, 'node_modules'));
    const all = withCorrections(bookings(17));
    const local = join(cwd, 'data', 'actual');
    const query = (sql: string, ...values: string[]): Record<string, unknown>[] => {
      const [folder = ''] = readdirSync(local).filter((name) => /^Family/.test(name));
      const db = new DatabaseSync(join(local, folder, 'db.sqlite'), { readOnly: true });
      try {
        return db.prepare(sql).all(...values) as Record<string, unknown>[];
      } finally {
        db.close();
      }
    };
    const figures = await pushDaily(
      cwd,
      all,
      {
        target: 'actual',
        settings: [`actual: { server: "${server.url}", password: "file:password", budget: Family }`],
        env: {},
        begin: () => undefined,
        balance: (account) =>
          Number(
            query(
              `SELECT SUM(t.amount) AS cents FROM v_transactions_internal_alive t JOIN accounts a ON a.id = t.account
               WHERE a.name = ? AND t.is_parent = 0`,
              `river ${account}`,
            )[0]?.['cents'],
          ),
        correct: async (account, importId, amount) => {
          const api = (await import(
            pathToFileURL(createRequire(join(ACTUAL_HOME, 'package.json')).resolve('@actual-app/api')).href
          )) as Api;
          const [found] = query(
            'SELECT t.id FROM v_transactions t JOIN accounts a ON a.id = t.account WHERE t.imported_id = ? AND a.name = ?',
            importId,
            `river ${account}`,
          );
          mkdirSync(local, { recursive: true });
          const lib = await api.init({
            dataDir: local,
            serverURL: server.url,
            password: ACTUAL_PASSWORD,
            verbose: false,
          });
          const [budget] = (await api.getBudgets()).filter(({ groupId }) => groupId !== undefined);
          await api.downloadBudget(budget?.groupId ?? '');
          const updated = [{ id: found?.['id'], amount: Math.round(Number(amount) * 100) }];
          await lib.send('transactions-batch-update', { updated });
          await api.sync();
          await api.shutdown();
        },
      },
      DAYS,
    );
    const last = addDays(FIRST, DAYS - 1);
    const listed = all.filter(({ listedOn }) => listedOn <= last);
    const payments = listed.filter(({ name }) => name !== 'SHOP');
    const pairs = payments.filter(({ cents }) => payments.some((one) => one.cents === -cents)).length / 2;
    const corrections = listed.filter(({ corrected }) => corrected !== undefined && corrected.from <= last).length;
    expect(figures).toEqual({ added: listed.length, linked: pairs, unlinked: 0, corrections, wrong: [] });

    // Another client of the server sees the same.
    const seen = await readBudget({ ...place, dataDir: scratchDir() });
    for (const account of ['checking', 'card'] as const) {
      const { balance, transactions } = seen.find(({ name }) => name === `river ${account}`) ?? {
        balance: 0,
        transactions: [],
      };
      expect(balance).toBe(centsOn(all, account, last));
      expect(transactions.filter(({ imported_id }) => imported_id !== null)).toHaveLength(
        listed.filter((one) => one.account === account).length,
      );
      // The only entry that the bank did not list is the opening balance.
      expect(transactions.filter(({ imported_id }) => imported_id === null)).toHaveLength(1);
      expect(transactions.filter(({ transfer_id }) => transfer_id !== null)).toHaveLength(pairs);
    }
  });
});
