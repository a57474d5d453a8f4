/** STMTTRN, STMTTRNP, LOANSTMTTRN (OFX 2.2 section 11.4.4.1). If one cannot be read exactly it is a notice, never a guess. */

import type { Transaction } from '../../model/statement.js';
import { parseMoney } from '../amount.js';
import { parseDateTime } from '../date-time.js';
import { excerpt, type NoticeList } from '../notices.js';
import { isTransaction } from '../repair/names.js';
import { child, childNames, children, type Tree, text } from '../repair/tree.js';
import { detached, type TextPool } from '../text-pool.js';
import {
  dateOf,
  extraOf,
  knownNames,
  type MapContext,
  mapAccountId,
  mapExchange,
  mapPayee,
  noticeForeignSign,
} from './fields.js';

const KNOWN = knownNames(
  'TRNTYPE LOANTRNTYPE DTPOSTED DTTRAN DTUSER DTAVAIL TRNAMT FITID CORRECTFITID CORRECTACTION SRVRTID CHECKNUM REFNUM SIC ' +
    'NAME PAYEE EXTDNAME MEMO CURRENCY ORIGCURRENCY CURSYM CURRATE ADDR1 ADDR2 ADDR3 CITY STATE POSTALCODE COUNTRY PHONE ' +
    'ACCTID BANKID BRANCHID ACCTTYPE',
  'PAYEE CURRENCY ORIGCURRENCY BANKACCTTO CCACCTTO',
);
/** Two different values of one of these mean two transactions run together, of which neither is certain. */
const DECISIVE = ['TRNAMT', 'DTPOSTED', 'FITID'] as const;

export interface TransactionContext extends MapContext {
  readonly pending: boolean;
}

/** Reads a bank, card or loan transaction; one whose amount or date is unreadable is a notice and `null`. */
export function mapTransaction(
  { tree, offset }: { readonly tree: Tree; readonly offset?: number },
  context: TransactionContext,
): Transaction | null {
  const rawAmount = text(tree, 'TRNAMT');
  const amount = rawAmount === null ? null : parseMoney(rawAmount, context.currency, context.shown);
  const rawDate = text(tree, 'DTPOSTED') ?? text(tree, 'DTTRAN') ?? text(tree, 'DTUSER');
  const posted = rawDate === null ? null : parseDateTime(rawDate);
  const repeatedName = DECISIVE.find((name) => isContradictory(tree, name));
  if (amount === null || posted === null || repeatedName !== undefined) {
    const problem = amount === null ? unreadableText('TRNAMT', rawAmount) : unreadableText('DTPOSTED', rawDate);
    const what = repeatedName === undefined ? problem : `it has ${repeatedName} more than once`;
    const message = `a transaction was skipped: ${what} (${transactionText(tree)})`;
    context.notices.add('bad-transaction', message, offset, posted?.date);
    return null;
  }
  const details = detailsOf(tree, context, offset);
  const currency = details.exchange?.converted === false ? details.exchange.currency : context.currency;
  if (rawAmount !== null && rawAmount !== amount) noticeForeignSign(rawAmount, { ...context, currency }, offset);
  const fitid = text(tree, 'FITID');
  const { pool } = context;
  return {
    fitid: fitid === null ? null : detached(fitid),
    type: pool.shared((text(tree, 'TRNTYPE') ?? text(tree, 'LOANTRNTYPE') ?? 'OTHER').toUpperCase()),
    postedOn: posted.date,
    postedAt: posted.instant,
    userOn: dateOf(tree, 'DTUSER', context),
    availableOn: dateOf(tree, 'DTAVAIL', context),
    amount,
    currency,
    exchange: details.exchange,
    name: pooled(details.name, pool),
    extendedName: text(tree, 'EXTDNAME'),
    payee: details.payee,
    memo: pooled(details.memo, pool),
    checkNumber: text(tree, 'CHECKNUM'),
    refNumber: text(tree, 'REFNUM'),
    serverId: text(tree, 'SRVRTID'),
    sic: text(tree, 'SIC'),
    counterAccount: details.counterAccount,
    corrects: details.corrects,
    pending: context.pending,
    investment: null,
    extra: details.extra,
  };
}

