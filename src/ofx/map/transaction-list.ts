/** Lists of bank, card and loan transactions, read a batch at a time. */

import type { Transaction } from '../../model/statement.js';
import { type DecimalMarks, doubtfulMark, NO_MARKS, parseMoney } from '../amount.js';
import { excerpt, NoticeList } from '../notices.js';
import type { ListItem, ListReader } from '../repair/document.js';
import { isTransaction } from '../repair/names.js';
import { child, type Tree, text } from '../repair/tree.js';
import { TextPool } from '../text-pool.js';
import { extraOf, NOTHING_KNOWN } from './fields.js';
import { mapSimpleTransaction } from './simple-transaction.js';
import { mapTransaction, type TransactionContext, transactionsWithin } from './transaction.js';

const PENDING = 'BANKTRANLISTP';
const READ_ALONG = new Set(['BANKTRANLIST', 'LOANTRANLIST', PENDING]);

/** A transaction that can be read when all amounts of the statement are known. */
interface Doubtful {
  /** The number of transactions before it. */
  readonly index: number;
  readonly item: ListItem;
  readonly context: TransactionContext;
}

export class TransactionList implements ListReader {
  readonly #transactions: Transaction[] = [];
  readonly #doubtful: Doubtful[] = [];
  readonly notices = new NoticeList();
  readonly #context: TransactionContext;

  constructor(name: string, currency: string) {
    this.#context = {
      notices: this.notices,
      currency,
      shown: NO_MARKS,
      pool: new TextPool(),
      pending: name === PENDING,
    };
  }

  read(items: readonly ListItem[]): void {
    for (const item of items) this.#add(item);
  }

  #add(item: ListItem): void {
    if (!isTransaction(item.name) && !this.#mayBeTransaction(item)) {
      const inner = transactionsWithin(item.tree);
      if (inner.length === 0) this.#noticeUnknown(item);
      for (const one of inner) this.#add({ ...one, offset: item.offset });
      return;
    }
    const context = item.name === 'STMTTRNP' ? { ...this.#context, pending: true } : this.#context;
    const simple = mapSimpleTransaction(item.tree, context);
    if (simple !== null) {
      this.#transactions.push(simple);
      return;
    }
    if (isDoubtful(item.tree, context.currency)) {
      this.#doubtful.push({ index: this.#transactions.length, item, context });
      return;
    }
    const transaction = mapTransaction(item, context);
    if (transaction !== null) this.#transactions.push(transaction);
  }

  /** Returns all transactions in the order of the file; the doubtful ones are read as the rest of the statement writes amounts. */
  finish(shown: DecimalMarks): readonly Transaction[] {
    if (this.#doubtful.length === 0) return this.#transactions;
    const all: Transaction[][] = [];
    let next = 0;
    for (const { index, item, context } of this.#doubtful) {
      const transaction = mapTransaction(item, { ...context, shown });
      all.push(this.#transactions.slice(next, index), transaction === null ? [] : [transaction]);
      next = index;
    }
    return [...all, this.#transactions.slice(next)].flat();
  }

  /** Returns true for an element that OFX does not define, if it has an amount and a date. */
  #mayBeTransaction({ name, tree, offset }: ListItem): boolean {
    if (text(tree, 'TRNAMT') === null || text(tree, 'DTPOSTED') === null) return false;
    this.notices.add('unknown-element', `${name}, which OFX does not define, was read as a transaction`, offset);
    return true;
  }

  #noticeUnknown({ name, tree, offset }: ListItem): void {
    const values = Object.entries(extraOf(tree, NOTHING_KNOWN) ?? {}).map(([key, value]) => `${key} ${value}`);
    const what = `an element among the transactions is not one: ${name} (${excerpt(values.join(', '))})`;
    this.notices.add('unknown-element', what, offset);
  }
}

/** Returns true if an amount or a rate can only be read by what the rest of the statement shows. */
function isDoubtful(tree: Tree, currency: string): boolean {
  const amount = text(tree, 'TRNAMT');
  if (amount !== null && doubtfulMark(amount) !== null) return parseMoney(amount, currency) !== null;
  return ['CURRENCY', 'ORIGCURRENCY'].some((name) => {
    const rate = text(child(tree, name), 'CURRATE');
    return rate !== null && doubtfulMark(rate) !== null;
  });
}

/** Returns the reader of a list; `null` for investments, which need the securities at the end of the file. */
export function transactionListFor(name: string, currency: string): TransactionList | null {
  return READ_ALONG.has(name) ? new TransactionList(name, currency.toUpperCase()) : null;
}
