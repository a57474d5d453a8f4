/** Which window each account is asked for. */

import { expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { accountKey } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import type { Config } from '../../../src/model/institution.js';
import type { Store, WindowState } from '../../../src/ports.js';
import { chosenAccounts, planJobs, type WindowOptions } from '../../../src/sync/plan.js';
import { account, institution } from '../../support/builders.js';

const today = isoDate('2026-11-20');
const config = {
  file: 'accounts.yaml',
  defaults: { historyDays: 90, overlapDays: 10 },
  institutions: [institution()],
} as unknown as Config;

function windowFor(
  spans: readonly (readonly [string, string])[],
  windows: WindowOptions = {},
  historyDays: number | null = null,
) {
  const state = {
    coverage: spans.map(([from, to]) => ({ from: isoDate(from), to: isoDate(to), downloaded: true })),
    historyDays,
    gaps: [],
  } as unknown as WindowState;
  const store: Pick<Store, 'windowStates'> = {
    windowStates: (accounts) => new Map(spans.length === 0 ? [] : accounts.map((one) => [one, state])),
  };
  const [job] = planJobs(config, { names: [], windows, store, today });
  const { from, to } = job?.wanted[0] ?? {};
  return [from, to];
}

test('first `history`, then the end less the overlap; --since and --until override', () => {
  expect(windowFor([])).toEqual(['2026-08-22', null]);
  expect(windowFor([['2026-08-01', '2026-11-18']])).toEqual(['2026-11-08', null]);
  expect(windowFor([['2026-08-01', '2026-11-18']], { since: isoDate('2026-01-01') })).toEqual(['2026-01-01', null]);
  expect(windowFor([], { until: isoDate('2026-06-30') })).toEqual(['2026-04-01', '2026-06-30']);
  expect(windowFor([['2026-08-01', '2026-11-18']], { until: { days: 30 } })).toEqual(['2026-07-23', '2026-10-21']);
});

test('a known limit trims what is known already, and never what is not', () => {
  expect(windowFor([['2026-08-01', '2026-11-18']], {}, 5)).toEqual(['2026-11-15', null]);
  // A pause: the days from the 2nd on were never covered, whatever the limit once was.
  expect(windowFor([['2026-08-01', '2026-11-01']], {}, 5)).toEqual(['2026-10-22', null]);
});

test('accounts are chosen by bank, name or both, in the order of the configuration; the first unknown name is an error', () => {
  const of = (bank: string, ...names: readonly string[]) =>
    institution({ name: bank, accounts: names.map((name) => account({ institution: bank, name })) });
  const chosen = (...names: readonly string[]) =>
    chosenAccounts({ ...config, institutions: [of('river', 'checking', 'card'), of('summit', 'checking')] }, names).map(
      accountKey,
    );
  expect(chosen()).toEqual(['river/checking', 'river/card', 'summit/checking']);
  expect(chosen('summit', 'river/card')).toEqual(['river/card', 'summit/checking']);
  expect(chosen('checking')).toEqual(['river/checking', 'summit/checking']);
  expect(() => chosen('card', 'sumit', 'nowhere')).toThrow(
    new UsageError('no bank or account is named "sumit"', 'Did you mean summit?'),
  );
  expect(() => chosen('zzz')).toThrow(
    new UsageError('no bank or account is named "zzz"', 'Known names: river, summit'),
  );
});
