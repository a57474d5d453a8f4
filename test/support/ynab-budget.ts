/**
 * One budget as YNAB's OpenAPI (1.83) describes it: accounts, payees, categories and transactions. Imports are matched with
 * entries that a person made (same account and amount, at most 10 days apart), and a transaction whose payee is that of a
 * transfer has a counterpart in the other account.
 */

import { randomUUID } from 'node:crypto';
import { daysBetween, isIsoDate, isoDate } from '../../src/model/dates.js';

export interface YnabTransaction {
  readonly id: string;
  readonly account_id: string;
  date: string;
  amount: number;
  payee_id: string | null;
  payee_name: string | null;
  category_id: string | null;
  memo: string | null;
  cleared: string;
  approved: boolean;
  readonly import_id: string | null;
  transfer_account_id: string | null;
  transfer_transaction_id: string | null;
  matched_transaction_id: string | null;
}

export interface YnabAccount {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly opening: number;
  readonly transfer_payee_id: string;
  readonly on_budget: boolean;
  closed?: boolean;
}

export interface YnabCategory {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly hidden?: boolean;
}

export interface BudgetOptions {
  readonly accounts?: readonly (Pick<YnabAccount, 'name' | 'type'> & { readonly closed?: boolean })[];
  readonly categories?: readonly Omit<YnabCategory, 'id'>[];
  /** `false`: imports are matched with nothing. */
  readonly matching?: boolean;
}

const OWN_CATEGORIES = [
  { group: 'Internal Master Category', name: 'Inflow: Ready to Assign' },
  { group: 'Internal Master Category', name: 'Uncategorized' },
];
const MATCH_DAYS = 10;
const OFF_BUDGET = ['otherAsset', 'otherLiability'];

export function newAccountOf({ name, type, opening = 0, closed = false }: Partial<YnabAccount>): YnabAccount {
  const [id, payee] = [randomUUID(), randomUUID()];
  const kind = type ?? '';
  return {
    ...{ id, name: name ?? '', type: kind, opening, closed },
    ...{ transfer_payee_id: payee, on_budget: !OFF_BUDGET.includes(kind) },
  };
}

export class YnabBudget {
  readonly accounts: YnabAccount[];
  readonly transactions: YnabTransaction[] = [];
  readonly categories: YnabCategory[];
  /** With their ids by name; those of transfers belong to accounts. */
  readonly #payees = new Map<string, string>();
  readonly #matching: boolean;

  constructor(options: BudgetOptions) {
    this.accounts = (options.accounts ?? []).map(newAccountOf);
    this.categories = [...OWN_CATEGORIES, ...(options.categories ?? [])].map((one) => ({ id: randomUUID(), ...one }));
    this.#matching = options.matching !== false;
  }

  /** A matched import and the entry that it was matched with count once. */
  balance(account: string): number {
    const opening = this.accounts.find(({ id }) => id === account)?.opening ?? 0;
    return this.transactions
      .filter((one) => one.account_id === account && (one.import_id === null || one.matched_transaction_id === null))
      .reduce((sum, { amount }) => sum + amount, opening);
  }

  groups(): { readonly id: string; readonly name: string; readonly categories: readonly YnabCategory[] }[] {
    const names = [...new Set(this.categories.map(({ group }) => group))];
    return names.map((name) => ({
      ...{ id: `group ${name}`, name },
      categories: this.categories.filter((one) => one.group === name && one.name !== ''),
    }));
  }

  has(entry: Pick<YnabTransaction, 'account_id' | 'import_id'>): boolean {
    return this.transactions.some((one) => one.account_id === entry.account_id && one.import_id === entry.import_id);
  }

