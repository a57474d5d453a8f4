/** `ofx-sync push actual` with the real API and the real server. */

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ACTUAL_HOME,
  type ActualPlace,
  type ActualServer,
  makeBudget,
  readBudget,
  startActual,
  startBreaking,
} from '../support/actual.js';
import { builtProgram } from '../support/program.js';
import { type PushScene, pushScene, storedIn } from '../support/push-scene.js';
import { scratchDir } from '../support/scratch.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

describe.skipIf(ACTUAL_HOME === '')('a budget on a server', () => {
  let server: ActualServer;
  let scene: PushScene;
  let place: ActualPlace;
  let program = '';
  const settings = (more = '') => [
    `actual: { server: "${server.url}", password: "file:password", budget: Family${more} }`,
  ];

  beforeAll(async () => {
    program = builtProgram();
    const own = scratchDir();
    server = await startActual(join(own, 'server'));
    place = { dataDir: join(own, 'client'), serverURL: server.url, budget: 'Family' };
    await makeBudget(place);
    scene = await pushScene(program, settings());
  }, 60_000);
  afterAll(() => server?.stop());

  test('two pushes: the second adds nothing, and another client sees the balances of the store', async () => {
    expect(await scene.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    expect((await scene.run('push', 'actual', '--create')).stdout).toContain('0 new transactions');
    const stored = await storedIn(scene);
    const seen = await readBudget({ ...place, dataDir: scratchDir() });
    expect(seen.map(({ name, balance }) => [name, balance])).toEqual(
      [...stored].map(([name, { balance }]) => [name, balance]),
    );
    for (const { name, transactions } of seen)
      expect(transactions.flatMap(({ imported_id }) => imported_id ?? []).toSorted()).toEqual(stored.get(name)?.ids);
  });

  test('another machine with a store of its own adds nothing', async () => {
    const other = await pushScene(program, settings());
    const { stdout, code } = await other.run('push', 'actual', '--json');
    expect(code).toBe(0);
    const { accounts } = JSON.parse(stdout) as { accounts: { transactions: { added: number; present: number } }[] };
    expect(accounts.map(({ transactions }) => transactions.added)).toEqual([0, 0]);
    expect(accounts.every(({ transactions }) => transactions.present > 0)).toBe(true);
  });

  test('a connection that ends while changes are sent is opened again', async () => {
    const between = await startBreaking(server.url);
    const frail = await pushScene(
      program,
      settings().map((line) => line.replace(server.url, between.url).replace('Family', 'Frail')),
    );
    const budget = { ...place, dataDir: scratchDir(), budget: 'Frail' };
    await makeBudget(budget);
    const done = await frail.run('push', 'actual', '--create');
    await between.stop();
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(between.broken()).toBeGreaterThan(0);
    const seen = await readBudget({ ...budget, dataDir: scratchDir() });
    expect(seen.map(({ name, balance }) => [name, balance])).toEqual(
      [...(await storedIn(frail))].map(([name, { balance }]) => [name, balance]),
    );
  });

  test('an encrypted budget opens with its password alone', async () => {
    const locked = { ...place, dataDir: scratchDir(), budget: 'Locked' };
    await makeBudget(locked, { encryption: 'canary-key-3' });
    const without = await pushScene(program, [settings()[0]?.replace('Family', 'Locked') ?? '']);
    const refused = await without.run('push', 'actual', '--create');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('encryptionPassword');
    const line = settings(', encryptionPassword: { command: [echo, canary-key-3] }')[0]?.replace('Family', 'Locked');
    const withIt = await pushScene(program, [line ?? '']);
    expect(await withIt.run('push', 'actual', '--create')).toMatchObject({ code: 0, stderr: '' });
    const stored = await storedIn(withIt);
    const seen = await readBudget({ ...locked, dataDir: scratchDir() }, { encryption: 'canary-key-3' });
    expect(seen.map(({ name, balance }) => [name, balance])).toEqual(
      [...stored].map(([name, { balance }]) => [name, balance]),
    );
  });

  test.each([
    ['a wrong password', () => settings()[0]?.replace('file:password', 'env:HOME'), 'refused the password'],
    [
      'no server',
      () => 'actual: { server: "http://127.0.0.1:9", password: "file:password", budget: Family }',
      'could not connect to the Actual server 127.0.0.1:9',
    ],
    ['no such budget', () => settings()[0]?.replace('Family', 'Famly'), 'Did you mean "Family"?'],
  ])('%s', async (_, line, message) => {
    const wrong = await pushScene(program, [line() ?? '']);
    const { code, stderr, stdout } = await wrong.run('push', 'actual');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/canary|Exception|^\s+at /m);
  });
});
