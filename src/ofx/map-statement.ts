/** One reply (STMTRS, CCSTMTRS, INVSTMTRS, LOANSTMTRS, and the closing statements) to a statement. */

import type { Period } from '../model/dates.js';
import type { Closing, Security, Statement, Transaction } from '../model/statement.js';
import type { ListItem, OfxDocument } from './document.js';
import { amountOf, dateOf, extraOf, type MapContext, mapAccountId, mapBalance, mapStatus } from './map-fields.js';
import { mapInvestmentTransaction } from './map-investment.js';
import { map401k, mapBalanceList, mapCash, mapOrders, mapPositions } from './map-position.js';
import type { Found } from './map-reply.js';
import { mapTransaction } from './map-transaction.js';
import { NoticeList } from './notices.js';
import { at, many, namesIn, one, type Tree, text } from './parse.js';

export interface Surroundings {
  readonly document: OfxDocument;
  /** Of the document, for investments. */
  readonly securities: readonly Security[];
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
const KNOWN: ReadonlySet<string> = new Set([
  ...ACCOUNTS.map(([name]) => name),
  ...TRANSACTION_LISTS,
  ...'CURDEF LEDGERBAL AVAILBAL PRINBAL PRINCIPALBAL LOANBAL DTASOF BALLIST INVBAL INV401KBAL'.split(' '),
  ...'INVPOSLIST INVOOLIST CLOSING CCCLOSING MKTGINFO STMTTRN STMTTRNP LOANSTMTTRN'.split(' '),
]);

/** Gives the caller a turn after every batch of transactions. */
export function* mapStatement(
  { place, wrapper, reply }: Found,
  { document, securities }: Surroundings,
): Generator<void, Statement> {
  const notices = new NoticeList();
  const currency = text(reply, 'CURDEF')?.toUpperCase() ?? null;
  const context: MapContext = { notices, currency: currency ?? NO_CURRENCY };
  const account = accountOf(reply, place.account);
  const ledgerBalance = mapBalance(one(reply, 'LEDGERBAL'), context) ?? loanBalance(reply, context);
  if (reply !== undefined && typeof reply !== 'string') {
    if (currency === null) notices.add('no-currency', 'the statement names no currency (CURDEF)');
    if (ledgerBalance === null && place.kind !== 'investment' && !place.reply.includes('END'))
      notices.add('no-ledger-balance', 'the statement has no ledger balance');
  }
  const items = (name: string) => many(reply, name).flatMap((list) => [...document.batchesOf(list)].flat());
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
    transactions: yield* transactionsOf(reply, document, context),
    positions: mapPositions(items('INVPOSLIST'), securities, context),
    securities,
    cash: mapCash(one(reply, 'INVBAL'), context),
    openOrders: mapOrders(items('INVOOLIST')),
    closings: [...many(reply, 'CLOSING'), ...many(reply, 'CCCLOSING')].map((closing) => mapClosing(closing, context)),
    marketing: text(reply, 'MKTGINFO'),
    extra: reply === undefined ? null : extraOf(reply, KNOWN),
    notices: notices.toArray(),
  };
}

/** Of every list, the pending ones last; then those that stand outside any list. */
function* transactionsOf(
  reply: Tree | undefined,
  document: OfxDocument,
  context: MapContext,
): Generator<void, Transaction[]> {
  const transactions: Transaction[] = [];
  for (const name of TRANSACTION_LISTS) {
    const map = name === 'INVTRANLIST' ? mapInvestmentTransaction : mapItem;
    const listContext = { ...context, pending: name === 'BANKTRANLISTP' };
    for (const list of many(reply, name)) {
      for (const batch of document.batchesOf(list)) {
        for (const item of batch) {
          const transaction = map(item, listContext);
          if (transaction !== null) transactions.push(transaction);
        }
        yield;
      }
    }
  }
  for (const { name, tree } of outsideLists(reply)) {
    const transaction = mapTransaction({ tree }, { ...context, pending: name === 'STMTTRNP' });
    if (transaction !== null) transactions.push(transaction);
  }
  return transactions;
}

function mapItem(item: ListItem, context: MapContext & { readonly pending: boolean }): Transaction | null {
  if (isTransaction(item.name))
    return mapTransaction(item, { ...context, pending: context.pending || item.name === 'STMTTRNP' });
  const { notices } = context;
  notices.add('unknown-element', `an element that is no transaction stands among them: ${item.name}`, item.offset);
  return null;
}

/** Transactions that stand anywhere in a reply but in a list. */
function outsideLists(tree: Tree | undefined): { readonly name: string; readonly tree: Tree }[] {
  return namesIn(tree).flatMap((name) =>
    many(tree, name).flatMap((child) => (isTransaction(name) ? [{ name, tree: child }] : outsideLists(child))),
  );
}

export function isTransaction(name: string): boolean {
  return name === 'STMTTRN' || name === 'STMTTRNP' || name === 'LOANSTMTTRN';
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
