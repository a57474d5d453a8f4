/** YNAB through its official SDK (https://api.ynab.com, OpenAPI 1.83), which calls a budget a plan. */

import {
  AccountsApi,
  CategoriesApi,
  type NewTransaction,
  PlansApi,
  type TransactionDetail,
  TransactionsApi,
  type Account as YnabAccount,
} from 'ynab';
import { PushError } from '../errors.js';
import type { Account } from '../model/account.js';
import { localDate } from '../model/dates.js';
import type { PushSettings } from '../model/push.js';
import type {
  BudgetAccount,
  BudgetCategory,
  NewBudgetAccount,
  PushContext,
  PushEntry,
  PushResult,
  PushSession,
  Refusal,
} from '../model/push-session.js';
import type { PushTarget, StoredTransaction } from '../ports.js';
import { entryValues, wholeUnits } from './entry.js';
import { notExact } from './errors.js';
import { budgetFor } from './match.js';
import { joined, NOTHING } from './result.js';
import { ynabApi } from './ynab-api.js';
import { LIMITS, openTransfers, type Plan } from './ynab-changes.js';
import { reasonsByIndex, YnabRefusal } from './ynab-failures.js';
import { setValue } from './ynab-value.js';

const OLDEST_YEARS = 5;

export const ynab: PushTarget = { title: 'YNAB', open };

async function open(settings: PushSettings, context: PushContext): Promise<PushSession> {
  const { token } = context.secrets;
  if (token === undefined)
    throw new PushError('PUSH_FAILED', 'YNAB needs a token', { hint: 'Store yours: ofx-sync secret set ynab' });
  const api = ynabApi(settings.server, token, context);
  // Replies are read inside of `call`, which reports one that cannot be read.
  const plans = await api.call(async () => [...(await new PlansApi(api.configuration).getPlans()).data.plans]);
  const found = budgetFor('ynab', settings.budget, plans);
  const plan: Plan = { api, id: found.id, transferPayees: new Map() };
  return {
    budget: { name: found.name, currency: found.currency_format?.iso_code ?? null },
    accounts: () =>
      api.call(async () => {
        const { data } = await new AccountsApi(api.configuration).getAccounts(plan.id);
        return data.accounts.filter(({ closed, deleted }) => !closed && !deleted).map((one) => accountOf(one, plan));
      }),
    create: (account, like) => create(plan, account, like),
    categories: () => api.call(async () => categoriesOf(plan)),
    createCategory: (category) => api.call(async () => createCategory(plan, category)),
    judge: (transaction) => judge(transaction, context),
    push: (to, entries) => pushWithTransfers(to, entries, plan),
    setValue: (to, value) => setValue(plan, to, { ...value, today: localDate(context.now()) }),
    close: async () => undefined,
  };
}

async function create(plan: Plan, account: Account, { name, opening }: NewBudgetAccount): Promise<BudgetAccount> {
  const balance = wholeUnits(opening, LIMITS.places);
  if (balance === null) throw notExact(opening, 'three that YNAB supports');
  const type = TYPES[account.accountKind];
  return plan.api.call(async () => {
    const accounts = new AccountsApi(plan.api.configuration);
    return accountOf((await accounts.createAccount(plan.id, { account: { name, type, balance } })).data.account, plan);
  });
}

/** Payments of credit cards have categories that YNAB keeps for itself. */
const OWN_GROUPS = ['Credit Card Payments'];

async function categoriesOf({ api, id }: Plan): Promise<BudgetCategory[]> {
  const { data } = await new CategoriesApi(api.configuration).getCategories(id);
  return data.category_groups
    .filter((group) => !group.deleted && !OWN_GROUPS.includes(group.name))
    .flatMap((group) =>
      group.categories
        .filter(({ deleted, hidden }) => !deleted && !hidden)
        .map((one) => ({ id: one.id, name: one.name, group: group.name })),
    );
}

/** The longest name of a group. */
const LONGEST_GROUP = 50;

async function createCategory({ api, id }: Plan, { name, group }: Omit<BudgetCategory, 'id'>): Promise<BudgetCategory> {
  const request = new CategoriesApi(api.configuration);
  const wanted = group.slice(0, LONGEST_GROUP);
  const groups = (await request.getCategories(id)).data.category_groups.filter(({ deleted }) => !deleted);
  const found = groups.find((one) => one.name.toLowerCase() === wanted.toLowerCase());
  const { id: groupId } =
    found ?? (await request.createCategoryGroup(id, { category_group: { name: wanted } })).data.category_group;
  // A request that is sent again after its reply was lost finds what it made.
  const made = found?.categories.find((one) => one.name === name && !one.deleted);
  if (made !== undefined) return { id: made.id, name, group: wanted };
  const { category } = (await request.createCategory(id, { category: { name, category_group_id: groupId } })).data;
  return { id: category.id, name: category.name, group: wanted };
}

