/** A transaction and a holding of an account set, as transactions and positions of a statement. */

import type { IsoDate } from '../model/dates.js';
import { OFX_FIELDS_ABSENT, type Position, type Transaction } from '../model/statement.js';
import { excerpt, type NoticeList } from '../ofx/notices.js';
import { isObject, type JsonObject, member } from './json.js';
import { currencyOf, dayOf, flattened, moneyOf, NO_CURRENCY, numberOf, textOf } from './values.js';

/** The account that a transaction or a holding stands in. */
export interface Inside {
  readonly currency: string;
  /** Day of the balance: when the bridge saw the account last. */
  readonly seenOn: IsoDate | null;
  readonly notices: NoticeList;
}

/** Reads a transaction; `null` for one without a day or an amount, which is a notice and costs no other. */
export function readTransaction(value: unknown, { currency, seenOn, notices }: Inside): Transaction | null {
  if (!isObject(value)) {
    notices.add('bad-transaction', 'a transaction that is not an object was skipped');
    return null;
  }
  const fitid = textOf(member(value, 'id'));
  const pending = isPending(value);
  const [posted, userOn] = [dayOf(member(value, 'posted')), dayOf(member(value, 'transacted_at'))];
  const postedOn = pending ? (userOn ?? posted ?? seenOn) : (posted ?? userOn);
  const amount = moneyOf(member(value, 'amount'), currency);
  const which = fitid === null ? '' : ` ${excerpt(fitid)}`;
  if (postedOn === null || amount === null) {
    const lacks = postedOn === null ? 'a date' : 'an amount';
    notices.add(
      'bad-transaction',
      `a transaction${which} without ${lacks} was skipped`,
      undefined,
      postedOn ?? undefined,
    );
    return null;
  }
  return {
    ...OFX_FIELDS_ABSENT,
    fitid,
    type: amount.startsWith('-') ? 'DEBIT' : 'CREDIT',
    postedOn,
    userOn: userOn === postedOn ? null : userOn,
    amount,
    currency,
    ...textsOf(value),
    pending,
  };
}

/** A transaction that has not posted has a date of posting of 0, or says so. */
function isPending(value: JsonObject): boolean {
  const said = member(value, 'pending');
  if (said === true || said === 'true' || said === '1') return true;
  return said !== false && said !== 'false' && Number(textOf(member(value, 'posted')) ?? Number.NaN) === 0;
}

/**
 * The name is the payee that the bridge made of the bank's text, and that text itself where it made none. What says nothing new
 * is omitted.
 */
function textsOf(value: JsonObject): Pick<Transaction, 'name' | 'memo' | 'extra'> {
  const description = textOf(member(value, 'description'));
  const name = textOf(member(value, 'payee')) ?? description;
  const texts = [textOf(member(value, 'memo')), description].filter((text) => text !== null && text !== name);
  const [memo = null, more = memo] = texts;
  const extra = { ...(more === memo ? {} : { description: more }), ...flattened(member(value, 'extra'), 'extra') };
  const known = Object.entries(extra).filter((entry): entry is [string, string] => entry[1] !== null);
  return { name, memo, extra: known.length === 0 ? null : Object.fromEntries(known) };
}

/** Reads a holding as a position; `null` for one without units, which is a notice. */
export function readHolding(value: unknown, { currency, seenOn, notices }: Inside): Position | null {
  const [id, ticker] = [textOf(member(value, 'id')), textOf(member(value, 'symbol'))];
  const units = numberOf(member(value, 'shares'));
  if (units === null || (id === null && ticker === null)) {
    notices.add('bad-position', `a holding without ${units === null ? 'a number of shares' : 'a name'} was skipped`);
    return null;
  }
  const own = currencyOf(member(value, 'currency'));
  const held = own === NO_CURRENCY ? currency : own;
  const costs = { cost_basis: member(value, 'cost_basis'), purchase_price: member(value, 'purchase_price') };
  return {
    security: ticker === null ? { uniqueId: id ?? '', idType: 'SIMPLEFIN' } : { uniqueId: ticker, idType: 'TICKER' },
    securityName: textOf(member(value, 'description')),
    ticker,
    type: 'other',
    units,
    unitPrice: null,
    marketValue: moneyOf(member(value, 'market_value'), held),
    currency: held,
    asOf: seenOn,
    side: units.startsWith('-') ? 'SHORT' : 'LONG',
    heldIn: null,
    source401k: null,
    memo: null,
    extra: flattened(costs, 'holding'),
  };
}
