/** Investment transactions: buys, sells, income, splits, transfers and the rest (OFX 2.2 section 13.9.2). */

import type { Decimal } from '../../model/decimal.js';
import { negate } from '../../model/money.js';
import type { InvestmentDetail, Transaction } from '../../model/statement.js';
import { parseMoney } from '../amount.js';
import { excerpt } from '../notices.js';
import type { ListItem } from '../repair/document.js';
import { many, one, type Tree, text } from '../repair/tree.js';
import { type DateTime, parseDateTime } from '../values.js';
import { amountOf, dateOf, extraOf, knownNames, type MapContext, mapExchange, mapSecurityId } from './fields.js';
import { lookUp, type SecurityIndex } from './position.js';
import { isContradictory, mapTransaction, noticeStrays, transactionText } from './transaction.js';

const KNOWN = knownNames(
  'FITID SRVRTID DTTRADE DTSETTLE MEMO UNIQUEID UNIQUEIDTYPE UNITS UNITPRICE TOTAL COMMISSION FEES TAXES LOAD WITHHOLDING ' +
    'ACCRDINT GAIN SUBACCTSEC SUBACCTFUND SUBACCTFROM SUBACCTTO INV401KSOURCE NUMERATOR DENOMINATOR BUYTYPE SELLTYPE ' +
    'INCOMETYPE TFERACTION OPTACTION OPTBUYTYPE OPTSELLTYPE SELLREASON CURRENCY ORIGCURRENCY CURSYM CURRATE',
  'INVTRAN INVBUY INVSELL SECID CURRENCY ORIGCURRENCY',
);
/** Aggregates that move cash, and so must say how much. */
const WITH_TOTAL = /^(?:BUY|SELL|INCOME|INVEXPENSE|JRNLFUND|MARGININTEREST|REINVEST|RETOFCAP)/;
const DETAILS = [
  'BUYTYPE',
  'SELLTYPE',
  'INCOMETYPE',
  'TFERACTION',
  'OPTACTION',
  'OPTBUYTYPE',
  'OPTSELLTYPE',
  'SELLREASON',
];

interface InvestmentContext extends MapContext {
  readonly securities: SecurityIndex;
}

/** One child of INVTRANLIST: a transaction, for INVBANKTRAN as many as it holds. What cannot be read is a notice. */
export function mapInvestmentTransactions(item: ListItem, context: InvestmentContext): readonly Transaction[] {
  if (item.name === 'STMTTRN') return mapInvestmentCash({ ...item, tree: { STMTTRN: item.tree } }, context);
  if (item.name === 'INVBANKTRAN') return mapInvestmentCash(item, context);
  const outer = item.tree;
  noticeStrays([item], context.notices);
  const body = one(outer, 'INVBUY') ?? one(outer, 'INVSELL') ?? outer;
  const base = one(body, 'INVTRAN') ?? one(outer, 'INVTRAN') ?? outer;
  const problem = problemOf(item.name, body, base);
  const traded = parseDateTime(text(base, 'DTTRADE') ?? text(base, 'DTSETTLE') ?? '');
  // Transfers and splits have no total: no cash moves.
  const amount = parseMoney(text(body, 'TOTAL') ?? '0', context.currency);
  if (problem !== null || traded === null || amount === null) {
    const names = ['FITID', 'DTTRADE', 'MEMO'].flatMap((name) => detailText(base, name));
    const found = [...names, ...detailText(body, 'TOTAL')].join(', ');
    const what = `a ${item.name} was left out: ${problem ?? 'its date or total cannot be read'} (${found})`;
    context.notices.add('bad-transaction', what, item.offset);
    return [];
  }
  return [mapRest(item, { outer, body, base, traded, amount }, context)];
}

/** INVBANKTRAN: a bank transaction in an investment account. */
function mapInvestmentCash(item: ListItem, context: MapContext): readonly Transaction[] {
  const inner = many(item.tree, 'STMTTRN');
  if (inner.length === 0) {
    const what = `a transaction was left out: INVBANKTRAN holds no STMTTRN (${transactionText(item.tree)})`;
    context.notices.add('bad-transaction', what, item.offset);
  }
  return inner.flatMap((tree) => {
    const transaction = mapTransaction({ tree, offset: item.offset }, { ...context, pending: false });
    if (transaction === null) return [];
    const fundSubAccount = text(item.tree, 'SUBACCTFUND');
    const source401k = text(tree, 'INV401KSOURCE');
    return [{ ...transaction, investment: { ...EMPTY_DETAIL, action: 'INVBANKTRAN', fundSubAccount, source401k } }];
  });
}

