/** Everything that a push knows of transactions beyond the store: their words, payees and categories, and transfers. */

import { keyOf } from '../exporters/account-names.js';
import { earlierAround } from '../exporters/continued.js';
import { withoutIgnored } from '../exporters/index.js';
import { classifierFor } from '../exporters/input.js';
import { movementsOf } from '../exporters/journal/movements.js';
import { withQuirkPayees } from '../exporters/quirk-payees.js';
import { namedByRules } from '../exporters/transfers.js';
import { type Account, accountKey } from '../model/account.js';
import type { Config } from '../model/institution.js';
import type { ExportInput, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import type { PushPlan, TransferSide } from '../push/run.js';

interface PushScope {
  /** The accounts that belong to the budget. */
  readonly known: readonly Account[];
  readonly consumer: string;
  readonly all: boolean;
}

export async function wordsOf(
  config: Config,
  scope: PushScope,
): Promise<Pick<PushPlan, 'reword' | 'classify' | 'transfers'>> {
  const classify = await classifierFor(config);
  const accountMap = config.exportConfig?.accountMap ?? new Map<string, string>();
  const named = namedByRules({ accounts: scope.known, accountMap, classify });
  const reword = (transactions: Iterable<StoredTransaction>) =>
    withNotes(withoutIgnored(withQuirkPayees(transactions, config.institutions), classify), classify);
  return {
    reword,
    classify: (transaction) => {
      const { payee, category } = classify(transaction);
      // A rule that names one of the person's own accounts recognises a transfer, which is not a category.
      return { payee, category: named(transaction) === null ? category : null };
    },
    transfers: (store, upTo) => {
      const fresh = (query: TransactionQuery) => reword(posted(store, scope.known, { ...query, upTo }));
      const had = (query: TransactionQuery) => fresh({ ...query, hadBy: scope.consumer });
      const transactions = fresh(scope.all ? {} : { newFor: scope.consumer });
      const earlier = scope.all ? null : earlierAround(transactions, { had });
      return sidesOf(movementsOf({ transactions, earlier, accounts: scope.known }, named));
    },
  };
}

/** Begins memos with the notes of the rules. Can be iterated as often as the original. */
function withNotes(
  transactions: Iterable<StoredTransaction>,
  classify: ExportInput['classify'],
): Iterable<StoredTransaction> {
  return {
    *[Symbol.iterator]() {
      for (const transaction of transactions) {
        const { note } = classify(transaction);
        const memo = transaction.memo ?? '';
        yield note === undefined ? transaction : { ...transaction, memo: memo === '' ? note : `${note} · ${memo}` };
      }
    },
  };
}

function posted(store: Store, accounts: readonly Account[], query: TransactionQuery): Iterable<StoredTransaction> {
  const wanted = new Set(accounts.map(accountKey));
  return {
    *[Symbol.iterator]() {
      for (const one of store.transactions(query)) if (!one.pending && wanted.has(keyOf(one))) yield one;
    },
  };
}

function sidesOf(movements: ReturnType<typeof movementsOf>): ReadonlyMap<string, TransferSide> {
  const sides = new Map<string, TransferSide>();
  for (const { movement, earlier } of movements) {
    const [one, other = earlier] = movement;
    if (other === null) continue;
    sides.set(one.id, { transaction: other, isEarlier: other === earlier });
    if (other !== earlier) sides.set(other.id, { transaction: one, isEarlier: false });
  }
  return sides;
}
