/** Investment statements: transactions, positions, securities, cash and orders (OFX 2.2 sections 13.8 and 13.9). */

import { type Decimal, decimal } from '../model/decimal.js';
import { negate } from '../model/money.js';
import type {
  InvestmentCash,
  InvestmentDetail,
  NamedBalance,
  OpenOrder,
  Position,
  Security,
  Transaction,
} from '../model/statement.js';
import type { ListItem } from './document.js';
import { amountOf, extraOf, type MapContext, mapExchange, mapSecurityId } from './map-fields.js';
import { EMPTY_DETAIL, mapInvestmentCash } from './map-transaction.js';
import { excerpt } from './notices.js';
import { many, one, type Tree, text } from './parse.js';
import { parseDate, parseDateTime } from './values.js';

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
    availableOn: parseDate(text(base, 'DTSETTLE')),
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

/** Children of INVPOSLIST, joined to the securities by id. */
export function mapPositions(
  items: readonly ListItem[],
  securities: readonly Security[],
  context: MapContext,
): Position[] {
  const byId = new Map(
    securities.map((security) => [`${security.security.idType}\n${security.security.uniqueId}`, security]),
  );
  return items.flatMap(({ name, tree, offset }) => {
    const position = one(tree, 'INVPOS') ?? tree;
    const security = mapSecurityId(one(position, 'SECID'));
    const units = amountOf(position, 'UNITS', context);
    if (security === null || units === null) {
      context.notices.add('bad-position', `a ${name} was left out: its security or units cannot be read`, offset);
      return [];
    }
    const known = byId.get(`${security.idType}\n${security.uniqueId}`);
    return [
      {
        security,
        securityName: known?.name ?? null,
        ticker: known?.ticker ?? null,
        type: name.replace(/^POS/, '').toLowerCase(),
        units,
        unitPrice: amountOf(position, 'UNITPRICE', context),
        marketValue: amountOf(position, 'MKTVAL', context),
        currency: mapExchange(position, context)?.currency ?? context.currency,
        asOf: parseDate(text(position, 'DTPRICEASOF')),
        side: text(position, 'POSTYPE')?.toUpperCase() ?? null,
        heldIn: text(position, 'HELDINACCT')?.toUpperCase() ?? null,
        source401k: text(position, 'INV401KSOURCE'),
        memo: text(position, 'MEMO'),
      },
    ];
  });
}

/** Children of SECLIST. */
export function mapSecurities(items: readonly ListItem[], context: MapContext): Security[] {
  return items.flatMap(({ name, tree, offset }) => {
    const info = one(tree, 'SECINFO') ?? tree;
    const security = mapSecurityId(one(info, 'SECID'));
    if (security === null) {
      context.notices.add('bad-security', `a ${name} was left out: it names no security`, offset);
      return [];
    }
    return [
      {
        security,
        type: name.replace(/INFO$/, '').toLowerCase(),
        name: text(info, 'SECNAME'),
        ticker: text(info, 'TICKER'),
        unitPrice: amountOf(info, 'UNITPRICE', context),
        asOf: parseDate(text(info, 'DTASOF')),
        currency: mapExchange(info, context)?.currency ?? null,
        memo: text(info, 'MEMO'),
      },
    ];
  });
}

export function mapCash(tree: Tree | undefined, context: MapContext): InvestmentCash | null {
  if (tree === undefined || typeof tree === 'string') return null;
  return {
    available: amountOf(tree, 'AVAILCASH', context),
    margin: amountOf(tree, 'MARGINBALANCE', context),
    short: amountOf(tree, 'SHORTBALANCE', context),
    buyingPower: amountOf(tree, 'BUYPOWER', context),
  };
}

/** Open orders are kept as sent. */
export function mapOrders(items: readonly ListItem[]): OpenOrder[] {
  return items.map(({ name, tree }) => ({ type: name, values: extraOf(tree, new Set()) ?? {} }));
}

/** BAL of a BALLIST. */
export function mapBalanceList(tree: Tree | undefined, context: MapContext): NamedBalance[] {
  return many(tree, 'BAL').flatMap((balance) => {
    const amount = amountOf(balance, 'VALUE', context);
    if (amount === null) return [];
    const currency = mapExchange(balance, context)?.currency ?? context.currency;
    return [
      {
        name: text(balance, 'NAME') ?? '',
        description: text(balance, 'DESC'),
        amount,
        currency,
        asOf: parseDate(text(balance, 'DTASOF')),
      },
    ];
  });
}

/** INV401KBAL: each amount under its element's name. */
export function map401k(tree: Tree | undefined, context: MapContext): NamedBalance[] {
  if (tree === undefined || typeof tree === 'string') return [];
  return Object.keys(tree).flatMap((name) => {
    if (name === 'BALLIST') return mapBalanceList(one(tree, name), context);
    const amount = typeof one(tree, name) === 'string' ? amountOf(tree, name, context) : null;
    return amount === null ? [] : [{ name, description: null, amount, currency: context.currency, asOf: null }];
  });
}
