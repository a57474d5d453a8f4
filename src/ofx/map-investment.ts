/** Investment transactions: buys, sells, income, splits, transfers and the rest (OFX 2.2 section 13.9.2). */

import { type Decimal, decimal } from '../model/decimal.js';
import { negate } from '../model/money.js';
import type { InvestmentDetail, Transaction } from '../model/statement.js';
import type { ListItem } from './document.js';
import { amountOf, dateOf, extraOf, type MapContext, mapExchange, mapSecurityId } from './map-fields.js';
import { EMPTY_DETAIL, mapInvestmentCash } from './map-transaction.js';
import { excerpt } from './notices.js';
import { one, type Tree, text } from './parse.js';
import { parseDateTime } from './values.js';

const ZERO = decimal('0');
const KNOWN: ReadonlySet<string> = new Set(
  (
    'INVTRAN INVBUY INVSELL SECID UNITS UNITPRICE TOTAL COMMISSION FEES TAXES LOAD WITHHOLDING ACCRDINT GAIN SUBACCTSEC SUBACCTFUND SUBACCTFROM SUBACCTTO ' +
    'INV401KSOURCE NUMERATOR DENOMINATOR BUYTYPE SELLTYPE INCOMETYPE TFERACTION OPTACTION OPTBUYTYPE OPTSELLTYPE CURRENCY ORIGCURRENCY'
  ).split(' '),
);
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

/** One child of INVTRANLIST. Amounts that the aggregate has not (transfers, splits) are zero: no cash moved. */
export function mapInvestmentTransaction(item: ListItem, context: MapContext): Transaction | null {
  if (item.name === 'INVBANKTRAN' || item.name === 'STMTTRN') {
    return mapInvestmentCash(item.name === 'STMTTRN' ? { ...item, tree: { STMTTRN: item.tree } } : item, context);
  }
  const outer = item.tree;
  const body = one(outer, 'INVBUY') ?? one(outer, 'INVSELL') ?? outer;
  const base = one(body, 'INVTRAN') ?? one(outer, 'INVTRAN') ?? outer;
  const rawDate = text(base, 'DTTRADE') ?? text(base, 'DTSETTLE');
  const traded = rawDate === null ? null : parseDateTime(rawDate);
  const amount = text(body, 'TOTAL') === null ? ZERO : amountOf(body, 'TOTAL', context);
  if (traded === null || amount === null) {
    context.notices.add(
      'bad-transaction',
      `a ${item.name} was left out: its date or total cannot be read (FITID ${excerpt(text(base, 'FITID') ?? '')}, DTTRADE ${excerpt(rawDate ?? '')})`,
      item.offset,
    );
    return null;
  }
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

function detailOf(action: string, { outer, body }: { outer: Tree; body: Tree }, context: MapContext): InvestmentDetail {
  const amount = (name: string): Decimal | null =>
    amountOf(body, name, context) ?? (outer === body ? null : amountOf(outer, name, context));
  const [numerator, denominator] = [text(body, 'NUMERATOR'), text(body, 'DENOMINATOR')];
  const units = amount('UNITS');
  return {
    ...EMPTY_DETAIL,
    action,
    detail: DETAILS.flatMap((name) => text(outer, name) ?? text(body, name) ?? [])[0] ?? null,
    security: mapSecurityId(one(body, 'SECID') ?? one(outer, 'SECID')),
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
