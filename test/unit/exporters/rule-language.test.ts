/** Captures, lists, exclusions, all conditions, splits, notes and ignored transactions. */

import { describe, expect, test } from 'vitest';
import { exporters } from '../../../src/exporters/index.js';
import { mainCategory, partsOf } from '../../../src/exporters/rule-splits.js';
import { classifierOf, matcherOf, withoutIgnored } from '../../../src/exporters/rules.js';
import { decimal } from '../../../src/model/decimal.js';
import { patternMaker } from '../../../src/model/rules/pattern.js';
import {
  type ExportRule,
  parseCheckRange,
  parseDateRange,
  parsePart,
  type RuleMatch,
  type RuleSplit,
} from '../../../src/model/rules/rule.js';
import { account } from '../../support/builders.js';
import { exportInput, rendered, stored } from '../../support/export-input.js';

const pattern = await patternMaker();
const RENT = stored({
  name: 'PAYPAL *GREEN GROCER 12',
  memo: 'ORDER 4711 for Alex',
  amount: '-100.00',
  type: 'CHECK',
  checkNumber: '1001',
  postedOn: '2026-03-15',
});

function fits(match: RuleMatch, transaction = RENT): boolean {
  return matcherOf([{ match, set: {} }], pattern)(transaction).length === 1;
}

function classified(rules: readonly ExportRule[], transaction = RENT) {
  return classifierOf(rules, pattern)(transaction);
}

describe('conditions', () => {
  test.each<[RuleMatch, boolean]>([
    [{ payee: ['butcher', 'grocer'] }, true],
    [{ payee: ['butcher', '/baker/'] }, false],
    [{ amount: ['1', '-100'] }, true],
    [{ payee: 'grocer', not: { memo: 'alex' } }, false],
    [{ payee: 'grocer', not: { memo: 'blake' } }, true],
    [{ not: { payee: 'butcher', memo: 'alex' } }, false],
    [{ not: { payee: ['butcher', 'baker'] } }, true],
    [{ type: 'check' }, true],
    [{ type: 'chec' }, false],
    [{ type: ['ATM', '/^che/'] }, true],
    [{ check: '1001' }, true],
    [{ check: '100' }, false],
    [{ check: '1000 .. 1099' }, true],
    [{ check: '1002..1099' }, false],
    [{ check: '/^10/' }, true],
    [{ account: '/^river\\/ch/' }, true],
    [{ account: ['summit', 'checking'] }, true],
    [{ account: '/^summit/' }, false],
    [{ date: '2026-03-15' }, true],
    [{ date: '2026-03' }, true],
    [{ date: '2026' }, true],
    [{ date: '2025' }, false],
    [{ date: '< 2026-03-15' }, false],
    [{ date: '<= 2026-03-15' }, true],
    [{ date: '> 2026-02' }, true],
    [{ date: '> 2026-03' }, false],
    [{ date: '>= 2026-03' }, true],
    [{ date: '< 2026' }, false],
    [{ date: '2025-12 .. 2026-03' }, true],
    [{ date: '2026-03-16 .. 2026-12-31' }, false],
    [{ amount: '-100.00000001' }, false],
  ])('%j: %s', (match, wanted) => expect(fits(match)).toBe(wanted));

  test('a check number that is no number is in no range', () => {
    expect(fits({ check: '1 .. 9' }, stored({ checkNumber: null }))).toBe(false);
    expect(fits({ check: '1 .. 9' }, stored({ checkNumber: '5a' }))).toBe(false);
  });

  test.each(['', '2026-13', '2026-02-30', '2026-3-1', '2026 .. 2025', '2026 .. ', 'a .. b .. c', '== 2026'])(
    '%j is not a date',
    (text) => expect(parseDateRange(text)).toBeNull(),
  );

  test.each(['9 .. 1', 'a .. b', '1 ..', '1 .. 2 .. 3'])('%j is not a range of checks', (text) =>
    expect(parseCheckRange(text)).toBeNull(),
  );
});

