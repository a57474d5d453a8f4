/** Cards and loans of banks of both kinds in a real budget of Actual: what is owed is negative there, too. */

import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ACTUAL_HOME, makeBudget, readBudget } from '../support/actual.js';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { pushScene, storedIn } from '../support/push-scene.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 180_000 });

const INSTITUTIONS = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'orchard',
    url: 'sandbox://orchard',
    accounts: '[{ name: loan, kind: loan, id: "L-4410", loanType: mortgage }]',
  },
  {
    name: 'cobalt',
    url: 'sandbox://cobalt',
    accounts: '[{ name: card, kind: creditcard, id: "6011601160116611" }, { name: loan, kind: loan, id: "A-7702" }]',
  },
]);

// Without the folder there is no Actual to prove anything with; `.ci/run` installs it and names the folder.
describe.skipIf(ACTUAL_HOME === '')('debts in a budget', () => {
  test('are negative, equal to the store, and the same after a second push', async () => {
    const days = [new Date('2026-11-10T08:00:00Z'), new Date('2026-11-16T08:00:00Z')];
    const push = ['actual: { folder: budgets, budget: My Finances }'];
    const scene = await pushScene(builtProgram(), push, { institutions: INSTITUTIONS, days });
    const place = { dataDir: join(scene.cwd, 'budgets'), budget: 'My Finances' };
    await makeBudget(place);
    expect(await scene.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    const stored = await storedIn(scene);
    const balances = async () => new Map((await readBudget(place)).map(({ name, balance }) => [name, balance]));
    const first = await balances();
    expect(first).toEqual(new Map([...stored].map(([name, { balance }]) => [name, balance])));
    expect([...first.values()].every((balance) => balance < 0)).toBe(true);
    expect((await scene.run('push', 'actual', '--create')).stdout).toContain(' 0 new transactions');
    expect(await balances()).toEqual(first);
  });
});
