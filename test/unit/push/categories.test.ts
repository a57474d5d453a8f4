/** The category of a budget that a rule names. */

import { describe, expect, test } from 'vitest';
import { categoriesFor } from '../../../src/push/categories.js';

const ALL = [
  { id: '1', group: 'Everyday', name: 'Groceries' },
  { id: '2', group: 'Everyday', name: 'Fun' },
  { id: '3', group: 'Someday', name: 'Fun' },
  { id: '4', group: 'Income', name: 'Salary' },
  { id: '5', group: 'Internal Master Category', name: 'Inflow: Ready to Assign' },
  { id: '6', group: 'Bills', name: 'Expenses:Odd' },
];

describe('a rule names', () => {
  test.each<[string, string[]]>([
    ['Groceries', ['1']],
    [' GROCERIES ', ['1']],
    ['everyday : groceries', ['1']],
    ['Expenses:Groceries', ['1']],
    ['Expenses:Food:Groceries', ['1']],
    ['Someday:Fun', ['3']],
    ['Expenses:Someday:Fun', ['3']],
    ['Fun', ['2', '3']],
    ['Elsewhere:Fun', ['2', '3']],
    ['Income:Salary', ['4']],
    ['Inflow: Ready to Assign', ['5']],
    ['Expenses:Odd', ['6']],
    ['Rent', []],
    ['Groceries:Organic', []],
  ])('%s', (wanted, ids) => {
    expect(categoriesFor(wanted, ALL).map(({ id }) => id)).toEqual(ids);
  });
});
