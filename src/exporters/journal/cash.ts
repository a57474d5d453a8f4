/** Movements of cash as journal transactions: one account and its counter-account, or two own accounts of a transfer. */

import { absolute, negate } from '../../model/money.js';
import { memoOf, payeeOf } from '../../model/payee.js';
import type { RuleSplit } from '../../model/rules/rule.js';
import type { Classification, StoredTransaction } from '../../ports.js';
import { counterAccount } from '../account-names.js';
import { type Effect, effectOf } from '../currency.js';
import { partsOf } from '../rule-splits.js';
import type { JournalPosting, JournalTransaction, Meta } from './entry.js';

/** The knowledge beyond the transaction that entries need. */
export interface JournalContext {
  readonly classify: (transaction: StoredTransaction) => Classification;
  /** Returns the journal account for the cash of an account. */
  readonly cashAccount: (of: Pick<StoredTransaction, 'institution' | 'account'>) => string;
  readonly metaOf: (transaction: StoredTransaction) => readonly Meta[];
  /** Returns the currency of the account. */
  readonly baseOf: (transaction: StoredTransaction) => string;
  /** The account that holds a transfer of which one side has not arrived. */
  readonly transferAccount: string;
  /** Returns whether the other side is one of the person's own accounts, which books it itself. */
  readonly isTransfer: (transaction: StoredTransaction) => boolean;
  /** Returns the journal account for a part of a transaction; one of the person's own accounts books its side itself. */
  readonly partAccount: (category: string, transaction: StoredTransaction) => string;
}

/** @param other the other side of the transfer, which an earlier export has: its counter-account is closed again. */
export function cashEntry(
  transaction: StoredTransaction,
  context: JournalContext,
  other: StoredTransaction | null = null,
): JournalTransaction {
  const effect = effectOf(transaction, context.baseOf(transaction));
  const classification = context.classify(transaction);
  const first = other ?? transaction;
  const { category, splits = [] } = context.classify(first);
  const isTransfer = splits.length === 0 && context.isTransfer(first);
  const counter = isTransfer ? context.transferAccount : counterAccount(category);
  const parts = partPostings(splits, effect, (part) => context.partAccount(part, first));
  const link: readonly Meta[] = isTransfer || other !== null ? [{ key: 'transfer', value: first.id }] : [];
  return {
    ...headOf(transaction, classification),
    meta: [...context.metaOf(transaction), ...link],
    postings: [
      { account: context.cashAccount(transaction), ...commodityOf(effect) },
      ...(parts.length > 0 ? parts : [counterPosting(counter, effect)]),
    ],
  };
}

/** Writes both sides as one entry; the second has its own date if that differs. */
export function transferEntry(
  [first, second]: readonly [StoredTransaction, StoredTransaction],
  context: JournalContext,
): JournalTransaction {
  const from = first.amount.startsWith('-') ? first : second;
  const posting = (of: StoredTransaction): JournalPosting => ({
    account: context.cashAccount(of),
    amount: of.amount,
    commodity: of.currency,
    ...(of.postedOn === first.postedOn ? {} : { date: of.postedOn }),
    meta: context.metaOf(of),
  });
  return {
    ...headOf(from, context.classify(from)),
    date: first.postedOn,
    meta: [],
    postings: [posting(first), posting(second)],
  };
}

/** Writes each side as an entry of its own, with an account between them, where one entry cannot hold both. */
export function splitTransfer(
  [first, second]: readonly [StoredTransaction, StoredTransaction],
  context: JournalContext,
): readonly [JournalTransaction, JournalTransaction] {
  const link: Meta = { key: 'transfer', value: first.id };
  const side = (of: StoredTransaction): JournalTransaction => ({
    ...headOf(of, context.classify(of)),
    meta: [...context.metaOf(of), link],
    postings: [
      { account: context.cashAccount(of), amount: of.amount, commodity: of.currency },
      { account: context.transferAccount, amount: negate(of.amount), commodity: of.currency },
    ],
  });
  return [side(first), side(second)];
}

export function headOf(
  transaction: StoredTransaction,
  classification: Classification,
): Omit<JournalTransaction, 'meta' | 'postings'> {
  return {
    kind: 'transaction',
    date: transaction.postedOn,
    code: transaction.checkNumber,
    payee: payeeOf(transaction, classification),
    memo: memoOf(transaction, classification),
    tags: classification.tags,
  };
}

/** Returns the ids of a transaction. `ofxid` is FID.ACCTID.FITID, as other importers write it, so that their users can switch. */
export function metaOf(
  transaction: StoredTransaction,
  ids: { readonly fid: string | null; readonly accountId: string | null },
): readonly Meta[] {
  const { fitid, id } = transaction;
  const own: Meta = { key: 'id', value: id };
  if (fitid === null) return [own];
  const fits: Meta[] = [{ key: 'fitid', value: fitid }, own];
  return ids.fid === null || ids.accountId === null
    ? fits
    : [...fits, { key: 'ofxid', value: `${ids.fid}.${ids.accountId}.${fitid}` }];
}

function commodityOf({ amount, currency }: Effect): Pick<JournalPosting, 'amount' | 'commodity'> {
  return { amount, commodity: currency };
}

/** Posts the parts in the currency of the account, since an exchange rate would leave no exact rest. */
function partPostings(
  splits: readonly RuleSplit[],
  { amount, currency }: Effect,
  accountOf: (category: string) => string,
): JournalPosting[] {
  return partsOf(splits, { amount, currency }).map((part) => ({
    account: accountOf(part.category),
    amount: negate(part.amount),
    commodity: currency,
  }));
}

/** Posts spending abroad in the foreign currency, at the price that the account paid. */
function counterPosting(account: string, { amount, currency, original }: Effect): JournalPosting {
  if (original === null) return { account, amount: negate(amount), commodity: currency };
  return {
    account,
    amount: negate(original.amount),
    commodity: original.currency,
    totalPrice: { amount: absolute(amount), currency },
  };
}
