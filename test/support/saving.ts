/** Statements saved at an instant of one's choice, and what is in the store then, a line each. */

import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Quirks } from '../../src/model/institution.js';
import type { Balance, Statement, Transaction } from '../../src/model/statement.js';
import type { SaveResult, Store } from '../../src/ports.js';
import { account, institution, statement, transaction } from './builders.js';

export interface Saving {
  /** Day at which it arrived, at noon. */
  readonly at: string;
  /** Day at which it was made, when that is another. */
  readonly asOf?: string;
  /** DTSERVER of the reply. */
  readonly serverTime?: string;
  /** Window that was asked for. */
  readonly from?: string;
  readonly to?: string;
  /** A file, which answers no request. */
  readonly file?: boolean;
  readonly quirks?: Quirks;
}

export function saveAt(store: Store, how: Saving, change: Partial<Statement> = {}): SaveResult {
  const { at, asOf = at, serverTime = null, from = '2026-11-01', to, file = false, quirks = {} } = how;
  const window = { from: isoDate(from), to: to === undefined ? null : isoDate(to) };
  return store.save(account(), statement({ period: null, ...change }), {
    runId: 1,
    at: new Date(`${at}T12:00:00Z`),
    asOf: new Date(`${asOf}T12:00:00Z`),
    serverTime,
    wanted: file ? null : { account: account(), ...window },
    institution: institution({}, quirks),
  });
}

export function moved(
  fitid: string | null,
  postedOn: string,
  amount: string,
  more: Partial<Omit<Transaction, 'amount' | 'postedOn'>> = {},
): Transaction {
  return transaction({ fitid, postedOn, amount, ...more });
}

export function balanceOf(amount: string, asOf: string): Balance {
  return { amount: decimal(amount), currency: 'USD', asOf: isoDate(asOf) };
}

export function storedIn(store: Store): string[] {
  return [...store.transactions({})].map(
    ({ postedOn, amount, name, pending }) => `${postedOn} ${amount} ${name}${pending ? ' pending' : ''}`,
  );
}

export function gapsIn(store: Store): string[] {
  return store.gaps().map(({ from, to, missing }) => `${from} ${to} ${missing?.amount ?? 'days'}`);
}
