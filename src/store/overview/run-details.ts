/** Reading runs with the outcome of each account. */

import type { RunDetail, RunOutcome } from '../../model/overview/history.js';
import { type Database, numberOf, type Row, stringOf, textOf } from '../database.js';
import { runIn } from '../runs.js';

/** Reads the newest finished runs, newest first; the accounts of each in the order of their ends. */
export function readRunDetails(db: Database, limit: number): RunDetail[] {
  return db.all('SELECT * FROM runs WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT ?', limit).map((row) => ({
    ...runIn(row),
    outcomes: db
      .all('SELECT * FROM outcomes WHERE run = ? ORDER BY end_ms, institution, account', row['id'] ?? null)
      .map(outcomeIn),
  }));
}

function outcomeIn(row: Row): RunOutcome {
  const status = row['status'];
  return {
    institution: stringOf(row['institution']),
    account: stringOf(row['account']),
    status: status === 'ok' || status === 'skipped' ? status : 'failed',
    code: textOf(row['code']),
    durationMs: numberOf(row['duration_ms']),
    endMs: row['end_ms'] == null ? null : numberOf(row['end_ms']),
  };
}
