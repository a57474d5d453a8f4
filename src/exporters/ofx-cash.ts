/** STMTTRN: one movement of cash, within the lengths of the specification (OFX 2.2 section 11.4.4.1). */

import type { IsoDate } from '../model/dates.js';
import { compare, isZero, ZERO } from '../model/money.js';
import type { Element } from '../ofx/write/elements.js';
import type { StoredTransaction } from '../ports.js';

/** The kinds of transaction in the DTD. Any other kind becomes OTHER. */
const TYPES =
  /^(?:CREDIT|DEBIT|INT|DIV|FEE|SRVCHG|DEP|ATM|POS|XFER|CHECK|PAYMENT|CASH|DIRECTDEP|DIRECTDEBIT|REPEATPMT|OTHER)$/;
/** Kinds of spending. A reader such as Skrooge takes the amount of one for spent, whatever its sign. */
const SPENDING = /^(?:DEBIT|FEE|SRVCHG|PAYMENT|CASH|DIRECTDEBIT|REPEATPMT)$/;
const LONGEST_NAME = 32;

export function movementElement(transaction: StoredTransaction): Element {
  const { postedOn, userOn, availableOn, amount, serverId, checkNumber, refNumber, sic } = transaction;
  const { name, memo } = nameAndMemo(transaction);
  return [
    'STMTTRN',
    [
      ['TRNTYPE', typeOf(transaction)],
      ['DTPOSTED', noon(postedOn)],
      ...optional('DTUSER', userOn === null ? null : noon(userOn)),
      ...optional('DTAVAIL', availableOn === null ? null : noon(availableOn)),
      ['TRNAMT', amount],
      ['FITID', fitidOf(transaction)],
      ...optional('SRVRTID', serverId),
      ...optional('CHECKNUM', cut(checkNumber, 12)),
      ...optional('REFNUM', cut(refNumber, 32)),
      ...optional('SIC', sic !== null && /^\d{1,6}$/.test(sic) ? sic : null),
      ...optional('NAME', name),
      ...optional('MEMO', memo),
      ...currencyElement(transaction),
    ],
  ];
}

function typeOf({ type, amount }: StoredTransaction): string {
  if (SPENDING.test(type) && compare(amount, ZERO) > 0) return 'CREDIT';
  return TYPES.test(type) ? type : 'OTHER';
}

/** Returns noon of a day, so that the time zone of a reader does not change the day. */
export function noon(date: IsoDate): string {
  return `${date.replaceAll('-', '')}120000`;
}

export function fitidOf({ fitid, id }: StoredTransaction): string {
  return cut(fitid, 255) ?? id;
}

/** Returns CURRENCY for an amount in that currency, ORIGCURRENCY for one exchanged from it. Both require a rate. */
export function currencyElement({ exchange }: StoredTransaction): Element[] {
  if (exchange === null || exchange.rate === null || isZero(exchange.rate)) return [];
  const content: Element[] = [
    ['CURRATE', exchange.rate],
    ['CURSYM', exchange.currency],
  ];
  return [[exchange.converted ? 'ORIGCURRENCY' : 'CURRENCY', content]];
}

export function optional(name: string, value: string | null | undefined): Element[] {
  const plain = plainText(value ?? '');
  return plain === '' ? [] : [[name, plain]];
}

/** Returns a text in the characters of XML and OFX, without control characters and lone surrogates. */
export function plainText(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Cuts a name that is too long; the memo then begins with the whole name. */
function nameAndMemo(transaction: StoredTransaction): { name: string | null; memo: string | null } {
  const name = plainText(transaction.name ?? transaction.payee?.name ?? '');
  const parts = [transaction.extendedName, transaction.memo].map((text) => plainText(text ?? ''));
  const isLong = [...name].length > LONGEST_NAME;
  const memo = [...(isLong ? [name] : []), ...parts].filter((text) => text !== '');
  return { name: cut(name, LONGEST_NAME), memo: cut([...new Set(memo)].join(' '), 255) };
}

function cut(text: string | null, longest: number): string | null {
  return text === null ? null : [...text].slice(0, longest).join('').trim();
}
