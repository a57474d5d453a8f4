/**
 * `rules suggest`: the share of transactions that get an account from rules learned without their month (coverage), and the share
 * of these that get the right one (precision). The journals: a year of the sandbox as one person books it, and the public
 * example of the beancount package, where that is installed.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const PUBLIC = '/usr/share/doc/beancount/examples/example.beancount';

const BANKS = `institutions:
  - name: river
    url: sandbox://river
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
  - name: summit
    url: sandbox://summit
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: card, kind: creditcard, id: "4111111111111111" }
`;
const BOOKS = `rules:
  - { match: { payee: city transit }, set: { payee: City Transit, category: Expenses:Transport } }
  - { match: { payee: [green grocer, bakery] }, set: { category: Expenses:Food:Groceries } }
  - { match: { payee: fuel stop }, set: { category: Expenses:Car:Fuel } }
  - { match: { payee: corner cafe }, set: { category: Expenses:Food:Out } }
  - { match: { payee: books }, set: { payee: Books etc, category: Expenses:Leisure:Books } }
  - { match: { payee: hardware }, set: { category: Expenses:Home } }
  - { match: { payee: pharmacy }, set: { category: Expenses:Health } }
  - { match: { payee: payroll }, set: { category: Income:Salary } }
  - { match: { payee: interest }, set: { category: Income:Interest } }
  - { match: { payee: power }, set: { category: Expenses:Home:Utilities } }
  - { match: { payee: rent }, set: { category: Expenses:Home:Rent } }
  - { match: { type: CHECK, amount: "< -120" }, set: { category: Expenses:Home:Repairs } }
  - { match: { type: CHECK }, set: { category: Expenses:Gifts } }
`;

export function rulesBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-rules-'));
  const run = (config, ...words) => {
    const env = { ...process.env, OFX_SYNC_CONFIG: join(dir, config), OFX_SYNC_DATA: join(dir, 'data') };
    return execFileSync(process.execPath, [PROGRAM, ...words], { env, cwd: dir, encoding: 'utf8', maxBuffer: 1e9 });
  };
  try {
    writeFileSync(join(dir, 'accounts.yaml'), BANKS);
    writeFileSync(join(dir, 'books.yaml'), BANKS + BOOKS);
    run('accounts.yaml', 'sync', '--since', '365d', '--quiet');
    run('books.yaml', 'export', '--format', 'hledger', '--output', 'year.journal', '--quiet');
    const journals = [
      ['store of the sandbox alone', []],
      ['sandbox and its journal', ['--journal', 'year.journal']],
      ...(existsSync(PUBLIC) ? [['example.beancount', ['--journal', PUBLIC]]] : []),
    ];
    return journals.flatMap(([name, words]) =>
      rowsOf(name, JSON.parse(run('accounts.yaml', 'rules', 'suggest', '--json', ...words))),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function rowsOf(name, { tested, rules, transactions }) {
  const share = (part, whole) => (100 * part) / Math.max(1, whole);
  return [
    { name: `${name}: known transactions`, value: tested.transactions, unit: '' },
    { name: `${name}: others, without a known account`, value: transactions.unknown, unit: '' },
    { name: `${name}: coverage`, value: share(tested.covered, tested.transactions), unit: '%' },
    { name: `${name}: precision`, value: share(tested.right, tested.covered), unit: '%' },
    { name: `${name}: rules`, value: rules.length, unit: '' },
  ];
}
