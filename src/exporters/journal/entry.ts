/** The parts of a journal, independent of its dialect. */

import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import type { Money } from '../currency.js';

/** A lot of a security, with its total cost or the total proceeds of its sale. */
export interface Lot {
  readonly opens: boolean;
  readonly total: Money;
  /** Price of one unit, if it gives the total exactly. */
  readonly unitPrice: Decimal | null;
}

export interface JournalPosting {
  /** Parts separated by colons. */
  readonly account: string;
  readonly amount: Decimal;
  /** A currency, or the symbol of a security. */
  readonly commodity: string;
  /** The amount in another currency, without a sign. */
  readonly totalPrice?: Money;
  readonly lot?: Lot;
  /** In an entry that ends lots, a dialect that knows their cost computes this amount; the others omit it if it is zero. */
  readonly inferred?: boolean;
  /** Present if it differs from that of the transaction. */
  readonly date?: IsoDate;
  readonly meta?: readonly Meta[];
}

export interface Meta {
  readonly key:
    | 'fitid'
    | 'ofxid'
    | 'id'
    | 'memo'
    | 'ticker'
    | 'transfer'
    | 'opening'
    | 'adjustment'
    | 'note'
    | 'corrects';
  readonly value: string;
}

export interface JournalTransaction {
  readonly kind: 'transaction';
  readonly date: IsoDate;
  readonly code: string | null;
  readonly payee: string;
  readonly memo: string;
  readonly tags: readonly string[];
  readonly meta: readonly Meta[];
  readonly postings: readonly JournalPosting[];
  /** `institution/account` of a trade. */
  readonly of?: string;
}

export interface JournalAssertion {
  readonly kind: 'assertion';
  /** The balance holds at the end of this day. */
  readonly date: IsoDate;
  readonly account: string;
  readonly amount: Decimal;
  readonly commodity: string;
  /** The units of a security, with the facts for an entry that balances them. */
  readonly position?: StatedPosition;
}

export interface StatedPosition {
  /** `institution/account` */
  readonly of: string;
  /** The worth of one unit, zero if unknown. */
  readonly price: Money;
  /** Set where a later booking may change the units: balanced only if the security has not moved after this day, not asserted. */
  readonly calmSince?: IsoDate;
}

export interface JournalPrice {
  readonly kind: 'price';
  readonly date: IsoDate;
  readonly commodity: string;
  readonly price: Money;
}

export type JournalEntry = JournalTransaction | JournalAssertion | JournalPrice;
