/** Records of runs: their outcomes, and per account the last success and the failures since. */

import type { AccountRef } from '../model/account.js';
import type { AccountStatus, FailureRecord, Outcome, RequestHistory, RunRecord } from '../ports.js';
import { type Database, numberOf, type Row, stringOf, textOf } from './database.js';
import { readUnread } from './unread.js';

/** Returns one status for each account, in the given order. */
export function readStatus(db: Database, accounts: readonly AccountRef[]): AccountStatus[] {
  return accounts.map((account) => ({
    institution: account.institution,
    account: account.name,
    lastSuccessAt: lastSuccess(db, account),
    ...failures(db, account),
    unread: readUnread(db, account),
  }));
}

/** Reads the last success from the statements, which outlast their runs. A statement from a file says nothing about the institution. */
function lastSuccess(db: Database, { institution, name }: AccountRef): string | null {
  const row = db.get(
    `SELECT s.received_at FROM statements s JOIN accounts a ON a.id = s.account
     WHERE a.institution = ? AND a.name = ? AND s.run IS NOT NULL ORDER BY s.id DESC LIMIT 1`,
    institution,
    name,
  );
  return textOf(row?.['received_at']);
}

/** Excludes runs that a person stopped: they say nothing about the account. */
const JUDGED = "o.institution = ? AND o.account = ? AND (o.code IS NULL OR o.code <> 'INTERRUPTED')";

function failures(
  db: Database,
  { institution, name }: AccountRef,
): Pick<AccountStatus, 'lastFailure' | 'failures' | 'failingSince'> {
  const last = db.get(
    `SELECT r.started_at, o.status, o.code, o.message, o.hint FROM outcomes o JOIN runs r ON r.id = o.run
     WHERE ${JUDGED} AND o.status <> 'ok' ORDER BY o.run DESC LIMIT 1`,
    institution,
    name,
  );
  const good = db.get(
    "SELECT run FROM outcomes WHERE institution = ? AND account = ? AND status = 'ok' ORDER BY run DESC LIMIT 1",
    institution,
    name,
  );
  const since = db.get(
    `SELECT COUNT(*) AS n, MIN(o.run) AS first FROM outcomes o WHERE ${JUDGED} AND o.run > ?`,
    institution,
    name,
    numberOf(good?.['run']),
  );
  const first = db.get('SELECT started_at FROM runs WHERE id = ?', since?.['first'] ?? null);
  return {
    lastFailure: last === null ? null : failureOf(last),
    failures: numberOf(since?.['n']),
    failingSince: textOf(first?.['started_at']),
  };
}

function failureOf(row: Row): FailureRecord {
  return {
    at: stringOf(row['started_at']),
    status: row['status'] === 'skipped' ? 'skipped' : 'failed',
    code: stringOf(row['code']),
    message: stringOf(row['message']),
    hint: textOf(row['hint']),
  };
}

/** Codes of outcomes for which no request was sent. */
const UNSENT =
  "('INTERRUPTED', 'SIGNON_BLOCKED', 'SIGNON_UNCONFIRMED', 'SECRET_NOT_FOUND', 'SECRET_PROVIDER_UNAVAILABLE', 'STORE_FAILED', 'STORE_LOCKED', 'BUG')";
/** More failures in a row make no difference. */
const MOST_RUNS = 20;

export function readRequestHistory(db: Database, institution: string): RequestHistory {
  const requested = `o.institution = ? AND (o.code IS NULL OR o.code NOT IN ${UNSENT})`;
  const runs = db.all(
    `SELECT MAX(o.status = 'ok') AS ok FROM outcomes o WHERE ${requested} GROUP BY o.run ORDER BY o.run DESC LIMIT ${MOST_RUNS}`,
    institution,
  );
  const good = runs.findIndex((row) => numberOf(row['ok']) === 1);
  const last = db.all(
    `SELECT l.account, r.started_at FROM (SELECT o.account, MAX(o.run) AS run FROM outcomes o WHERE ${requested} GROUP BY o.account) l
     JOIN runs r ON r.id = l.run`,
    institution,
  );
  return {
    lastAt: new Map(last.map((row) => [stringOf(row['account']), stringOf(row['started_at'])])),
    failures: good < 0 ? runs.length : good,
  };
}

export function readRuns(db: Database, limit: number): RunRecord[] {
  return db
    .all(
      'SELECT started_at, finished_at, ok, failed, skipped, unattended FROM runs WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT ?',
      limit,
    )
    .map(runIn);
}

/** Reads a run from its row in `runs`. */
export function runIn(row: Row): RunRecord {
  const startedAt = stringOf(row['started_at']);
  return {
    startedAt,
    // The clock may have been put back during the run.
    durationMs: Math.max(0, Date.parse(stringOf(row['finished_at'])) - Date.parse(startedAt)),
    ok: numberOf(row['ok']),
    failed: numberOf(row['failed']),
    skipped: numberOf(row['skipped']),
    unattended: row['unattended'] === 1,
  };
}

/** @param one.endMs time since the start of the run, `null` if unknown. */
export function recordOutcome(db: Database, runId: number, one: { outcome: Outcome; endMs: number | null }): void {
  const { outcome, endMs } = one;
  const { code = null, message = null, hint = null } = outcome.status === 'ok' ? {} : outcome.error;
  const { account, status, durationMs } = outcome;
  const row = { run: runId, institution: account.institution, account: account.name, status, code, message, hint };
  db.insert('outcomes', { ...row, duration_ms: Math.round(durationMs), end_ms: endMs && Math.round(endMs) }, 'replace');
}

export function finishRun(db: Database, runId: number, finishedAt: Date): void {
  const count = (status: string) =>
    db.count('SELECT COUNT(*) AS n FROM outcomes WHERE run = ? AND status = ?', runId, status);
  const counts = { ok: count('ok'), failed: count('failed'), skipped: count('skipped') };
  db.update('runs', runId, { finished_at: finishedAt.toISOString(), ...counts });
}
