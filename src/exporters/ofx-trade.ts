/** Investment transactions and securities as elements, in the order of the DTD (OFX 2.2 sections 13.8.5 and 13.9.2.4). */

import type { InvestmentDetail, Position } from '../model/statement.js';
import type { Element } from '../ofx/write/elements.js';
import type { StoredTransaction } from '../ports.js';
import { currencyElement, fitidOf, movementElement, noon, optional, plainText } from './ofx-cash.js';

interface Subject {
  readonly transaction: StoredTransaction;
  readonly detail: InvestmentDetail;
}

type Part = (subject: Subject) => readonly Element[];

const invtran: Part = ({ transaction }) => [
  [
    'INVTRAN',
    [
      ['FITID', fitidOf(transaction)],
      ...optional('SRVRTID', transaction.serverId),
      ['DTTRADE', noon(transaction.postedOn)],
      ...optional('DTSETTLE', transaction.availableOn === null ? null : noon(transaction.availableOn)),
      ...optional('MEMO', transaction.memo),
    ],
  ],
];
const secid: Part = ({ detail }) => (detail.security === null ? [] : [securityElement(detail.security)]);
const amount = (name: string, key: keyof InvestmentDetail, needed?: string): Part => {
  return ({ detail }) => {
    const value = detail[key];
    return optional(name, typeof value === 'string' ? value : needed);
  };
};
const extra = (name: string, needed?: string): Part => {
  return ({ transaction }) => optional(name, transaction.extra?.[name] ?? needed);
};
const total: Part = ({ transaction }) => [['TOTAL', transaction.amount]];
const currency: Part = ({ transaction }) => currencyElement(transaction);
const units = amount('UNITS', 'units', '0');
const unitPrice = amount('UNITPRICE', 'unitPrice', '0');
const costs: readonly Part[] = [
  amount('COMMISSION', 'commission'),
  amount('TAXES', 'taxes'),
  amount('FEES', 'fees'),
  amount('LOAD', 'load'),
];
const subAccount = (name: string, key: 'subAccount' | 'fundSubAccount'): Part => {
  return ({ detail }) => [
    [name, /^(?:CASH|MARGIN|SHORT|OTHER)$/.test(detail[key] ?? '') ? (detail[key] ?? '') : 'CASH'],
  ];
};
const inSub = subAccount('SUBACCTSEC', 'subAccount');
const fundSub = subAccount('SUBACCTFUND', 'fundSubAccount');
const aggregate = (name: string, parts: readonly Part[]): Part => {
  return (subject) => [[name, parts.flatMap((part) => part(subject))]];
};
const buy = aggregate('INVBUY', [invtran, secid, units, unitPrice, ...costs, total, currency, inSub, fundSub]);
const sell = aggregate('INVSELL', [
  ...[invtran, secid, units, unitPrice, ...costs],
  amount('WITHHOLDING', 'withholding'),
  ...[total, amount('GAIN', 'gain'), currency, inSub, fundSub],
]);
const reason = (name: string, needed: string): Part => amount(name, 'detail', needed);
const withholding = amount('WITHHOLDING', 'withholding');

