/** The holdings of an investment account: positions, securities, cash, balances, orders (OFX 2.2 sections 13.8 and 13.9.3). */

import type { InvestmentCash, NamedBalance, OpenOrder, Position, Security, SecurityId } from '../../model/statement.js';
import { excerpt } from '../notices.js';
import type { ListItem } from '../repair/document.js';
import { child, childNames, children, type Tree, text } from '../repair/tree.js';
import {
  dateOf,
  extraOf,
  knownNames,
  type MapContext,
  mapExchange,
  mapSecurityId,
  moneyOf,
  NOTHING_KNOWN,
  quantityOf,
} from './fields.js';

const POSITION = knownNames(
  'UNIQUEID UNIQUEIDTYPE UNITS UNITPRICE MKTVAL CURRENCY ORIGCURRENCY CURSYM CURRATE DTPRICEASOF POSTYPE HELDINACCT INV401KSOURCE MEMO',
  'INVPOS SECID CURRENCY ORIGCURRENCY',
);
const SECURITY = knownNames(
  'UNIQUEID UNIQUEIDTYPE SECNAME TICKER UNITPRICE DTASOF CURRENCY CURSYM CURRATE MEMO',
  'SECINFO SECID CURRENCY',
);

/** Securities by id; also without the kind of id, for banks that write different kinds in different places. */
export type SecurityIndex = ReadonlyMap<string, Security>;

export function indexSecurities(securities: readonly Security[]): SecurityIndex {
  const byId = new Map<string, Security>();
  for (const one of securities) {
    byId.set(`${one.security.idType}\n${one.security.uniqueId}`, one);
    byId.set(`\n${one.security.uniqueId}`, one);
  }
  return byId;
}

export function lookUp(index: SecurityIndex, { idType, uniqueId }: SecurityId): Security | null {
  return index.get(`${idType}\n${uniqueId}`) ?? index.get(`\n${uniqueId}`) ?? null;
}

/** Reads the children of INVPOSLIST, joined to the securities by id. */
export function mapPositions(items: readonly ListItem[], index: SecurityIndex, context: MapContext): Position[] {
  return items.flatMap(({ name, tree, offset }) => {
    const position = child(tree, 'INVPOS') ?? tree;
    const security = mapSecurityId(child(position, 'SECID'));
    const units = quantityOf(position, 'UNITS', context);
    if (security === null || units === null) {
      const what = security === null ? 'it names no security' : `it has no UNITS of ${excerpt(security.uniqueId)}`;
      context.notices.add('bad-position', `${name} was skipped: ${what}`, offset);
      return [];
    }
    const known = lookUp(index, security);
    return [
      {
        security,
        securityName: known?.name ?? null,
        ticker: known?.ticker ?? null,
        type: name.replace(/^POS/, '').toLowerCase(),
        units,
        unitPrice: quantityOf(position, 'UNITPRICE', context),
        marketValue: moneyOf(position, 'MKTVAL', context),
        currency: mapExchange(position, context)?.currency ?? context.currency,
        asOf: dateOf(position, 'DTPRICEASOF', context),
        side: text(position, 'POSTYPE')?.toUpperCase() ?? null,
        heldIn: text(position, 'HELDINACCT')?.toUpperCase() ?? null,
        source401k: text(position, 'INV401KSOURCE'),
        memo: text(position, 'MEMO'),
        extra: extraOf(tree, POSITION),
      },
    ];
  });
}

/** Reads the children of SECLIST. */
export function mapSecurities(items: readonly ListItem[], context: MapContext): Security[] {
  return items.flatMap(({ name, tree, offset }) => {
    const info = child(tree, 'SECINFO') ?? tree;
    const security = mapSecurityId(child(info, 'SECID'));
    if (security === null) {
      context.notices.add('bad-security', `${name} was skipped: it names no security`, offset);
      return [];
    }
    return [
      {
        security,
        type: name.replace(/INFO$/, '').toLowerCase(),
        name: text(info, 'SECNAME'),
        ticker: text(info, 'TICKER'),
        unitPrice: quantityOf(info, 'UNITPRICE', context),
        asOf: dateOf(info, 'DTASOF', context),
        currency: mapExchange(info, context)?.currency ?? null,
        memo: text(info, 'MEMO'),
        extra: extraOf(tree, SECURITY),
      },
    ];
  });
}

export function mapCash(tree: Tree | undefined, context: MapContext): InvestmentCash | null {
  if (tree === undefined || typeof tree === 'string') return null;
  return {
    available: moneyOf(tree, 'AVAILCASH', context),
    margin: moneyOf(tree, 'MARGINBALANCE', context),
    short: moneyOf(tree, 'SHORTBALANCE', context),
    buyingPower: moneyOf(tree, 'BUYPOWER', context),
  };
}

/** Reads open orders, whose values are kept as sent. */
export function mapOrders(items: readonly ListItem[]): OpenOrder[] {
  return items.map(({ name, tree }) => ({ type: name, values: extraOf(tree, NOTHING_KNOWN) ?? {} }));
}

/** Reads each BAL of a BALLIST. */
export function mapBalanceList(tree: Tree | undefined, context: MapContext): NamedBalance[] {
  return children(tree, 'BAL').flatMap((balance) => {
    const currency = mapExchange(balance, context)?.currency ?? context.currency;
    const amount = moneyOf(balance, 'VALUE', { ...context, currency });
    if (amount === null) return [];
    return [
      {
        name: text(balance, 'NAME') ?? '',
        description: text(balance, 'DESC'),
        amount,
        currency,
        asOf: dateOf(balance, 'DTASOF', context),
      },
    ];
  });
}

/** Reads INV401KBAL, each amount under the name of its element. */
export function map401k(tree: Tree | undefined, context: MapContext): NamedBalance[] {
  if (tree === undefined || typeof tree === 'string') return [];
  return childNames(tree).flatMap((name) => {
    if (name === 'BALLIST') return mapBalanceList(child(tree, name), context);
    const amount = typeof child(tree, name) === 'string' ? moneyOf(tree, name, context) : null;
    return amount === null ? [] : [{ name, description: null, amount, currency: context.currency, asOf: null }];
  });
}