/** The kinds of account that the API can create. */
const TYPES = {
  checking: 'checking',
  savings: 'savings',
  moneymarket: 'savings',
  cd: 'savings',
  creditcard: 'creditCard',
  creditline: 'otherLiability',
  loan: 'otherLiability',
  investment: 'otherAsset',
} as const satisfies Record<Account['accountKind'], string>;

function accountOf(
  { id, name, on_budget: onBudget, transfer_payee_id: payee }: YnabAccount,
  plan: Plan,
): BudgetAccount {
  plan.transferPayees.set(id, payee);
  return { id, name, onBudget };
}

function judge(transaction: StoredTransaction, { now }: PushContext): Refusal | null {
  const { amount, postedOn } = transaction;
  const today = localDate(now());
  if (wholeUnits(amount, LIMITS.places) === null)
    return { transaction, later: false, reason: `${amount} has more decimals than the three that YNAB supports` };
  if (postedOn > today) return { transaction, later: true, reason: 'YNAB does not accept future dates' };
  const oldest = `${Number(today.slice(0, 4)) - OLDEST_YEARS}${today.slice(4)}`;
  return postedOn < oldest
    ? { transaction, later: false, reason: `YNAB does not accept transactions more than ${OLDEST_YEARS} years old` }
    : null;
}

const HANDLED = [400, 409];

/** Makes the other sides transfers to this account first: YNAB then matches their new counterparts with these entries. */
async function pushWithTransfers(to: BudgetAccount, entries: readonly PushEntry[], plan: Plan): Promise<PushResult> {
  const transfers = await openTransfers(plan, to, entries);
  const result = await push(to, entries, plan);
  return joined(result, { ...NOTHING, ...(await transfers.close(result.refused)) });
}

async function push(to: BudgetAccount, entries: readonly PushEntry[], plan: Plan): Promise<PushResult> {
  if (entries.length === 0) return NOTHING;
  const { api, id } = plan;
  try {
    const request = new TransactionsApi(api.configuration);
    const saved = await api.call(async () => {
      const { data } = await request.createTransaction(id, { transactions: entries.map((one) => entryOf(one, to)) });
      return { present: data.duplicate_import_ids?.length ?? 0, matched: matchedIn(data.transactions, entries) };
    }, HANDLED);
    return { ...NOTHING, ...saved, added: entries.length - saved.present - saved.matched };
  } catch (error) {
    if (!(error instanceof YnabRefusal)) throw error;
    return error.refused.status === 409
      ? conflict(to, entries, plan)
      : withoutRefused(to, entries, { ...plan, detail: error.refused.detail });
  }
}

/** Counts the entries that YNAB has matched with a person's own; sides of transfers are matched with each other. */
function matchedIn(saved: readonly TransactionDetail[] | undefined, entries: readonly PushEntry[]): number {
  const sides = new Set(entries.flatMap((one) => (one.other === null ? [] : [entryValues(one, LIMITS).importId])));
  return (saved ?? []).filter((one) => one.matched_transaction_id != null && !sides.has(one.import_id ?? '')).length;
}

/** 409: the budget has an import id already. The reply does not name it, so halves of the list are sent. */
async function conflict(to: BudgetAccount, entries: readonly PushEntry[], plan: Plan): Promise<PushResult> {
  if (entries.length === 1) return { ...NOTHING, present: 1 };
  const half = Math.ceil(entries.length / 2);
  const first = await push(to, entries.slice(0, half), plan);
  return joined(first, await push(to, entries.slice(half), plan));
}

/** 400: YNAB added nothing of the list. The reply names the invalid transactions, and the others are sent again. */
async function withoutRefused(
  to: BudgetAccount,
  entries: readonly PushEntry[],
  { detail, ...plan }: Plan & { readonly detail: string },
): Promise<PushResult> {
  const reasons = reasonsByIndex(detail);
  const refused = entries.flatMap(({ transaction }, index) => {
    const reason = reasons.get(index) ?? (entries.length === 1 ? detail : null);
    return reason === null ? [] : [{ transaction, later: true, reason: `YNAB says: ${reason}` }];
  });
  if (refused.length === 0)
    throw new PushError('PUSH_FAILED', `YNAB refused the transactions: ${detail} (HTTP 400)`, {
      httpStatus: 400,
      hint: 'None of them were added. Try fewer at a time (--account, --since), and report this to the authors of ofx-sync.',
    });
  const rest = entries.filter((entry) => !refused.some(({ transaction }) => transaction === entry.transaction));
  return joined({ ...NOTHING, refused }, await push(to, rest, plan));
}

/** Cleared, since the institution has posted the transaction; not approved, since the person has not seen it yet. */
function entryOf(entry: PushEntry, to: BudgetAccount): NewTransaction {
  const { amount, payee, memo, importId } = entryValues(entry, LIMITS);
  return {
    account_id: to.id,
    date: entry.transaction.postedOn,
    amount,
    payee_name: payee,
    ...(entry.category === null ? {} : { category_id: entry.category }),
    ...(memo === null ? {} : { memo }),
    cleared: 'cleared',
    approved: false,
    import_id: importId,
  };
}
