/**
 * The configuration with which the data importer of Firefly III reads the CSV layout `firefly`: version 3 of its JSON. It knows
 * by the external id which transactions it has.
 */

import type { Exporter } from '../ports.js';
import { LAYOUTS } from './layouts.js';

/** The role of each column, by its name in the layout. */
const ROLES: Readonly<Record<string, string>> = {
  date_transaction: 'date_transaction',
  amount: 'amount',
  currency_code: 'currency-code',
  description: 'description',
  note: 'note',
  account_name: 'account-name',
  category_name: 'category-name',
  tags_comma: 'tags-comma',
  internal_reference: 'internal_reference',
  external_id: 'external-id',
  opposing_name: 'opposing-name',
};

export const fireflyConfig: Exporter = {
  format: 'firefly-config',
  title: 'Firefly III, configuration of the data importer for `firefly` files',
  extension: 'json',
  *render({ settings }) {
    const headers = LAYOUTS.firefly.columns.map(({ header }) => header);
    const configuration = {
      version: 3,
      source: 'ofx-sync',
      flow: 'file',
      content_type: 'csv',
      delimiter: 'comma',
      headers: settings.header,
      date: 'Y-m-d',
      // The importer asks for one; every row names its own account.
      default_account: 1,
      rules: true,
      skip_form: true,
      add_import_tag: true,
      roles: headers.map((header) => ROLES[header] ?? '_ignore'),
      do_mapping: headers.map(() => false),
      mapping: {},
      duplicate_detection_method: 'cell',
      unique_column_index: headers.indexOf('external_id'),
      unique_column_type: 'external-id',
      ignore_duplicate_lines: false,
      ignore_duplicate_transactions: true,
      conversion: false,
    };
    yield `${JSON.stringify(configuration, null, 2)}\n`;
  },
};
