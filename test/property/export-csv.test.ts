/** Any text goes into the CSV files of budgeting tools. */

import { expect, test, vi } from 'vitest';
import { exporters } from '../../src/exporters/index.js';
import { readCsv } from '../support/csv-reader.js';
import { exportInput, rendered } from '../support/export-input.js';
import { nastyTransactions, pieces, TIMEOUT_MS } from '../support/nasty-text.js';

vi.setConfig({ testTimeout: TIMEOUT_MS });

const LAYOUTS = Object.values(exporters).filter(({ format, extension }) => extension === 'csv' && format !== 'csv');

test.each(LAYOUTS)('$format has a row a transaction, each on one line', ({ render }) => {
  for (const part of pieces(nastyTransactions())) {
    const text = rendered(render(exportInput(part)));
    expect(readCsv(text)).toHaveLength(part.length + 1);
    expect(text.split(/\r\n|[\r\n\u2028]/).length).toBe(part.length + 2);
  }
});

test('nothing that a spreadsheet would calculate, where that is asked for', () => {
  for (const { render, format } of [...LAYOUTS, exporters.csv]) {
    const input = exportInput(nastyTransactions(), { settings: { guardFormulas: true } });
    const cells = readCsv(rendered(render(input))).flat();
    // Amounts begin with a sign and stay numbers.
    const calculated = cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !/^-\d+(?:\.\d+)?$/.test(cell));
    expect({ format, calculated }).toEqual({ format, calculated: [] });
  }
});
