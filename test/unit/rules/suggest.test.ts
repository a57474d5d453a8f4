/** Rules proposed from the past: learned, divided, judged without the month in question, and safe whatever a bank wrote. */

import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/load.js';
import { classifierOf } from '../../../src/exporters/rules.js';
import { patternMaker } from '../../../src/model/rules/pattern.js';
import type { StoredTransaction } from '../../../src/ports.js';
import type { HistoryInput } from '../../../src/rules/history.js';
import { readJournal } from '../../../src/rules/journal/read.js';
import { suggestions } from '../../../src/rules/suggest.js';
import { ruleYaml } from '../../../src/rules/yaml-text.js';
import { account, card } from '../../support/builders.js';
import { stored } from '../../support/export-input.js';
import { nastyTransactions } from '../../support/nasty-text.js';

const pattern = await patternMaker();

function suggested(journal: string, transactions: readonly StoredTransaction[] = [], more: Partial<HistoryInput> = {}) {
  return suggestions(
    {
      transactions,
      accounts: [],
      accountMap: new Map(),
      transferAccount: 'Assets:Transfers',
      classify: () => ({ payee: null, category: null, tags: [] }),
      journal: journal === '' ? null : readJournal({ path: 'a.journal', text: journal }, () => []),
      ...more,
    },
    pattern,
  );
}

function entry(date: string, payee: string, amount: string, counter: string): string {
  return `${date} ${payee}\n  Assets:Bank  ${amount} USD\n  ${counter}\n`;
}

/** An entry for each month of 2026, by the texts of a function. */
function year(of: (month: number) => string): string {
  return Array.from({ length: 12 }, (_, index) => of(index + 1)).join('');
}
const day = (month: number) => `2026-${String(month).padStart(2, '0')}-15`;

describe('what is learned', () => {
  test('the account of each payee, with how often it would have been right', () => {
    const { rules, evaluation } = suggested(
      year((month) => entry(day(month), `GREEN GROCER #${month}`, '-5', 'Expenses:Food')) +
        year((month) => entry(day(month), `RENT ${month}`, '-900', 'Expenses:Rent')),
    );
    expect(rules).toEqual([
      {
        rule: { match: { payee: 'GREEN GROCER' }, set: { category: 'Expenses:Food' } },
        ...{ count: 12, right: 12, first: '2026-01-15', last: '2026-12-15' },
      },
      {
        rule: { match: { payee: '/\\brent\\b/' }, set: { category: 'Expenses:Rent' } },
        ...{ count: 12, right: 12, first: '2026-01-15', last: '2026-12-15' },
      },
    ]);
    expect(evaluation).toMatchObject({ months: 12, samples: 24, covered: 24, right: 24 });
  });

  test('a payee of one month only is never right without that month, and is not proposed', () => {
    const { rules, evaluation } = suggested(
      year((month) => entry(day(month), 'GREEN GROCER', '-5', 'Expenses:Food')) +
        entry('2026-05-01', 'HOLIDAY INN', '-50', 'Expenses:Travel') +
        entry('2026-05-02', 'HOLIDAY INN', '-50', 'Expenses:Travel'),
    );
    expect(rules).toHaveLength(1);
    expect(evaluation).toMatchObject({ samples: 14, covered: 12, right: 12 });
  });

  test('with one month nothing can be tested, and that is said', () => {
    const { rules } = suggested(
      entry('2026-05-01', 'GREEN GROCER', '-5', 'Expenses:Food') +
        entry('2026-05-02', 'GREEN GROCER', '-5', 'Expenses:Food'),
    );
    expect(rules).toMatchObject([{ count: 2, right: null }]);
  });

  test('a payee that goes here and there is not proposed', () => {
    const accounts = ['Expenses:A', 'Expenses:B', 'Expenses:C'];
    const { rules } = suggested(
      year((month) => entry(day(month), 'MARKET PLACE', `-${month}`, accounts[month % 3] ?? '')),
    );
    expect(rules).toEqual([]);
  });

  test('the first word that several merchants share', () => {
    const shops = ['Prime', 'Marketplace', 'Digital', 'Fresh'];
    const { rules } = suggested(
      year((month) => entry(day(month), `AMAZON ${shops[month % 4]}`, '-5', 'Expenses:Shop')),
    );
    expect(rules.map(({ rule }) => rule)).toEqual([{ match: { payee: 'AMAZON' }, set: { category: 'Expenses:Shop' } }]);
  });
});

