/**
 * Guards whose history a stored account holds. A statement of another account is not stored under the same name, unless it
 * agrees with the history: a shared transaction, or a balance that follows. Made-up history never continues at a real bank.
 */

import { randomBytes } from 'node:crypto';
import { AccountChangedError } from '../../errors.js';
import { type Account, accountKey } from '../../model/account.js';
import {
  type AccountIdentity,
  describeDifference,
  identityOf,
  isSameIdentity,
  isSandbox,
  isTrial,
  readIdentity,
} from '../../model/account-identity.js';
import type { Institution } from '../../model/institution.js';
import { isZero } from '../../model/money.js';
import { shellWord } from '../../model/shell-word.js';
import type { Statement } from '../../model/statement.js';
import { type Database, numberOf, type Row, stringOf, textOf } from '../database.js';
import { findAccount } from '../read.js';
import { hostBefore } from './host-before.js';

/** An account whose configuration names another account than the stored history is from. */
export interface IdentityChange {
  readonly before: AccountIdentity;
  readonly now: AccountIdentity;
}

/**
 * Compares the configured account with the one whose history is stored; `null` when it is the same, or unknown.
 * @throws AccountChangedError when made-up history would continue at a real bank, or the other way round.
 */
export function identityChange(
  db: Database,
  row: Row,
  account: Account,
  institution: Institution,
): IdentityChange | null {
  const now = identityOf(account, institution);
  if (row['identity'] === JSON.stringify(now)) return null;
  const before = storedIdentity(db, row, now);
  if (before === null || isSameIdentity(before, now)) return null;
  if (isTrial(before) !== isTrial(now)) throw madeUp(account, { before, now });
  return { before, now };
}

/** Returns the id by which other programs know an account: random, so that it shows nothing of its number and is never used again. */
export function newPublicId(): string {
  return randomBytes(12).toString('hex');
}

/**
 * Continues the history of a stored account with the configured one.
 * @returns `false` when nothing is stored of it. @throws AccountChangedError
 */
export function continueAccount(db: Database, account: Account, institution: Institution): boolean {
  const row = findAccount(db, account);
  if (row === null) return false;
  identityChange(db, row, account, institution);
  recordIdentity(db, row, account, institution);
  db.update('accounts', row['id'] ?? null, { account_id: account.id });
  return true;
}

/** Records the configured account as the one whose history is stored. */
export function recordIdentity(db: Database, row: Row, account: Account, institution: Institution): void {
  const identity = JSON.stringify(identityOf(account, institution));
  if (row['identity'] !== identity) db.update('accounts', row['id'] ?? null, { identity });
}

/** Returns the identity of a stored account. That of one from before version 0.2 is learned from its replies. */
function storedIdentity(db: Database, row: Row, now: AccountIdentity): AccountIdentity | null {
  const stored = textOf(row['identity']);
  if (stored !== null) return readIdentity(JSON.parse(stored));
  const host = hostBefore(db, row, now.host);
  return { host, org: null, fid: null, id: stringOf(row['account_id']), routing: null, brokerId: null };
}

/** Returns `true` when the store has a transaction of the statement: same day, same amount, and same FITID or name. */
export function sharesTransaction(db: Database, accountRow: number, { transactions }: Statement): boolean {
  return transactions.some(
    ({ pending, postedOn, amount, currency, fitid, name }) =>
      !pending &&
      !isZero(amount) &&
      db.get(
        `SELECT 1 FROM transactions WHERE account = ? AND posted_on = ? AND amount = ? AND currency = ? AND pending = 0
           AND (fitid = ? OR json_extract(body, '$.name') = ?) LIMIT 1`,
        accountRow,
        postedOn,
        amount,
        currency,
        fitid,
        name,
      ) !== null,
  );
}

/** Returns `true` when nothing is stored that could disagree. */
export function hasNoHistory(db: Database, accountRow: number): boolean {
  const row = db.get(
    'SELECT (SELECT COUNT(*) FROM transactions WHERE account = ?1) + (SELECT COUNT(*) FROM balances WHERE account = ?1) AS n',
    accountRow,
  );
  return numberOf(row?.['n']) === 0;
}

/**
 * Renames stored accounts that are configured under another name by now: same identity, old name no longer configured.
 * @returns the renamed accounts.
 */
export function findRenamed(
  db: Database,
  institutions: readonly Institution[],
): readonly {
  readonly from: { institution: string; name: string };
  readonly to: Account;
  readonly institution: Institution;
}[] {
  const configured = new Set(institutions.flatMap(({ accounts }) => accounts.map(accountKey)));
  const orphans = db
    .all('SELECT institution, name, kind, identity FROM accounts WHERE identity IS NOT NULL')
    .map((row) => ({ row, ref: { institution: stringOf(row['institution']), name: stringOf(row['name']) } }))
    .filter(({ ref }) => !configured.has(accountKey(ref)))
    .map(({ row: { kind, identity }, ref }) => ({ ref, kind, identity: readIdentity(JSON.parse(stringOf(identity))) }));
  if (orphans.length === 0) return [];
  return institutions.flatMap((institution) =>
    institution.accounts.flatMap((to) => {
      if (findAccount(db, to) !== null) return [];
      const now = identityOf(to, institution);
      const alike = orphans.filter(
        ({ kind, identity }) => kind === to.accountKind && identity !== null && isSameIdentity(identity, now),
      );
      const [only, another] = alike;
      return only === undefined || another !== undefined ? [] : [{ from: only.ref, to, institution }];
    }),
  );
}

/** @throws AccountChangedError for a new account of the sandbox: it is not stored among a person's own accounts. */
export function refuseMadeUp(db: Database, account: Account, institution: Institution): void {
  if (!isSandbox(identityOf(account, institution)) || findAccount(db, account) !== null) return;
  throw new AccountChangedError('made-up accounts are not stored among your own', {
    mayContinue: false,
    hint: `Remove ${account.institution} from accounts.yaml, and try it with a file and a data folder of its own: ofx-sync --config demo.yaml --data demo`,
  });
}

function madeUp(account: Account, { before, now }: IdentityChange): AccountChangedError {
  const [from, to] = describeDifference(before, now);
  const made = isTrial(before) ? 'its history is made up' : 'its history is real';
  return new AccountChangedError(`the stored history is from ${from}; it does not continue at ${to}: ${made}`, {
    mayContinue: false,
    hint: `Give the account another name in accounts.yaml. Or remove the stored history: ofx-sync accounts forget ${shellWord(accountKey(account))}`,
  });
}

/** The error of a statement that does not agree with the stored history. */
export function accountChanged(account: Account, { before, now }: IdentityChange): AccountChangedError {
  const [from, to] = describeDifference(before, now);
  const name = shellWord(accountKey(account));
  return new AccountChangedError(
    `the stored history is from ${from}, and the statement from ${to} does not agree with it: no common transaction, no balance that follows; nothing was stored`,
    {
      mayContinue: true,
      hint: `If it is the same account: ofx-sync accounts relink ${name}. If it is another: give it another name in accounts.yaml, or remove the stored history: ofx-sync accounts forget ${name}`,
    },
  );
}
