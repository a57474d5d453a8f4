/** Actual's real server and its own client pull from the bridge of the sandbox, which is thus judged by a reader of another author. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import {
  ACTUAL_HOME,
  type ActualPlace,
  type ActualServer,
  linkSimpleFin,
  makeBudget,
  pullSimpleFin,
  readBudget,
  startActual,
} from '../support/actual.js';
import { scratchDir } from '../support/scratch.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const NAMES = [
  'Cedar Everyday Checking',
  'Cedar Savings',
  'Pine Rewards Visa',
  'Quarry Mastercard',
  'Aspen Brokerage Account',
];
const SINCE = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);

interface Told {
  readonly accounts: readonly {
    readonly name: string;
    readonly balance: string;
    readonly transactions: readonly {
      readonly id: string;
      readonly posted: number;
      readonly transacted_at: number;
      readonly amount: string;
    }[];
  }[];
}

const hundredths = (amount: string) => Number(amount.replace('.', ''));
const dayOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

describe.skipIf(ACTUAL_HOME === '')('Actual', () => {
  const cwd = scratchDir();
  let sandbox: Sandbox;
  let actual: ActualServer;
  let place: ActualPlace;

  beforeAll(async () => {
    [sandbox, actual] = await Promise.all([startSandbox(), startActual(join(cwd, 'actual'))]);
    place = { dataDir: join(cwd, 'client'), serverURL: actual.url, budget: 'Family' };
    await makeBudget(place);
    const token = sandbox.bridge('bridge').setupToken();
    expect((await linkSimpleFin(place, { token, since: SINCE })).map(({ name }) => name)).toEqual(NAMES);
  });
  afterAll(async () => {
    await actual?.stop();
    await sandbox?.close();
  });

  async function told(): Promise<Told> {
    const start = Date.parse(`${SINCE}T00:00:00Z`) / 1000;
    const { username, password, origin, pathname } = new URL(sandbox.bridge('bridge').accessUrl());
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const response = await fetch(`${origin}${pathname}/accounts?start-date=${start}&pending=1`, {
      headers: { authorization },
    });
    return (await response.json()) as Told;
  }

  test('imports each transaction with its id, day and amount; each balance is that of the bank', async () => {
    const seen = await readBudget({ ...place, dataDir: scratchDir() });
    const { accounts } = await told();
    for (const { name, balance, transactions } of accounts) {
      const account = seen.find((one) => one.name === name);
      const rows = account?.transactions.filter((one) => !one.starting_balance_flag) ?? [];
      expect(rows.map(({ imported_id, date, amount }) => [imported_id, date, amount]).toSorted()).toEqual(
        transactions
          .map(({ id, posted, transacted_at, amount }) => [id, dayOf(posted || transacted_at), hundredths(amount)])
          .toSorted(),
      );
      expect([name, account?.balance]).toEqual([name, hundredths(balance)]);
    }
    expect(seen.flatMap(({ transactions }) => transactions).length).toBeGreaterThan(50);
    expect((await pullSimpleFin(place)).map(({ errors, added }) => [errors, added])).toEqual(NAMES.map(() => [[], 0]));
  });

  test('marks the accounts of the connection that needs attention, and those alone', async () => {
    sandbox.bridge('bridge').misbehave('fault=con-auth');
    const pulled = await pullSimpleFin(place);
    expect(pulled.map(({ account, errors }) => [account, errors]).toSorted()).toEqual(
      NAMES.map((name) => [name, name.startsWith('Cedar') ? ['ACCOUNT_NEEDS_ATTENTION'] : []]).toSorted(),
    );
  });

  test('knows a bridge that withdrew the access', async () => {
    sandbox.bridge('bridge').setPassword('another');
    expect((await pullSimpleFin(place)).map(({ errors }) => errors)).toEqual(NAMES.map(() => ['INVALID_ACCESS_TOKEN']));
  });
});