  /** Adds a transaction that passed `complaintsAbout`. */
  add(one: Readonly<Record<string, unknown>>): YnabTransaction {
    const text = (key: string) => (typeof one[key] === 'string' ? one[key] : null);
    const entry: YnabTransaction = {
      ...{
        id: randomUUID(),
        account_id: text('account_id') ?? '',
        date: text('date') ?? '',
        amount: Number(one['amount']),
      },
      ...this.#payeeOf(text('payee_id'), text('payee_name')),
      ...{ category_id: text('category_id'), memo: text('memo'), cleared: text('cleared') ?? 'uncleared' },
      ...{ approved: one['approved'] === true, import_id: text('import_id') },
      ...{ transfer_account_id: null, transfer_transaction_id: null, matched_transaction_id: null },
    };
    if (this.account(entry.account_id)?.on_budget !== true) entry.category_id = null;
    this.transactions.push(entry);
    if (this.#matching && entry.import_id !== null) this.#match(entry);
    this.#transfer(entry);
    return entry;
  }

  /** Changes a transaction by fields that passed `complaintsAbout`. */
  update(entry: YnabTransaction, fields: Readonly<Record<string, unknown>>): void {
    const { payee_id: payeeId, payee_name: payeeName, date, amount, memo, category_id: category, cleared } = fields;
    if (typeof payeeId === 'string' || typeof payeeName === 'string')
      Object.assign(
        entry,
        this.#payeeOf(typeof payeeId === 'string' ? payeeId : null, typeof payeeName === 'string' ? payeeName : null),
      );
    if (typeof date === 'string') entry.date = date;
    if (typeof amount === 'number') entry.amount = amount;
    if (typeof memo === 'string') entry.memo = memo;
    if (typeof cleared === 'string') entry.cleared = cleared;
    if (typeof fields['approved'] === 'boolean') entry.approved = fields['approved'];
    if (typeof category === 'string') entry.category_id = category;
    this.#transfer(entry);
  }

  /** A person deletes it, and with it the counterpart of a transfer. */
  remove(entry: YnabTransaction): void {
    this.transactions.splice(this.transactions.indexOf(entry), 1);
    for (const one of this.transactions) if (one.matched_transaction_id === entry.id) one.matched_transaction_id = null;
    const other = this.transactions.find(({ id }) => id === entry.transfer_transaction_id);
    if (other !== undefined) this.remove(other);
  }

  account(wanted: string | null): YnabAccount | undefined {
    return this.accounts.find(({ id }) => id === wanted);
  }

  knowsPayee(id: string): boolean {
    return [...this.#payees.values()].includes(id) || this.accounts.some((one) => one.transfer_payee_id === id);
  }

  #payeeOf(id: string | null, name: string | null): Pick<YnabTransaction, 'payee_id' | 'payee_name'> {
    const account = this.accounts.find((one) => one.transfer_payee_id === id);
    if (account !== undefined) return { payee_id: id, payee_name: `Transfer : ${account.name}` };
    const known = [...this.#payees].find(([, one]) => one === id)?.[0];
    if (known !== undefined) return { payee_id: id, payee_name: known };
    if (name === null) return { payee_id: null, payee_name: null };
    const payee = this.#payees.get(name) ?? randomUUID();
    this.#payees.set(name, payee);
    return { payee_id: payee, payee_name: name };
  }

  #match(entry: YnabTransaction): void {
    const distance = ({ date }: YnabTransaction) => Math.abs(daysBetween(isoDate(date), isoDate(entry.date)));
    const [nearest] = this.transactions
      .filter((one) => one.import_id === null && one.matched_transaction_id === null)
      .filter((one) => one.account_id === entry.account_id && one.amount === entry.amount)
      .filter((one) => distance(one) <= MATCH_DAYS)
      .toSorted((a, b) => distance(a) - distance(b));
    if (nearest === undefined) return;
    nearest.matched_transaction_id = entry.id;
    nearest.cleared = entry.cleared;
    entry.matched_transaction_id = nearest.id;
  }

  /** Makes or removes the counterpart that the payee asks for. */
  #transfer(entry: YnabTransaction): void {
    const to = this.accounts.find((one) => one.transfer_payee_id === entry.payee_id);
    if (to?.id === entry.transfer_account_id || (to === undefined && entry.transfer_account_id === null)) return;
    const former = this.transactions.find(({ id }) => id === entry.transfer_transaction_id);
    entry.transfer_transaction_id = null;
    entry.transfer_account_id = null;
    if (former !== undefined) {
      former.transfer_transaction_id = null;
      this.remove(former);
    }
    const from = this.account(entry.account_id);
    if (to === undefined || from === undefined) return;
    const counterpart: YnabTransaction = {
      ...{ id: randomUUID(), account_id: to.id, date: entry.date, amount: -entry.amount },
      ...this.#payeeOf(from.transfer_payee_id, null),
      ...{ category_id: null, memo: entry.memo, cleared: 'uncleared', approved: entry.approved, import_id: null },
      ...{ transfer_account_id: from.id, transfer_transaction_id: entry.id, matched_transaction_id: null },
    };
    entry.transfer_account_id = to.id;
    entry.transfer_transaction_id = counterpart.id;
    // Money that stays in the budget has no category.
    if (to.on_budget === from.on_budget) entry.category_id = null;
    this.transactions.push(counterpart);
  }
}

