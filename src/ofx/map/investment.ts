/** Investment transactions: buys, sells, income, splits, transfers and the rest (OFX 2.2 section 13.9.2). */

import type { Decimal } from '../../model/decimal.js';
import { negate } from '../../model/money.js';
import type { InvestmentDetail, Transaction } from '../../model/statement.js';
import { parseMoney } from '../amount.js';
import { type DateTime, parseDateTime } from '../date-time.js';
import { excerpt } from '../notices.js';
import type { ListItem } from '../repair/document.js';
import { child, children, type Tree, text } from '../repair/tree.js';
import {
  dateOf,
  extraOf,
  knownNames,
  type MapContext,
  mapExchange,
  mapSecurityId,
  moneyOf,
  noticeForeignSign,
  quantityOf,
} from './fields.js';
import { lookUp, type SecurityIndex } from './position.js';
import { isContradictory, mapTransaction, noticeStrays, transactionText } from './transaction.js';

const KNOWN = knownNames(
  'FITID SRVRTID DTTRADE DTSETTLE MEMO UNIQUEID UNIQUEIDTYPE UNITS UNITPRICE TOTAL COMMISSION FEES TAXES LOAD WITHHOLDING ' +
    'ACCRDINT GAIN SUBACCTSEC SUBACCTFUND SUBACCTFROM SUBACCTTO INV401KSOURCE NUMERATOR DENOMINATOR BUYTYPE SELLTYPE ' +
    'INCOMETYPE TFERACTION OPTACTION OPTBUYTYPE OPTSELLTYPE SELLREASON CURRENCY ORIGCURRENCY CURSYM CURRATE',
  'INVTRAN INVBUY INVSELL SECID CURRENCY ORIGCURRENCY',
);
/** Aggregates that move cash, and so need a TOTAL. */
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

/** Reads a child of INVTRANLIST: one transaction, or all of an INVBANKTRAN. An unreadable one is a notice. */
export function mapInvestmentTransactions(item: ListItem, context: InvestmentContext): readonly Transaction[] {
  if (item.name === 'STMTTRN') return mapInvestmentCash({ ...item, tree: { STMTTRN: item.tree } }, context);
  if (item.name === 'INVBANKTRAN') return mapInvestmentCash(item, context);
  const outer = item.tree;
  noticeStrays([item], context.notices);
  const body = child(outer, 'INVBUY') ?? child(outer, 'INVSELL') ?? outer;
  const base = child(body, 'INVTRAN') ?? child(outer, 'INVTRAN') ?? outer;
  const problem = problemOf(item.name, body, base);
  const traded = parseDateTime(text(base, 'DTTRADE') ?? text(base, 'DTSETTLE') ?? '');
  // Transfers and splits have no total: no cash moves.
  const amount = parseMoney(text(body, 'TOTAL') ?? '0', context.currency, context.shown);
  if (problem !== null || traded === null || amount === null) {
    const names = ['FITID', 'DTTRADE', 'MEMO'].flatMap((name) => detailText(base, name));
    const found = [...names, ...detailText(body, 'TOTAL')].join(', ');
    const what = `${item.name} was skipped: ${problem ?? 'its date or total cannot be read'} (${found})`;
    context.notices.add('bad-transaction', what, item.offset, traded?.date);
    return [];
  }
  return [mapInvestmentTransaction(item, { outer, body, base, traded, amount }, context)];
}

/** Reads INVBANKTRAN, the bank transactions of an investment account. */
function mapInvestmentCash(item: ListItem, context: InvestmentContext): readonly Transaction[] {
  const inner = children(item.tree, 'STMTTRN');
  if (inner.length === 0) {
    const what = `a transaction was skipped: INVBANKTRAN has no STMTTRN (${transactionText(item.tree)})`;
    context.notices.add('bad-transaction', what, item.offset);
  }
  return inner.flatMap((tree) => {
    const transaction = mapTransaction({ tree, offset: item.offset }, { ...context, pending: false });
    if (transaction === null) return [];
    const investment: InvestmentDetail = {
      ...detailOf('INVBANKTRAN', { outer: '', body: '' }, context),
      fundSubAccount: text(item.tree, 'SUBACCTFUND'),
      source401k: text(tree, 'INV401KSOURCE'),
    };
    return [{ ...transaction, investment }];
  });
}

/** Returns the reason for which a transaction cannot be read with certainty, or `null`. */
function problemOf(name: string, body: Tree, base: Tree): string | null {
  if (isContradictory(base, 'FITID') || isContradictory(base, 'DTTRADE'))
    return 'it is several transactions run together';
  if (isContradictory(body, 'TOTAL')) return 'it has more than one TOTAL';
  return text(body, 'TOTAL') === null && WITH_TOTAL.test(name) ? 'it has no TOTAL' : null;
}

function detailText(tree: Tree, name: string): readonly string[] {
  const value = text(tree, name);
  return value === null ? [] : [`${name} ${excerpt(value)}`];
}

/** The elements of an investment transaction: the whole, INVBUY or INVSELL, INVTRAN. */
interface Parts {
  readonly outer: Tree;
  readonly body: Tree;
  readonly base: Tree;
  readonly traded: DateTime;
  readonly amount: Decimal;
}

function mapInvestmentTransaction(
  item: ListItem,
  { outer, body, base, traded, amount }: Parts,
  context: InvestmentContext,
): Transaction {
  const exchange = mapExchange(body, context) ?? mapExchange(outer, context);
  const currency = exchange !== null && !exchange.converted ? exchange.currency : context.currency;
  noticeForeignSign(text(body, 'TOTAL') ?? '', { ...context, currency }, item.offset);
  return {
    fitid: text(base, 'FITID'),
    type: item.name,
    postedOn: traded.date,
    postedAt: traded.instant,
    userOn: null,
    availableOn: dateOf(base, 'DTSETTLE', context),
    amount,
    currency,
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
  const amount = (name: string, read = moneyOf): Decimal | null =>
    read(body, name, context) ?? (outer === body ? null : read(outer, name, context));
  const [numerator, denominator] = [text(body, 'NUMERATOR'), text(body, 'DENOMINATOR')];
  const units = amount('UNITS', quantityOf);
  const security = mapSecurityId(child(body, 'SECID') ?? child(outer, 'SECID'));
  const known = security === null ? null : lookUp(context.securities, security);
  return {
    action,
    detail: DETAILS.flatMap((name) => text(outer, name) ?? text(body, name) ?? [])[0] ?? null,
    security,
    securityName: known?.name ?? null,
    ticker: known?.ticker ?? null,
    // Positive units with TFERACTION OUT leave the account.
    units:
      units !== null && text(outer, 'TFERACTION')?.toUpperCase() === 'OUT' && !units.startsWith('-')
        ? negate(units)
        : units,
    unitPrice: amount('UNITPRICE', quantityOf),
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
