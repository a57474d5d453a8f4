/** The files that `ofx-sync export` writes, read by Actual's own import. */

import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ACTUAL_HOME, type ActualPlace, makeBudget, parseFile } from '../support/actual.js';
import { builtProgram } from '../support/program.js';
import { type PushScene, pushScene } from '../support/push-scene.js';
import { runCli } from '../support/run-cli.js';

// Every step is a process that loads all of Actual.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(ACTUAL_HOME === '')('Actual reads', () => {
  let scene: PushScene;
  let place: ActualPlace;

  beforeAll(async () => {
    scene = await pushScene(builtProgram(), ['actual: { folder: budgets, budget: Files }']);
    place = { dataDir: join(scene.cwd, 'budgets'), budget: 'Files' };
    await makeBudget(place);
  });

  test.each([
    ['ofx', 'bank', 'meadow/joint', []],
    ['ofx', 'card', 'summit/card', []],
    ['ofx', 'bank, 1.0.2', 'meadow/joint', ['--ofx-version', '102']],
    ['qif', 'bank', 'meadow/joint', []],
    ['actual', 'bank', 'meadow/joint', []],
  ])('%s (%s)', async (format, _, account, more) => {
    const file = join(scene.cwd, `statement.${format === 'actual' ? 'csv' : format}`);
    const argv = ['export', '--format', format, '--account', account, '--output', file, ...more];
    expect(await runCli(argv, { cwd: scene.cwd })).toMatchObject({ code: 0, stderr: '' });
    const { errors, transactions } = await parseFile(place, file);
    expect(errors).toEqual([]);
    const { stdout } = await runCli(['export', '--format', 'ndjson', '--account', account], { cwd: scene.cwd });
    const wanted = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { postedOn: string; amount: string });
    const seen = transactions.map((one) =>
      [one['date'] ?? one['Date'], Number(one['amount'] ?? one['Amount'])].join(' '),
    );
    expect(seen.toSorted()).toEqual(wanted.map(({ postedOn, amount }) => `${postedOn} ${Number(amount)}`).toSorted());
  });
});
