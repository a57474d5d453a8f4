/** A damaged row is damage, named with the way out, and never a bug; reading its statement again mends it. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { change, dump } from '../support/dump.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

async function synced(): Promise<string> {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  writeFileSync(join(cwd, 'accounts.yaml'), FILES_CONFIG);
  const transactions = [
    { fitid: 'A', amount: '-1.00', on: '20261110' },
    { fitid: 'B', amount: '-2.00', on: '20261111' },
  ];
  writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile(transactions, { balance: '97.00' }));
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
  return cwd;
}

const DAMAGE = {
  'content that is not JSON': `UPDATE transactions SET body = '{"fitid":' WHERE fitid = 'A'`,
  'an amount that is none': `UPDATE transactions SET body = json_set(body, '$.amount', '1.x') WHERE fitid = 'A'`,
  'a day that does not exist': `UPDATE transactions SET body = json_set(body, '$.postedOn', '2026-02-30') WHERE fitid = 'A'`,
};

describe.each(Object.entries(DAMAGE))('%s', (_, sql) => {
  test.each([
    ['transactions'],
    ['transactions --search shop'],
    ['export --format csv'],
    ['export --format hledger'],
    ['export --format json --new --output new.json'],
  ])('%s names the row and the way out', async (command) => {
    const cwd = await synced();
    change(join(cwd, 'data'), sql);
    const [id = ''] = damagedIds(cwd);
    const { code, stderr } = await runCli(command.split(' '), { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('nodc/joint')]);
    expect(stderr).toContain(id);
    for (const way of ['store check', 'import --replay', 'backup']) expect(stderr).toContain(way);
  });

  test('store check names it, and import --replay mends it', async () => {
    const cwd = await synced();
    const before = dump(join(cwd, 'data'))['transactions']?.map(({ public_id, body }) => [public_id, body]);
    change(join(cwd, 'data'), sql);
    const [id = ''] = damagedIds(cwd);
    const check = await runCli(['store', 'check'], { cwd });
    expect([check.code, check.stdout]).toEqual([1, expect.stringContaining(`nodc/joint ${id}`)]);
    expect((await runCli(['import', '--replay'], { cwd })).code).toBe(0);
    expect(dump(join(cwd, 'data'))['transactions']?.map(({ public_id, body }) => [public_id, body])).toEqual(before);
    expect((await runCli(['store', 'check'], { cwd })).code).toBe(0);
    expect((await runCli(['transactions', '--history'], { cwd })).code).toBe(0);
  });
});

function damagedIds(cwd: string): string[] {
  return (dump(join(cwd, 'data'))['transactions'] ?? []).flatMap(({ fitid, public_id }) =>
    fitid === 'A' ? [String(public_id)] : [],
  );
}

test('an invalid amount beside the content is mended by the next statement that has the transaction', async () => {
  const cwd = await synced();
  change(join(cwd, 'data'), "UPDATE transactions SET amount = 'x' WHERE fitid = 'A'");
  expect((await runCli(['import', '--replay'], { cwd })).code).toBe(0);
  expect((await runCli(['store', 'check'], { cwd })).code).toBe(0);
});

test.each([
  ['accounts', `UPDATE balances SET amount = 'x'`, /ledger balance of 2026-11-20/],
  ['transactions --history', `UPDATE versions SET body = 'x'`, /former version/],
])('%s reports other damage, too', async (command, sql, named) => {
  const cwd = await synced();
  const again = bankFile([{ fitid: 'A', amount: '-1.00', on: '20261110', name: 'SHOP SETTLED' }]);
  writeFileSync(join(cwd, 'downloads', 'two.qfx'), again);
  await runCli(['-q'], { cwd });
  change(join(cwd, 'data'), sql);
  const { code, stderr } = await runCli(command.split(' '), { cwd });
  expect([code, stderr]).toEqual([1, expect.stringMatching(named)]);
  expect(stderr).toContain('store check');
});

test('an empty database is not a new store', async () => {
  const cwd = await synced();
  const path = join(cwd, 'data', 'ofx-sync.db');
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  writeFileSync(path, '');
  for (const command of ['sync', 'transactions', 'import downloads/one.qfx', 'store check', 'status']) {
    const { code, stdout, stderr } = await runCli(command.split(' '), { cwd });
    expect([command, code]).toEqual([command, 1]);
    expect(stdout + stderr, command).toMatch(/ofx-sync\.db is empty/);
    expect(stdout + stderr, command).toMatch(/backup/);
  }
  expect(readFileSync(path)).toHaveLength(0);
  rmSync(path);
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
});
