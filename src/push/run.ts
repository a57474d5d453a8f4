/**
 * Pushes new transactions to a budget, account by account: the failure of one account never affects another. The mark of an
 * account moves when the budget has accepted all of its transactions. After a run that was killed, transactions are sent
 * again, and the budget recognises them by their import ids.
 */

import { OfxSyncError, PushError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { present } from '../model/present.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { BudgetAccount, OtherSide, PushEntry, PushResult, PushSession, Refusal } from '../model/push-session.js';
import type { TransactionChange } from '../model/stored.js';
import type { Classification, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import { Categories, type MissingCategory } from './categories.js';
import { type Currencies, currenciesOf } from './currencies.js';
import { cashOf } from './entry.js';
import { interrupted } from './errors.js';
import { destinationOf } from './match.js';
import { joined, NOTHING } from './result.js';
import { accountValue, openingOf } from './state.js';

export interface PushPlan {
  readonly target: PushTargetName;
  readonly settings: PushSettings;
  readonly accounts: readonly Account[];
  /** These and the others that belong to the budget: the other sides of transfers may be there. */
  readonly known: readonly Account[];
  /** The mark of this consumer selects the new transactions, and is moved. */
  readonly consumer: string;
  /** The time of the push, kept with the mark. */
  readonly at?: Date;
  readonly since: IsoDate | null;
  /** Includes transactions that were pushed before. */
  readonly all: boolean;
  readonly create: boolean;
  readonly createCategories: boolean;
  /** Pushes accounts in another currency than the budget's, too. */
  readonly anyCurrency: boolean;
  /** Keeps investment and loan accounts at their value. */
  readonly values: boolean;
  readonly dryRun: boolean;
  /** Puts the words of quirks into transactions, which come in the order of their days. */
  readonly reword: (transactions: Iterable<StoredTransaction>) => Iterable<StoredTransaction>;
  /** Returns the payee and the category of the rules. */
  readonly classify: (transaction: StoredTransaction) => Pick<Classification, 'payee' | 'category'>;
  /** Returns the other sides of transfers by the ids of new transactions. */
  readonly transfers: (store: Store, upTo: number) => ReadonlyMap<string, TransferSide>;
}

/** The other side of a transfer. */
export interface TransferSide {
  readonly transaction: StoredTransaction;
  /** The consumer has had it before this push. */
  readonly isEarlier: boolean;
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
      /** Categories of rules that the budget does not have. */
      readonly missing: readonly MissingCategory[];
      /** Of an account that is kept at its value. */
      readonly value: ValueOutcome | null;
    })
  | (OutcomeBase & { readonly status: 'failed' | 'skipped'; readonly error: OfxSyncError });

export interface ValueOutcome {
  readonly amount: Decimal;
  readonly currency: string;
  readonly on: IsoDate;
  /** Amount by which the balance in the budget changed; `null` in a dry run. */
  readonly changed: Decimal | null;
}

/** Transactions in one request. */
const BATCH = 500;

/** Yields an outcome for each account, in their order, as soon as it is known. @throws errors of the program or the store only. */
export async function* pushAll(
  plan: PushPlan,
  { session, store, signal }: { session: PushSession; store: Store; signal: AbortSignal },
): AsyncIterable<PushOutcome> {
  const existing = [...(await session.accounts())];
  const upTo = store.latestChange();
  const work: Work = {
    ...{ plan, session, store, existing, upTo },
    currencies: currenciesOf(plan, session.budget.currency, store),
    categories: new Categories(session, { create: plan.createCategories, dryRun: plan.dryRun }),
    sides: plan.transfers(store, upTo),
    accepted: new Set(),
  };
  let ended: OfxSyncError | null = null;
  for (const account of plan.accounts) {
    const base = { account, to: null, created: false };
    if (signal.aborted) ended ??= interrupted();
    if (ended !== null) {
      yield { ...base, status: 'skipped', error: ended };
      continue;
    }
    try {
      yield await pushAccount(account, work);
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
  readonly currencies: Currencies;
  readonly categories: Categories;
  readonly sides: ReadonlyMap<string, TransferSide>;
  /** Ids of the sides of transfers that the budget has accepted in this push. */
  readonly accepted: Set<string>;
}

async function pushAccount(account: Account, work: Work): Promise<PushOutcome> {
  const { plan, store, upTo } = work;
  const destination = destinationOf(account, { ...plan, existing: work.existing });
  work.currencies.check(account);
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
  const value = plan.values ? await setValue(account, to, work) : null;
  return { account, to: to.name, created, status: 'ok', result, changes, missing: work.categories.missing(), value };
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
function judgeOf(account: Account, { session, currencies }: Work): Judge {
  let wanted = currencies.of(account);
  return (transaction) => {
    wanted ??= transaction.currency;
    if (transaction.currency === wanted) return session.judge(transaction);
    const reason = `it is in ${transaction.currency}, but the rest of the account is in ${wanted}`;
    return { transaction, later: false, reason };
  };
}

type NewAccount = Work & { readonly transactions: Iterable<StoredTransaction>; readonly judge: Judge };

async function createAccount(account: Account, name: string, work: NewAccount): Promise<BudgetAccount> {
  const { plan, session, store, existing, transactions, judge } = work;
  if (plan.dryRun) return { id: '', name, onBudget: !/^(?:investment|loan)$/.test(account.accountKind) };
  const accepted = {
    *[Symbol.iterator]() {
      for (const one of transactions) if (judge(one) === null) yield one;
    },
  };
  const made = await session.create(account, { name, ...openingOf(account, store.accountState(account), accepted) });
  existing.push(made);
  return made;
}

async function setValue(
  account: Account,
  to: BudgetAccount,
  { plan, session, store }: Work,
): Promise<ValueOutcome | null> {
  const value = accountValue(account, store.accountState(account));
  if (value === null) return null;
  const changed = plan.dryRun ? null : await session.setValue(to, value);
  return { ...value, changed };
}

async function pushInBatches(
  to: BudgetAccount,
  transactions: Iterable<StoredTransaction>,
  work: Work & { readonly judge: Judge },
): Promise<PushResult> {
  const { plan, session, judge } = work;
  let tally: PushResult = NOTHING;
  let batch: PushEntry[] = [];
  const send = async () => {
    const result = plan.dryRun ? tried(batch) : await session.push(to, batch);
    tally = joined(tally, result);
    noteAccepted(batch, result, work);
    batch = [];
  };
  for (const transaction of transactions) {
    const refusal = judge(transaction);
    if (refusal !== null) tally = joined(tally, { ...NOTHING, refused: [refusal] });
    else batch.push(await entryOf(transaction, to, work));
    if (batch.length >= BATCH) await send();
  }
  if (batch.length > 0) await send();
  return tally;
}

function tried(batch: readonly PushEntry[]): PushResult {
  return { ...NOTHING, added: batch.length, linked: batch.filter(({ other }) => other !== null).length };
}

function noteAccepted(batch: readonly PushEntry[], { refused }: PushResult, { sides, accepted }: Work): void {
  const not = new Set(refused.map(({ transaction }) => transaction.id));
  for (const { transaction } of batch)
    if (sides.has(transaction.id) && !not.has(transaction.id)) accepted.add(transaction.id);
}

async function entryOf(transaction: StoredTransaction, to: BudgetAccount, work: Work): Promise<PushEntry> {
  const { plan, sides, accepted, categories } = work;
  const side = sides.get(transaction.id);
  const { payee, category } = plan.classify(transaction);
  const other = side === undefined ? null : otherSide(side.transaction, work);
  // Money that stays in the budget has no category.
  const isWithin = other !== null && other.in.onBudget === to.onBudget;
  const isThere = side !== undefined && (side.isEarlier || accepted.has(side.transaction.id));
  return {
    ...{ transaction, payee },
    category: category === null || isWithin || !to.onBudget ? null : await categories.idOf(category),
    other: other !== null && isThere ? { ...other, category: await categoryOf(other, work) } : null,
  };
}

/** Returns the other side as it was pushed, `null` when the budget has no account for it. */
function otherSide(transaction: StoredTransaction, { plan, existing }: Work): Omit<OtherSide, 'category'> | null {
  const key = accountKey({ institution: transaction.institution, name: transaction.account });
  const account = plan.known.find((one) => accountKey(one) === key);
  if (account === undefined) return null;
  try {
    const found = destinationOf(account, { ...plan, accounts: plan.known, existing, create: false });
    return 'to' in found ? { transaction, payee: plan.classify(transaction).payee, in: found.to } : null;
  } catch (error) {
    if (error instanceof PushError) return null;
    throw error;
  }
}

async function categoryOf({ transaction }: Pick<OtherSide, 'transaction'>, work: Work): Promise<string | null> {
  const { category } = work.plan.classify(transaction);
  return category === null ? null : work.categories.knownIdOf(category);
}
