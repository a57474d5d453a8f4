/** Which changes are reported and which are not, from states of accounts and the conditions reported before. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { type Condition, NOTIFICATION_KINDS, type NotifySettings } from '../../../src/model/notifications.js';
import { changesSince } from '../../../src/notify/changes.js';
import type { Freshness } from '../../../src/notify/freshness.js';
import { messageOf } from '../../../src/notify/message.js';
import { account } from '../../support/builders.js';

function fresh(change: Partial<Freshness> & { name?: string } = {}): Freshness {
  const { name = 'checking', ...rest } = change;
  return {
    institution: 'river',
    account: account({ name }),
    lastSuccessAt: '2026-11-20T06:30:00.000Z',
    lastFailure: null,
    failures: 0,
    failingSince: null,
    ageMs: 0,
    staleAfterMs: 1,
    stale: false,
    failing: false,
    blocked: null,
    gaps: [],
    unread: [],
    ...rest,
  };
}

const failure = (code: string, message = 'down', hint: string | null = null) =>
  ({ at: '2026-11-20T06:30:00.000Z', status: 'failed', code, message, hint }) as const;
const down = (name: string, code = 'SERVER_UNAVAILABLE') =>
  fresh({ name, failing: true, failures: 1, failingSince: '2026-11-20T06:30:00.000Z', lastFailure: failure(code) });
const reported = (kind: Condition['kind'], name = 'checking', detail = ''): Condition => ({
  kind,
  institution: 'river',
  account: name,
  detail,
});
const GAP = {
  institution: 'river',
  account: 'checking',
  from: isoDate('2026-11-01'),
  to: isoDate('2026-11-10'),
  missing: { amount: decimal('-12.34'), currency: 'USD' },
};

const kinds = (accounts: readonly Freshness[], known: readonly Condition[] = []) =>
  changesSince(known, accounts).news.map((news) =>
    [news.kind, news.account ?? '*', ...(news.over === null ? [] : [news.over])].join(' '),
  );

describe('news', () => {
  test.each<[string, readonly Freshness[], readonly Condition[], readonly string[]]>([
    ['all is well', [fresh()], [], []],
    ['a first failure', [down('checking')], [], ['failing checking']],
    ['the same failure again', [down('checking')], [reported('failing')], []],
    ['it works again', [fresh()], [reported('failing')], ['recovered checking failing']],
    [
      'never fetched is failing and not stale',
      [{ ...down('checking'), stale: true, lastSuccessAt: null }],
      [],
      ['failing checking'],
    ],
    [
      'it grows stale while it fails',
      [{ ...down('checking'), stale: true }],
      [reported('failing')],
      ['stale checking'],
    ],
    [
      'one recovery for everything that was reported of an account',
      [fresh()],
      [reported('failing'), reported('stale')],
      ['recovered checking failing'],
    ],
    [
      'a login that is refused is reported once',
      [down('checking', 'SIGNON_REJECTED'), down('savings', 'SIGNON_REJECTED')],
      [],
      ['signon *'],
    ],
    ['a busy login is a failure like others', [down('checking', 'SIGNON_BUSY')], [], ['failing checking']],
    ['a refusal after a failure', [down('checking', 'SIGNON_NEEDS_ACTION')], [reported('failing')], ['signon *']],
    [
      'a refused login whose institution is down has not recovered',
      [down('checking')],
      [reported('signon', '')],
      ['failing checking'],
    ],
    [
      'a login works again, for one of its accounts at least',
      [fresh(), down('savings', 'STATEMENT_REFUSED')],
      [reported('signon', '')],
      ['failing savings', 'recovered * signon'],
    ],
    ['a gap', [fresh({ gaps: [GAP] })], [], ['gap checking']],
    ['a gap that is known', [fresh({ gaps: [GAP] })], [reported('gap', 'checking', '2026-11-01..2026-11-10')], []],
    [
      'a gap that is explained, though the account fails',
      [down('checking')],
      [reported('gap', 'checking', '2026-11-01..2026-11-10'), reported('failing')],
      ['recovered checking gap'],
    ],
    ['an account that is no longer configured', [fresh()], [reported('failing', 'closed')], []],
  ])('%s', (_, accounts, known, expected) => {
    expect(kinds(accounts, known)).toEqual(expected);
  });

  test('recorded changes are not reported again, from any state to any other', () => {
    const states = [
      [fresh()],
      [down('checking')],
      [{ ...down('checking'), stale: true }],
      [down('checking', 'SIGNON_REJECTED')],
      [fresh({ gaps: [GAP] })],
    ];
    for (const before of states)
      for (const after of states) {
        let known: readonly Condition[] = changesSince([], before).began;
        const { began, ended } = changesSince(known, after);
        known = [...known.filter((one) => !ended.includes(one)), ...began];
        expect(changesSince(known, after)).toEqual({ began: [], ended: [], news: [] });
      }
  });
});

describe('messages', () => {
  const settings: NotifySettings = {
    to: { command: ['true'] },
    timeoutMs: 1000,
    kinds: NOTIFICATION_KINDS,
    details: false,
  };
  const context = { id: 'id-1', at: new Date('2026-11-20T06:30:00Z'), hidden: ['000123456', '12-77'] };
  const text = (
    accounts: readonly Freshness[],
    change: Partial<NotifySettings> = {},
    known: readonly Condition[] = [],
  ) => messageOf(changesSince(known, accounts).news, { ...settings, ...change }, context);

  test('accounts with the same news share a line', () => {
    expect(text([down('checking'), down('savings'), fresh({ name: 'cd' })])).toMatchObject({
      title: 'ofx-sync: river failed',
      text: 'river (checking, savings): no statement: down.',
    });
  });

  test('amounts and account numbers are omitted without details', () => {
    const said = 'Account 000123456 (card 4111 1111 1111 1111, 12-77) is 1,234.56 below since 2026-11-20; status 15500';
    const one = { ...down('checking'), lastFailure: failure('STATEMENT_REFUSED', said), gaps: [GAP] };
    expect(text([one])?.text).toBe(
      'river (checking): no statement: Account •••• (card ••••, ••••) is • below since 2026-11-20; status 15500.\nriver (checking): the balances from 2026-11-01 to 2026-11-10 differ by something that no transaction explains: one may be missing.',
    );
    expect(JSON.stringify(text([one]))).not.toMatch(/123456|4111|12-77|234|12\.34/);
    expect(text([one], { details: true })?.text).toContain(said);
    expect(text([one], { details: true })?.text).toContain('differ by -12.34 USD that no transaction explains');
  });

  test('control characters of an institution do not arrive', () => {
    const one = { ...down('checking'), lastFailure: failure('STATEMENT_REFUSED', 'a\u0000b\u001b[31m\nc') };
    expect(text([one])?.text).toBe('river (checking): no statement: a b [31m c.');
  });

  test('only the wanted kinds are reported, and their end', () => {
    expect(text([down('checking')], { kinds: ['signon', 'recovered'] })).toBeNull();
    expect(text([fresh()], { kinds: ['signon', 'recovered'] }, [reported('failing')])).toBeNull();
    expect(text([fresh()], { kinds: ['signon', 'recovered'] }, [reported('signon', '')])?.text).toBe(
      'river: works again.',
    );
  });
});
