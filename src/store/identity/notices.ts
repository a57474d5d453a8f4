/** Notices about the identity of transactions: what was recognised, and what is in doubt. */

import type { Notice } from '../../model/notice.js';
import type { Scope } from '../rows.js';
import type { IdentityResult } from './identity.js';

/** Examples in one notice. */
const MOST_EXAMPLES = 20;

/** The parts of a transaction that a notice names. */
interface Example {
  readonly postedOn: string;
  readonly amount: string;
  readonly name: string | null;
}

export function identityNotices(
  { renamed, reused, settled, unlisted, repeated }: IdentityResult,
  scope: Pick<Scope, 'db' | 'accountRow'>,
  isDropped: boolean,
): Notice[] {
  const notices: Notice[] = [];
  if (renamed > 0)
    notices.push({
      code: 'unstable-fitid',
      message: `${renamed} known transaction(s) arrived with a different FITID and were recognised by date, amount, name and memo. If the bank does so each time, set unstableFitid: true`,
    });
  if (reused > 0)
    notices.push({
      code: 'reused-fitid',
      message: `${reused} FITID(s) of earlier transactions were used again for others; both are kept`,
    });
  if (settled.length > 0)
    notices.push({
      code: 'settled-transaction',
      message: `${settled.length} known transaction(s) arrived with another FITID and another day, name or amount: ${examples(
        settled.map(
          ({ row, transaction }) =>
            `${transactionText({ ...row.content(), ...row })} is now ${transactionText(transaction)}`,
        ),
      )}`,
    });
  if (unlisted.length > 0)
    notices.push({
      code: 'unlisted-transaction',
      message: `the bank no longer lists ${examples(unlisted.map((row) => transactionText({ ...row.content(), ...row })))}: kept unless the balances show that it is gone`,
    });
  const open = isDropped ? [] : repeated.filter(({ postedOn }) => !isBetweenBalances(postedOn, scope));
  if (open.length > 0)
    notices.push({
      code: 'repeated-transaction',
      message: `the bank lists equal transactions with one FITID, and no balances show if they are one: ${examples(open.map(transactionText))}; each is kept`,
    });
  return notices;
}

/** Returns `-42.00 of 2026-11-09 (GROCER)`. */
export function transactionText({ postedOn, amount, name }: Example): string {
  return `${amount} of ${postedOn}${name === null ? '' : ` (${name})`}`;
}

/** Lists texts; of many the first ones, and the number of the others. */
export function examples(all: readonly string[]): string {
  const more = all.length - MOST_EXAMPLES;
  return `${all.slice(0, MOST_EXAMPLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Returns `true` for a day after the first and up to the last balance: what is stored of it is judged by both. */
export function isBetweenBalances(day: string, { db, accountRow: row }: Pick<Scope, 'db' | 'accountRow'>): boolean {
  const days = db.get(
    "SELECT MIN(as_of) AS first, MAX(as_of) AS last FROM balances WHERE account = ? AND kind = 'ledger'",
    row,
  );
  return String(days?.['first'] ?? '9999') < day && day <= String(days?.['last'] ?? '');
}
