/** Stores what was delivered, and sums up what saving did. What cannot be stored is a failure of that account alone. */

import { toOfxSyncError } from '../errors.js';
import { clocksDisagree, earlier } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import { eachOnce, type Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { statusMeaning } from '../ofx/status.js';
import type { Outcome, SaveResult, StatementWindow, Store } from '../ports.js';
import type { Delivery } from './download.js';

interface SaveContext {
  readonly store: Store;
  readonly runId: number;
  readonly at: Date;
  readonly institution: Institution | undefined;
}

/** Stores the statement of a delivery, if it has one. @returns the outcome for the account. */
export function saveDelivery(delivery: Delivery, { store, runId, at, institution }: SaveContext): Outcome {
  const { wanted, durationMs, attempts, notices } = delivery;
  const base = { account: wanted.account, durationMs, attempts };
  if ('error' in delivery) {
    const { error, status, partial } = delivery;
    if (partial !== undefined) savePartial(partial, delivery, { store, runId, at, institution });
    return { ...base, notices, status, error };
  }
  const { statement, serverTime } = delivery;
  try {
    if (institution === undefined) throw new TypeError(`no institution ${wanted.account.institution}`);
    const answered = answeredWindow(wanted, statement, institution);
    const context = { runId, at, serverTime, wanted: answered, institution, notices };
    const saved = store.save(wanted.account, statement, context);
    return {
      ...base,
      status: 'ok',
      statement: { ...statement, ledgerBalance: saved.ledgerBalance },
      saved,
      notices: eachOnce([...notices, ...clockNotices(at, serverTime), ...noticesOf(statement, saved)]),
    };
  } catch (error) {
    return { ...base, notices, status: 'failed', error: toOfxSyncError(error) };
  }
}

/** Stores what came of a statement that failed. The failure is reported already: one of storing adds nothing to it. */
function savePartial(
  statement: Statement,
  { wanted, serverTime, notices }: Delivery,
  { store, runId, at, institution }: SaveContext,
): void {
  if (institution === undefined) return;
  try {
    store.save(wanted.account, statement, { runId, at, serverTime, wanted, institution, notices });
  } catch (error) {
    if (toOfxSyncError(error).code === 'BUG') throw error;
  }
}

/**
 * Returns the days that a statement answers. A bank answers all that were requested; a program may print an older file, which says
 * nothing of the days after it.
 */
export function answeredWindow(
  wanted: StatementWindow,
  { period }: Statement,
  { program }: Pick<Institution, 'program'>,
): StatementWindow {
  if (program === undefined || period === null || period.to < wanted.from) return wanted;
  return { ...wanted, to: wanted.to === null ? period.to : earlier(period.to, wanted.to) };
}

/** Reports clocks that are more than a day apart, with both times. */
function clockNotices(at: Date, serverTime: string | null): Notice[] {
  if (serverTime === null || !clocksDisagree(at, serverTime)) return [];
  const message = `the clock of this computer says ${at.toISOString()}, that of the bank ${serverTime}. If yours is wrong, set it and sync again`;
  return [{ code: 'clocks-differ', message }];
}

/** Returns the notices of one statement: the institution's warning, those of reading, and those of saving. */
export function noticesOf(statement: Statement, saved: SaveResult): Notice[] {
  return eachOnce([...warningOf(statement), ...statement.notices, ...saved.notices]);
}

/** The warning that an institution sends with a statement. */
function warningOf({ status: { severity, code, message } }: Statement): Notice[] {
  if (severity !== 'WARN') return [];
  const text = message === null || message === '' ? '' : `: “${message}”`;
  return [{ code: 'institution-warns', message: `${statusMeaning(code)} (${code})${text}` }];
}

export const NOTHING_SAVED: SaveResult = {
  received: 0,
  new: 0,
  changed: 0,
  removed: 0,
  pending: 0,
  unchanged: 0,
  ledgerBalance: null,
  notices: [],
};

/** Adds up two saves of one account, the earlier first. */
export function addSaves(a: SaveResult, b: SaveResult): SaveResult {
  return {
    received: a.received + b.received,
    new: a.new + b.new,
    changed: a.changed + b.changed,
    removed: a.removed + b.removed,
    pending: b.pending,
    unchanged: a.unchanged + b.unchanged,
    ledgerBalance: b.ledgerBalance,
    notices: eachOnce([...a.notices, ...b.notices]),
  };
}
