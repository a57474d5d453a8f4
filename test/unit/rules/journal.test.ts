/** Journals of hledger, ledger and beancount: everything that they may hold around the entries that say where payees went. */

import { expect, test } from 'vitest';
import type { ReadEntry } from '../../../src/rules/journal/entry.js';
import { readJournal } from '../../../src/rules/journal/read.js';

function read(text: string, path = 'a.journal', others: Readonly<Record<string, string>> = {}) {
  const asked: string[] = [];
  const journal = readJournal(
    { path, text },
    (pattern) => {
      asked.push(pattern);
      const found = others[pattern];
      return found === undefined ? [] : [{ path: pattern, text: found }];
    },
    '2026',
  );
  return { ...journal, asked };
}

/** `2026-01-02 payee | note: Assets:A -1 USD, Expenses:B 1 USD` */
function shown({ date, payee, note, postings }: ReadEntry): string {
  const parts = postings.map(({ account, amount, commodity }) => `${account} ${amount ?? '?'} ${commodity ?? '?'}`);
  return `${date} ${payee}${note === '' ? '' : ` | ${note}`}: ${parts.join(', ')}`;
}

test('the ways of hledger and ledger to write an entry', () => {
  const { entries } = read(`\ufeff; a comment
# and another
* an org headline
2026-01-02=2026-01-05 ! (check 12) Green Grocer | weekly shop  ; place: town, id: 4711
    ; fitid: F1
    Expenses:Food   $1,234.50   ; :tag:
    Assets:My Checking\t  = $5
2026/1/3 Cafe
  Assets:Cash  -3,50 EUR
  Expenses:Food
1.4 * Without a year
  (Budget:Food)   -1
  [Budget:Other]  1
  * Assets:Cash  EUR -1
  Expenses:Odd
2026-01-05 shares
  Assets:Broker  2 "ACME A" @ $3.00
  Assets:Broker  1 ACME {$4.00} [2026-01-01] (note) @ $5
  Assets:Cash
2026-01-06 in total
  Assets:Euro  10 EUR @@ $11
  Assets:Cash
2026-01-07 several
  Assets:Cash    -1 USD
  Assets:Euro    -1 EUR
  Expenses:Food
`);
  expect(entries.map(shown)).toEqual([
    '2026-01-02 Green Grocer | weekly shop: Expenses:Food 1234.50 $, Assets:My Checking -1234.5 $',
    '2026-01-03 Cafe: Assets:Cash -3.50 EUR, Expenses:Food 3.5 EUR',
    '2026-01-04 Without a year: Assets:Cash -1 EUR, Expenses:Odd 1 EUR',
    '2026-01-05 shares: Assets:Broker 2 ACME A, Assets:Broker 1 ACME, Assets:Cash -10 $',
    '2026-01-06 in total: Assets:Euro 10 EUR, Assets:Cash -11 $',
    '2026-01-07 several: Assets:Cash -1 USD, Assets:Euro -1 EUR, Expenses:Food ? ?',
  ]);
  expect([...(entries[0]?.tags ?? [])]).toEqual([
    ['place', 'town'],
    ['id', '4711'],
    ['fitid', 'F1'],
  ]);
});

test('directives of hledger and ledger', () => {
  const { entries, types, asked } = read(
    `include other.journal
include timedot:hours
!include "quoted file.dat"
account Bank  ; type: A
account Bank:Loan
  ; type: Liability
account Spent  ; type:X
alias short = Assets:Long:Name
alias /regex/ = x
decimal-mark ,
apply account Family
Y2024
~ monthly
  Expenses:Rent  500
= expr
  (Budget)  1
comment
2026-01-01 not an entry
  a  1
  b
end comment
test
2026-01-01 nor this
  a  1
  b
end test
P 2026-01-01 EUR $1.10
1/2 here
  short:sub  1.234
  Bank  -1.234
end apply account
2/3 there
  short  0,5
  Bank
`,
    'a.journal',
    { 'other.journal': 'include a.journal\n2026-05-05 other\n  A  1\n  B\n' },
  );
  expect(asked).toEqual(['other.journal', 'a.journal', 'quoted file.dat']);
  expect(entries.map(shown)).toEqual([
    '2026-05-05 other: A 1 , B -1 ',
    '2024-01-02 here: Family:Assets:Long:Name:sub 1234 , Family:Bank -1234 ',
    '2024-02-03 there: Assets:Long:Name 0.5 , Bank -0.5 ',
  ]);
  expect([...types]).toEqual([
    ['Bank', 'asset'],
    ['Bank:Loan', 'liability'],
    ['Spent', 'other'],
  ]);
});

