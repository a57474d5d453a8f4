/** `ofx-sync push actual` with the real API, and budgets in a folder of this machine. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ACTUAL_HOME,
  type ActualAccount,
  type ActualPlace,
  editBudget,
  makeBudget,
  readBudget,
} from '../support/actual.js';
import { builtProgram, start } from '../support/program.js';
import { type PushScene, pushScene, storedIn } from '../support/push-scene.js';
import { runCli } from '../support/run-cli.js';
import { bankFile } from '../support/statement-file.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

// Without the folder there is no Actual to prove anything with; `.ci/run` installs it and names the folder.
describe.skipIf(ACTUAL_HOME === '')('a budget in a folder', () => {
  let scene: PushScene;
  let place: ActualPlace;
  let program = '';

  beforeAll(async () => {
    program = builtProgram();
    scene = await pushScene(program, ['actual: { folder: budgets, budget: My Finances }']);
    place = { dataDir: join(scene.cwd, 'budgets'), budget: 'My Finances' };
    await makeBudget(place);
  }, 60_000);

  const importIds = ({ transactions }: ActualAccount) =>
    transactions.flatMap(({ imported_id }) => imported_id ?? []).toSorted();

  test('two pushes: the second adds nothing, and balances are those of the store', async () => {
    const refused = await scene.run('push', 'actual');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('the budget has no account for summit/card');
    const tried = await scene.run('push', 'actual', '--create', '--dry-run');
    expect(tried.code).toBe(0);
    expect(tried.stdout).toContain('(to be created)');
    expect(await readBudget(place)).toEqual([]);
    const first = await scene.run('push', 'actual', '--create');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const second = await scene.run('push', 'actual', '--create');
    expect(second.stdout).toContain('2 of 2 accounts · 0 new transactions');
    const again = await scene.run('push', 'actual', '--all', '--json');
    const { accounts } = JSON.parse(again.stdout) as { accounts: { transactions: object }[] };
    const stored = await storedIn(scene);
    expect(accounts.map(({ transactions }) => transactions)).toEqual(
      [...stored.values()].map(({ ids }) => ({ added: 0, present: ids.length, matched: 0, linked: 0, refused: 0 })),
    );
    const budget = await readBudget(place);
    expect(budget.map(({ name }) => name)).toEqual([...stored.keys()]);
    for (const account of budget) {
      expect(account.balance).toBe(stored.get(account.name)?.balance);
      expect(importIds(account)).toEqual(stored.get(account.name)?.ids);
      const [opening] = account.transactions.filter((one) => one.starting_balance_flag);
      expect(account.transactions.every(({ date }) => date >= (opening?.date ?? ''))).toBe(true);
    }
  });

  test('what a person deleted stays deleted', async () => {
    const account = (await readBudget(place)).find(({ name }) => name === 'summit card');
    const gone = account?.transactions.find(({ imported_id }) => imported_id !== null);
    await editBudget(place, { account: 'summit card', delete: gone?.id ?? '' });
    const { stdout } = await scene.run('push', 'actual', '--all');
    expect(stdout).toContain(' 0 new transactions');
    const after = (await readBudget(place)).find(({ name }) => name === 'summit card');
    expect(after?.transactions.some(({ imported_id }) => imported_id === gone?.imported_id)).toBe(false);
  });

  test('an entry made by hand is joined and keeps its note', async () => {
    const other: ActualPlace = { ...place, budget: 'By hand' };
    await makeBudget(other);
    const known = (await readBudget(place))
      .find(({ name }) => name === 'meadow joint')
      ?.transactions.find(({ imported_id }) => imported_id !== null);
    const enter = { date: known?.date, amount: known?.amount, payee_name: 'the shop', notes: 'for the birthday' };
    await editBudget(other, { account: 'Joint', enter });
    const hand = await pushScene(program, [
      `actual: { folder: "${place.dataDir}", budget: By hand, accounts: { meadow/joint: joint } }`,
    ]);
    const { stdout, code } = await hand.run('push', 'actual');
    expect(code).toBe(0);
    expect(stdout).toContain('1 matched with your own entries');
    const joined = (await readBudget(other))[0]?.transactions.filter(({ notes }) => notes === 'for the birthday');
    expect(joined?.map(({ imported_id }) => imported_id)).toEqual([known?.imported_id]);
  });

  test('killed at any moment, nothing comes twice and the next push completes it', async () => {
    const budget = 'Killed';
    await makeBudget({ ...place, budget });
    const killed = await pushScene(program, [`actual: { folder: "${place.dataDir}", budget: ${budget} }`]);
    for (const ms of [350, 500, 600, 700, 850]) {
      const { child, finished } = start([program, 'push', 'actual', '--create'], killed.cwd);
      const timer = setTimeout(() => child.kill('SIGKILL'), ms);
      await finished;
      clearTimeout(timer);
    }
    expect(await killed.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    const stored = await storedIn(killed);
    for (const account of await readBudget({ ...place, budget })) {
      expect(importIds(account)).toEqual(stored.get(account.name)?.ids);
      expect(account.balance).toBe(stored.get(account.name)?.balance);
    }
  });

  test('many accounts are created by one push', async () => {
    const budget = 'Many';
    await makeBudget({ ...place, budget });
    const ids = Array.from({ length: 12 }, (_, index) => String(7001 + index));
    const accounts = ids.map((id) => `      - { name: a${id}, kind: checking, id: "${id}", routing: "011000015" }\n`);
    const institutions = `institutions:\n  - name: river\n    files: downloads/*.qfx\n    accounts:\n${accounts.join('')}`;
    const push = [`actual: { folder: "${place.dataDir}", budget: ${budget} }`];
    const many = await pushScene(program, push, { institutions, days: [] });
    for (const id of ids) {
      const shop = { fitid: 'F1', amount: '-5.00', on: '20261110' };
      writeFileSync(join(many.cwd, `${id}.qfx`), bankFile([shop], { account: id, balance: '95.00' }));
    }
    const files = ids.map((id) => `${id}.qfx`);
    expect((await runCli(['import', '-q', ...files], { cwd: many.cwd })).code).toBe(0);
    expect(await many.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    const made = await readBudget({ ...place, budget });
    expect(made.map(({ name, balance }) => [name, balance])).toEqual(ids.map((id) => [`river a${id}`, 9500]));
    for (const { transactions } of made)
      expect(transactions.map(({ date, amount }) => [date, amount]).toSorted()).toEqual([
        ['2026-11-10', -500],
        ['2026-11-10', 10_000],
      ]);
  });

  test('a budget that is not there is told with those that are', async () => {
    const wrong = await pushScene(program, [`actual: { folder: "${place.dataDir}", budget: My Finance }`]);
    const { code, stderr } = await wrong.run('push', 'actual');
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "My Finances"?');
  });
});
