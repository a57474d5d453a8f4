/** The parts of a journal, before any dialect has spelt them. */

import type { IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import type { Money } from '../currency.js';

/** A lot of a security: what it cost in all, or what ending it brought. */
export interface Lot {
  readonly opens: boolean;
  readonly total: Money;
  /** Price of one unit, where it gives the total exactly. */
  readonly unitPrice: Decimal | null;
}

export interface JournalPosting {
  /** Parts with colons between. */
  readonly account: string;
  readonly amount: Decimal;
  /** A currency, or the symbol of a security. */
  readonly commodity: string;
  /** What the amount was in another currency, in all; without a sign. */
  readonly worth?: Money;
  readonly lot?: Lot;
  /** A dialect that knows what lots cost works this amount out by itself; the others leave a zero one away. */
  readonly inferred?: boolean;
  /** Where it differs from that of the transaction. */
  readonly date?: IsoDate;
  readonly meta?: readonly Meta[];
}

export interface Meta {
  readonly key: 'fitid' | 'ofxid' | 'id' | 'memo' | 'transfer' | 'opening';
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
}

export interface JournalAssertion {
  readonly kind: 'assertion';
  /** Day at the end of which the balance holds. */
  readonly date: IsoDate;
  readonly account: string;
  readonly amount: Decimal;
  readonly commodity: string;
}

export interface JournalPrice {
  readonly kind: 'price';
  readonly date: IsoDate;
  readonly commodity: string;
  readonly price: Money;
}

export type JournalEntry = JournalTransaction | JournalAssertion | JournalPrice;
