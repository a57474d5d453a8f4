/** The CSV files that budgeting tools import, as data. For a tool that accepts several forms, dates are ISO and spending is negative. */

import type { CsvLayout, LayoutField } from '../model/csv-layout.js';

/** Returns columns from pairs of header and field, in order. */
function columns(...pairs: readonly (readonly [header: string, field: LayoutField])[]): CsvLayout['columns'] {
  return pairs.map(([header, field]) => ({ header, field }));
}

export const LAYOUTS = {
  ynab: {
    title: 'YNAB, file-based import',
    columns: columns(
      ['Date', 'date'],
      ['Payee', 'payee'],
      ['Memo', 'memo'],
      ['Outflow', 'outflow'],
      ['Inflow', 'inflow'],
    ),
  },
  actual: {
    title: 'Actual Budget',
    columns: columns(
      ['Date', 'date'],
      ['Payee', 'payee'],
      ['Notes', 'memo'],
      ['Category', 'category'],
      ['Amount', 'amount'],
    ),
  },
  monarch: {
    title: 'Monarch Money',
    columns: columns(
      ['Date', 'date'],
      ['Merchant', 'payee'],
      ['Category', 'category'],
      ['Account', 'account'],
      ['Original Statement', 'statementText'],
      ['Notes', 'memo'],
      ['Amount', 'amount'],
      ['Tags', 'tags'],
    ),
  },
  lunchmoney: {
    title: 'Lunch Money',
    columns: columns(
      ['Date', 'date'],
      ['Payee', 'payee'],
      ['Amount', 'amount'],
      ['Currency', 'currency'],
      ['Category', 'category'],
      ['Notes', 'memo'],
      ['Tags', 'tags'],
      ['Account', 'account'],
    ),
  },
  mint: {
    title: 'Mint, which many apps still import',
    date: 'M/D/YYYY',
    columns: columns(
      ['Date', 'date'],
      ['Description', 'payee'],
      ['Original Description', 'statementText'],
      ['Amount', 'absoluteAmount'],
      ['Transaction Type', 'debitOrCredit'],
      ['Category', 'category'],
      ['Account Name', 'account'],
      ['Labels', 'tags'],
      ['Notes', 'memo'],
    ),
  },
  tiller: {
    title: 'Tiller sheets',
    date: 'M/D/YYYY',
    columns: columns(
      ['Date', 'date'],
      ['Description', 'payee'],
      ['Category', 'category'],
      ['Amount', 'amount'],
      ['Account', 'account'],
      ['Account #', 'accountNumber'],
      ['Institution', 'institution'],
      ['Month', 'month'],
      ['Week', 'week'],
      ['Transaction ID', 'id'],
      ['Account ID', 'accountKey'],
      ['Check Number', 'checkNumber'],
      ['Full Description', 'statementText'],
    ),
  },
  firefly: {
    title: 'Firefly III, data importer',
    columns: columns(
      ['date_transaction', 'date'],
      ['amount', 'amount'],
      ['currency_code', 'currency'],
      ['description', 'payee'],
      ['note', 'memo'],
      ['account_name', 'account'],
      ['category_name', 'category'],
      ['tags_comma', 'tags'],
      ['internal_reference', 'fitid'],
      ['external_id', 'id'],
      ['opposing_name', 'payee'],
    ),
  },
  gnucash: {
    title: 'GnuCash, import of transactions from CSV',
    columns: columns(
      ['Date', 'date'],
      ['Transaction ID', 'id'],
      ['Number', 'checkNumber'],
      ['Description', 'payee'],
      ['Notes', 'memo'],
      ['Transaction Commodity', 'currency'],
      ['Account', 'account'],
      ['Amount', 'amount'],
      ['Transfer Account', 'category'],
    ),
  },
  copilot: {
    title: 'Copilot Money',
    sign: 'spending-positive',
    columns: [
      ...columns(['date', 'date'], ['name', 'payee'], ['amount', 'amount']),
      { header: 'status', constant: 'posted' },
      ...columns(['category', 'category'], ['parent category', 'empty']),
      { header: 'excluded', constant: 'false' },
      ...columns(['tags', 'tags']),
      { header: 'type', constant: 'regular' },
      ...columns(['account', 'account'], ['account mask', 'accountMask'], ['note', 'memo'], ['recurring', 'empty']),
    ],
  },
} satisfies Readonly<Record<string, CsvLayout>>;
