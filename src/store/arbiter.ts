/**
 * The arbiter: where a statement can be understood in several ways, the way is chosen under which the balances disagree least
 * with the transactions.
 */

import { type Decimal, isDecimal } from '../model/decimal.js';
import { absolute, compare, sum } from '../model/money.js';
import { type Database, stringOf } from './database.js';
import { type Policy, USUAL } from './identity/identify.js';

/** The result of a save under one policy. */
interface Attempt<T> {
  readonly result: T;
  readonly alternatives: readonly Policy[];
}

interface Tried<T> {
  readonly attempt: Attempt<T>;
  readonly policy: Policy;
  readonly disagreement: Disagreement;
}

interface Disagreement {
  readonly gaps: number;
  readonly amount: Decimal;
}

/** Policies that are tried for one statement. */
const MOST_TRIALS = 8;

/** Saves under the usual policy; when new gaps appear that way, under others, too, and keeps the best. */
export function saveByBalances<T>(db: Database, account: number, save: (policy: Policy) => Attempt<T>): T {
  const before = disagreementOf(db, account);
  const attempt = (policy: Policy): Tried<T> => {
    db.exec('SAVEPOINT attempt');
    return { attempt: save(policy), policy, disagreement: disagreementOf(db, account) };
  };
  const first = attempt(USUAL);
  let best = first;
  let last = first;
  const open = isWorse(first.disagreement, before) ? [...first.attempt.alternatives] : [];
  const tried = new Set([keyOf(USUAL)]);
  for (let next = open.shift(); next !== undefined && tried.size < MOST_TRIALS; next = open.shift()) {
    if (tried.has(keyOf(next))) continue;
    tried.add(keyOf(next));
    db.exec('ROLLBACK TO attempt');
    last = attempt(next);
    open.push(...last.attempt.alternatives);
    if (isWorse(best.disagreement, last.disagreement)) best = last;
    if (!isWorse(best.disagreement, before)) break;
  }
  if (best === last) return best.attempt.result;
  db.exec('ROLLBACK TO attempt');
  return attempt(best.policy).attempt.result;
}

function keyOf({ repeated, pairs }: Policy): string {
  return `${repeated} ${pairs}`;
}

function disagreementOf(db: Database, account: number): Disagreement {
  const gaps = db.all('SELECT missing FROM gaps WHERE account = ?', account).map((row) => stringOf(row['missing']));
  return { gaps: gaps.length, amount: sum(gaps.filter(isDecimal).map(absolute)) };
}

function isWorse(a: Disagreement, b: Disagreement): boolean {
  return a.gaps > b.gaps || (a.gaps === b.gaps && compare(a.amount, b.amount) > 0);
}
