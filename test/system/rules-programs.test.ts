/**
 * Rules and the programs of journals: what rules make is accepted by all three, and journals are read as the programs themselves
 * read them. The example of the beancount package is a public journal of three years.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { exporters, OpeningTally } from '../../src/exporters/index.js';
import { classifierOf } from '../../src/exporters/rules.js';
import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import { patternMaker } from '../../src/model/rules/pattern.js';
import type { ExportRule } from '../../src/model/rules/rule.js';
import { readJournal } from '../../src/rules/journal/read.js';
import { suggestions } from '../../src/rules/suggest.js';
import { account } from '../support/builders.js';
import { exportInput, rendered, state, stored } from '../support/export-input.js';
import { scene } from '../support/journal-scene.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDir } from '../support/scratch.js';

vi.setConfig({ testTimeout: 300_000 });

const dir = scratchDir();
const pattern = await patternMaker();

const CHECKS = {
  hledger: (path: string) => runPeer('hledger', ['-f', path, 'check', '--strict']),
  ledger: (path: string) => runPeer('ledger', ['-f', path, '--pedantic', 'balance']),
  beancount: (path: string) => runPeer('bean-check', ['-C', path]),
} as const;
type Format = keyof typeof CHECKS;
const PROGRAMS: Readonly<Record<Format, string>> = { hledger: 'hledger', ledger: 'ledger', beancount: 'bean-check' };
const FORMATS = (['hledger', 'ledger', 'beancount'] as const).filter((format) => hasPeer(PROGRAMS[format]));

const RULES: readonly ExportRule[] = [
  {
    match: { payee: '/^(pay.*)$/' },
    set: {
      payee: '$1; (net) | 2026',
      note: 'gross, [less tax]: see: x  ; y "z" \\ #t ^l',
      tags: ['note'],
      splits: [
        { category: 'Income:Salary', amount: '3000' },
        { category: 'Insurance; Health', amount: '-200.125' },
        { category: 'Taxes', amount: '33.3333%' },
        { category: 'Assets:River:Savings', amount: '100' },
        { category: 'Expenses:Rest' },
      ],
    },
  },
  {
    match: { payee: 'abroad' },
    set: { splits: [{ category: 'Meals', amount: '50%' }, { category: 'Travel' }] },
  },
];

describe.each(FORMATS)('%s', (format) => {
  test('accepts splits and notes, with the balance of the bank', () => {
    const checking = account();
    const euro = { currency: 'EUR', rate: decimal('1.1'), converted: true };
    const transactions = [
      stored({ id: 'a', fitid: 'A', name: 'PAYROLL', amount: '2000.01', postedOn: '2026-11-02' }),
      stored({ id: 'b', fitid: 'B', name: 'ABROAD', amount: '-33.33', postedOn: '2026-11-03', exchange: euro }),
      stored({ id: 'c', fitid: 'C', name: 'PAYBACK', amount: '-0.01', postedOn: '2026-11-04' }),
    ];
    const balance = { amount: decimal('2966.67'), currency: 'USD', asOf: isoDate('2026-11-05') };
    const input = exportInput(transactions, {
      accounts: [checking, account({ name: 'savings', accountKind: 'savings', id: '2' })],
      classify: classifierOf(RULES, pattern),
      states: [state(checking, { ledgerBalance: balance })],
    });
    const tally = new OpeningTally(input);
    for (const transaction of transactions) tally.add(transaction);
    const path = join(dir, `splits.${format}`);
    writeFileSync(path, rendered(exporters[format].render({ ...input, openings: tally.openings() })));
    expect(readFileSync(path, 'utf8')).toContain('2966.67');
    const { status, stderr } = CHECKS[format](path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('our reader reads what was written', () => {
    const input = scene();
    const path = join(dir, `scene.${format}`);
    writeFileSync(path, rendered(exporters[format].render(input)));
    const { entries } = readJournal(
      { path: path.replace(/\.ledger$|\.hledger$/, '.journal'), text: readFileSync(path, 'utf8') },
      () => [],
    );
    const ids = entries.flatMap(({ tags }) => tags.get('fitid') ?? []);
    expect(ids.length).toBeGreaterThan(10);
    for (const { postings } of entries)
      for (const { amount } of postings) expect(amount === null || amount !== '').toBe(true);
  });
});

const HAND = `; written by hand
account Assets:Bank  ; type: A
2026-01-02=2026-01-05 ! (12) Grocer | weekly  ; key: value
    Expenses:Food    $1,234.50
    Assets:Bank
2026/1/3 Cafe
  Assets:Cash  -3.50 EUR
  Expenses:Food
2026-01-05 in total
  Assets:Euro  10 EUR @@ $11
  Assets:Cash
2026-01-06 shares
  Assets:Broker  2 "ACME A" @ $3.00
  (Budget:Shares)  1
  Assets:Cash
comment
2026-01-07 no
end comment
`;

test.runIf(FORMATS.includes('hledger'))('hledger reads the same postings', () => {
  const path = join(dir, 'hand.journal');
  writeFileSync(path, HAND);
  const { stdout } = runPeer('hledger', ['-f', path, 'print', '-x', '-O', 'json']);
  const theirs = (
    JSON.parse(stdout) as {
      tdate: string;
      tpostings: {
        paccount: string;
        ptype: string;
        pamount: { acommodity: string; aquantity: { floatingPoint: number } }[];
      }[];
    }[]
  ).map(({ tdate, tpostings }) => [
    tdate,
    ...tpostings
      .filter(({ ptype }) => ptype === 'RegularPosting')
      .map(({ paccount, pamount: [amount] }) => `${paccount} ${amount?.aquantity.floatingPoint} ${amount?.acommodity}`),
  ]);
  const ours = readJournal({ path, text: HAND }, () => []).entries.map(({ date, postings }) => [
    date,
    ...postings.map((one) => `${one.account} ${Number(one.amount)} ${one.commodity}`),
  ]);
  expect(ours).toEqual(theirs);
});

const PUBLIC = '/usr/share/doc/beancount/examples/example.beancount';

describe.runIf(existsSync(PUBLIC))('the public example of beancount', () => {
  const journal = readJournal({ path: PUBLIC, text: existsSync(PUBLIC) ? readFileSync(PUBLIC, 'utf8') : '' }, () => []);

  test.runIf(hasPeer('bean-query'))('has the postings that beancount finds', () => {
    const { stdout } = runPeer('bean-query', [
      '-f',
      'csv',
      PUBLIC,
      'select account, currency, count(position) as n group by account, currency',
    ]);
    const theirs = new Map(
      stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line): [string, number] => {
          const [name = '', currency = '', count = ''] = line.split(',').map((cell) => cell.trim());
          return [`${name} ${currency}`, Number(count)];
        }),
    );
    const ours = new Map<string, number>();
    for (const { postings } of journal.entries)
      for (const one of postings) {
        const key = `${one.account} ${one.commodity}`;
        ours.set(key, (ours.get(key) ?? 0) + 1);
      }
    expect(theirs.size).toBeGreaterThan(50);
    // A sale of several lots is several postings once it is booked; of cash there are as many as are written.
    const cash = [...theirs].filter(([key]) => key.endsWith(' USD'));
    expect(cash.length).toBeGreaterThan(30);
    const different = cash.filter(([key, count]) => ours.get(key) !== count);
    expect(different).toEqual([]);
  });

  test('gives rules that are right nearly always, for nearly all entries', () => {
    const { evaluation, rules } = suggestions(
      {
        transactions: [],
        accounts: [],
        accountMap: new Map(),
        transferAccount: 'Assets:Transfers',
        classify: () => ({ payee: null, category: null, tags: [] }),
        journal,
      },
      pattern,
    );
    expect(evaluation.samples).toBeGreaterThan(900);
    expect(evaluation.covered / evaluation.samples).toBeGreaterThan(0.9);
    expect(evaluation.right / evaluation.covered).toBeGreaterThan(0.97);
    expect(rules.length).toBeGreaterThan(30);
  });
});
