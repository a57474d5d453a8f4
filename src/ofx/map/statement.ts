/** Reads one reply (STMTRS, CCSTMTRS, INVSTMTRS, LOANSTMTRS, or closing statements) as a statement. */

import type { StatementKind } from '../../model/account.js';
import type { Period } from '../../model/dates.js';
import type { Closing, Security, Statement, Transaction } from '../../model/statement.js';
import { excerpt, NoticeList } from '../notices.js';
import { marksOf, type OfxDocument } from '../repair/document.js';
import { isCurrency } from '../repair/names.js';
import { child, children, descendant, type Tree, text } from '../repair/tree.js';
import { TextPool } from '../text-pool.js';
import {
  ACCOUNT_KINDS,
  dateOf,
  extraOf,
  knownNames,
  type MapContext,
  mapAccountId,
  mapBalance,
  mapStatus,
  moneyOf,
} from './fields.js';
import { mapInvestmentTransactions } from './investment.js';
import { map401k, mapBalanceList, mapCash, mapOrders, mapPositions, type SecurityIndex } from './position.js';
import { mapTransaction, noticeStrays, transactionsWithin } from './transaction.js';
import { TransactionList } from './transaction-list.js';

export type StatementDocument = OfxDocument<TransactionList>;

/** The element of a kind of statement: STMTRS. */
export interface StatementReply {
  readonly kind: StatementKind;
  readonly reply: string;
}

/** A statement in a document; `reply` is absent when the institution answered with a status alone. */
export interface RawStatement {
  readonly type: StatementReply;
  readonly wrapper: Tree | undefined;
  readonly reply: Tree | undefined;
}

/** The rest of the document around a statement. */
export interface DocumentContext {
  readonly document: StatementDocument;
  /** The securities of the document, for investments. */
  readonly securities: readonly Security[];
  readonly index: SecurityIndex;
}

const NO_CURRENCY = 'XXX';
const POSTED_LISTS = ['BANKTRANLIST', 'LOANTRANLIST', 'INVTRANLIST'] as const;
const TRANSACTION_LISTS = [...POSTED_LISTS, 'BANKTRANLISTP'] as const;
/** The names that the fields of a statement are read from. */
const KNOWN = knownNames(
  'CURDEF DTASOF DTSTART DTEND MKTGINFO PRINBAL PRINCIPALBAL LOANBAL BALAMT CURSYM CURRATE ACCTID LOANACCTID BANKID BRANCHID ' +
    'BROKERID ACCTTYPE LOANACCTTYPE AVAILCASH MARGINBALANCE SHORTBALANCE BUYPOWER FITID DTOPEN DTCLOSE BALOPEN BALCLOSE ' +
    'MINPMTDUE DTPMTDUE CREDITLIMIT',
  'LEDGERBAL AVAILBAL PRINBAL PRINCIPALBAL LOANBAL CURRENCY INVBAL CLOSING CCCLOSING LOANCLOSING INVPOSLIST INVOOLIST ' +
    `${TRANSACTION_LISTS.join(' ')} ${ACCOUNT_KINDS.map(([name]) => name).join(' ')}`,
);
/** Elements that functions of their own read completely. */
const READ_ELSEWHERE = new Set(['STMTTRN', 'STMTTRNP', 'LOANSTMTTRN', 'BALLIST', 'INV401KBAL']);

/** Reads a statement, yielding to the caller after every batch of transactions. */
export function* mapStatement(
  { type, wrapper, reply }: RawStatement,
  { document, securities, index }: DocumentContext,
): Generator<void, Statement> {
  const notices = new NoticeList();
  const named = text(reply, 'CURDEF');
  const currency = named !== null && isCurrency(named) ? named.toUpperCase() : null;
  const shown = marksOf(reply);
  const context: MapContext = { notices, currency: currency ?? NO_CURRENCY, shown, pool: new TextPool() };
  const account = accountOf(reply, type.kind);
  const ledgerBalance = mapBalance(child(reply, 'LEDGERBAL'), context) ?? loanBalance(reply, context);
  if (reply !== undefined && typeof reply !== 'string') {
    noticeGaps(reply, type, { notices, currency, hasLedgerBalance: ledgerBalance !== null });
    if ((account?.id ?? '') === '') notices.add('no-account-id', 'the statement names no account (ACCTID)');
  }
  const items = (name: string) => {
    const all = children(reply, name).flatMap((list) => [...document.batchesOf(list)].flat());
    noticeStrays(all, notices);
    return all;
  };
  return {
    kind: account?.kind ?? type.kind,
    trnuid: text(wrapper, 'TRNUID'),
    status: mapStatus(child(wrapper, 'STATUS')),
    account,
    currency,
    period: periodOf(reply, context),
    ledgerBalance,
    availableBalance: mapBalance(child(reply, 'AVAILBAL'), context),
    balances: [
      ...mapBalanceList(child(reply, 'BALLIST'), context),
      ...mapBalanceList(descendant(reply, 'INVBAL', 'BALLIST'), context),
      ...map401k(child(reply, 'INV401KBAL'), context),
    ],
    transactions: yield* transactionsOf(reply, document, { ...context, index }),
    positions: mapPositions(items('INVPOSLIST'), index, context),
    securities,
    cash: mapCash(child(reply, 'INVBAL'), context),
    openOrders: mapOrders(items('INVOOLIST')),
    closings: ['CLOSING', 'CCCLOSING', 'LOANCLOSING']
      .flatMap((name) => children(reply, name))
      .map((closing) => mapClosing(closing, context)),
    marketing: text(reply, 'MKTGINFO'),
    extra: reply === undefined ? null : extraOf(reply, KNOWN, READ_ELSEWHERE),
    notices: notices.toArray(),
  };
}

