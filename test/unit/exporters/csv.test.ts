/** The CSV formats: columns, signs, dates, quoting, and the guard against formulas. */

import { describe, expect, test } from 'vitest';
import { csvLine, guarded } from '../../../src/exporters/csv-text.js';
import { exporters, layoutExporter } from '../../../src/exporters/index.js';
import { card } from '../../support/builders.js';
import { readCsv } from '../../support/csv-reader.js';
import { exportInput, rendered, stored } from '../../support/export-input.js';

const SPENT = stored({
  amount: '-12.34',
  name: 'GROCER, "THE"',
  memo: 'two\r\nlines',
  postedOn: '2026-01-05',
  checkNumber: '101',
});
const EARNED = stored({ id: 'id-2', fitid: 'F2', amount: '100', name: '=1+1', type: 'CREDIT', postedOn: '2026-01-04' });

function rows(format: keyof typeof exporters, change: Parameters<typeof exportInput>[1] = {}) {
  return readCsv(rendered(exporters[format].render(exportInput([SPENT, EARNED], change))));
}

describe('csv', () => {
  test('keeps text unchanged and names its columns', () => {
    const [head = [], spent = [], earned = []] = rows('csv');
    const cell = (row: string[], column: string) => row[head.indexOf(column)];
    expect(head.slice(0, 5)).toEqual(['institution', 'account', 'postedOn', 'amount', 'currency']);
    expect(cell(spent, 'memo')).toBe('two\r\nlines');
    expect(cell(spent, 'name')).toBe('GROCER, "THE"');
    expect(cell(earned, 'amount')).toBe('100');
    expect(cell(earned, 'name')).toBe('=1+1');
  });

  test('guards formulas when asked, and never an amount', () => {
    const [head = [], spent = [], earned = []] = rows('csv', { settings: { guardFormulas: true } });
    expect(earned[head.indexOf('name')]).toBe("'=1+1");
    expect(spent[head.indexOf('amount')]).toBe('-12.34');
  });

  test.each([
    ['7420118830019', "'7420118830019"],
    ['1234e5678', "'1234e5678"],
    ['12E5', "'12E5"],
    ['b7205daa244645e436f87cb4', 'b7205daa244645e436f87cb4'],
    ['1e2e3', '1e2e3'],
  ])('the id %s stays text in a spreadsheet', (id, written) => {
    const input = exportInput([stored({ id })]);
    const [head = [], row = []] = readCsv(rendered(exporters.csv.render(input)));
    expect(row[head.indexOf('id')]).toBe(written);
  });

  test('has no header when it continues a file', () => {
    expect(rows('csv', { settings: { header: false } })).toHaveLength(2);
  });

  test('has the payees, categories and tags of the rules', () => {
    const [head = [], spent = []] = rows('csv', {
      classify: () => ({ payee: 'Grocer', category: 'Food', tags: ['a', 'b'] }),
    });
    expect(spent.slice(head.indexOf('payee'))).toEqual(['Grocer', 'Food', 'a b']);
  });
});

describe('layouts', () => {
  test.each([
    ['ynab', ['2026-01-05', 'GROCER, "THE"', 'two lines', '12.34', ''], ['2026-01-04', '=1+1', '', '', '100']],
    ['actual', ['2026-01-05', 'GROCER, "THE"', 'two lines', '', '-12.34'], ['2026-01-04', '=1+1', '', '', '100']],
  ] as const)('%s', (format, spent, earned) => {
    expect(rows(format).slice(1)).toEqual([spent, earned]);
  });

  test('mint: month first, amounts without a sign, debit or credit', () => {
    const [, spent, earned] = rows('mint');
    expect(spent?.slice(0, 5)).toEqual(['1/5/2026', 'GROCER, "THE"', 'GROCER, "THE" two lines', '12.34', 'debit']);
    expect(earned?.slice(3, 5)).toEqual(['100', 'credit']);
  });

  test('copilot: spending is positive', () => {
    const [head = [], spent, earned] = rows('copilot');
    expect([spent, earned].map((row) => row?.[head.indexOf('amount')])).toEqual(['12.34', '-100']);
    expect(spent?.[head.indexOf('status')]).toBe('posted');
  });

  test('tiller: month, the Sunday of the week, and the masked number', () => {
    const [head = [], spent] = readCsv(
      rendered(exporters.tiller.render(exportInput([stored({ ...SPENT, account: 'card' })], { accounts: [card()] }))),
    );
    const cell = (column: string) => spent?.[head.indexOf(column)];
    expect([cell('Month'), cell('Week'), cell('Account #')]).toEqual(['1/1/2026', '1/4/2026', 'xxxx1111']);
  });

  test('a Sunday is the beginning of its own week', () => {
    const [head = [], , earned] = rows('tiller');
    expect(earned?.[head.indexOf('Week')]).toBe('1/4/2026');
  });

  test('a layout of the user', () => {
    const own = layoutExporter('own', {
      title: 'own',
      separator: ';',
      decimal: ',',
      date: 'DD.MM.YY',
      sign: 'spending-positive',
      header: false,
      columns: [
        { header: 'Datum', field: 'date' },
        { header: 'Betrag', field: 'amount' },
        { header: 'Konto', constant: 'Giro' },
        { header: 'Text', field: 'payee' },
      ],
    });
    expect(rendered(own.render(exportInput([SPENT])))).toBe('05.01.26;12,34;Giro;"GROCER, ""THE"""\r\n');
  });

  test('every layout has as many cells as columns, each column once', () => {
    for (const exporter of Object.values(exporters).filter(({ extension }) => extension === 'csv')) {
      const [head = [], ...body] = readCsv(rendered(exporter.render(exportInput([SPENT, EARNED]))));
      expect(new Set(head).size, exporter.format).toBe(head.length);
      expect(body.map((row) => row.length)).toEqual([head.length, head.length]);
    }
  });
});

test.each([
  [['a', 'b'], 'a,b\r\n'],
  [['a,b', 'c"d'], '"a,b","c""d"\r\n'],
  [[' a', 'b\n'], '" a","b\n"\r\n'],
  [[''], '""\r\n'],
])('csvLine(%j)', (cells, line) => expect(csvLine(cells)).toBe(line));

test.each(['=1', '+1', '-1', '@x', '\tx', '\rx'])('guarded(%j)', (text) => expect(guarded(text)).toBe(`'${text}`));
test('other text is not guarded', () => expect(guarded('a=1')).toBe('a=1'));