describe('a payee of several accounts is divided', () => {
  const rulesOf = (text: string) => suggested(text).rules.map(({ rule }) => rule);

  test('by sign', () => {
    const text =
      year((month) => entry(day(month), 'ACME STORE', `-${month}`, 'Expenses:Shop')) +
      year((month) => entry(day(month), 'ACME STORE', `${month}`, 'Income:Refunds'));
    expect(rulesOf(text)).toEqual([
      { match: { payee: 'ACME STORE', amount: '< 0' }, set: { category: 'Expenses:Shop' } },
      { match: { payee: 'ACME STORE', amount: '> 0' }, set: { category: 'Income:Refunds' } },
    ]);
  });

  test('by exact amount', () => {
    const text =
      year((month) => entry(day(month), 'LANDLORD LTD', '-900', 'Expenses:Rent')) +
      year((month) => entry(day(month), 'LANDLORD LTD', '-80', 'Expenses:Parking'));
    expect(rulesOf(text)).toEqual([
      { match: { payee: 'LANDLORD LTD', amount: '-900' }, set: { category: 'Expenses:Rent' } },
      { match: { payee: 'LANDLORD LTD', amount: '-80' }, set: { category: 'Expenses:Parking' } },
    ]);
  });

  test('but not by an amount that no rule can have', () => {
    const text =
      year((month) => entry(day(month), 'LANDLORD LTD', '-900.0000000001', 'Expenses:Rent')) +
      year((month) => entry(day(month), 'LANDLORD LTD', '-80.0000000001', 'Expenses:Parking'));
    expect(rulesOf(text)).toEqual([]);
  });

  test('at an amount', () => {
    const text =
      year((month) => entry(day(month), 'FUEL STOP', `-${40 + month}.01`, 'Expenses:Fuel')) +
      year((month) => entry(day(month), 'FUEL STOP', `-${month}.02`, 'Expenses:Snacks'));
    expect(rulesOf(text)).toEqual([
      { match: { payee: 'FUEL STOP', amount: '< -12.02' }, set: { category: 'Expenses:Fuel' } },
      { match: { payee: 'FUEL STOP', amount: '>= -12.02' }, set: { category: 'Expenses:Snacks' } },
    ]);
  });

  test('by the day since which it is another', () => {
    const text = year((month) =>
      entry(day(month), 'ACME PAYROLL', `${((month * 7) % 12) + 1}`, month < 5 ? 'Income:Old' : 'Income:New'),
    );
    expect(rulesOf(text)).toEqual([
      { match: { payee: 'ACME PAYROLL', date: '>= 2026-05-15' }, set: { category: 'Income:New' } },
    ]);
  });

  test('by the note', () => {
    const text = year((month) =>
      entry(
        day(month),
        `TRANSFERWISE | ${month % 2 === 0 ? 'school fees' : 'piano lessons'} ${month}`,
        `-${month}`,
        `Expenses:${month % 2 === 0 ? 'School' : 'Music'}`,
      ),
    );
    expect(rulesOf(text)).toEqual([
      { match: { payee: 'TRANSFERWISE', memo: 'piano lessons' }, set: { category: 'Expenses:Music' } },
      { match: { payee: 'TRANSFERWISE', memo: 'school fees' }, set: { category: 'Expenses:School' } },
    ]);
  });
});

