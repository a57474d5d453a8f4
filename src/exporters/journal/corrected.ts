/**
 * Finds the transactions that a journal has with another amount than the bank's by now: nobody edits a closed book, so each gets
 * a correcting entry on the day from which on the bank's balances contain the change.
 */

import type { Account } from '../../model/account.js';
import { addDays, later } from '../../model/dates.js';
import { compare } from '../../model/money.js';
import type { Transaction } from '../../model/statement.js';
import type {
  Correction,
  ExportInput,
  Store,
  StoredTransaction,
  TransactionChange,
  TransactionQuery,
} from '../../ports.js';
import { effectOf } from '../currency.js';
import { withQuirkPayees } from '../quirk-payees.js';
import { tradeOf } from '../trade-effects.js';
import { LONGEST_DAYS, ownTransfers, withTransfers } from '../transfers.js';

/** Days around a transaction that decide with which other one it is paired. */
const DAYS_AROUND = 4 * LONGEST_DAYS;

interface Journal extends Pick<ExportInput, 'classify' | 'institutions' | 'accountMap'> {
  readonly store: Store;
  readonly consumer: string;
  readonly accounts: readonly Account[];
  readonly upTo: number | null;
  /** Returns the transactions of these accounts that the journal has. */
  readonly had: (query: TransactionQuery) => Iterable<StoredTransaction>;
}

/** Returns the corrections that the journal lacks, in the order in which the bank made them. */
export function correctionsOf(journal: Journal): readonly Correction[] {
  const { store, consumer, accounts, upTo } = journal;
  const changes = [...store.changesFor(consumer, upTo === null ? { accounts } : { accounts, upTo })];
  return changes
    .flatMap((change) => correctionOf(change, journal) ?? [])
    .map((correction) => ({ ...correction, isTransfer: wasPaired(correction, { changes, journal }) }));
}

type Unpaired = Omit<Correction, 'isTransfer'>;

function correctionOf(change: TransactionChange, journal: Journal): Unpaired | null {
  const { transaction, former, removed, wasRemoved, statedOn } = change;
  if (statedOn === null) return null;
  const counted = (one: StoredTransaction, isRemoved: boolean) => {
    const named = withQuirk(one, journal);
    return isRemoved || journal.classify(named).ignore === true ? null : named;
  };
  const before = counted(former === null ? transaction : versionOf(transaction, former), wasRemoved);
  const now = counted(transaction, removed);
  const of = before ?? now;
  if (of === null || !isCashOnly(before) || !isCashOnly(now) || hasSameEffect(before, now, journal)) return null;
  return { of, before, now, on: later(statedOn, of.postedOn) };
}

function versionOf({ id, institution, account }: StoredTransaction, content: Transaction): StoredTransaction {
  return { id, institution, account, ...content };
}

function withQuirk(transaction: StoredTransaction, { institutions }: Journal): StoredTransaction {
  const [named = transaction] = withQuirkPayees([transaction], institutions);
  return named;
}

/** Returns false for trades: their lots cannot be corrected by a difference. */
function isCashOnly(transaction: StoredTransaction | null): boolean {
  return transaction === null || /^(?:cash|income|expense)$/.test(tradeOf(transaction).kind);
}

function hasSameEffect(before: StoredTransaction | null, now: StoredTransaction | null, { store }: Journal): boolean {
  if (before === null || now === null) return false;
  const { institution, account: name } = now;
  const base = store.accountState({ institution, name })?.ledgerBalance?.currency ?? now.currency;
  const a = effectOf(before, base);
  const b = effectOf(now, base);
  return a.currency === b.currency && compare(a.amount, b.amount) === 0;
}

/**
 * Returns true when the journal has the transaction as one side of a transfer, whose other side is in an account of its own: as it
 * was when the journal got its last correction, or as the bank listed it at first.
 */
function wasPaired(
  { of }: Unpaired,
  { changes, journal }: { changes: readonly TransactionChange[]; journal: Journal },
): boolean {
  const { had, store, accounts } = journal;
  const around = { since: addDays(of.postedOn, -DAYS_AROUND), until: addDays(of.postedOn, DAYS_AROUND) };
  const neighbours = [...had({ ...around, withRemoved: true })].filter(({ id }) => id !== of.id);
  const former = new Map(changes.map((change) => [change.transaction.id, change.former]));
  const { namedOwn } = ownTransfers(journal);
  const isPairedBy = (contentOf: (one: StoredTransaction) => Transaction | null | undefined) => {
    const all = [...neighbours, of].map((one) => {
      const content = contentOf(one) ?? null;
      return content === null ? one : withQuirk(versionOf(one, content), journal);
    });
    const inOrder = all.toSorted((a, b) => (a.postedOn < b.postedOn ? -1 : a.postedOn > b.postedOn ? 1 : 0));
    const pairs = [...withTransfers(inOrder, accounts, namedOwn)].filter(({ length }) => length === 2);
    return pairs.some((pair) => pair.some(({ id }) => id === of.id));
  };
  return isPairedBy(({ id }) => former.get(id)) || isPairedBy(({ id }) => store.versions(id)[0]?.transaction);
}
