/** What needs a person, and the command for it. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { type AccountCondition, type Attention, attentionOf } from '../../../src/report/attention.js';
import { account, card } from '../../support/builders.js';

const FINE: AccountCondition = {
  account: account(),
  lastSuccessAt: '2026-11-20T12:00:00Z',
  lastFailure: null,
  failures: 0,
  failingSince: null,
  unread: [],
  ageMs: 0,
  stale: false,
  failing: false,
  blocked: null,
  gaps: [],
};
const QUIET = { undelivered: 0, failedRun: null };
const gap = { institution: 'river', account: 'checking', from: isoDate('2026-11-02'), to: isoDate('2026-11-09') };

function attention(...conditions: Partial<AccountCondition>[]): Attention[] {
  return attentionOf(
    conditions.map((one) => ({ ...FINE, ...one })),
    QUIET,
  );
}

const failure = (code: string) => ({
  at: '2026-11-20T06:30:00Z',
  status: 'failed' as const,
  code,
  message: 'signon refused',
  hint: 'Check the password, then: ofx-sync secret set river',
});

describe('what needs a person', () => {
  test('nothing', () => {
    expect(attention({}, {})).toEqual([]);
  });

  test('a failure of several accounts of one bank is told once, with its own hint', () => {
    const failing = { failing: true, lastFailure: failure('SIGNON_REJECTED') };
    const found = attention(
      failing,
      { ...failing, account: card() },
      { ...failing, account: account({ institution: 'summit' }) },
    );
    expect(
      found.map(({ kind, accounts, what, more }) => ({ kind, names: accounts.map(({ name }) => name), what, more })),
    ).toEqual([
      { kind: 'failing', names: ['checking', 'card'], what: 'signon refused', more: failing.lastFailure.hint },
      { kind: 'failing', names: ['checking'], what: 'signon refused', more: failing.lastFailure.hint },
    ]);
  });

  test('a blocked sign-on', () => {
    const blocked = { code: 'SIGNON_REJECTED', message: 'signon refused', at: '2026-11-20T06:30:00Z' };
    expect(attention({ failing: true, lastFailure: failure('SIGNON_BLOCKED'), blocked })[0]?.kind).toBe('signon');
  });

  test('a failure that a success followed is over', () => {
    expect(attention({ failing: false, lastFailure: failure('TIMED_OUT') })).toEqual([]);
  });

  test('a stale account with the command that downloads it, a failing one without', () => {
    const named = account({ name: 'joint account' });
    expect(attention({ account: named, stale: true })).toMatchObject([
      { kind: 'stale', since: '2026-11-20', command: 'ofx-sync sync "river/joint account"' },
    ]);
    expect(attention({ stale: true, lastSuccessAt: null, ageMs: null })[0]).toMatchObject({
      what: 'No statement was downloaded yet',
      since: null,
    });
    expect(
      attention({ stale: true, failing: true, lastFailure: failure('TIMED_OUT') }).map(({ kind }) => kind),
    ).toEqual(['failing']);
  });

  test('both kinds of gaps', () => {
    const missing = { amount: decimal('-5.00'), currency: 'USD' };
    const excess = [{ id: '1a2b', postedOn: isoDate('2026-11-03'), amount: decimal('-5.00'), name: null }];
    expect(
      attention({
        gaps: [
          { ...gap, missing },
          { ...gap, missing, excess },
          { ...gap, missing: null },
        ],
      }),
    ).toMatchObject([
      { kind: 'gap', command: 'ofx-sync sync river/checking --since 2026-11-02', gap: { missing } },
      { kind: 'gap', more: 'May be stored once too often: 1a2b. To request these days again:' },
      { kind: 'gap', command: 'ofx-sync import FILE', gap: { missing: null } },
    ]);
  });

  test('parts that were not read', () => {
    const part = { code: 'bad-transaction', message: 'STMTTRN was skipped', count: 1, on: null, foundAt: '2026-11-20' };
    expect(attention({ unread: [part, part] })).toMatchObject([
      {
        what: 'Not read: STMTTRN was skipped',
        more: '1 more could not be read. After an update of ofx-sync:',
        command: 'ofx-sync import --replay',
      },
    ]);
  });

  test('what concerns the whole program stands first and last', () => {
    const found = attentionOf([{ ...FINE, stale: true }], {
      undelivered: 1,
      failedRun: { message: 'bad file', hint: null },
    });
    expect(found.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      'run: The last scheduled run failed: bad file',
      'stale: The last statement is too old',
      'messages: 1 message is not delivered yet',
    ]);
  });
});