const FIELDS = [
  ...['account_id', 'date', 'amount', 'payee_id', 'payee_name', 'category_id', 'memo', 'cleared', 'approved'],
  ...['flag_color', 'subtransactions', 'import_id'],
];

/** Returns the violations of the specification in a new transaction, or in the changes of one. */
export function complaintsAbout(
  one: Readonly<Record<string, unknown>>,
  budget: YnabBudget,
  { today, former }: { readonly today: string; readonly former?: YnabTransaction },
): string[] {
  const isNew = former === undefined;
  const { date, amount, payee_id, payee_name, category_id, memo, cleared, approved, import_id } = one;
  const account = former?.account_id ?? one['account_id'];
  const isText = (value: unknown, longest: number) =>
    value === undefined || (typeof value === 'string' && [...value].length <= longest);
  const oldest = `${Number(today.slice(0, 4)) - 5}${today.slice(4)}`;
  const given = (value: unknown, holds: boolean) => (!isNew && value === undefined) || holds;
  const isOpen = budget.accounts.some(({ id, closed }) => id === account && closed !== true);
  const ownPayee = budget.accounts.find(({ id }) => id === account)?.transfer_payee_id;
  const knowsCategory = budget.categories.some(({ id, hidden }) => id === category_id && hidden !== true);
  const rules: readonly (readonly [boolean, string])[] = [
    [Object.keys(one).every((key) => FIELDS.includes(key)), 'unknown field'],
    [isOpen, 'account_id is unknown'],
    [given(date, typeof date === 'string' && isIsoDate(date)), 'date is invalid'],
    [
      given(date, typeof date === 'string' && date <= today && date >= oldest),
      'date must not be in the future or over 5 years ago',
    ],
    [given(amount, typeof amount === 'number' && Number.isSafeInteger(amount)), 'amount is not an integer'],
    [payee_id === undefined || (typeof payee_id === 'string' && budget.knowsPayee(payee_id)), 'payee_id is unknown'],
    [payee_id === undefined || payee_id !== ownPayee, 'payee_id is the account itself'],
    [category_id === undefined || knowsCategory, 'category_id is unknown'],
    [one['subtransactions'] === undefined, 'subtransactions are not expected'],
    [isText(payee_name, 200), 'payee_name is too long (maximum is 200 characters)'],
    [isText(memo, 500), 'memo is too long (maximum is 500 characters)'],
    [isText(import_id, 36), 'import_id is too long (maximum is 36 characters)'],
    [isNew || import_id === undefined, 'import_id cannot be changed'],
    [cleared === undefined || ['cleared', 'uncleared', 'reconciled'].includes(String(cleared)), 'cleared is invalid'],
    [approved === undefined || typeof approved === 'boolean', 'approved is invalid'],
  ];
  return rules.flatMap(([holds, text]) => (holds ? [] : [text]));
}
