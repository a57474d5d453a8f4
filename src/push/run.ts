/**
 * Pushes new transactions to a budget, account by account: the failure of one account never affects another. The mark of an
 * account moves when the budget has accepted all of its transactions. After a run that was killed, transactions are sent
 * again, and the budget recognises them by their import ids.
 */

import { OfxSyncError, PushError } from '../errors.js';
import type { Account } from '../model/account.js';
import { type IsoDate, isoDate } from '../model/dates.js';
import { subtract, sum, ZERO } from '../model/money.js';
import { present } from '../model/present.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { BudgetAccount, NewBudgetAccount, PushResult, PushSession, Refusal } from '../model/push-session.js';
import type { TransactionChange } from '../model/stored.js';
import type { AccountState, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import { cashOf } from './entry.js';
import { interrupted } from './errors.js';
import { destinationOf } from './match.js';

export interface PushPlan {
  readonly target: PushTargetName;
  readonly settings: PushSettings;
  readonly accounts: readonly Account[];
  /** The mark of this consumer selects the new transactions, and is moved. */
  readonly consumer: string;
  /** The time of the push, kept with the mark. */
  readonly at?: Date;
  readonly since: IsoDate | null;
  /** Includes transactions that were pushed before. */
  readonly all: boolean;
  readonly create: boolean;
  readonly dryRun: boolean;
  /** Puts the words of quirks and rules into transactions, which come in the order of their days. */
  readonly reword: (transactions: Iterable<StoredTransaction>) => Iterable<StoredTransaction>;
}

interface OutcomeBase {
  readonly account: Account;
  /** Name of the budget's account, `null` while it is unknown. */
  readonly to: string | null;
  /** The account was created for this push; in a dry run it would be. */
  readonly created: boolean;
}

export type PushOutcome =
  | (OutcomeBase & {
      readonly status: 'ok';
      /** In a dry run nothing is added: `added` counts the transactions that would be sent. */
      readonly result: PushResult;
      /** Transactions pushed before that the institution has changed or removed since. */
      readonly changes: readonly TransactionChange[];
    })
  | (OutcomeBase & { readonly status: 'failed' | 'skipped'; readonly error: OfxSyncError });

/** Transactions in one request. */
const BATCH = 500;

/** Yields an outcome for each account, in their order, as soon as it is known. @throws errors of the program or the store only. */
export async function* pushAll(
  plan: PushPlan,
  { session, store, signal }: { session: PushSession; store: Store; signal: AbortSignal },
): AsyncIterable<PushOutcome> {
  const existing = [...(await session.accounts())];
  const upTo = store.latestChange();
  let ended: OfxSyncError | null = null;
  for (const account of plan.accounts) {
    const base = { account, to: null, created: false };
    if (signal.aborted) ended ??= interrupted();
    if (ended !== null) {
      yield { ...base, status: 'skipped', error: ended };
      continue;
    }
    try {
      yield await pushAccount(account, { plan, session, store, existing, upTo });
    } catch (error) {
      if (!(error instanceof OfxSyncError)) throw error;
      // A budget that could not be reached for one account cannot be reached for the others.
      if (error.code !== 'PUSH_FAILED') ended = error;
      yield { ...base, status: 'failed', error };
    }
  }
}

interface Work {
  readonly plan: PushPlan;
  readonly session: PushSession;
  readonly store: Store;
  readonly existing: BudgetAccount[];
  readonly upTo: number;
}

async function pushAccount(account: Account, work: Work): Promise<PushOutcome> {
  const { plan, store, upTo } = work;
  const destination = destinationOf(account, { ...plan, existing: work.existing });
  const created = 'create' in destination;
  const transactions = transactionsFor(account, { plan, store, upTo, fromStart: created || plan.all });
  const changes = created ? [] : [...store.changesFor(plan.consumer, { accounts: [account], upTo })];
  const judge = judgeOf(account, work);
  const to = created
    ? await createAccount(account, destination.create, { ...work, transactions, judge })
    : destination.to;
  const result = await pushInBatches(to, transactions, { ...work, judge });
  if (!plan.dryRun && !result.refused.some(({ later }) => later))
    store.setMark(plan.consumer, [account], upTo, plan.at === undefined ? undefined : { at: plan.at });
  return { account, to: to.name, created, status: 'ok', result, changes };
}

/** Returns the posted transactions that move money, in the order of their dates; can be iterated more than once. */
function transactionsFor(
  account: Account,
  { plan, store, upTo, fromStart }: { plan: PushPlan; store: Store; upTo: number; fromStart: boolean },
): Iterable<StoredTransaction> {
  const [newFor, since] = [fromStart ? undefined : plan.consumer, plan.since ?? undefined];
  const query: TransactionQuery = present({ accounts: [account], upTo, newFor, since });
  return {
    *[Symbol.iterator]() {
      for (const transaction of plan.reword(store.transactions(query))) {
        const amount = cashOf(transaction);
        if (!transaction.pending && amount !== null) yield { ...transaction, amount };
      }
    },
  };
}

type Judge = (transaction: StoredTransaction) => Refusal | null;

/** Refuses transactions in a second currency too: a budget adds up amounts whatever their currency. */
function judgeOf(account: Account, { session, store }: Work): Judge {
  const { currency } = session.budget;
  let wanted = currency ?? store.accountState(account)?.ledgerBalance?.currency ?? null;
  return (transaction) => {
    wanted ??= transaction.currency;
    if (transaction.currency === wanted) return session.judge(transaction);
    const rest = currency === null ? 'the rest of the account' : 'the budget';
    return { transaction, later: false, reason: `it is in ${transaction.currency}, but ${rest} is in ${wanted}` };
  };
}

async function createAccount(
  account: Account,
  name: string,
  {
    plan,
    session,
    store,
    existing,
    transactions,
    judge,
  }: Work & { transactions: Iterable<StoredTransaction>; judge: Judge },
): Promise<BudgetAccount> {
  const state = store.accountState(account);
  const [own, wanted] = [state?.ledgerBalance?.currency, session.budget.currency];
  if (own !== undefined && wanted !== null && own !== wanted)
    throw new PushError('PUSH_FAILED', `its balance is in ${own}, but the budget is in ${wanted}`, {
      hint: `Use a budget in ${own}. To skip the account, list only the others in accounts.yaml, under push: ${plan.target}: accounts:`,
    });
  if (plan.dryRun) return { id: '', name };
  const accepted = {
    *[Symbol.iterator]() {
      for (const one of transactions) if (judge(one) === null) yield one;
    },
  };
  const made = await session.create(account, { name, ...openingOf(state, accepted) });
  existing.push(made);
  return made;
}

/** Returns the ledger balance less the transactions up to it, so that the budget's balance becomes the institution's; zero without a balance. */
function openingOf(
  state: AccountState | null,
  transactions: Iterable<StoredTransaction>,
): Pick<NewBudgetAccount, 'opening' | 'openingOn'> {
  const balance = state?.ledgerBalance ?? null;
  const [first] = transactions;
  const counted = function* () {
    for (const { amount, postedOn } of transactions)
      if (balance?.asOf == null || postedOn <= balance.asOf) yield amount;
  };
  const openingOn = first?.postedOn ?? balance?.asOf ?? isoDate('2000-01-01');
  return { opening: balance === null ? ZERO : subtract(balance.amount, sum(counted())), openingOn };
}

async function pushInBatches(
  to: BudgetAccount,
  transactions: Iterable<StoredTransaction>,
  { plan, session, judge }: Work & { readonly judge: Judge },
): Promise<PushResult> {
  const refused: Refusal[] = [];
  const tally = { added: 0, present: 0, matched: 0 };
  let batch: StoredTransaction[] = [];
  const send = async () => {
    const result = plan.dryRun ? { ...NOTHING, added: batch.length } : await session.push(to, batch);
    tally.added += result.added;
    tally.present += result.present;
    tally.matched += result.matched;
    refused.push(...result.refused);
    batch = [];
  };
  for (const transaction of transactions) {
    const refusal = judge(transaction);
    if (refusal !== null) refused.push(refusal);
    else batch.push(transaction);
    if (batch.length >= BATCH) await send();
  }
  if (batch.length > 0) await send();
  return { ...tally, refused };
}

const NOTHING: PushResult = { added: 0, present: 0, matched: 0, refused: [] };
