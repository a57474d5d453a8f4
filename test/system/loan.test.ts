/** A loan from the list of accounts to the statement: asked for as what it is, with payments and what is still owed. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

function folder(accounts: string): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'home', url: 'sandbox://orchard', accounts }]));
  return cwd;
}

test('discover knows what sort of loan it is, and what it writes is asked for as that', async () => {
  const cwd = folder('[]');
  await runCli(['discover', 'home', '--write'], { cwd });
  expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).toContain(
    '- { name: loan, kind: loan, id: L-4410, loanType: mortgage }',
  );
  const request = (await runCli(['sync', 'loan', '--dry-run'], { cwd })).stdout;
  expect(request.replace(/\s+/g, '')).toContain(
    '<LOANACCTID>L-4410</LOANACCTID><LOANACCTTYPE>MORTGAGE</LOANACCTTYPE></LOANACCTFROM><INCTRAN>',
  );
  const run = await runCli(['sync', 'loan', '--json'], { cwd });
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout).accounts[0]).toMatchObject({
    kind: 'loan',
    ledgerBalance: { amount: expect.stringMatching(/^-\d+\.\d\d$/), currency: 'USD' },
    notices: [],
  });
  expect((await runCli(['check', 'home'], { cwd })).code).toBe(0);
});

test('other kinds have no sort of loan', async () => {
  const run = await runCli([], { cwd: folder('[{ name: a, kind: creditcard, id: "1", loanType: mortgage }]') });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('an account of kind creditcard has no loanType');
});
