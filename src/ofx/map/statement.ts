/** One reply (STMTRS, CCSTMTRS, INVSTMTRS, LOANSTMTRS, and the closing statements) to a statement. */

import type { StatementKind } from '../../model/account.js';
import type { Period } from '../../model/dates.js';
import type { Closing, Security, Statement, Transaction } from '../../model/statement.js';
import { excerpt, NoticeList } from '../notices.js';
import type { OfxDocument } from '../repair/document.js';
import { isCurrency } from '../repair/names.js';
import { at, many, one, type Tree, text } from '../repair/tree.js';
import { TextPool } from '../text-pool.js';
import {
  amountOf,
  dateOf,
  extraOf,
  knownNames,
  type MapContext,
  mapAccountId,
  mapBalance,
  mapStatus,
} from './fields.js';
import { mapInvestmentTransactions } from './investment.js';
import { map401k, mapBalanceList, mapCash, mapOrders, mapPositions, type SecurityIndex } from './position.js';
import { mapTransaction, noticeStrays, transactionsWithin } from './transaction.js';
import { TransactionList } from './transaction-list.js';

export type Document = OfxDocument<TransactionList>;

/** Where a kind of statement is: wrapper, reply, and the aggregate that names the account. */
export interface Place {
  readonly kind: StatementKind;
  readonly wrapper: string;
  readonly reply: string;
  readonly account: string;
}

/** A statement as it stands in a document; `reply` is absent when the institution answered with a status alone. */
export interface Found {
  readonly place: Place;
  readonly wrapper: Tree | undefined;
  readonly reply: Tree | undefined;
}

export interface Surroundings {
  readonly document: Document;
  /** Of the document, for investments. */
  readonly securities: readonly Security[];
  readonly index: SecurityIndex;
}

const NO_CURRENCY = 'XXX';
/** Anything that names an account, for banks that put one kind's account into another kind's statement. */
const ACCOUNTS = [
  ['BANKACCTFROM', 'bank'],
  ['CCACCTFROM', 'creditcard'],
  ['INVACCTFROM', 'investment'],
  ['LOANACCTFROM', 'loan'],
] as const;
const TRANSACTION_LISTS = ['BANKTRANLIST', 'LOANTRANLIST', 'INVTRANLIST', 'BANKTRANLISTP'] as const;
/** What the fields of a statement hold. */
const KNOWN = knownNames(
  'CURDEF DTASOF DTSTART DTEND MKTGINFO PRINBAL PRINCIPALBAL LOANBAL BALAMT CURSYM CURRATE ACCTID LOANACCTID BANKID BRANCHID ' +
    'BROKERID ACCTTYPE LOANACCTTYPE AVAILCASH MARGINBALANCE SHORTBALANCE BUYPOWER FITID DTOPEN DTCLOSE BALOPEN BALCLOSE ' +
    'MINPMTDUE DTPMTDUE CREDITLIMIT',
  'LEDGERBAL AVAILBAL PRINBAL PRINCIPALBAL LOANBAL CURRENCY INVBAL CLOSING CCCLOSING LOANCLOSING INVPOSLIST INVOOLIST ' +
    `${TRANSACTION_LISTS.join(' ')} ${ACCOUNTS.map(([name]) => name).join(' ')}`,
);
/** Read to the last value by a function of its own. */
const READ_WHOLE = new Set(['STMTTRN', 'STMTTRNP', 'LOANSTMTTRN', 'BALLIST', 'INV401KBAL']);

