/**
 * Exporters for the CSV files of budgeting tools. A layout describes such a file as data: its columns in their order, and the
 * form of dates and signs. Users write layouts of their own in accounts.yaml (`csvLayouts`).
 */

import { type Account, accountKey, maskedNumber } from '../model/account.js';
import type { CsvLayout, LayoutField } from '../model/csv-layout.js';
import { addDays, daysBetween, type IsoDate, isoDate } from '../model/dates.js';
import { compare, negate, ZERO } from '../model/money.js';
import { memoOf, payeeOf } from '../model/payee.js';
import type { Classification, Exporter, StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';
import { csvLine, guarded, oneLine } from './csv-text.js';

interface Row {
  readonly transaction: StoredTransaction;
  readonly classification: Classification;
  readonly account: Account | null;
  readonly layout: CsvLayout;
}

type Field = { readonly text?: true; readonly value: (row: Row) => string };

const text = (value: (row: Row) => string | null): Field => ({ text: true, value: (row) => oneLine(value(row) ?? '') });

/** The values that a column can hold. */
const FIELDS: Readonly<Record<LayoutField, Field>> = {
  date: { value: ({ transaction, layout }) => dateText(transaction.postedOn, layout) },
  userDate: { value: ({ transaction, layout }) => dateText(transaction.userOn ?? transaction.postedOn, layout) },
  month: { value: ({ transaction, layout }) => dateText(isoDate(`${transaction.postedOn.slice(0, 7)}-01`), layout) },
  week: { value: ({ transaction, layout }) => dateText(sundayBefore(transaction.postedOn), layout) },
  payee: text(({ transaction, classification }) => payeeOf(transaction, classification)),
  memo: text(({ transaction, classification }) =>
    [classification.note ?? '', memoOf(transaction, classification)].filter((part) => part !== '').join(' · '),
  ),
  statementText: text(({ transaction }) => statementText(transaction)),
  amount: { value: ({ transaction, layout }) => amountText(signed(transaction, layout), layout) },
  inflow: { value: ({ transaction, layout }) => (isSpent(transaction) ? '' : amountText(size(transaction), layout)) },
  outflow: { value: ({ transaction, layout }) => (isSpent(transaction) ? amountText(size(transaction), layout) : '') },
  absoluteAmount: { value: ({ transaction, layout }) => amountText(size(transaction), layout) },
  debitOrCredit: { value: ({ transaction }) => (isSpent(transaction) ? 'debit' : 'credit') },
  currency: text(({ transaction }) => transaction.currency),
  category: text(({ classification }) => classification.category),
  tags: text(({ classification }) => classification.tags.join(',')),
  account: text(({ transaction: { institution, account } }) => `${institution} ${account}`),
  accountKey: text(({ transaction }) => keyOf(transaction)),
  accountMask: text(({ account }) => (account === null ? '' : maskedNumber(account).replaceAll('•', ''))),
  accountNumber: text(({ account }) => (account === null ? '' : `xxxx${maskedNumber(account).replaceAll('•', '')}`)),
  institution: text(({ transaction }) => transaction.institution),
  type: text(({ transaction }) => transaction.type),
  checkNumber: text(({ transaction }) => transaction.checkNumber),
  refNumber: text(({ transaction }) => transaction.refNumber),
  fitid: text(({ transaction }) => transaction.fitid),
  id: { value: ({ transaction }) => transaction.id },
  empty: { value: () => '' },
};

/** The fields that say which account a row belongs to. */
const ACCOUNT_FIELDS: ReadonlySet<LayoutField> = new Set(['account', 'accountKey', 'accountMask', 'accountNumber']);

export function layoutExporter(format: string, layout: CsvLayout): Exporter {
  const style = { separator: layout.separator ?? ',', lineEnd: '\r\n' };
  return {
    format,
    title: layout.title,
    extension: 'csv',
    appendable: true,
    oneAccountAFile: !layout.columns.some((column) => 'field' in column && ACCOUNT_FIELDS.has(column.field)),
    *render({ accounts, transactions, classify, settings }) {
      const byKey = new Map(accounts.map((account) => [accountKey(account), account]));
      const guard = settings.guardFormulas ? guarded : (cell: string) => cell;
      if (settings.header && layout.header !== false)
        yield csvLine(
          layout.columns.map(({ header }) => header),
          style,
        );
      for (const transaction of transactions) {
        const account = byKey.get(keyOf(transaction)) ?? null;
        const row = { transaction, classification: classify(transaction), account, layout };
        const cells = layout.columns.map((column) => {
          if ('constant' in column) return column.constant;
          const field = FIELDS[column.field];
          return field.text === true ? guard(field.value(row)) : field.value(row);
        });
        yield csvLine(cells, style);
      }
    },
  };
}

/** Replaces `YYYY`, `YY`, `MM`, `M`, `DD` and `D` in the date pattern of the layout. */
function dateText(date: IsoDate, { date: pattern = 'YYYY-MM-DD' }: CsvLayout): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const parts: Readonly<Record<string, string>> = {
    YYYY: year,
    YY: year.slice(2),
    MM: month,
    M: String(Number(month)),
    DD: day,
    D: String(Number(day)),
  };
  return pattern.replace(/YYYY|YY|MM|M|DD|D/g, (part) => parts[part] ?? part);
}

/** Returns the institution's own words, for columns that hold the original. */
function statementText({ name, memo, type }: StoredTransaction): string {
  return [name, memo].filter((text) => text !== null && text.trim() !== '').join(' ') || type;
}

/** Returns the Sunday that begins the week. */
function sundayBefore(date: IsoDate): IsoDate {
  const weekday = ((daysBetween(isoDate('2023-01-01'), date) % 7) + 7) % 7;
  return addDays(date, -weekday);
}

function isSpent({ amount }: StoredTransaction): boolean {
  return compare(amount, ZERO) < 0;
}

function size({ amount }: StoredTransaction): string {
  return amount.replace(/^-/, '');
}

function signed({ amount }: StoredTransaction, { sign }: CsvLayout): string {
  return sign === 'spending-positive' ? negate(amount) : amount;
}

function amountText(amount: string, { decimal = '.' }: CsvLayout): string {
  return amount.replace('.', decimal);
}
