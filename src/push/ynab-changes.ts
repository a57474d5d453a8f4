/**
 * Transfers in YNAB. One side is imported already: it becomes a transfer to the account of the other, in which YNAB makes a
 * counterpart. The other side is then imported, and YNAB matches it with that counterpart, as it does with its own imports.
 */

import { type SaveTransactionWithIdOrImportId, type TransactionDetail, TransactionsApi } from 'ynab';
import { addDays, daysBetween, type IsoDate, isoDate } from '../model/dates.js';
import type { BudgetAccount, OtherSide, PushEntry, PushResult, Refusal, Unlinked } from '../model/push-session.js';
import { type EntryLimits, entryValues } from './entry.js';
import type { YnabApi } from './ynab-api.js';

/** Milliunits, and the maxLength of payee_name and memo. */
export const LIMITS: EntryLimits = { places: 3, payee: 200, memo: 500 };
/** Days between an import and the entry that YNAB matches with it, at most. */
const MATCH_DAYS = 10;
/** A person may have moved an entry by some days. */
const DAYS_AROUND = 40;

export interface Plan {
  readonly api: YnabApi;
  readonly id: string;
  /** `transfer_payee_id` by the ids of accounts. */
  readonly transferPayees: Map<string, string>;
}

interface OpenTransfers {
  /** Checks that each transfer is counted once, after its second side was pushed, or refused. */
  close(refused: readonly Refusal[]): Promise<Pick<PushResult, 'linked' | 'unlinked'>>;
}

interface Pair {
  readonly entry: PushEntry;
  readonly other: OtherSide;
}

interface OpenPair extends Pair {
  /** The other side as it was before. */
  readonly before: TransactionDetail;
}

export async function openTransfers(
  plan: Plan,
  to: BudgetAccount,
  entries: readonly PushEntry[],
): Promise<OpenTransfers> {
  const pairs = entries.flatMap((entry): Pair[] => (entry.other === null ? [] : [{ entry, other: entry.other }]));
  const payee = plan.transferPayees.get(to.id);
  if (pairs.length === 0 || payee === undefined) return { close: async () => ({ linked: 0, unlinked: [] }) };
  const since = addDays(firstDay(pairs), -DAYS_AROUND);
  const budget = await read(plan, since);
  const unlinked: Unlinked[] = [];
  const open: OpenPair[] = [];
  for (const pair of pairs) {
    const before = find(budget, pair.other.in, pair.other);
    // A person deleted it, or it is a transfer to here already.
    if (before === undefined || before.transfer_account_id === to.id) continue;
    const reason = complaintOf(before, pair.other) ?? rivalOf(pair, to, budget);
    if (reason === null) open.push({ ...pair, before });
    else unlinked.push({ transaction: pair.entry.transaction, reason });
  }
  await update(
    plan,
    open.map(({ before }) => ({ id: before.id, payee_id: payee })),
  );
  return { close: async (refused) => closed(plan, to, { open, unlinked, since, refused }) };
}

interface Closing {
  readonly open: readonly OpenPair[];
  readonly unlinked: readonly Unlinked[];
  readonly since: IsoDate;
  readonly refused: readonly Refusal[];
}

/** Takes back transfers whose two sides YNAB did not match, since their amounts would count twice. */
async function closed(
  plan: Plan,
  to: BudgetAccount,
  { open, unlinked, since, refused }: Closing,
): Promise<Pick<PushResult, 'linked' | 'unlinked'>> {
  if (open.length === 0) return { linked: 0, unlinked };
  const budget = await read(plan, since);
  const notThere = new Set(refused.map(({ transaction }) => transaction.id));
  const twice = open.filter((pair) => notThere.has(pair.entry.transaction.id) || countsTwice(pair, to, budget));
  await update(
    plan,
    twice.map(({ before: { id, payee_id: payee, category_id: category } }) => ({
      id,
      ...(payee == null ? {} : { payee_id: payee }),
      ...(category == null ? {} : { category_id: category }),
    })),
  );
  const reason = 'YNAB did not match the two sides';
  return {
    linked: open.length - twice.length,
    unlinked: [...unlinked, ...twice.map(({ entry }) => ({ transaction: entry.transaction, reason }))],
  };
}

function countsTwice({ entry, before }: OpenPair, to: BudgetAccount, budget: readonly TransactionDetail[]): boolean {
  const counterpartId = budget.find(({ id }) => id === before.id)?.transfer_transaction_id;
  const counterpart = budget.find(({ id }) => id === counterpartId);
  const own = find(budget, to, entry);
  if (counterpart === undefined || own === undefined || own.id === counterpart.id) return false;
  return own.matched_transaction_id == null && counterpart.matched_transaction_id == null;
}

/** Returns the reason why an entry is no longer as it was pushed; `null` when it is. */
function complaintOf(entry: TransactionDetail, side: OtherSide): string | null {
  const pushed = entryValues(side, LIMITS);
  if (entry.transfer_account_id != null) return 'one side belongs to another transfer';
  if (entry.cleared === 'reconciled') return 'one side is reconciled';
  if (entry.subtransactions.length > 0) return 'one side is split';
  if (entry.matched_transaction_id != null) return 'one side is matched with an entry of your own';
  if (entry.amount !== pushed.amount) return 'the amount of one side was changed';
  const payee = entry.payee_name ?? '';
  if (payee !== '' && payee.toLowerCase() !== pushed.payee.toLowerCase()) return 'one side has another payee';
  // YNAB itself gives a category to what nobody has approved yet.
  const isOwn = !entry.approved || entry.category_id == null || entry.category_id === side.category;
  return isOwn ? null : 'one side has a category of its own';
}

/** YNAB matches a new import with one entry of the same amount: one of the person would be taken for the counterpart. */
function rivalOf({ entry, other }: Pair, to: BudgetAccount, budget: readonly TransactionDetail[]): string | null {
  if (find(budget, to, entry) !== undefined) return 'both sides were in the budget before';
  const { postedOn } = entry.transaction;
  const rival = budget.find(
    (one) =>
      one.account_id === to.id &&
      one.import_id == null &&
      one.matched_transaction_id == null &&
      one.transfer_account_id !== other.in.id &&
      one.amount === entryValues(entry, LIMITS).amount &&
      Math.abs(daysBetween(isoDate(one.date), postedOn)) <= MATCH_DAYS,
  );
  return rival === undefined ? null : 'one side matches an entry of your own';
}

function find(
  budget: readonly TransactionDetail[],
  { id }: BudgetAccount,
  side: Omit<PushEntry, 'other'>,
): TransactionDetail | undefined {
  const { importId } = entryValues(side, LIMITS);
  return budget.find((one) => one.account_id === id && one.import_id === importId);
}

function firstDay(pairs: readonly Pair[]): IsoDate {
  const [first] = pairs
    .flatMap(({ entry, other }) => [entry.transaction.postedOn, other.transaction.postedOn])
    .toSorted();
  return first ?? isoDate('1970-01-01');
}

async function read({ api, id }: Plan, since: IsoDate): Promise<readonly TransactionDetail[]> {
  return api.call(async () => {
    const { data } = await new TransactionsApi(api.configuration).getTransactions(id, since);
    return data.transactions.filter(({ deleted }) => !deleted);
  });
}

async function update({ api, id }: Plan, transactions: SaveTransactionWithIdOrImportId[]): Promise<void> {
  if (transactions.length === 0) return;
  await api.call(async () => {
    await new TransactionsApi(api.configuration).updateTransactions(id, { transactions });
  });
}
