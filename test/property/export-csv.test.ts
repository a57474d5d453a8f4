/** Any text goes through CSV and back. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exporters } from '../../src/exporters/index.js';
import { readCsv } from '../support/csv-reader.js';
import { exportInput, rendered, stored } from '../support/export-input.js';

const RUNS = { numRuns: Number(process.env['OFX_SYNC_RUNS'] ?? 300) };
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\r', '\n', ' ', '=', "'", '\t', 'é', '😀', '\u2028'),
    maxLength: 20,
  }),
);

test('our own CSV gives every text back', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(nasty, nasty, nasty), { minLength: 1, maxLength: 8 }), (texts) => {
      const transactions = texts.map(([name, memo, fitid], index) => stored({ id: `id-${index}`, name, memo, fitid }));
      const [head = [], ...rows] = readCsv(rendered(exporters.csv.render(exportInput(transactions))));
      const columns = ['name', 'memo', 'fitid'].map((column) => head.indexOf(column));
      expect(rows.map((row) => columns.map((column) => row[column]))).toEqual(texts);
    }),
    RUNS,
  );
});

test('every layout gives a row a transaction, each on one line', () => {
  const layouts = Object.values(exporters).filter(({ format, extension }) => extension === 'csv' && format !== 'csv');
  fc.assert(
    fc.property(fc.array(fc.tuple(nasty, nasty), { minLength: 1, maxLength: 5 }), (texts) => {
      const input = exportInput(texts.map(([name, memo]) => stored({ name, memo })));
      for (const layout of layouts) {
        const text = rendered(layout.render(input));
        expect(readCsv(text)).toHaveLength(texts.length + 1);
        expect(text.split(/\r\n/).length).toBe(texts.length + 2);
      }
    }),
    RUNS,
  );
});
