/** The sandbox institution with everything that investments can be, a certificate and a loan, from the request to the journal. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cwd = scratchDir();
const CONFIG = `institutions:
  - name: orchard
    url: sandbox://orchard
    brokerId: orchard.example
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: plan, kind: investment, id: "401-9001" }
      - { name: certificate, kind: cd, id: "550012", routing: "091000019" }
      - { name: house, kind: loan, id: "L-4410" }
`;
/** Every aggregate of a list of investment transactions (OFX 2.2 section 13.9.2). */
const KINDS =
  'BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK CLOSUREOPT INCOME INVEXPENSE JRNLFUND JRNLSEC MARGININTEREST REINVEST RETOFCAP SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK SPLIT TRANSFER'.split(
    ' ',
  );

const run = (...argv: readonly string[]) => runCli(argv, { cwd, now: () => new Date('2026-11-21T12:00:00Z') });

interface Listed {
  readonly type: string;
  readonly amount: string;
  readonly currency: string;
  readonly investment: { readonly action: string; readonly source401k: string | null } | null;
}

beforeAll(async () => {
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  const { code, stderr } = await run('sync', '--since', '2025-01-01', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('the plan with everything', () => {
  test('has every kind of investment transaction', async () => {
    const { stdout } = await run('transactions', '--account', 'plan', '--json');
    const { transactions } = JSON.parse(stdout) as { readonly transactions: readonly Listed[] };
    const kinds = new Set(transactions.map(({ investment }) => investment?.action));
    expect([...kinds].toSorted()).toEqual([...KINDS, 'INVBANKTRAN'].toSorted());
    expect(new Set(transactions.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR']));
    expect(transactions.filter(({ investment }) => investment?.source401k === 'PRETAX')).toHaveLength(2);
  });

  test('comes again unchanged', async () => {
    const { stdout } = await run('sync', '--since', '2025-01-01', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { ok: 3, newTransactions: 0 },
      accounts: [
        { transactions: { received: 46, new: 0, changed: 0, removed: 0 }, notices: [] },
        { transactions: { new: 0, changed: 0, removed: 0 }, ledgerBalance: { amount: '23877.50' }, notices: [] },
        { transactions: { new: 0, changed: 0, removed: 0 }, ledgerBalance: { amount: '-184425.00' }, notices: [] },
      ],
    });
  });

  test('is listed with the certificate and the loan', async () => {
    const { stdout } = await run('discover', 'orchard');
    for (const id of ['401-9001', '550012', 'L-4410']) expect(stdout).toContain(id);
    expect(stdout).toContain('kind: loan');
  });

  const journals = [
    ['hledger', 'hledger', ['check', '--strict', '-f']],
    ['ledger', 'ledger', ['--pedantic', 'balance', '-f']],
    ['beancount', 'bean-check', ['-C']],
  ] as const;
  test.each(journals.filter(([, program]) => hasPeer(program)))(
    'its positions and cash are those of the %s journal',
    async (format, program, args) => {
      const path = join(cwd, `journal.${format}`);
      expect((await run('export', '--format', format, '--output', path)).code).toBe(0);
      expect(readFileSync(path, 'utf8')).toContain('GRWIX');
      const { status, stderr } = runPeer(program, [...args, path]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );

  test('what is exported as OFX says the same again', async () => {
    const path = join(cwd, 'plan.ofx');
    expect((await run('export', '--format', 'ofx', '--account', 'plan', '--output', path)).code).toBe(0);
    const { stdout } = await run('inspect', path, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      statements: [{ transactions: { length: 46 }, notices: [] }],
      notices: [],
    });
  });
});
