/** YNAB through its official SDK (https://api.ynab.com, OpenAPI 1.83), which calls a budget a plan. */

import { AccountsApi, type NewTransaction, PlansApi, TransactionsApi, type Account as YnabAccount } from 'ynab';
import { PushError } from '../errors.js';
import type { Account } from '../model/account.js';
import { localDate } from '../model/dates.js';
import type { PushSettings } from '../model/push.js';
import type { BudgetAccount, PushContext, PushResult, PushSession, Refusal } from '../model/push-session.js';
import type { PushTarget, StoredTransaction } from '../ports.js';
import { type EntryLimits, entryValues, wholeUnits } from './entry.js';
import { budgetFor } from './match.js';
import { type YnabApi, ynabApi } from './ynab-api.js';
import { reasonsByIndex, YnabRefusal } from './ynab-failures.js';

/** Milliunits, and the maxLength of payee_name and memo. */
const LIMITS: EntryLimits = { places: 3, payee: 200, memo: 500 };
const OLDEST_YEARS = 5;

export const ynab: PushTarget = { title: 'YNAB', open };

async function open(settings: PushSettings, context: PushContext): Promise<PushSession> {
  const { token } = context.secrets;
  if (token === undefined)
    throw new PushError('PUSH_FAILED', 'YNAB needs a token', { hint: 'Store yours: ofx-sync secret set ynab' });
  const api = ynabApi(settings.server, token, context);
  // Replies are read inside of `call`, which reports one that cannot be read.
  const plans = await api.call(async () => [...(await new PlansApi(api.configuration).getPlans()).data.plans]);
  const plan = budgetFor('ynab', settings.budget, plans);
  const accounts = new AccountsApi(api.configuration);
  return {
    budget: { name: plan.name, currency: plan.currency_format?.iso_code ?? null },
    accounts: () =>
      api.call(async () => {
        const { data } = await accounts.getAccounts(plan.id);
        return data.accounts.filter(({ closed, deleted }) => !closed && !deleted).map(nameOf);
      }),
    create: async (account, { name, opening }) => {
      const balance = wholeUnits(opening, LIMITS.places);
      if (balance === null)
        throw new PushError(
          'PUSH_FAILED',
          `its balance ${opening} has more decimals than the three that YNAB supports`,
          {
            hint: 'Create the account in YNAB yourself, then run the same command again.',
          },
        );
      const type = TYPES[account.accountKind];
      return api.call(async () =>
        nameOf((await accounts.createAccount(plan.id, { account: { name, type, balance } })).data.account),
      );
    },
    judge: (transaction) => judge(transaction, context),
    push: (to, transactions) => push(to, transactions, { api, id: plan.id }),
    close: async () => undefined,
  };
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

function nameOf({ id, name }: YnabAccount): BudgetAccount {
  return { id, name };
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

interface Plan {
  readonly api: YnabApi;
  readonly id: string;
}

async function push(to: BudgetAccount, transactions: readonly StoredTransaction[], plan: Plan): Promise<PushResult> {
  if (transactions.length === 0) return { added: 0, present: 0, matched: 0, refused: [] };
  const entries = transactions.map((transaction) => entryOf(transaction, to));
  const { api, id } = plan;
  try {
    const request = new TransactionsApi(api.configuration);
    const present = await api.call(async () => {
      const { data } = await request.createTransaction(id, { transactions: entries });
      return data.duplicate_import_ids?.length ?? 0;
    }, HANDLED);
    return { added: transactions.length - present, present, matched: 0, refused: [] };
  } catch (error) {
    if (!(error instanceof YnabRefusal)) throw error;
    return error.refused.status === 409
      ? conflict(to, transactions, plan)
      : withoutRefused(to, transactions, { ...plan, detail: error.refused.detail });
  }
}

/** 409: the budget has an import id already. The reply does not name it, so halves of the list are sent. */
async function conflict(
  to: BudgetAccount,
  transactions: readonly StoredTransaction[],
  plan: Plan,
): Promise<PushResult> {
  if (transactions.length === 1) return { added: 0, present: 1, matched: 0, refused: [] };
  const half = Math.ceil(transactions.length / 2);
  const first = await push(to, transactions.slice(0, half), plan);
  return joined(first, await push(to, transactions.slice(half), plan));
}

/** 400: YNAB added nothing of the list. The reply names the invalid transactions, and the others are sent again. */
async function withoutRefused(
  to: BudgetAccount,
  transactions: readonly StoredTransaction[],
  { detail, ...plan }: Plan & { readonly detail: string },
): Promise<PushResult> {
  const reasons = reasonsByIndex(detail);
  const refused = transactions.flatMap((transaction, index) => {
    const reason = reasons.get(index) ?? (transactions.length === 1 ? detail : null);
    return reason === null ? [] : [{ transaction, later: true, reason: `YNAB says: ${reason}` }];
  });
  if (refused.length === 0)
    throw new PushError('PUSH_FAILED', `YNAB refused the transactions: ${detail} (HTTP 400)`, {
      httpStatus: 400,
      hint: 'None of them were added. Try fewer at a time (--account, --since), and report this to the authors of ofx-sync.',
    });
  const rest = transactions.filter((transaction) => !refused.some((one) => one.transaction === transaction));
  return joined({ added: 0, present: 0, matched: 0, refused }, await push(to, rest, plan));
}

function joined(a: PushResult, b: PushResult): PushResult {
  return {
    added: a.added + b.added,
    present: a.present + b.present,
    matched: a.matched + b.matched,
    refused: [...a.refused, ...b.refused],
  };
}

/** Cleared, since the institution has posted the transaction; not approved, since the person has not seen it yet. */
function entryOf(transaction: StoredTransaction, to: BudgetAccount): NewTransaction {
  const { amount, payee, memo, importId } = entryValues(transaction, LIMITS);
  return {
    account_id: to.id,
    date: transaction.postedOn,
    amount,
    payee_name: payee,
    ...(memo === null ? {} : { memo }),
    cleared: 'cleared',
    approved: false,
    import_id: importId,
  };
}