/** Adds notices for a missing currency or ledger balance, and for repeated balances. */
function noticeGaps(
  reply: Tree,
  type: StatementReply,
  { notices, currency, hasLedgerBalance }: { notices: NoticeList; currency: string | null; hasLedgerBalance: boolean },
): void {
  const named = text(reply, 'CURDEF');
  if (named === null) notices.add('no-currency', 'the statement names no currency (CURDEF)');
  else if (currency === null) notices.add('no-currency', `CURDEF is not a currency code: ${excerpt(named)}`);
  if (!hasLedgerBalance && type.kind !== 'investment' && !type.reply.includes('END'))
    notices.add('no-ledger-balance', 'the statement has no ledger balance');
  for (const name of ['LEDGERBAL', 'AVAILBAL'])
    if (children(reply, name).length > 1)
      notices.add('repeated-element', `the statement has more than one ${name}; the first was used`);
}

/** Reads the transactions of every list, pending ones last, and then those outside any list. */
function* transactionsOf(
  reply: Tree | undefined,
  document: StatementDocument,
  { index, ...context }: MapContext & { readonly index: SecurityIndex },
): Generator<void, Transaction[]> {
  const transactions: (readonly Transaction[])[] = [];
  const investments = { ...context, securities: index };
  for (const name of TRANSACTION_LISTS) {
    for (const list of children(reply, name)) {
      if (name === 'INVTRANLIST') {
        for (const batch of document.batchesOf(list)) {
          const read = batch.flatMap((item) => mapInvestmentTransactions(item, investments));
          if (read.length > 0) transactions.push(read);
          yield;
        }
        continue;
      }
      const read = document.readerOf(list) ?? new TransactionList(name, context.currency);
      for (const batch of document.batchesOf(list)) {
        read.read(batch);
        yield;
      }
      transactions.push(read.finish(context.shown));
      context.notices.addAll(read.notices);
    }
  }
  for (const { name, tree } of transactionsWithin(reply)) {
    const transaction = mapTransaction({ tree }, { ...context, pending: name === 'STMTTRNP' });
    if (transaction !== null) transactions.push([transaction]);
  }
  return transactions.flat();
}

/** Reads the account; some banks put an account of another kind into a statement, so the usual element only comes first. */
function accountOf(reply: Tree | undefined, usual: StatementKind): Statement['account'] {
  const read = (isUsual: boolean) => {
    for (const [name, kind] of ACCOUNT_KINDS) {
      const account = (kind === usual) === isUsual ? mapAccountId(child(reply, name), kind) : null;
      if (account !== null) return account;
    }
    return null;
  };
  return read(true) ?? read(false);
}

/** Returns the period that the lists of posted transactions cover together. */
function periodOf(reply: Tree | undefined, context: MapContext): Period | null {
  const lists = POSTED_LISTS.flatMap((name) => children(reply, name));
  const starts = lists.flatMap((list) => dateOf(list, 'DTSTART', context) ?? []).toSorted();
  const ends = lists.flatMap((list) => dateOf(list, 'DTEND', context) ?? []).toSorted();
  const [from, to] = [starts[0] ?? ends[0], ends.at(-1) ?? starts.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}

/** Reads PRINBAL of a loan statement; some banks write a bare amount with a date beside it. */
function loanBalance(reply: Tree | undefined, context: MapContext): Statement['ledgerBalance'] {
  for (const name of ['PRINBAL', 'PRINCIPALBAL', 'LOANBAL']) {
    const balance = child(reply, name);
    if (balance === undefined) continue;
    if (typeof balance !== 'string') return mapBalance(balance, context);
    const amount = moneyOf(reply, name, context);
    if (amount !== null) return { amount, currency: context.currency, asOf: dateOf(reply, 'DTASOF', context) };
  }
  return null;
}

function mapClosing(tree: Tree, context: MapContext): Closing {
  const [from, to] = [dateOf(tree, 'DTOPEN', context), dateOf(tree, 'DTCLOSE', context)];
  return {
    fitid: text(tree, 'FITID'),
    period: from === null || to === null ? null : { from, to },
    opened: moneyOf(tree, 'BALOPEN', context),
    closed: moneyOf(tree, 'BALCLOSE', context),
    minimumPayment: moneyOf(tree, 'MINPMTDUE', context),
    paymentDue: dateOf(tree, 'DTPMTDUE', context),
    creditLimit: moneyOf(tree, 'CREDITLIMIT', context),
  };
}
