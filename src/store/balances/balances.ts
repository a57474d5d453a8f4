/**
 * Balances of an account. A debt is stored as a negative amount, whatever the bank writes: everything that reads the store has
 * the same sign. `stated` keeps what the bank wrote, so that a finding can be revised.
 */

import type { Account } from '../../model/account.js';
import { addDays, clocksDisagree, type IsoDate, isIsoDate, later, localDate } from '../../model/dates.js';
import { decimal, isDecimal } from '../../model/decimal.js';
import { negate } from '../../model/money.js';
import type { Balance } from '../../model/statement.js';
import type { SaveContext } from '../../ports.js';
import { dayMade } from '../arrivals.js';
import { type Database, stringOf } from '../database.js';
import type { Scope } from '../rows.js';
import { contradictsItsSign } from './reconcile.js';

/** Returns the day of a balance. A day in the future is wrong, except tomorrow: it may have begun at the institution. */
export function balanceDay({ asOf }: Balance, context: SaveContext): IsoDate {
  const { at, serverTime } = context;
  const today = localDate(at);
  const theirs = (serverTime ?? '').slice(0, 10);
  const now = isIsoDate(theirs) ? later(today, theirs) : today;
  if (asOf === null && isIsoDate(theirs) && clocksDisagree(at, serverTime)) return theirs;
  return asOf === null || asOf > addDays(now, 1) ? dayMade(context) : asOf;
}

export function saveBalance(kind: 'ledger' | 'available', balance: Balance | null, scope: Scope): void {
  if (balance === null) return;
  const { db, accountRow: row, context, asOf: statedAt, position } = scope;
  db.run(
    `INSERT INTO balances (account, kind, as_of, amount, stated, currency, received_at, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, kind, as_of) DO UPDATE SET amount = excluded.amount, stated = excluded.stated,
       currency = excluded.currency, received_at = excluded.received_at, position = excluded.position
     WHERE (stated <> excluded.stated OR currency <> excluded.currency) AND position <= excluded.position`,
    row,
    kind,
    balanceDay(balance, context),
    kind === 'ledger' ? signed(balance, scope.before['owed'] === 1).amount : balance.amount,
    balance.amount,
    balance.currency,
    statedAt,
    position,
  );
}

/** Returns the ledger balance of a day as the bank stated it, `null` without one. */
export function statedBalance(
  db: Database,
  account: number,
  day: IsoDate,
): { readonly amount: string; readonly currency: string } | null {
  const row = db.get(
    "SELECT stated, currency FROM balances WHERE account = ? AND kind = 'ledger' AND as_of = ?",
    account,
    day,
  );
  return row === null ? null : { amount: stringOf(row['stated']), currency: stringOf(row['currency']) };
}

/** Returns a stated ledger balance with the sign under which it is stored. */
export function signedBalance(account: Account, balance: Balance | null, scope: Scope): Balance | null {
  if (balance === null) return null;
  // Only the sign of a debt may have been judged anew.
  return signed(balance, isDebt(account) ? isOwed(scope) : scope.before['owed'] === 1);
}

function signed(balance: Balance, owed: boolean): Balance {
  return owed ? { ...balance, amount: negate(balance.amount) } : balance;
}

/**
 * Decides whether the bank states what is owed as a positive balance, by the quirk or by the transactions, and turns the stored
 * balances when that has changed.
 * @returns `true` when the transactions have shown it just now.
 */
export function judgeSign(account: Account, scope: Scope): boolean {
  if (!isDebt(account)) return false;
  const was = scope.before['owed'] === 1;
  const rule = byQuirk(scope) ?? (account.kind === 'loan' ? isLoanOwed(scope, was) : null);
  const owed = rule ?? (contradictsItsSign(scope.db, scope.accountRow, scope.changes.earliestDay) ? !was : was);
  if (owed !== was) turn(owed, scope);
  return rule === null && owed && !was;
}

function isDebt({ accountKind }: Account): boolean {
  return accountKind === 'creditcard' || accountKind === 'loan' || accountKind === 'creditline';
}

function byQuirk({ context }: Scope): boolean | null {
  const { ledgerBalance } = context.institution.quirks;
  return ledgerBalance === undefined || ledgerBalance === 'unreliable' ? null : ledgerBalance === 'owed';
}

/** A loan is a debt; a bank that has ever stated a negative balance of it states debts as negative. */
function isLoanOwed({ db, accountRow: row }: Scope, was: boolean): boolean {
  const stated = db.all("SELECT DISTINCT stated FROM balances WHERE account = ? AND kind = 'ledger'", row);
  const amounts = stated.map((one) => stringOf(one['stated'])).filter((amount) => /[1-9]/.test(amount));
  return amounts.length === 0 ? was : amounts.every((amount) => !amount.startsWith('-'));
}

/** Gives all ledger balances the other sign; the transactions are then compared with all of them. */
function turn(owed: boolean, { db, accountRow: row, changes }: Scope): void {
  db.update('accounts', row, { owed: owed ? 1 : 0 });
  for (const one of db.all("SELECT as_of, stated FROM balances WHERE account = ? AND kind = 'ledger'", row)) {
    const [day, stated] = [stringOf(one['as_of']), stringOf(one['stated'])];
    if (!isDecimal(stated)) continue;
    const amount = owed ? negate(stated) : decimal(stated);
    db.run("UPDATE balances SET amount = ? WHERE account = ? AND kind = 'ledger' AND as_of = ?", amount, row, day);
    changes.touch(day);
  }
}

function isOwed({ db, accountRow: row }: Scope): boolean {
  return db.get('SELECT owed FROM accounts WHERE id = ?', row)?.['owed'] === 1;
}
