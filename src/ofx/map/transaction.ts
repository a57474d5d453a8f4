/** STMTTRN and its kin to transactions (OFX 2.2 section 11.4.4.1). What cannot be read exactly is a notice, never a guess. */

import type { Transaction } from '../../model/statement.js';
import { parseMoney } from '../amount.js';
import { excerpt, type NoticeList } from '../notices.js';
import { isTransaction } from '../repair/names.js';
import { many, namesIn, one, type Tree, text } from '../repair/tree.js';
import { detached, type TextPool } from '../text-pool.js';
import { parseDateTime } from '../values.js';
import { dateOf, extraOf, knownNames, type MapContext, mapAccountId, mapExchange, mapPayee } from './fields.js';

const KNOWN = knownNames(
  'TRNTYPE LOANTRNTYPE DTPOSTED DTTRAN DTUSER DTAVAIL TRNAMT FITID CORRECTFITID CORRECTACTION SRVRTID CHECKNUM REFNUM SIC ' +
    'NAME PAYEE EXTDNAME MEMO CURRENCY ORIGCURRENCY CURSYM CURRATE ADDR1 ADDR2 ADDR3 CITY STATE POSTALCODE COUNTRY PHONE ' +
    'ACCTID BANKID BRANCHID ACCTTYPE',
  'PAYEE CURRENCY ORIGCURRENCY BANKACCTTO CCACCTTO',
);
/** Two different ones are two transactions run into each other, and which is meant cannot be told. */
const DECISIVE = ['TRNAMT', 'DTPOSTED', 'FITID'] as const;

export interface TransactionContext extends MapContext {
  readonly pending: boolean;
}

/** One bank, card or loan transaction; `null` when its amount or date cannot be read, which the notices then say. */
export function mapTransaction(
  { tree, offset }: { readonly tree: Tree; readonly offset?: number },
  context: TransactionContext,
): Transaction | null {
  const isPlain = hasPlainValues(tree);
  const rawAmount = text(tree, 'TRNAMT');
  const amount = rawAmount === null ? null : parseMoney(rawAmount, context.currency);
  const rawDate = text(tree, 'DTPOSTED') ?? text(tree, 'DTTRAN') ?? text(tree, 'DTUSER');
  const posted = rawDate === null ? null : parseDateTime(rawDate);
  const doubled = isPlain ? undefined : DECISIVE.find((name) => isContradictory(tree, name));
  if (amount === null || posted === null || doubled !== undefined) {
    const problem = amount === null ? unreadableText('TRNAMT', rawAmount) : unreadableText('DTPOSTED', rawDate);
    const what = doubled === undefined ? problem : `it has ${doubled} more than once`;
    context.notices.add('bad-transaction', `a transaction was left out: ${what} (${transactionText(tree)})`, offset);
    return null;
  }
  const details = isPlain ? PLAIN : detailsOf(tree, context, offset);
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
    currency: details.exchange?.converted === false ? details.exchange.currency : context.currency,
    exchange: details.exchange,
    name: kept(details.texts === null ? text(tree, 'NAME') : details.texts.name, pool),
    extendedName: text(tree, 'EXTDNAME'),
    payee: details.payee,
    memo: kept(details.texts === null ? text(tree, 'MEMO') : details.texts.memo, pool),
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

function kept(value: string | null, pool: TextPool): string | null {
  return value === null ? null : pool.shared(value);
}

/** What most transactions have not. */
interface Details extends Pick<Transaction, 'exchange' | 'payee' | 'counterAccount' | 'corrects' | 'extra'> {
  /** `null` when NAME and MEMO stand for themselves. */
  readonly texts: Pick<Transaction, 'name' | 'memo'> | null;
}

const PLAIN: Details = {
  exchange: null,
  payee: null,
  counterAccount: null,
  corrects: null,
  extra: null,
  texts: null,
};
const PLAIN_VALUES = new Set('TRNTYPE DTPOSTED DTUSER DTAVAIL TRNAMT FITID CHECKNUM REFNUM SIC NAME MEMO'.split(' '));

/** Whether a transaction has nothing but the commonest values, each once. */
function hasPlainValues(tree: Tree): boolean {
  if (typeof tree === 'string') return false;
  for (const name in tree) if (typeof tree[name] !== 'string' || !PLAIN_VALUES.has(name)) return false;
  return true;
}

function detailsOf(tree: Tree, context: TransactionContext, offset: number | undefined): Details {
  const payee = mapPayee(one(tree, 'PAYEE'));
  const exchange = mapExchange(tree, context);
  const names = repeated(tree, 'NAME', context);
  if (one(tree, 'IMAGEDATA') !== undefined)
    context.notices.add('image', 'an image is not fetched; where it is stands in `extra`', offset);
  return {
    exchange,
    payee,
    counterAccount: mapAccountId(one(tree, 'BANKACCTTO'), 'bank') ?? mapAccountId(one(tree, 'CCACCTTO'), 'creditcard'),
    corrects: correction(tree, context, offset),
    extra: extraOf(tree, KNOWN),
    texts: {
      name: names.first ?? payee?.name ?? null,
      memo: joined([...repeated(tree, 'MEMO', context).all, ...names.rest]),
    },
  };
}

export function isContradictory(tree: Tree, name: string): boolean {
  const [first, ...others] = many(tree, name).filter((value) => value !== '');
  return others.some((other) => other !== first);
}

function unreadableText(name: string, value: string | null): string {
  return value === null ? `it has no ${name}` : `its ${name} ${excerpt(value)} cannot be read`;
}

/** Enough of a transaction that cannot be read to find it again. */
export function transactionText(tree: Tree): string {
  if (typeof tree === 'string') return excerpt(tree);
  return ['FITID', 'DTPOSTED', 'TRNAMT', 'NAME', 'MEMO']
    .flatMap((name) => {
      const values = many(tree, name).map((value) => (typeof value === 'string' ? excerpt(value) : '…'));
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
    `a correction of ${excerpt(fitid)} without a known action was taken as a replacement`,
    offset,
  );
  return { fitid, action: 'REPLACE' };
}

interface Repeated {
  readonly first: string | null;
  readonly rest: readonly string[];
  readonly all: readonly string[];
}

const NONE: Repeated = { first: null, rest: [], all: [] };

/** The first of a doubled element wins; the others are not lost. */
function repeated(tree: Tree, name: string, { notices }: MapContext): Repeated {
  const only = one(tree, name);
  if (only === undefined) return NONE;
  const all = many(tree, name).filter((value): value is string => typeof value === 'string' && value !== '');
  if (all.length > 1)
    notices.add(
      'repeated-element',
      `${name} stands more than once in a transaction: the first counts, the others are in the memo`,
    );
  return { first: all[0] ?? null, rest: all.slice(1), all };
}

function joined(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(' ');
}

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
