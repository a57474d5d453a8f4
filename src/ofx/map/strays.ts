/** Transactions in places where none belongs: found, so that none is lost without a word. */

import type { NoticeList } from '../notices.js';
import { isTransaction } from '../repair/names.js';
import { many, namesIn, type Tree } from '../repair/tree.js';
import { transactionText } from './transaction.js';

export interface Named {
  readonly name: string;
  readonly tree: Tree;
  readonly offset?: number;
}

/** Transactions anywhere below an element; children of lists are not there, but in the document's batches. */
export function transactionsWithin(tree: Tree | undefined): Named[] {
  return namesIn(tree).flatMap((name) =>
    many(tree, name).flatMap((child) => (isTransaction(name) ? [{ name, tree: child }] : transactionsWithin(child))),
  );
}

/** A notice for each transaction among or within these, which nothing else reads. */
export function noticeStrays(items: readonly Named[], notices: NoticeList): void {
  for (const item of items) {
    for (const { tree } of isTransaction(item.name) ? [item] : transactionsWithin(item.tree)) {
      const what = `a transaction in no statement was left out: ${transactionText(tree)}`;
      notices.add('stray-transaction', what, item.offset);
    }
  }
}
