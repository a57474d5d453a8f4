/** The adjusting entry that keeps an account of YNAB at its value. */

import { AccountsApi, TransactionsApi } from 'ynab';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import type { AccountValue, BudgetAccount } from '../model/push-session.js';
import { decimalOf, VALUE_ID, valueUnits } from './entry.js';
import { LIMITS, type Plan } from './ynab-changes.js';

/** YNAB accepts nothing that is older. */
const DAYS_BACK = 5 * 365;

interface Value extends AccountValue {
  readonly today: IsoDate;
}

/** @returns the amount by which the balance changed. */
export async function setValue({ api, id }: Plan, to: BudgetAccount, value: Value): Promise<Decimal> {
  const [accounts, transactions] = [new AccountsApi(api.configuration), new TransactionsApi(api.configuration)];
  const oldest = addDays(value.today, -DAYS_BACK);
  return api.call(async () => {
    const { balance } = (await accounts.getAccountById(id, to.id)).data.account;
    const list = (await transactions.getTransactionsByAccount(id, to.id, oldest)).data.transactions;
    const own = list.find((one) => !one.deleted && one.import_id?.startsWith(VALUE_ID) === true);
    const difference = valueUnits(value.amount, LIMITS.places) - balance;
    const date = [value.on, value.today].toSorted()[0] ?? value.today;
    const changes = { amount: (own?.amount ?? 0) + difference, date: date < oldest ? oldest : date };
    if (difference !== 0 && own !== undefined)
      await transactions.updateTransaction(id, own.id, { transaction: changes });
    if (difference !== 0 && own === undefined) await add(changes);
    return decimalOf(difference, LIMITS.places);
  });

  async function add(changes: { readonly amount: number; readonly date: string }): Promise<void> {
    const words = { payee_name: 'Change in value', memo: 'Keeps the balance at the value that the bank states' };
    const entry = { account_id: to.id, ...changes, ...words, cleared: 'cleared', approved: true } as const;
    await transactions.createTransaction(id, { transactions: [{ ...entry, import_id: `${VALUE_ID}:${value.today}` }] });
  }
}
