/**
 * Our own CSV: every field of a transaction that fits into a row, in columns that keep their names and order. New columns
 * are added at the end. Text stays unchanged, including line ends inside cells; so do ids, unless one looks like a number.
 */

import { maskedId } from '../model/account.js';
import type { Exporter, StoredTransaction } from '../ports.js';
import { csvLine, guarded, textId } from './csv-text.js';

type Cell = (transaction: StoredTransaction) => string | null;

const COLUMNS: Readonly<Record<string, { readonly text?: true; readonly cell: Cell }>> = {
  institution: { text: true, cell: ({ institution }) => institution },
  account: { text: true, cell: ({ account }) => account },
  postedOn: { cell: ({ postedOn }) => postedOn },
  amount: { cell: ({ amount }) => amount },
  currency: { text: true, cell: ({ currency }) => currency },
  type: { text: true, cell: ({ type }) => type },
  name: { text: true, cell: ({ name }) => name },
  memo: { text: true, cell: ({ memo }) => memo },
  checkNumber: { text: true, cell: ({ checkNumber }) => checkNumber },
  refNumber: { text: true, cell: ({ refNumber }) => refNumber },
  pending: { cell: ({ pending }) => String(pending) },
  fitid: { text: true, cell: ({ fitid }) => fitid },
  id: { cell: ({ id }) => textId(id) },
  extendedName: { text: true, cell: ({ extendedName }) => extendedName },
  userOn: { cell: ({ userOn }) => userOn },
  originalCurrency: { text: true, cell: ({ exchange }) => exchange?.currency ?? null },
  exchangeRate: { cell: ({ exchange }) => exchange?.rate ?? null },
  counterAccount: { text: true, cell: ({ counterAccount }) => (counterAccount ? maskedId(counterAccount.id) : null) },
  security: { text: true, cell: ({ investment }) => investment?.security?.uniqueId ?? null },
  ticker: { text: true, cell: ({ investment }) => investment?.ticker ?? null },
  units: { cell: ({ investment }) => investment?.units ?? null },
  unitPrice: { cell: ({ investment }) => investment?.unitPrice ?? null },
};

/** The institution's columns, then those of the rules of accounts.yaml. */
export const CSV_COLUMNS: readonly string[] = [...Object.keys(COLUMNS), 'payee', 'category', 'tags'];

export const csv: Exporter = {
  format: 'csv',
  title: 'CSV with everything that fits into a row',
  extension: 'csv',
  appendable: true,
  *render({ transactions, classify, settings }) {
    const guard = settings.guardFormulas ? guarded : (text: string) => text;
    const columns = Object.values(COLUMNS);
    if (settings.header) yield csvLine(CSV_COLUMNS);
    for (const transaction of transactions) {
      const { payee, category, tags } = classify(transaction);
      const cells = columns.map(({ text, cell }) => {
        const value = cell(transaction) ?? '';
        return text === true ? guard(value) : value;
      });
      yield csvLine([...cells, guard(payee ?? ''), guard(category ?? ''), guard(tags.join(' '))]);
    }
  },
};
