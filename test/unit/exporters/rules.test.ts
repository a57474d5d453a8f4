/** Matching of rules, and the payee, category and tags that they set. */

import { describe, expect, test } from 'vitest';
import { classifierOf, matcherOf } from '../../../src/exporters/rules.js';
import { patternMaker } from '../../../src/model/rules/pattern.js';
import { type ExportRule, parseAmountRange, type RuleMatch } from '../../../src/model/rules/rule.js';
import { stored } from '../../support/export-input.js';

const pattern = await patternMaker();
const GROCER = stored({ name: 'GREEN GROCER #12', memo: 'Weekly shop', amount: '-54.90' });

function fits(match: RuleMatch, transaction = GROCER): boolean {
  return matcherOf([{ match, set: {} }], pattern)(transaction).length === 1;
}

describe('text', () => {
  test.each([
    [{ payee: 'grocer' }, true],
    [{ payee: 'butcher' }, false],
    [{ payee: 'weekly' }, false],
    [{ memo: 'weekly' }, true],
    [{ payee: '/^green\\s+grocer #\\d+$/' }, true],
    [{ payee: '/^grocer/' }, false],
    [{ payee: '#12', memo: 'shop' }, true],
    [{ payee: '#12', memo: 'butcher' }, false],
    [{ payee: 'a+b(' }, false],
  ])('%j: %s', (match, wanted) => expect(fits(match)).toBe(wanted));

  test('plain text with special characters of expressions is plain text', () => {
    expect(fits({ payee: 'a+b(' }, stored({ name: 'xA+B(y' }))).toBe(true);
  });

  test('the payee of PAYEE and the extended name count too', () => {
    expect(fits({ payee: 'river' }, stored({ name: 'X', extendedName: 'RIVER BOATS' }))).toBe(true);
  });

  test('an expression that makes other engines backtrack is fast', () => {
    expect(fits({ payee: '/^(a+)+$/' }, stored({ name: `${'a'.repeat(50_000)}!` }))).toBe(false);
  });
});

describe('amounts', () => {
  test.each([
    ['-54.90', true],
    ['-54.9', true],
    ['= -54.90', true],
    ['-54.91', false],
    ['< 0', true],
    ['<= -54.90', true],
    ['< -54.90', false],
    ['> -54.90', false],
    ['>= -54.9', true],
    ['-100 .. -50', true],
    ['-50 .. 0', false],
    ['-54.90 .. -54.90', true],
  ])('%s: %s', (amount, wanted) => expect(fits({ amount })).toBe(wanted));

  test.each(['', 'x', '<< 5', '5 ..', '1e5', '5,00', '--5', '9'.repeat(30)])('%j is invalid', (text) =>
    expect(parseAmountRange(text)).toBeNull(),
  );
});

test.each([
  ['river', true],
  ['checking', true],
  ['river/checking', true],
  ['riv', false],
  ['summit/checking', false],
])('account %s: %s', (account, wanted) => expect(fits({ account })).toBe(wanted));

test('payee and category of the first rule that sets them, tags of all', () => {
  const rules: ExportRule[] = [
    { match: { payee: 'butcher' }, set: { payee: 'Butcher' } },
    { match: { amount: '< 0' }, set: { tags: ['spent'] } },
    { match: { payee: 'grocer' }, set: { payee: 'Grocer', tags: ['food', 'spent'] } },
    { match: { payee: 'green' }, set: { payee: 'Green', category: 'Food' } },
  ];
  expect(classifierOf(rules, pattern)(GROCER)).toEqual({ payee: 'Grocer', category: 'Food', tags: ['spent', 'food'] });
  expect(classifierOf(rules, pattern)(stored({ name: 'X', amount: '1' }))).toEqual({
    payee: null,
    category: null,
    tags: [],
  });
});
