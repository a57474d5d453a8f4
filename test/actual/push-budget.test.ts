/** Transfers, categories, payees and values in real budgets of Actual. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/open.js';
import {
  ACTUAL_HOME,
  type ActualAccount,
  type ActualPlace,
  changeEntry,
  makeBudget,
  makeCategories,
  readBudget,
} from '../support/actual.js';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { type PushScene, pushScene } from '../support/push-scene.js';
import { runCli } from '../support/run-cli.js';
import { bankFile, type FileTransaction } from '../support/statement-file.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const FILES = `institutions:
  - name: river
    files: downloads/*.qfx
    accounts:
      - { name: checking, kind: checking, id: "5555", routing: "011000015" }
      - { name: card, kind: checking, id: "6666", routing: "011000015" }
accountMap: { river/card: "Liabilities:Card" }
rules:
  - { match: { payee: GROCER }, set: { payee: The grocer, category: "Expenses:Food:Groceries" } }
  - { match: { payee: LANDLORD }, set: { category: Rent } }
  - { match: { payee: MONTHLY }, set: { category: "Liabilities:Card" } }
`;
const PUSH = ['actual: { folder: budgets, budget: My Finances }'];
const OLD = { fitid: 'old', amount: '-200.00', on: '20261102', name: 'MONTHLY 16' };
const PAID = { fitid: 'out', amount: '-300.00', on: '20261110', name: 'MONTHLY 17' };
const GROCER = { fitid: 'grocer', amount: '-12.50', on: '20261109', name: 'GROCER 4711' };
const LANDLORD = { fitid: 'rent', amount: '-900.00', on: '20261109', name: 'LANDLORD' };
const RECEIVED_OLD = { fitid: 'old in', amount: '200.00', on: '20261103', name: 'CREDIT' };
const RECEIVED = { fitid: 'in', amount: '300.00', on: '20261112', name: 'CREDIT' };

describe.skipIf(ACTUAL_HOME === '')('a budget of Actual', () => {
  let program = '';
  beforeAll(() => {
    program = builtProgram();
  });

  async function filesScene(): Promise<{
    scene: PushScene;
    place: ActualPlace;
    list: (account: string, transactions: readonly FileTransaction[]) => Promise<void>;
    push: (...argv: string[]) => Promise<string>;
    read: () => Promise<{ checking: ActualAccount; card: ActualAccount }>;
  }> {
    const scene = await pushScene(program, PUSH, { institutions: FILES, days: [] });
    const place = { dataDir: join(scene.cwd, 'budgets'), budget: 'My Finances' };
    await makeBudget(place);
    return {
      scene,
      place,
      list: async (account, transactions) => {
        writeFileSync(join(scene.cwd, `${account}.qfx`), bankFile(transactions, { account }));
        expect((await runCli(['import', `${account}.qfx`, '-q'], { cwd: scene.cwd })).code).toBe(0);
      },
      push: async (...argv) => {
        const { code, stdout, stderr } = await scene.run('push', 'actual', '--create', ...argv);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        return stdout;
      },
      read: async () => {
        const all = await readBudget(place);
        const [checking, card] = ['river checking', 'river card'].map((one) => all.find(({ name }) => name === one));
        if (checking === undefined || card === undefined) throw new Error('not created');
        return { checking, card };
      },
    };
  }

  const entryOf = ({ transactions }: ActualAccount, amount: number) => {
    const found = transactions.find((one) => one.amount === amount && one.imported_id !== null);
    if (found === undefined) throw new Error(`no entry of ${amount}`);
    return found;
  };

  test('links the sides of a transfer that arrive on two days, and leaves what a person has edited', async () => {
    const { place, list, push, read } = await filesScene();
    await list('5555', [OLD, PAID]);
    await list('6666', []);
    expect(await push()).not.toContain('linked');
    const before = await read();
    // The person notes something about one payment, and calls the other something else.
    await changeEntry(place, { id: entryOf(before.checking, -30_000).id, fields: { notes: 'for the holiday' } });
    await changeEntry(place, { id: entryOf(before.checking, -20_000).id, fields: { payee_name: 'My own payee' } });
    await list('6666', [RECEIVED_OLD, RECEIVED]);
    const said = await push();
    expect(said).toContain('1 transfer linked, 1 transfer not linked');
    expect(said).toContain('200.00 USD CREDIT: one side has another payee');
    const { checking, card } = await read();
    const [out, into] = [entryOf(checking, -30_000), entryOf(card, 30_000)];
    expect([out.transfer_id, into.transfer_id]).toEqual([into.id, out.id]);
    expect([out.date, into.date, out.notes, out.imported_payee]).toEqual([
      ...['2026-11-10', '2026-11-12', 'for the holiday', 'MONTHLY 17'],
    ]);
    expect(entryOf(checking, -20_000)).toMatchObject({ payee: 'My own payee', transfer_id: null });
    // Four entries and two opening balances, or none of zero.
    expect(
      [...checking.transactions, ...card.transactions].filter(({ imported_id }) => imported_id !== null),
    ).toHaveLength(4);
    expect([checking.balance, card.balance]).toEqual([before.checking.balance, before.card.balance + 50_000]);

    const again = JSON.stringify(await read());
    expect(await push()).toContain('0 new transactions');
    expect(await push('--all')).toContain('0 new transactions');
    expect(JSON.stringify(await read())).toBe(again);
  });

  test('has the categories of the rules, the payees of the rules, and the words of the bank beside them', async () => {
    const { place, list, push, read } = await filesScene();
    await makeCategories(place, { group: 'Food', names: ['Groceries'] });
    await list('5555', [GROCER, LANDLORD]);
    await list('6666', []);
    expect(await push()).toContain('no category "Rent" in the budget: 1 transaction without a category');
    const { checking } = await read();
    expect(entryOf(checking, -1250)).toMatchObject({
      ...{ category: 'Groceries', payee: 'The Grocer', imported_payee: 'GROCER 4711' },
    });
    expect(entryOf(checking, -90_000).category).toBeNull();
    await list('5555', [GROCER, LANDLORD, { ...LANDLORD, fitid: 'rent 2', amount: '-901.00' }]);
    await push('--create-categories');
    const after = (await read()).checking;
    expect(entryOf(after, -90_100).category).toBe('Rent');
    // What was pushed without stays without.
    expect(entryOf(after, -90_000).category).toBeNull();
  });

  test('keeps a broker at its value by one entry that is replaced', async () => {
    const institutions = configText([
      { name: 'harbor', url: 'sandbox://harbor', accounts: '[{ name: ira, kind: investment, id: "77-1234" }]' },
    ]);
    const scene = await pushScene(program, PUSH, { institutions, days: [new Date('2026-09-18T08:00:00Z')] });
    const place = { dataDir: join(scene.cwd, 'budgets'), budget: 'My Finances' };
    await makeBudget(place);
    const stated = async () => {
      const store = await openStore(join(scene.cwd, 'data'));
      const holdings = store.accountState({ institution: 'harbor', name: 'ira' })?.holdings;
      store.close();
      const cents = (text: string | null | undefined) => Math.round(Number(text ?? Number.NaN) * 100);
      const cash = cents(holdings?.cash?.amount);
      return { cash, value: (holdings?.positions ?? []).reduce((sum, one) => sum + cents(one.marketValue), cash) };
    };
    const account = async () => (await readBudget(place))[0];
    const adjusting = (of: ActualAccount | undefined) =>
      of?.transactions.filter(({ imported_id: id }) => id?.startsWith('ofx-sync:value'));
    expect(await scene.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    const first = await stated();
    expect((await account())?.balance).toBe(first.cash);
    expect(await scene.run('push', 'actual', '--values')).toMatchObject({ code: 0, stderr: '' });
    expect((await account())?.balance).toBe(first.value);
    expect(adjusting(await account())).toHaveLength(1);
    const before = JSON.stringify(await account());
    expect((await scene.run('push', 'actual', '--values')).stdout).toContain('0 new transactions');
    expect(JSON.stringify(await account())).toBe(before);

    const synced = await runCli(['-q'], { cwd: scene.cwd, now: () => new Date('2026-11-20T08:00:00Z') });
    expect(synced.code).toBe(0);
    const later = await stated();
    expect(later.value).not.toBe(first.value);
    expect(await scene.run('push', 'actual', '--values')).toMatchObject({ code: 0, stderr: '' });
    expect((await account())?.balance).toBe(later.value);
    expect(adjusting(await account())).toHaveLength(1);
  });
});
