/** Layouts of CSV files: those of budgeting tools, and a person's own in accounts.yaml. */

/** Fields that a column can hold, each with its meaning. */
export const LAYOUT_FIELDS = {
  date: 'posting date',
  userDate: 'date of the purchase, if the bank states it',
  month: 'first day of the month',
  week: 'Sunday on which the week begins',
  payee: 'payee, after the rules',
  memo: 'further text of the bank',
  statementText: 'name and memo as the bank wrote them',
  amount: 'signed amount',
  inflow: 'amount received, else empty',
  outflow: 'amount spent, without a sign, else empty',
  absoluteAmount: 'amount without a sign',
  debitOrCredit: 'debit when money was spent, else credit',
  currency: 'currency of the amount',
  category: 'category from the rules',
  tags: 'tags from the rules, separated by commas',
  account: 'institution and account',
  accountKey: 'institution/account',
  accountMask: 'last four characters of the account number',
  accountNumber: 'xxxx and the last four characters of the account number',
  institution: 'institution',
  type: 'TRNTYPE',
  checkNumber: 'check number',
  refNumber: 'reference number',
  fitid: 'FITID',
  id: 'id of ofx-sync, stable over the life of the store',
  empty: 'nothing',
} as const;
export type LayoutField = keyof typeof LAYOUT_FIELDS;

export const LAYOUT_FIELD_NAMES: readonly LayoutField[] = Object.keys(LAYOUT_FIELDS).filter(
  (name): name is LayoutField => Object.hasOwn(LAYOUT_FIELDS, name),
);

export type LayoutColumn =
  | { readonly header: string; readonly field: LayoutField }
  | { readonly header: string; readonly constant: string };

export interface CsvLayout {
  readonly title: string;
  readonly columns: readonly LayoutColumn[];
  /** Made of YYYY, YY, MM, M, DD, D and the characters between them; YYYY-MM-DD when absent. */
  readonly date?: string;
  /** Comma when absent. */
  readonly separator?: ',' | ';' | '\t' | '|';
  /** Decimal point, `.` when absent. */
  readonly decimal?: '.' | ',';
  /** Money that leaves the account is negative when absent. */
  readonly sign?: 'spending-negative' | 'spending-positive';
  /** `false`: no header line. */
  readonly header?: boolean;
}