describe('captures', () => {
  test('numbers and names', () => {
    const match = { payee: '/^paypal \\*(.+?) \\d+$/', memo: '/order (?P<order>\\d+)/' };
    expect(classified([{ match, set: { payee: '$1 via PayPal', note: `no. \${order}` } }])).toEqual({
      payee: 'GREEN GROCER via PayPal',
      category: null,
      tags: [],
      note: 'no. 4711',
    });
  });

  test('the numbers are those of the payee, if both have groups', () => {
    const match = { payee: '/\\*(\\w+)/', memo: '/(\\d+)/' };
    expect(classified([{ match, set: { payee: '$1' } }]).payee).toBe('GREEN');
  });

  test('of a list, the expression that matches', () => {
    const match = { payee: ['/^stripe (.*)/', '/^paypal \\*(.*)/'] };
    expect(classified([{ match, set: { payee: '$1' } }]).payee).toBe('GREEN GROCER 12');
  });

  test('without groups a dollar sign is a dollar sign, as it always was', () => {
    expect(classified([{ match: { payee: '/grocer/' }, set: { payee: '$1 Shop' } }]).payee).toBe('$1 Shop');
    expect(classified([{ match: { payee: 'grocer' }, set: { payee: `$$ \${x}` } }]).payee).toBe(`$$ \${x}`);
    expect(classified([{ match: { payee: '/(grocer)/' }, set: { payee: '$$5 $1' } }]).payee).toBe('$5 GROCER');
  });

  test('what comes out blank sets nothing, so that the next rule decides', () => {
    const rules = [
      { match: { payee: '/grocer(x)?/' }, set: { payee: ' $1 ' } },
      { match: { payee: 'grocer' }, set: { payee: 'Grocer' } },
    ];
    expect(classified(rules).payee).toBe('Grocer');
  });
});

describe('parts', () => {
  const usd = (amount: string) => ({ amount: decimal(amount), currency: 'USD' });
  const part = (category: string, amount?: string): RuleSplit =>
    amount === undefined ? { category } : { category, amount };

  test.each([
    ['-100.00', [part('a', '80'), part('b')], { a: '-80', b: '-20' }],
    ['100.00', [part('a', '33.335'), part('b')], { a: '33.335', b: '66.665' }],
    ['-10.01', [part('a', '50%'), part('b')], { a: '-5.01', b: '-5' }],
    ['-100', [part('a', '33.3%'), part('b', '33.3%'), part('c')], { a: '-33.30', b: '-33.30', c: '-33.4' }],
    ['2000', [part('salary', '3000'), part('tax')], { salary: '3000', tax: '-1000' }],
    [
      '2000',
      [part('salary', '3000'), part('meals', '-200'), part('tax')],
      { salary: '3000', meals: '-200', tax: '-800' },
    ],
    ['-80.00', [part('a', '80'), part('b')], { a: '-80' }],
    ['0.00', [part('a', '80'), part('b')], {}],
  ])('%s in %j', (amount, splits, wanted) =>
    expect(Object.fromEntries(partsOf(splits, usd(amount)).map((one) => [one.category, one.amount]))).toEqual(wanted),
  );

  test('a currency without decimals', () => {
    const parts = partsOf([part('a', '50%'), part('b')], { amount: decimal('-101'), currency: 'JPY' });
    expect(parts.map(({ amount }) => amount)).toEqual(['-51', '-50']);
  });

  test('the largest is the category of formats without parts', () => {
    expect(mainCategory([part('a', '30'), part('b')], usd('-100'))).toBe('b');
    expect(mainCategory([part('a', '70'), part('b')], usd('-100'))).toBe('a');
    expect(mainCategory([part('a', '70'), part('b')], usd('0'))).toBe('b');
  });

  test.each(['', '-', '5 %%', '1e5', '5,00', '-5%', '1000%0'])('%j is not a part', (text) =>
    expect(parsePart(text)).toBeNull(),
  );

  test('the category and the parts are one decision', () => {
    const splits = [part('a', '30'), part('b')];
    const first = { match: { payee: 'grocer' }, set: { category: 'Food' } };
    const second = { match: { payee: 'grocer' }, set: { splits } };
    expect(classified([first, second])).toEqual({ payee: null, category: 'Food', tags: [] });
    expect(classified([second, first])).toEqual({ payee: null, category: 'b', tags: [], splits });
  });
});

