/** The recipes of docs/sources.md, with the programs that they name. */

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocks } from '../support/markdown.js';
import { hasPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

test.runIf(hasPeer('ofxstatement'))('ofxstatement: the newest CAMT file is a statement, and comes once', async () => {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'camt'));
  cpSync('test/fixtures/camt/one-payment.xml', join(cwd, 'camt', '2026-11.xml'));
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    blocks('docs/sources.md', 'yaml', 'CAMT, MT940 and forty formats more: ofxstatement')[0] ?? '',
  );
  const now = () => new Date('2026-11-21T08:00:00Z');
  for (const added of [1, 0]) {
    const { code, stdout } = await runCli(['--json'], { cwd, now, env: { LANG: 'C.UTF-8' } });
    expect(code).toBe(0);
    const { accounts } = JSON.parse(stdout) as { accounts: { transactions: { new: number }; balance: unknown }[] };
    expect(accounts.map(({ transactions }) => transactions.new)).toEqual([added]);
  }
  const { stdout } = await runCli(['transactions', '--json'], { cwd });
  const { transactions } = JSON.parse(stdout) as { transactions: Record<string, unknown>[] };
  expect(transactions).toMatchObject([
    { postedOn: '2026-11-10', amount: '-12.34', currency: 'EUR', name: 'Bäckerei Müller', memo: 'Brötchen' },
  ]);
  const { stdout: status } = await runCli(['accounts', '--json'], { cwd, now });
  expect(status).toContain('987.66');
});
