/**
 * Repeated transactions: equal ones with one FITID in a statement. They are movements of their own, or one that the bank lists
 * again. Balances and later lists show which; what they show holds for the account.
 */

import type { Notice } from '../../model/notice.js';
import { type Row, stringOf, textOf } from '../database.js';
import { removeTransaction } from '../removals.js';
import type { Scope } from '../rows.js';
import type { Candidate } from './content-index.js';
import type { IdentityResult, Policy } from './identity.js';
import { examples, isBetweenBalances, transactionText } from './notices.js';

/** Rows of which there is an equal one, with the same FITID, from the same statement or an earlier one. */
const COPIES = `SELECT t.id, t.posted_on, t.amount, json_extract(t.body, '$.name') AS name FROM transactions t
  WHERE t.account = ?1 AND t.removed = 0 AND t.pending = 0 AND t.fitid IS NOT NULL AND EXISTS (
    SELECT 1 FROM transactions s WHERE s.account = ?1 AND s.fitid = t.fitid AND s.id < t.id AND s.body = t.body AND s.removed = 0)`;

/** Removes copies that a complete list lacks while it has the transaction once. */
export function withdrawCopies(unlisted: readonly Candidate[], scope: Scope): Notice[] {
  return unlisted.flatMap(({ key, fitid }) => {
    if (fitid === null) return [];
    const copy = scope.db.get(`${COPIES} AND t.key = ?2`, scope.accountRow, key);
    return copy === null ? [] : removeCopies([copy], scope);
  });
}

/** Records what the balances have shown about repeated transactions, and applies it to those that no balance shows. */
export function learnFromBalances(
  policy: Policy,
  { repeated }: IdentityResult,
  scope: Scope,
  isConfirmed: () => boolean,
): Notice[] {
  if (repeated.length === 0 || !isConfirmed()) return [];
  if (!repeated.some(({ postedOn }) => isBetweenBalances(postedOn, scope))) return [];
  return noteRepeats(policy.repeated === 'dropped', scope);
}

/** Returns the policy for repeated transactions that is right for the account, as far as it is known. */
export function repeatedPolicy({ repeats }: Row): Policy['repeated'] {
  return repeats === 1 ? 'dropped' : 'kept';
}

function noteRepeats(repeats: boolean, scope: Scope): Notice[] {
  const { db, accountRow: row } = scope;
  const known = db.get('SELECT repeats FROM accounts WHERE id = ?', row)?.['repeats'];
  if (known === (repeats ? 1 : 0)) return [];
  db.update('accounts', row, { repeats: repeats ? 1 : 0 });
  if (!repeats) return [];
  const before = db.all(
    `${COPIES} AND t.posted_on <= (SELECT IFNULL(MIN(as_of), '9999') FROM balances WHERE account = ?1 AND kind = 'ledger')`,
    row,
  );
  return removeCopies(before, scope);
}

function removeCopies(copies: readonly Row[], scope: Scope): Notice[] {
  for (const copy of copies) {
    scope.changes.touch(stringOf(copy['posted_on']));
    removeTransaction(copy['id'] ?? null, scope);
    scope.tally.removed += 1;
  }
  if (copies.length === 0) return [];
  const list = copies.map((copy) =>
    transactionText({
      postedOn: stringOf(copy['posted_on']),
      amount: stringOf(copy['amount']),
      name: textOf(copy['name']),
    }),
  );
  const message = `the bank lists transactions twice; removed as copies: ${examples(list)}`;
  return [{ code: 'repeated-transaction', message }];
}
