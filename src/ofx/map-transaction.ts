/** STMTTRN and its kin to transactions (OFX 2.2 section 11.4.4.1). What cannot be read exactly is a notice, never a guess. */

import type { InvestmentDetail, Transaction } from '../model/statement.js';
import type { ListItem } from './document.js';
import { dateOf, extraOf, type MapContext, mapAccountId, mapExchange, mapPayee } from './map-fields.js';
import { excerpt } from './notices.js';
import { many, one, type Tree, text } from './parse.js';
import { parseAmount, parseDateTime } from './values.js';

/** Children of STMTTRN that the fields of a transaction hold. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    'TRNTYPE DTPOSTED DTTRAN DTUSER DTAVAIL DTEXPIRE TRNAMT FITID CORRECTFITID CORRECTACTION SRVRTID CHECKNUM REFNUM SIC PAYEEID NAME PAYEE EXTDNAME ' +
    'BANKACCTTO CCACCTTO MEMO CURRENCY ORIGCURRENCY LOANTRNTYPE IMAGEDATA'
  ).split(' '),
);

export interface TransactionContext extends MapContext {
  readonly pending: boolean;
}

/** One bank, card or loan transaction; `null` when its amount or date cannot be read, which the notices then say. */
export function mapTransaction(
  { tree, offset }: { readonly tree: Tree; readonly offset?: number },
  context: TransactionContext,
): Transaction | null {
  const rawAmount = text(tree, 'TRNAMT');
  const amount = rawAmount === null ? null : parseAmount(rawAmount);
  const rawDate = text(tree, 'DTPOSTED') ?? text(tree, 'DTTRAN') ?? text(tree, 'DTUSER');
  const posted = rawDate === null ? null : parseDateTime(rawDate);
  if (amount === null || posted === null) {
    const what = amount === null ? `TRNAMT ${excerpt(rawAmount ?? '')}` : `DTPOSTED ${excerpt(rawDate ?? '')}`;
    context.notices.add(
      'bad-transaction',
      `a transaction was left out: ${what} cannot be read (${transactionText(tree)})`,
      offset,
    );
    return null;
  }
  const payee = mapPayee(one(tree, 'PAYEE'));
  const exchange = mapExchange(tree, context);
  const names = repeated(tree, 'NAME', context);
  if (one(tree, 'IMAGEDATA') !== undefined) context.notices.add('image', 'an image of a transaction was left out');
  return {
    fitid: text(tree, 'FITID'),
    type: (text(tree, 'TRNTYPE') ?? text(tree, 'LOANTRNTYPE') ?? 'OTHER').toUpperCase(),
    postedOn: posted.date,
    postedAt: posted.instant,
    userOn: dateOf(tree, 'DTUSER', context),
    availableOn: dateOf(tree, 'DTAVAIL', context),
    amount,
    currency: exchange !== null && !exchange.converted ? exchange.currency : context.currency,
    exchange,
    name: names.first ?? payee?.name ?? null,
    extendedName: text(tree, 'EXTDNAME'),
    payee,
    memo: joined([...repeated(tree, 'MEMO', context).all, ...names.rest]),
    checkNumber: text(tree, 'CHECKNUM'),
    refNumber: text(tree, 'REFNUM'),
    serverId: text(tree, 'SRVRTID'),
    sic: text(tree, 'SIC'),
    counterAccount: mapAccountId(one(tree, 'BANKACCTTO'), 'bank') ?? mapAccountId(one(tree, 'CCACCTTO'), 'creditcard'),
    corrects: correction(tree, context, offset),
    pending: context.pending,
    investment: null,
    extra: extraOf(tree, KNOWN),
  };
}

/** Enough of a transaction that cannot be read to find it again. */
export function transactionText(tree: Tree): string {
  if (typeof tree === 'string') return excerpt(tree);
  return ['FITID', 'DTPOSTED', 'TRNAMT', 'NAME', 'MEMO']
    .flatMap((name) => {
      const value = text(tree, name);
      return value === null ? [] : [`${name} ${excerpt(value)}`];
    })
    .join(', ');
}

/** INVBANKTRAN: a bank transaction in an investment account. */
export function mapInvestmentCash(item: ListItem, context: MapContext): Transaction | null {
  const inner = one(item.tree, 'STMTTRN');
  if (inner === undefined) {
    context.notices.add('bad-transaction', 'a transaction was left out: INVBANKTRAN holds no STMTTRN', item.offset);
    return null;
  }
  const transaction = mapTransaction({ tree: inner, offset: item.offset }, { ...context, pending: false });
  if (transaction === null) return null;
  return {
    ...transaction,
    investment: {
      ...EMPTY_DETAIL,
      action: 'INVBANKTRAN',
      fundSubAccount: text(item.tree, 'SUBACCTFUND'),
      source401k: text(inner, 'INV401KSOURCE'),
    },
  };
}

export const EMPTY_DETAIL: InvestmentDetail = {
  action: '',
  detail: null,
  security: null,
  units: null,
  unitPrice: null,
  commission: null,
  fees: null,
  taxes: null,
  load: null,
  withholding: null,
  accruedInterest: null,
  gain: null,
  subAccount: null,
  fundSubAccount: null,
  source401k: null,
  splitRatio: null,
};

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

/** The first of a doubled element wins; the others are not lost. */
function repeated(tree: Tree, name: string, { notices }: MapContext): Repeated {
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