function pooled(value: string | null, pool: TextPool): string | null {
  return value === null ? null : pool.shared(value);
}

/** The parts that most transactions lack, and the texts that some put into parts of their own. */
type Details = Pick<Transaction, 'exchange' | 'payee' | 'counterAccount' | 'corrects' | 'extra' | 'name' | 'memo'>;

function detailsOf(tree: Tree, context: TransactionContext, offset: number | undefined): Details {
  const payee = mapPayee(child(tree, 'PAYEE'));
  const exchange = mapExchange(tree, context);
  const [name = null, ...furtherNames] = repeatedValues(tree, 'NAME', context);
  if (child(tree, 'IMAGEDATA') !== undefined)
    context.notices.add('image', 'an image was not downloaded; its address is in `extra`', offset);
  return {
    exchange,
    payee,
    counterAccount:
      mapAccountId(child(tree, 'BANKACCTTO'), 'bank') ?? mapAccountId(child(tree, 'CCACCTTO'), 'creditcard'),
    corrects: correction(tree, context, offset),
    extra: extraOf(tree, KNOWN),
    name: name ?? payee?.name ?? null,
    memo: joined([...repeatedValues(tree, 'MEMO', context), ...furtherNames]),
  };
}

export function isContradictory(tree: Tree, name: string): boolean {
  const [first, ...others] = children(tree, name).filter((value) => value !== '');
  return others.some((other) => other !== first);
}

function unreadableText(name: string, value: string | null): string {
  return value === null ? `it has no ${name}` : `its ${name} ${excerpt(value)} cannot be read`;
}

/** Describes an unreadable transaction, so that a person can find it in the file. */
export function transactionText(tree: Tree): string {
  if (typeof tree === 'string') return excerpt(tree);
  return ['FITID', 'DTPOSTED', 'TRNAMT', 'NAME', 'MEMO']
    .flatMap((name) => {
      const values = children(tree, name).map((value) => (typeof value === 'string' ? excerpt(value) : '…'));
      return values.length === 0 ? [] : [`${name} ${values.join(' and ')}`];
    })
    .join(', ');
}

function correction(tree: Tree, context: MapContext, offset: number | undefined): Transaction['corrects'] {
  const fitid = text(tree, 'CORRECTFITID');
  if (fitid === null) return null;
  const action = text(tree, 'CORRECTACTION')?.toUpperCase();
  if (action === 'DELETE' || action === 'REPLACE') return { fitid, action };
  context.notices.add(
    'bad-correction',
    `the correction of ${excerpt(fitid)} has no known action and was read as a replacement`,
    offset,
  );
  return { fitid, action: 'REPLACE' };
}

/** Reads all values of an element that some banks repeat. */
function repeatedValues(tree: Tree, name: string, { notices }: MapContext): readonly string[] {
  const values = children(tree, name).filter((value): value is string => typeof value === 'string' && value !== '');
  if (values.length > 1)
    notices.add('repeated-element', `a transaction has more than one ${name}: the further ones are in the memo`);
  return values;
}

function joined(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(' ');
}

export interface NamedTree {
  readonly name: string;
  readonly tree: Tree;
  readonly offset?: number;
}

/** Returns the transactions anywhere below an element, except children of lists, which are in the document's batches. */
export function transactionsWithin(tree: Tree | undefined): NamedTree[] {
  return childNames(tree).flatMap((name) =>
    children(tree, name).flatMap((child) =>
      isTransaction(name) ? [{ name, tree: child }] : transactionsWithin(child),
    ),
  );
}

/** Adds a notice for each transaction among or inside these elements, which nothing else reads. */
export function noticeStrays(items: readonly NamedTree[], notices: NoticeList): void {
  for (const item of items) {
    for (const { tree } of isTransaction(item.name) ? [item] : transactionsWithin(item.tree)) {
      const what = `a transaction outside any statement was skipped: ${transactionText(tree)}`;
      notices.add('stray-transaction', what, item.offset);
    }
  }
}