/** Why a transaction cannot be taken for certain. */
function problemOf(name: string, body: Tree, base: Tree): string | null {
  if (isContradictory(base, 'FITID') || isContradictory(base, 'DTTRADE')) return 'it is several run into each other';
  if (isContradictory(body, 'TOTAL')) return 'it has several totals';
  return text(body, 'TOTAL') === null && WITH_TOTAL.test(name) ? 'it has no TOTAL' : null;
}

function detailText(tree: Tree, name: string): readonly string[] {
  const value = text(tree, name);
  return value === null ? [] : [`${name} ${excerpt(value)}`];
}

interface Parts {
  readonly outer: Tree;
  readonly body: Tree;
  readonly base: Tree;
  readonly traded: DateTime;
  readonly amount: Decimal;
}

function mapRest(
  item: ListItem,
  { outer, body, base, traded, amount }: Parts,
  context: InvestmentContext,
): Transaction {
  const exchange = mapExchange(body, context) ?? mapExchange(outer, context);
  return {
    fitid: text(base, 'FITID'),
    type: item.name,
    postedOn: traded.date,
    postedAt: traded.instant,
    userOn: null,
    availableOn: dateOf(base, 'DTSETTLE', context),
    amount,
    currency: exchange !== null && !exchange.converted ? exchange.currency : context.currency,
    exchange,
    name: null,
    extendedName: null,
    payee: null,
    memo: text(base, 'MEMO'),
    checkNumber: null,
    refNumber: null,
    serverId: text(base, 'SRVRTID'),
    sic: null,
    counterAccount: null,
    corrects: null,
    pending: false,
    investment: detailOf(item.name, { outer, body }, context),
    extra: extraOf(outer, KNOWN),
  };
}

function detailOf(
  action: string,
  { outer, body }: { outer: Tree; body: Tree },
  context: InvestmentContext,
): InvestmentDetail {
  const amount = (name: string): Decimal | null =>
    amountOf(body, name, context) ?? (outer === body ? null : amountOf(outer, name, context));
  const [numerator, denominator] = [text(body, 'NUMERATOR'), text(body, 'DENOMINATOR')];
  const units = amount('UNITS');
  const security = mapSecurityId(one(body, 'SECID') ?? one(outer, 'SECID'));
  const known = security === null ? null : lookUp(context.securities, security);
  return {
    ...EMPTY_DETAIL,
    action,
    detail: DETAILS.flatMap((name) => text(outer, name) ?? text(body, name) ?? [])[0] ?? null,
    security,
    securityName: known?.name ?? null,
    ticker: known?.ticker ?? null,
    // TFERACTION OUT with positive units means units that leave.
    units:
      units !== null && text(outer, 'TFERACTION')?.toUpperCase() === 'OUT' && !units.startsWith('-')
        ? negate(units)
        : units,
    unitPrice: amount('UNITPRICE'),
    commission: amount('COMMISSION'),
    fees: amount('FEES'),
    taxes: amount('TAXES'),
    load: amount('LOAD'),
    withholding: amount('WITHHOLDING'),
    accruedInterest: amount('ACCRDINT'),
    gain: amount('GAIN'),
    subAccount: text(body, 'SUBACCTSEC') ?? text(outer, 'SUBACCTFROM'),
    fundSubAccount: text(body, 'SUBACCTFUND') ?? text(outer, 'SUBACCTTO'),
    source401k: text(body, 'INV401KSOURCE') ?? text(outer, 'INV401KSOURCE'),
    splitRatio: numerator === null || denominator === null ? null : `${numerator}/${denominator}`,
  };
}

const EMPTY_DETAIL: InvestmentDetail = {
  action: '',
  detail: null,
  security: null,
  securityName: null,
  ticker: null,
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