test('beancount', () => {
  const { entries, types, asked } = read(
    `;; -*- mode: beancount -*-
* Options "with one quotation mark
option "name_assets" "Vermoegen"
include "sub/*.beancount"
plugin "beancount.plugins.auto"
pushtag #trip
2026-01-01 open Vermoegen:Bank EUR
2026-01-01 balance Vermoegen:Bank  5 EUR
2026-01-02 * "Green \\"G\\" Grocer" "weekly; not a comment" #food ^link ; a comment
  fitid: "F1"
  ; a comment
  Vermoegen:Bank  -(1 + 2.50) * 2 EUR
    posting-meta: "x"
  ! Expenses:Food
2026-01-03 txn "only a narration
over two lines"
  Vermoegen:Bank  -1,000.00 EUR @@ 1,100.00 USD
  Expenses:Food
2026-01-04 ! "Broker" ""
  Vermoegen:Broker   2 ACME {10.00 EUR, 2026-01-01}
  Vermoegen:Broker  -1 ACME {12.00 # 1 EUR}
  Vermoegen:Bank
2026-01-05 custom "budget" "x"
  a: "b"
`,
    'a.beancount',
  );
  expect(asked).toEqual(['sub/*.beancount']);
  expect(types.get('Vermoegen')).toBe('asset');
  expect(entries.map(shown)).toEqual([
    '2026-01-02 Green "G" Grocer | weekly; not a comment: Vermoegen:Bank -7 EUR, Expenses:Food 7 EUR',
    '2026-01-03 only a narration over two lines: Vermoegen:Bank -1000.00 EUR, Expenses:Food 1100 USD',
    '2026-01-04 Broker: Vermoegen:Broker 2 ACME, Vermoegen:Broker -1 ACME, Vermoegen:Bank ? ?',
  ]);
  expect(entries[0]?.tags.get('fitid')).toBe('F1');
});

test('the dialect of a file without an ending is that of its first dated line', () => {
  expect(read('2026-01-02 * "A" "B"\n  Assets:B  -1 EUR\n  Expenses:F\n', 'main').entries[0]?.payee).toBe('A');
  expect(read('2026-01-01 open Assets:B\n', 'main.txt').entries).toEqual([]);
  expect(read('2026-01-02 * A\n  Assets:B  -1 EUR\n  Expenses:F\n', 'main').entries[0]?.payee).toBe('A');
});

test.each([
  ['1,234', '1234'],
  ['1,234.5', '1234.5'],
  ['1.234,5', '1234.5'],
  ['1,23', '1.23'],
  ['0,123', '0.123'],
  ['1 234 567,89', '1234567.89'],
  ["1'234.50", '1234.50'],
  ['1.234.567', '1234567'],
  ['-.5', '-0.5'],
  ['007', '7'],
  ['-0.00', '0.00'],
  ['x', null],
  ['9'.repeat(400), '9'.repeat(400)],
])('%s is %s', (text, wanted) => {
  const [entry] = read(`2026-01-01 x\n  A  ${text}\n  B  1\n`).entries;
  expect(entry?.postings[0]?.amount ?? null).toBe(wanted);
});

test('text that is no journal has no entries and takes no time', () => {
  for (const text of [
    '',
    '"'.repeat(50_000),
    `2026-01-01 * ${'"\\'.repeat(20_000)}`,
    '(('.repeat(50_000),
    '\u0000'.repeat(9),
  ])
    for (const path of ['a.journal', 'a.beancount', 'a']) expect(read(text, path).entries).toEqual([]);
  const long = `2026-01-01 x\n  A  ${'1,'.repeat(50_000)}\n  B  ${'( '.repeat(50_000)}\n`;
  for (const path of ['a.journal', 'a.beancount']) expect(read(long, path).entries.length).toBeLessThanOrEqual(1);
});