describe('the store', () => {
  const savings = account({ name: 'savings', accountKind: 'savings', id: '000123457' });
  const accounts = [account(), savings, card()];

  test('transfers between the person’s own accounts are known', () => {
    const transactions = Array.from({ length: 4 }, (_, index) => index + 1).flatMap((month) => [
      stored({ id: `a${month}`, name: 'ONLINE XFER TO SAV', amount: '-30', postedOn: day(month), type: 'XFER' }),
      stored({ id: `b${month}`, name: 'XFER FROM CHK', amount: '30', postedOn: day(month), account: 'savings' }),
      stored({ id: `c${month}`, name: 'CORNER CAFE', amount: '-3', postedOn: day(month) }),
      stored({ id: `d${month}`, name: 'INTEREST', amount: '1', type: 'INT', postedOn: day(month) }),
    ]);
    const { rules, open } = suggested('', transactions, { accounts });
    expect(rules.map(({ rule, right }) => [rule, right])).toEqual([
      [{ match: { payee: 'ONLINE XFER TO SAV' }, set: { category: 'Assets:River:Savings' } }, 4],
      [{ match: { payee: 'XFER FROM CHK' }, set: { category: 'Assets:River:Checking' } }, 4],
    ]);
    expect(open.map(({ rule, count }) => [rule.set.category, count])).toEqual([
      ['Expenses:FILL IN', 4],
      ['Income:Interest', 4],
    ]);
  });

  const transactions = Array.from({ length: 12 }, (_, index) =>
    stored({
      id: `x${index}`,
      fitid: `F${index}`,
      name: `POS 99${index} GRN GRCR`,
      amount: `-${index + 5}`,
      postedOn: day(index + 1),
    }),
  );
  const journal = year(
    (month) =>
      `${day(month).replace('-15', '-12')} Green Grocer\n  Assets:My Bank  $-${month + 4}.00\n  Expenses:Food\n`,
  );

  test('a journal’s entries are found by amount and day, and give payee and account', () => {
    const accountMap = new Map([['river/checking', 'Assets:My Bank']]);
    const { rules, history } = suggested(journal, transactions, { accounts, accountMap });
    expect(history).toMatchObject({ entries: 12, matched: 12, unusable: 0 });
    expect(rules.map(({ rule }) => rule)).toEqual([
      { match: { payee: 'GRN GRCR' }, set: { payee: 'Green Grocer', category: 'Expenses:Food' } },
    ]);
  });

  test('but not those of another account that the configuration names', () => {
    const accountMap = new Map([['river/card', 'Assets:My Bank']]);
    expect(suggested(journal, transactions, { accounts, accountMap }).history.matched).toBe(0);
  });

  test('by the ids that exports write, whatever the amount', () => {
    const tagged = year(
      (month) => `${day(month)} Grocer\n  ; id: x${month - 1}\n  Assets:Bank  -1 USD\n  Expenses:Food\n`,
    );
    expect(suggested(tagged, transactions, { accounts }).history.matched).toBe(12);
  });

  test('what rules decide already is not proposed again', () => {
    const decided = suggested(journal, transactions, {
      accounts,
      classify: () => ({ payee: null, category: 'Food', tags: [] }),
    });
    expect(decided.rules).toEqual([]);
    expect(decided.history.decided).toBe(12);
  });

  test('accounts that say nothing are no knowledge', () => {
    const unknown = journal.replaceAll('Expenses:Food', 'Expenses:Unknown');
    expect(suggested(unknown, transactions, { accounts }).rules).toEqual([]);
  });
});

test('whatever a bank writes, the rules are YAML that is read back as it is, and match what they came from', () => {
  const months = [1, 2, 3, 4];
  const accounts = [account()];
  const nasty = nastyTransactions().slice(0, 600);
  const transactions = nasty.flatMap((one, index) =>
    months.map((month) => ({ ...one, id: `${index}-${month}`, postedOn: stored({ postedOn: day(month) }).postedOn })),
  );
  const hostile = ['/(a+)+$/', `$1 \${x}`, '"\n- x: y', '# {', '*a', '!!js', '\u202eevil', "it's: a [trap]"].map(
    (name, index) => ({
      ...stored({ name, amount: `-${index + 1}000` }),
    }),
  );
  const all = [
    ...transactions,
    ...hostile.flatMap((one) =>
      months.map((month) => ({
        ...one,
        id: `${one.name}${month}`,
        postedOn: stored({ postedOn: day(month) }).postedOn,
      })),
    ),
  ];
  const labels = new Map(all.map(({ id }, index) => [id, `Expenses:A${index % 7}`]));
  const journal = {
    entries: all.map(({ id, name, amount, currency, postedOn }) => ({
      date: postedOn,
      payee: name ?? '',
      note: '',
      tags: new Map([['id', id]]),
      postings: [
        { account: 'Assets:Bank', amount, commodity: currency },
        { account: labels.get(id.replace(/-\d$/, '-1')) ?? `Expenses:${name}`, amount: null, commodity: null },
      ],
    })),
    types: new Map(),
  };
  const { rules, open } = suggested('', all, { accounts, journal });
  expect(rules.length).toBeGreaterThan(50);
  const lines = [...rules, ...open].flatMap(({ rule }) => ruleYaml(rule));
  const config = parseConfig(
    `institutions: [{ name: r, url: "sandbox://river", userId: demo, password: { literal: demo }, accounts: [{ name: c, kind: checking, id: "1", routing: "1" }] }]\nrules:\n${lines.join('\n')}\n`,
    '/accounts.yaml',
    { pattern },
  );
  const read = config.exportConfig?.rules ?? [];
  expect(read).toEqual([...rules, ...open].map(({ rule }) => rule));
  const classify = classifierOf(read, pattern);
  expect(all.filter((one) => classify(one).category !== null).length).toBeGreaterThan(all.length / 4);
  for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u);
});