describe('ignored', () => {
  const hold = { match: { payee: 'hold' }, set: { ignore: true } };
  const all = [
    stored({ id: '1', name: 'HOLD' }),
    stored({ id: '2', name: 'GROCER' }),
    stored({ id: '3', name: 'HOLD x' }),
  ];

  test('is what a rule says, unless an earlier one says otherwise', () => {
    const classify = classifierOf([{ match: { payee: '/x$/' }, set: { ignore: false } }, hold], pattern);
    const rest = withoutIgnored(all, classify);
    expect([...rest].map(({ id }) => id)).toEqual(['2', '3']);
    // As often as the original.
    expect([...rest]).toHaveLength(2);
  });
});

describe('formats', () => {
  const splits = [{ category: 'Housing:Parking', amount: '80' }, { category: 'Housing:Rent' }];
  const classify = classifierOf([{ match: { payee: 'grocer' }, set: { splits, note: 'see, [lease]; x: y' } }], pattern);
  const input = exportInput([RENT], { classify });

  test('QIF has the parts', () => {
    expect(rendered(exporters.qif.render(input))).toContain(
      'LHousing:Parking\nSHousing:Parking\n$-80.00\nSHousing:Rent\n$-20.00\n^\n',
    );
  });

  test('CSV layouts have the largest category, and the note in the memo', () => {
    const text = rendered(exporters.actual.render(input));
    expect(text).toContain(',"see, [lease]; x: y · ORDER 4711 for Alex",Housing:Parking,-100.00');
  });

  test('hledger and ledger', () => {
    for (const format of ['hledger', 'ledger'] as const) {
      const text = rendered(exporters[format].render(input));
      expect(text).toContain('    Expenses:Housing:Parking  80.00 USD\n    Expenses:Housing:Rent  20.00 USD\n');
      expect(text).toContain('    ; note: see (lease); x: y\n');
      expect(text.indexOf('tag note\n')).toBeGreaterThan(0);
    }
  });

  test('beancount', () => {
    const text = rendered(exporters.beancount.render(input));
    expect(text).toContain('  Expenses:Housing:Parking  80.00 USD\n  Expenses:Housing:Rent  20.00 USD\n');
    expect(text).toContain('  note: "see, [lease]; x: y"\n');
    expect(text).not.toContain('tag note');
  });

  test('a part in one of the person’s own accounts waits for the other side', () => {
    const own = [{ category: 'Housing:Interest', amount: '80' }, { category: 'Assets:River:Savings' }];
    const rest = exportInput([RENT], {
      classify: classifierOf([{ match: { payee: 'grocer' }, set: { splits: own } }], pattern),
      accounts: [account(), account({ name: 'savings', accountKind: 'savings', id: '2' })],
    });
    expect(rendered(exporters.hledger.render(rest))).toContain(
      '    Expenses:Housing:Interest  80.00 USD\n    Assets:Transfers  20.00 USD\n',
    );
  });

  test('parts are in the currency of the account', () => {
    const abroad = stored({
      name: 'GROCER',
      amount: '-110.00',
      exchange: { currency: 'EUR', rate: decimal('1.1'), converted: true },
    });
    const text = rendered(exporters.hledger.render(exportInput([abroad], { classify })));
    expect(text).toContain('    Expenses:Housing:Parking  80.00 USD\n    Expenses:Housing:Rent  30.00 USD\n');
  });
});