/** The parts of each kind of transaction, in order. */
const KINDS: Readonly<Record<string, readonly Part[]>> = {
  BUYDEBT: [buy, amount('ACCRDINT', 'accruedInterest')],
  BUYMF: [buy, reason('BUYTYPE', 'BUY')],
  BUYOPT: [buy, reason('OPTBUYTYPE', 'BUYTOOPEN'), extra('SHPERCTRCT', '100')],
  BUYOTHER: [buy],
  BUYSTOCK: [buy, reason('BUYTYPE', 'BUY')],
  SELLDEBT: [sell, reason('SELLREASON', 'SELL'), amount('ACCRDINT', 'accruedInterest')],
  SELLMF: [sell, reason('SELLTYPE', 'SELL'), extra('AVGCOSTBASIS')],
  SELLOPT: [sell, reason('OPTSELLTYPE', 'SELLTOCLOSE'), extra('SHPERCTRCT', '100')],
  SELLOTHER: [sell],
  SELLSTOCK: [sell, reason('SELLTYPE', 'SELL')],
  INCOME: [invtran, secid, reason('INCOMETYPE', 'MISC'), total, inSub, fundSub, withholding, currency],
  REINVEST: [invtran, secid, reason('INCOMETYPE', 'DIV'), total, inSub, units, unitPrice, ...costs, currency],
  INVEXPENSE: [invtran, secid, total, inSub, fundSub, currency],
  MARGININTEREST: [invtran, total, fundSub, currency],
  RETOFCAP: [invtran, secid, total, inSub, fundSub, currency],
  SPLIT: [
    ...[invtran, secid, inSub, extra('OLDUNITS', '0'), extra('NEWUNITS', '0')],
    ({ detail }) => optional('NUMERATOR', detail.splitRatio?.split('/')[0] ?? '1'),
    ({ detail }) => optional('DENOMINATOR', detail.splitRatio?.split('/')[1] ?? '1'),
  ],
  TRANSFER: [invtran, secid, inSub, units, reason('TFERACTION', 'IN'), extra('POSTYPE', 'LONG')],
  JRNLFUND: [invtran, subAccount('SUBACCTTO', 'fundSubAccount'), subAccount('SUBACCTFROM', 'subAccount'), total],
  JRNLSEC: [invtran, secid, subAccount('SUBACCTTO', 'fundSubAccount'), subAccount('SUBACCTFROM', 'subAccount'), units],
  CLOSUREOPT: [invtran, secid, reason('OPTACTION', 'EXPIRE'), units, extra('SHPERCTRCT', '100'), inSub],
};
const NEEDS_SECURITY = /^(?:BUY|SELL|INCOME|REINVEST|INVEXPENSE|RETOFCAP|SPLIT|TRANSFER|JRNLSEC|CLOSUREOPT)/;

/** Returns `null` for a movement of cash. */
export function tradeElement(transaction: StoredTransaction): Element | null {
  const detail = transaction.investment;
  const parts = detail === null ? undefined : KINDS[detail.action];
  if (detail === null || parts === undefined) return null;
  if (detail.security === null && NEEDS_SECURITY.test(detail.action)) return null;
  return [detail.action, parts.flatMap((part) => part({ transaction, detail }))];
}

export function cashElement(transaction: StoredTransaction): Element {
  const detail = transaction.investment;
  return ['INVBANKTRAN', [movementElement(transaction), ...(detail === null ? [] : fundSub({ transaction, detail }))]];
}

function securityElement({ uniqueId, idType }: { uniqueId: string; idType: string }): Element {
  return [
    'SECID',
    [
      ['UNIQUEID', plainText(uniqueId)],
      ['UNIQUEIDTYPE', plainText(idType)],
    ],
  ];
}

type NamedSecurity = Pick<InvestmentDetail, 'security' | 'securityName' | 'ticker' | 'action'>;

/** Lists debt and options as other securities, since the transactions of a statement lack elements that they require. */
export function securityInfo({ security, securityName, ticker, action }: NamedSecurity): Element | null {
  if (security === null) return null;
  const kind = /MF$/.test(action) ? 'MFINFO' : /STOCK$/.test(action) ? 'STOCKINFO' : 'OTHERINFO';
  const content: Element[] = [
    securityElement(security),
    ['SECNAME', plainText(securityName ?? ticker ?? security.uniqueId) || security.uniqueId],
    ...optional('TICKER', ticker),
  ];
  return [kind, [['SECINFO', content]]];
}

export function positionElement(position: Position): Element {
  const kind = /^(?:stock|mf|debt|opt)$/.test(position.type) ? position.type : 'other';
  const content: Element[] = [
    securityElement(position.security),
    ['HELDINACCT', position.heldIn ?? 'CASH'],
    ['POSTYPE', position.side ?? 'LONG'],
    ['UNITS', position.units],
    ['UNITPRICE', position.unitPrice ?? '0'],
    ['MKTVAL', position.marketValue ?? '0'],
    ...optional('DTPRICEASOF', position.asOf === null ? null : noon(position.asOf)),
  ];
  return [`POS${kind.toUpperCase()}`, [['INVPOS', content]]];
}
