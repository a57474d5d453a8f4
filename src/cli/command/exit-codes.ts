/** Exit statuses, one table for the program, its help and docs/errors.md. */

import type { OfxSyncError } from '../../errors.js';
import type { SyncResult } from '../../sync/sync.js';

export const EXIT = { ok: 0, someFailed: 1, usage: 2, allFailed: 3, bug: 70, busy: 75, interrupted: 130 } as const;

export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'every account was downloaded'],
  [EXIT.someFailed, 'some account failed; the others are stored'],
  [EXIT.usage, 'invalid usage or configuration; nothing was sent'],
  [EXIT.allFailed, 'every account failed'],
  [EXIT.bug, 'a bug in ofx-sync'],
  [EXIT.busy, 'another run is at work; nothing was done'],
  [EXIT.interrupted, 'interrupted; what was received is stored'],
];

export function exitOfSync({ outcomes, interrupted }: SyncResult): number {
  if (interrupted) return EXIT.interrupted;
  if (outcomes.some((outcome) => outcome.status !== 'ok' && outcome.error.code === 'BUG')) return EXIT.bug;
  return exitOfCounts(outcomes.filter(({ status }) => status !== 'ok').length, outcomes.length);
}

/** Returns the status for a number of failures among all that was tried. */
export function exitOfCounts(failed: number, all: number): number {
  if (failed === 0) return EXIT.ok;
  return failed === all ? EXIT.allFailed : EXIT.someFailed;
}

/** Returns the status for an error that ended a command. */
export function exitOfError({ code }: OfxSyncError): number {
  if (code === 'BUG') return EXIT.bug;
  if (code === 'INTERRUPTED') return EXIT.interrupted;
  // EX_TEMPFAIL of sysexits.h: the same command works later.
  if (code === 'STORE_LOCKED') return EXIT.busy;
  return BEFORE_ANYTHING.has(code) ? EXIT.usage : EXIT.someFailed;
}

/** Errors before anything is sent. */
const BEFORE_ANYTHING: ReadonlySet<OfxSyncError['code']> = new Set([
  'USAGE',
  'CONFIG_INVALID',
  'CONFIG_NOT_FOUND',
  'NOT_TRUSTED',
]);
