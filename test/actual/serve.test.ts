/** Actual's real server and its own client pull from `ofx-sync serve`, which is a process of its own. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addDays, localDate } from '../../src/model/dates.js';
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
import { configText } from '../support/institutions.js';
import { builtProgram, type Finished, type Started, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Actual asks for the days up to its own today. */
const TODAY = localDate(new Date());
const day = (back: number) => addDays(TODAY, -back);
const ofx = (back: number) => day(back).replaceAll('-', '');

interface Stored {
  readonly id: string;
  readonly institution: string;
  readonly account: string;
  readonly postedOn: string;
  readonly amount: string;
}

describe.skipIf(ACTUAL_HOME === '')('Actual', () => {
  const cwd = scratchDir();
  const run = (...argv: string[]): Promise<Finished> => start([builtProgram(), ...argv], cwd).finished;
  let actual: ActualServer;
  let serving: Started;
  let place: ActualPlace;

  const configure = (summit: string) =>
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `${configText([
        { name: 'summit', url: summit },
        {
          name: 'meadow',
          url: 'sandbox://meadow',
          accounts: '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]',
        },
      ])}  - name: nodc
    files: downloads/*.qfx
    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015" }]
`,
    );
  const download = (name: string, balance: string, ...rows: readonly (readonly [string, number, string, string?])[]) =>
    writeFileSync(
      join(cwd, 'downloads', `${name}.qfx`),
      bankFile(
        rows.map(([fitid, back, amount, more = '']) => ({ fitid, on: ofx(back), amount, name: `SHOP ${fitid}`, more })),
        { from: ofx(60), to: ofx(0), balance },
      ),
    );
  const json = async <Document>(...argv: string[]): Promise<Document> => {
    const { stdout, stderr } = await run(...argv, '--json');
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Document;
  };
  const stored = async () => (await json<{ transactions: readonly Stored[] }>('transactions')).transactions;
  const balances = async () => {
    const { accounts } = await json<{
      accounts: readonly { institution: string; account: string; ledgerBalance: { amount: string } }[];
    }>('accounts');
    const text = ({ amount }: { amount: string }) => Number(amount.replace('.', ''));
    return accounts.map((one) => [`${one.institution}/${one.account}`, text(one.ledgerBalance)]).toSorted();
  };
  const seen = async () => readBudget({ ...place, dataDir: scratchDir() });
  const imported = async () =>
    (await seen()).flatMap(({ name, transactions }) =>
      transactions
        .filter((one) => !one.starting_balance_flag)
        .map(({ imported_id, date, amount }) => [name, imported_id, date, amount]),
    );

  beforeAll(async () => {
    mkdirSync(join(cwd, 'downloads'));
    configure('sandbox://summit');
    download('first', '70.00', ['A', 30, '-10.00'], ['B', 20, '-20.50'], ['C', 10, '100.50']);
    const [synced, server] = await Promise.all([run('-q'), startActual(join(cwd, 'actual'))]);
    expect(synced).toMatchObject({ code: 0, stderr: '' });
    actual = server;
    place = { dataDir: join(cwd, 'client'), serverURL: actual.url, budget: 'Family' };
    await makeBudget(place);
    serving = start([builtProgram(), 'serve', '--listen', '127.0.0.1:0', '--quiet'], cwd);
    await serving.said('/simplefin');
    const { stdout: token } = await run('serve', 'token', 'new', 'actual', '--quiet');
    const linked = await linkSimpleFin(place, { token: token.trim(), since: '2000-01-01' });
    expect(linked.map(({ name }) => name)).toEqual(['meadow/joint', 'nodc/joint', 'summit/card']);
  });
  afterAll(async () => {
    await actual?.stop();
    serving?.child.kill('SIGTERM');
    const { code, stderr } = (await serving?.finished) ?? {};
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('claims a token, lists the accounts and imports everything: ids, days, amounts and balances of the store', async () => {
    const expected = (await stored()).map(({ id, institution, account, postedOn, amount }) => [
      `${institution}/${account}`,
      id,
      postedOn,
      Number(amount.replace('.', '')),
    ]);
    expect(expected.length).toBeGreaterThan(50);
    expect((await imported()).toSorted()).toEqual(expected.toSorted());
    expect((await seen()).map(({ name, balance }) => [name, balance]).toSorted()).toEqual(await balances());
  });

  test('adds nothing in a second pull', async () => {
    const before = await imported();
    const pulled = await pullSimpleFin(place);
    expect(pulled.map(({ errors, added }) => [errors, added])).toEqual(pulled.map(() => [[], 0]));
    expect(await imported()).toEqual(before);
  });

  test('gets a transaction that was booked late, and one that the bank replaced by a corrected one', async () => {
    const replacing = `<CORRECTFITID>B<CORRECTACTION>REPLACE`;
    download('second', '64.25', ['LATE', 25, '-5.00'], ['B2', 20, '-21.25', replacing]);
    expect(await run('-q')).toMatchObject({ code: 0, stderr: '' });
    const pulled = (await pullSimpleFin(place)).find(({ account }) => account === 'nodc/joint');
    expect(pulled).toMatchObject({ errors: [], added: 2 });
    const own = (await imported())
      .filter(([name]) => name === 'nodc/joint')
      .map(([, , date, amount]) => [date, amount]);
    expect(own).toContainEqual([day(25), -500]);
    expect(own).toContainEqual([day(20), -2125]);
    // Actual deletes nothing that a bank has replaced: a person does that.
    expect(own).toContainEqual([day(20), -2050]);
  });

  test('marks the accounts of a broken bank, and those alone', async () => {
    const before = (await imported()).filter(([name]) => name === 'summit/card');
    configure('sandbox://summit?fault=http-503');
    download('third', '63.25', ['D', 5, '-1.00']);
    expect((await run('-q', '--retries', '0')).code).toBe(1);
    const pulled = await pullSimpleFin(place);
    expect(pulled.map(({ account, errors, added }) => [account, errors, added]).toSorted()).toEqual([
      ['meadow/joint', [], 0],
      ['nodc/joint', [], 1],
      ['summit/card', ['ACCOUNT_NEEDS_ATTENTION'], 0],
    ]);
    expect((await imported()).filter(([name]) => name === 'summit/card')).toEqual(before);
    configure('sandbox://summit');
    expect((await run('-q')).code).toBe(0);
    expect((await pullSimpleFin(place)).flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('is refused from the moment when its token is revoked', async () => {
    expect((await run('serve', 'token', 'revoke', 'actual')).code).toBe(0);
    const pulled = await pullSimpleFin(place);
    expect(pulled.map(({ errors }) => errors)).toEqual(pulled.map(() => ['INVALID_ACCESS_TOKEN']));
  });
});
