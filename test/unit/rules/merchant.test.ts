/** Merchants in the texts of banks, the conditions made of them, and groups of payees. */

import { expect, test } from 'vitest';
import { patternMaker } from '../../../src/model/rules/pattern.js';
import { expressionOf } from '../../../src/model/rules/rule.js';
import { merchantOf } from '../../../src/rules/merchant.js';
import { patternFor } from '../../../src/rules/pattern-text.js';
import { payeeGroups } from '../../../src/rules/payee-groups.js';
import { stored } from '../../support/export-input.js';

const pattern = await patternMaker();

test.each([
  ['GREEN GROCER #12', 'GREEN GROCER'],
  ['POS PURCHASE 0412 GREEN GROCER 12 SPRINGFIELD IL', 'GREEN GROCER'],
  ['CHECKCARD 1103 AMZN Mktp US*2K4LQ', 'AMZN Mktp US'],
  ['SQ *CORNER CAFE', 'CORNER CAFE'],
  ['Miller & Sons  Bakery', 'Miller & Sons  Bakery'],
  ['DEBIT CARD', 'DEBIT CARD'],
  ['7-ELEVEN 1234 OSLO', 'OSLO'],
  ['12345', '12345'],
  ['北京 超市', '北京 超市'],
  ['', null],
  [' \u0000\u202e ', null],
])('%j: %j', (text, merchant) => expect(merchantOf(text)?.text ?? null).toBe(merchant));

test.each([
  [['green', 'grocer'], ['GREEN GROCER', 'Green Grocer'], 'GREEN GROCER'],
  [['green', 'grocer'], ['GREEN GROCER', 'GREEN  GROCER'], '/\\bgreen[^\\pL\\pN]+grocer\\b/'],
  [['shell'], ['SHELL'], '/\\bshell\\b/'],
  [['épicé'], ['épicé'], '/épicé/'],
  [['a.b', 'c'], ['a.b/c', 'a.b c'], '/\\ba\\.b[^\\pL\\pN]+c\\b/'],
])('%j in %j: %s', (words, texts, wanted) => {
  const found = patternFor(words, texts);
  expect(found).toBe(wanted);
  const expression = expressionOf(found);
  for (const text of texts) expect(expression === null || pattern(expression).found(text)).toBe(true);
});

test('groups have a count, and a sum for each currency', () => {
  const groups = payeeGroups([
    stored({ name: 'GROCER 1', amount: '-10.10', postedOn: '2026-11-01' }),
    stored({ name: 'GROCER 2', amount: '-0.20', postedOn: '2026-11-03' }),
    stored({ name: 'grocer', amount: '-5', currency: 'EUR', postedOn: '2026-11-02' }),
    stored({ name: 'CAFE', amount: '-3.00', postedOn: '2026-11-01' }),
  ]);
  expect(groups).toEqual([
    {
      payee: 'grocer',
      count: 3,
      sums: new Map([
        ['USD', '-10.30'],
        ['EUR', '-5'],
      ]),
      last: '2026-11-02',
    },
    { payee: 'CAFE', count: 1, sums: new Map([['USD', '-3.00']]), last: '2026-11-01' },
  ]);
});
