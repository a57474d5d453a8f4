/** Accounts as many as wanted, some of which have failed, with names that are long, wide or written from right to left. */

import { SignonError } from '../../src/errors.js';
import type { Account } from '../../src/model/account.js';
import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { Outcome, ProgressEvent } from '../../src/ports.js';
import type { SyncResult } from '../../src/sync/sync.js';
import { account, statement } from './builders.js';

const INSTITUTIONS = [
  'river',
  'Bank mit einem recht langen Namen',
  '東京三菱銀行',
  'بنك القاهرة',
  'בנק',
  'summit-card',
];
const NAMES = ['checking', 'savings', '普通預金', 'جاري', 'Épargne ☕', 'joint-household-account-of-both'];
const AMOUNTS = ['5432.10', '-18200.00', '0.00', '1234567890.12', '7.00'];

function accountAt(index: number): Account {
  const institution = INSTITUTIONS[index % INSTITUTIONS.length] ?? '';
  const round = Math.floor(index / INSTITUTIONS.length);
  return account({
    institution: round === 0 ? institution : `${institution}-${round}`,
    name: NAMES[(index * 5) % NAMES.length] ?? '',
    id: String(123_456_000 + index),
  });
}

function outcomeAt(index: number): Outcome {
  const base = {
    account: accountAt(index),
    durationMs: 200 + ((index * 37) % 90) * 100,
    attempts: 1,
    notices:
      index % 10 === 4
        ? [{ code: 'gap', message: '12.00 USD are missing between 2026-11-02 and 2026-11-09' } as const]
        : [],
  };
  if (index % 10 === 7)
    return {
      ...base,
      status: 'failed',
      error: new SignonError('SIGNON_REJECTED', 'signon refused (15500): “الرمز خطأ”', {
        hint: `Check the password, then: ofx-sync secret set ${base.account.institution}`,
      }),
    };
  const balance = decimal(AMOUNTS[index % AMOUNTS.length] ?? '');
  const ledgerBalance = { amount: balance, currency: 'USD', asOf: isoDate('2026-11-20') };
  return {
    ...base,
    status: 'ok',
    statement: statement({ ledgerBalance: index % 10 === 9 ? null : ledgerBalance }),
    saved: {
      received: index % 40,
      new: index % 40,
      changed: index % 10 === 2 ? 1 : 0,
      removed: 0,
      pending: index % 10 === 3 ? 2 : 0,
      unchanged: 0,
      ledgerBalance,
      notices: [],
    },
  };
}

export function resultOf(accounts: number): SyncResult {
  const outcomes = Array.from({ length: accounts }, (_, index) => outcomeAt(index));
  return {
    startedAt: new Date('2026-11-20T06:30:00Z'),
    durationMs: 10_100,
    sequentialMs: 36_000,
    concurrency: 10,
    outcomes,
    interrupted: false,
  };
}

/** In the middle of a run: a third is done, ten are at work, the rest waits. */
export function* eventsOf(accounts: number): Iterable<ProgressEvent> {
  const all = Array.from({ length: accounts }, (_, index) => accountAt(index));
  yield { type: 'start', accounts: all };
  const done = Math.floor(accounts / 3);
  for (let index = 0; index < done; index += 1) yield { type: 'outcome', outcome: outcomeAt(index) };
  for (const [index, one] of all.slice(done, done + 10).entries())
    yield index % 3 === 2
      ? { type: 'state', account: one, state: 'retrying', detail: 'after HTTP 503' }
      : { type: 'state', account: one, state: 'receiving', bytes: index * 20_000 };
}
