/** The institutions that are due in an unattended run. */

import { expect, test } from 'vitest';
import type { Config } from '../../../src/model/institution.js';
import { backOff, dueAccounts } from '../../../src/schedule/backoff.js';
import { account, institution } from '../../support/builders.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-20T06:30:00Z');
const CHECKING = account();
const SAVINGS = account({ name: 'savings', id: '000123457' });

function due(lastHoursAgo: Readonly<Record<string, number>>, failures = 0, own: { atMostEveryMs?: number } = {}) {
  const config: Config = {
    file: '/home/alex/accounts.yaml',
    defaults: {
      historyDays: 90,
      overlapDays: 10,
      timeoutMs: 60_000,
      concurrency: 10,
      perInstitution: 1,
      retries: 2,
      keepRepliesDays: 30,
      staleAfterMs: 72 * HOUR,
      atMostEveryMs: HOUR / 2,
    },
    institutions: [institution({ accounts: [CHECKING, SAVINGS], ...own })],
  };
  const lastAt = new Map(
    Object.entries(lastHoursAgo).map(([name, hours]) => [name, new Date(NOW.getTime() - hours * HOUR).toISOString()]),
  );
  const store = { requestHistory: () => ({ lastAt, failures }) };
  const { accounts, skipped } = dueAccounts(config, [CHECKING, SAVINGS], { store, now: NOW });
  return { names: accounts.map(({ name }) => name), skipped: skipped.map(({ reason }) => reason) };
}

const BOTH = { names: ['checking', 'savings'], skipped: [] };

test.each([
  ['never asked', {}, 0, BOTH],
  ['one account is new', { checking: 0.1 }, 0, BOTH],
  ['asked a day ago', { checking: 24, savings: 24 }, 0, BOTH],
  ['asked 29 minutes ago', { checking: 0.48, savings: 0.48 }, 0, { names: [], skipped: ['asked-lately'] }],
  ['one of them long ago', { checking: 0.48, savings: 24 }, 0, BOTH],
  ['down for one run, an hour ago', { checking: 1.1, savings: 1.1 }, 1, BOTH],
  ['down for four runs, seven hours ago', { checking: 7, savings: 7 }, 4, { names: [], skipped: ['down'] }],
  ['down for a month, a day less half an hour ago', { checking: 23.5, savings: 23.5 }, 30, BOTH],
  [
    'the clock was put back by ten minutes',
    { checking: -0.16, savings: -0.16 },
    0,
    { names: [], skipped: ['asked-lately'] },
  ],
  ['the clock was a year ahead at the last run', { checking: -8760, savings: -8760 }, 0, BOTH],
])('%s', (_, lastHoursAgo, failures, expected) => {
  expect(due(lastHoursAgo, failures)).toEqual(expected);
});

test('the institution’s own interval comes first', () => {
  expect(due({ checking: 20, savings: 20 }, 0, { atMostEveryMs: 24 * HOUR }).skipped).toEqual(['asked-lately']);
});

test('the wait doubles, up to less than a day', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 60].map((failures) => backOff(failures) / HOUR)).toEqual([0, 1, 2, 4, 8, 16, 20, 20]);
});
