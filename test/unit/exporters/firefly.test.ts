/** The configuration of Firefly III's data importer fits the columns of the layout. */

import { expect, test } from 'vitest';
import { exporters } from '../../../src/exporters/index.js';
import { readCsv } from '../../support/csv-reader.js';
import { exportInput, rendered, stored } from '../../support/export-input.js';

const configuration = (header = true) =>
  JSON.parse(rendered(exporters['firefly-config'].render(exportInput([], { settings: { header } }))));

/** What the importer's JSON schema, version 3, requires. */
const REQUIRED = {
  version: 'number',
  default_account: 'number',
  delimiter: 'string',
  headers: 'boolean',
  rules: 'boolean',
  skip_form: 'boolean',
  add_import_tag: 'boolean',
  roles: 'object',
  do_mapping: 'object',
  mapping: 'object',
  duplicate_detection_method: 'string',
  ignore_duplicate_lines: 'boolean',
  ignore_duplicate_transactions: 'boolean',
  unique_column_index: 'number',
  unique_column_type: 'string',
  flow: 'string',
  conversion: 'boolean',
};

test('has what the importer requires, in its types', () => {
  const written = configuration();
  const types = Object.fromEntries(Object.keys(REQUIRED).map((key) => [key, typeof written[key]]));
  expect(types).toEqual(REQUIRED);
  expect(written).toMatchObject({ version: 3, delimiter: 'comma', flow: 'file', duplicate_detection_method: 'cell' });
});

test('gives each column its role, and finds what it has by the external id', () => {
  const transaction = stored({ name: 'GROCER', amount: '-12.34' });
  const [head = [], row = []] = readCsv(rendered(exporters.firefly.render(exportInput([transaction]))));
  const { roles, do_mapping, unique_column_index, unique_column_type } = configuration();
  expect(do_mapping).toHaveLength(head.length);
  expect(Object.fromEntries(roles.map((role: string, index: number) => [role, row[index]]))).toEqual({
    date_transaction: transaction.postedOn,
    amount: '-12.34',
    'currency-code': 'USD',
    description: 'GROCER',
    note: '',
    'account-name': 'river checking',
    'category-name': '',
    'tags-comma': '',
    internal_reference: transaction.fitid,
    'external-id': transaction.id,
    'opposing-name': 'GROCER',
  });
  expect([head[unique_column_index], unique_column_type]).toEqual(['external_id', 'external-id']);
});

test('knows whether the files have a header', () => {
  expect([configuration().headers, configuration(false).headers]).toEqual([true, false]);
});