/** Gives the caller a turn after every batch of transactions. */
export function* mapStatement(
  { place, wrapper, reply }: Found,
  { document, securities, index }: Surroundings,
): Generator<void, Statement> {
  const notices = new NoticeList();
  const named = text(reply, 'CURDEF');
  const currency = named !== null && isCurrency(named) ? named.toUpperCase() : null;
  const context: MapContext = { notices, currency: currency ?? NO_CURRENCY, pool: new TextPool() };
  const account = accountOf(reply, place.account);
  const ledgerBalance = mapBalance(one(reply, 'LEDGERBAL'), context) ?? loanBalance(reply, context);
  if (reply !== undefined && typeof reply !== 'string') {
    if (named === null) notices.add('no-currency', 'the statement names no currency (CURDEF)');
    else if (currency === null) notices.add('no-currency', `CURDEF is no currency: ${excerpt(named)}`);
    if (ledgerBalance === null && place.kind !== 'investment' && !place.reply.includes('END'))
      notices.add('no-ledger-balance', 'the statement has no ledger balance');
    for (const name of ['LEDGERBAL', 'AVAILBAL'])
      if (many(reply, name).length > 1)
        notices.add('repeated-element', `${name} stands more than once in a statement: the first counts`);
  }
  const items = (name: string) => {
    const all = many(reply, name).flatMap((list) => [...document.batchesOf(list)].flat());
    noticeStrays(all, notices);
    return all;
  };
  return {
    kind: account?.kind ?? place.kind,
    trnuid: text(wrapper, 'TRNUID'),
    status: mapStatus(one(wrapper, 'STATUS')),
    account,
    currency,
    period: periodOf(reply, context),
    ledgerBalance,
    availableBalance: mapBalance(one(reply, 'AVAILBAL'), context),
    balances: [
      ...mapBalanceList(at(reply, 'BALLIST'), context),
      ...mapBalanceList(at(reply, 'INVBAL', 'BALLIST'), context),
      ...map401k(one(reply, 'INV401KBAL'), context),
    ],
    transactions: yield* transactionsOf(reply, document, { ...context, index }),
    positions: mapPositions(items('INVPOSLIST'), index, context),
    securities,
    cash: mapCash(one(reply, 'INVBAL'), context),
    openOrders: mapOrders(items('INVOOLIST')),
    closings: ['CLOSING', 'CCCLOSING', 'LOANCLOSING']
      .flatMap((name) => many(reply, name))
      .map((closing) => mapClosing(closing, context)),
    marketing: text(reply, 'MKTGINFO'),
    extra: reply === undefined ? null : extraOf(reply, KNOWN, READ_WHOLE),
    notices: notices.toArray(),
  };
}

/** Of every list, the pending ones last; then those that stand outside any list. */
function* transactionsOf(
  reply: Tree | undefined,
  document: Document,
  { index, ...context }: MapContext & { readonly index: SecurityIndex },
): Generator<void, Transaction[]> {
  const transactions: (readonly Transaction[])[] = [];
  const investments = { ...context, securities: index };
  for (const name of TRANSACTION_LISTS) {
    for (const list of many(reply, name)) {
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
      context.notices.addAll(read.notices);
      transactions.push(read.transactions);
    }
  }
  for (const { name, tree } of transactionsWithin(reply)) {
    const transaction = mapTransaction({ tree }, { ...context, pending: name === 'STMTTRNP' });
    if (transaction !== null) transactions.push([transaction]);
  }
  return transactions.flat();
}

function accountOf(reply: Tree | undefined, usual: string): Statement['account'] {
  const inOrder = ACCOUNTS.toSorted(([a], [b]) => Number(b === usual) - Number(a === usual));
  for (const [name, kind] of inOrder) {
    const account = mapAccountId(one(reply, name), kind);
    if (account !== null) return account;
  }
  return null;
}

/** The days that the lists of posted transactions cover together. */
function periodOf(reply: Tree | undefined, context: MapContext): Period | null {
  const lists = TRANSACTION_LISTS.filter((name) => name !== 'BANKTRANLISTP').flatMap((name) => many(reply, name));
  const starts = lists.flatMap((list) => dateOf(list, 'DTSTART', context) ?? []).toSorted();
  const ends = lists.flatMap((list) => dateOf(list, 'DTEND', context) ?? []).toSorted();
  const [from, to] = [starts[0] ?? ends[0], ends.at(-1) ?? starts.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}

/** LOANSTMTRS has PRINBAL; some write a plain amount with a date beside it. */
function loanBalance(reply: Tree | undefined, context: MapContext): Statement['ledgerBalance'] {
  for (const name of ['PRINBAL', 'PRINCIPALBAL', 'LOANBAL']) {
    const balance = one(reply, name);
    if (balance === undefined) continue;
    if (typeof balance !== 'string') return mapBalance(balance, context);
    const amount = amountOf(reply, name, context);
    if (amount !== null) return { amount, currency: context.currency, asOf: dateOf(reply, 'DTASOF', context) };
  }
  return null;
}

function mapClosing(tree: Tree, context: MapContext): Closing {
  const [from, to] = [dateOf(tree, 'DTOPEN', context), dateOf(tree, 'DTCLOSE', context)];
  return {
    fitid: text(tree, 'FITID'),
    period: from === null || to === null ? null : { from, to },
    opened: amountOf(tree, 'BALOPEN', context),
    closed: amountOf(tree, 'BALCLOSE', context),
    minimumPayment: amountOf(tree, 'MINPMTDUE', context),
    paymentDue: dateOf(tree, 'DTPMTDUE', context),
    creditLimit: amountOf(tree, 'CREDITLIMIT', context),
  };
}
