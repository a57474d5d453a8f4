/**
 * Correcting entries: the difference between a transaction as a journal has it and as the bank has it now, on the accounts of its
 * own entry.
 */

import type { Decimal } from '../../model/decimal.js';
import { absolute, add, isZero, negate, ZERO } from '../../model/money.js';
import type { Correction, StoredTransaction } from '../../ports.js';
import { withMinorDigits } from '../currency.js';
import { cashEntry, headOf } from './cash.js';
import type { JournalPosting, JournalTransaction } from './entry.js';
import { type TradeContext, tradeEntry } from './trade.js';

/** Returns `null` where nothing is to be corrected. */
export function correctingEntry(correction: Correction, context: TradeContext): JournalTransaction | null {
  const { of, before, now, on } = correction;
  const same = sameAccounts(correction, context);
  const postings = total([
    ...(before === null ? [] : postingsOf(before, same).map(reversed)),
    ...(now === null ? [] : postingsOf(now, same)),
  ]);
  if (postings.length === 0) return null;
  const { payee, tags } = headOf(of, context.classify(of));
  const meta = [{ key: 'corrects', value: of.id }] as const;
  return { kind: 'transaction', date: on, code: null, payee, memo: memoOf(correction), tags, meta, postings };
}

/** Books both amounts as the first was booked, whatever the rules make of the other. */
function sameAccounts({ of, isTransfer }: Correction, context: TradeContext): TradeContext {
  const { splits = [], ...classification } = context.classify(of);
  // The other side of a transfer has an entry of its own account, and is corrected by that.
  const waits = isTransfer || context.isTransfer(of);
  return {
    ...context,
    classify: () => (isTransfer || splits.length === 0 ? classification : { ...classification, splits }),
    isTransfer: () => waits,
  };
}

function postingsOf(transaction: StoredTransaction, context: TradeContext): readonly JournalPosting[] {
  const trade = transaction.investment === null ? null : tradeEntry(transaction, context);
  return (trade ?? cashEntry(transaction, context)).postings;
}

function reversed(posting: JournalPosting): JournalPosting {
  return { ...posting, amount: negate(posting.amount) };
}

/** Adds up the postings of each account and commodity. */
function total(postings: readonly JournalPosting[]): JournalPosting[] {
  const all = new Map<string, JournalPosting & { readonly price: Decimal }>();
  for (const { account, amount, commodity, totalPrice } of postings) {
    const key = [account, commodity, totalPrice?.currency ?? ''].join('\n');
    const known = all.get(key);
    const price = signed(totalPrice?.amount ?? ZERO, amount);
    all.set(key, {
      ...{ account, commodity, ...(totalPrice === undefined ? {} : { totalPrice }) },
      amount: add(known?.amount ?? ZERO, amount),
      price: add(known?.price ?? ZERO, price),
    });
  }
  return [...all.values()].map(priced).filter(({ amount }) => !isZero(amount));
}

function signed(amount: Decimal, like: Decimal): Decimal {
  return like.startsWith('-') ? negate(amount) : amount;
}

/** Returns the posting in the account's currency alone where the foreign amount did not change in the same direction. */
function priced({ price, ...posting }: JournalPosting & { readonly price: Decimal }): JournalPosting {
  const { account, amount, totalPrice } = posting;
  if (totalPrice === undefined) return posting;
  const isPlausible = !isZero(amount) && !isZero(price) && amount.startsWith('-') === price.startsWith('-');
  return isPlausible
    ? { ...posting, totalPrice: { ...totalPrice, amount: absolute(price) } }
    : { account, amount: price, commodity: totalPrice.currency };
}

/** Returns `Corrects 2026-11-02 from -12.34 to -14.84 USD`, in words that mean nothing else in a comment of a journal. */
function memoOf({ of, before, now }: Correction): string {
  const text = ({ amount, currency }: StoredTransaction) => `${withMinorDigits(amount, currency)} ${currency}`;
  if (before === null) return `Restores ${text(of)} of ${of.postedOn}, as the bank has`;
  if (now === null) return `Removes ${text(before)} of ${before.postedOn}, as the bank has`;
  const from = before.currency === now.currency ? withMinorDigits(before.amount, before.currency) : text(before);
  return `Corrects ${before.postedOn} from ${from} to ${text(now)}`;
}
