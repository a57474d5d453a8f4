/**
 * The arbiter: where a statement can be understood in several ways, the way is chosen under which the balances disagree least
 * with the transactions.
 */

import { type Decimal, isDecimal } from '../../model/decimal.js';
import { absolute, compare, sum, ZERO } from '../../model/money.js';
import { type Database, stringOf } from '../database.js';
import type { Policy } from '../identity/identity.js';

/** The result of a save under one policy. */
interface Attempt<T> {
  /** Completes the save. @param isConfirmed returns true when balances that were stated with the statement, or later, agree. */
  readonly result: (isConfirmed: () => boolean) => T;
  readonly alternatives: readonly Policy[];
}

interface Disagreement {
  readonly gaps: number;
  readonly amount: Decimal;
}

const NONE: Disagreement = { gaps: 0, amount: ZERO };

/** Policies that are tried for one statement. */
const MOST_TRIALS = 8;

/**
 * Saves under the usual policy. When new gaps appear that way, other policies are tried; one under which none appear is kept.
 * One that only has fewer of them proves nothing.
 */
export function saveByBalances<T>(
  db: Database,
  { account, position, hadGaps }: { readonly account: number; readonly position: string; readonly hadGaps: boolean },
  usual: Policy,
  save: (policy: Policy) => Attempt<T>,
): T {
  const before = hadGaps ? disagreementOf(db, account) : NONE;
  const attempt = (policy: Policy): Attempt<T> => {
    db.run('SAVEPOINT attempt');
    return save(policy);
  };
  const first = attempt(usual);
  const agrees = () => !isWorse(disagreementOf(db, account), before);
  const isJudged = () => isJudgedBy(db, account, position);
  if (agrees()) return first.result(isJudged);
  const open = isJudged() ? [...first.alternatives] : [];
  if (open.length === 0) return first.result(() => false);
  const tried = new Set([keyOf(usual)]);
  for (let next = open.shift(); next !== undefined && tried.size < MOST_TRIALS; next = open.shift()) {
    if (tried.has(keyOf(next))) continue;
    tried.add(keyOf(next));
    db.exec('ROLLBACK TO attempt');
    const { result, alternatives } = attempt(next);
    if (agrees()) return result(() => true);
    open.push(...alternatives);
  }
  db.exec('ROLLBACK TO attempt');
  return attempt(usual).result(() => false);
}

/** Returns `true` when a balance was stated with the statement or later: an earlier one may lack whatever came since. */
function isJudgedBy(db: Database, account: number, position: string): boolean {
  return (
    db.get(
      "SELECT 1 FROM balances WHERE account = ? AND kind = 'ledger' AND position >= ? LIMIT 1",
      account,
      position,
    ) !== null
  );
}

function keyOf({ repeated, pairs }: Policy): string {
  return `${repeated} ${pairs}`;
}

function disagreementOf(db: Database, account: number): Disagreement {
  const gaps = db.all('SELECT missing FROM gaps WHERE account = ?', account).map((row) => stringOf(row['missing']));
  return { gaps: gaps.length, amount: sum(gaps.filter(isDecimal).map(absolute)) };
}

function isWorse(a: Disagreement, b: Disagreement): boolean {
  return a.gaps > b.gaps || compare(a.amount, b.amount) > 0;
}
