/**
 * Bridges that fail in each way that the sandbox knows, in one sync beside a bridge and a bank that are well. Each failure has its
 * code and says what to do, and fails the accounts that it is about and no others.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RunningBridge, startSandbox } from '../../src/sandbox/server.js';
import type { BRIDGE_FAULTS } from '../../src/sandbox/simplefin/faults.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T15:00:00Z');
/** Two accounts of one connection, and one of another. */
const ACCOUNTS = [
  ['checking', 'checking', 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b901'],
  ['savings', 'savings', 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b902'],
  ['card', 'creditcard', 'ACT-5a90d3b1-77c2-4c0e-8e5f-2f4bb1a6d310'],
] as const;
const all = (code: string) => [code, code, code];
const OK = 'ok';

/** Each fault with the outcome of each account, and words of the first hint. */
const FAULTS: Readonly<Record<keyof typeof BRIDGE_FAULTS, readonly [codes: readonly string[], hint: RegExp | null]>> = {
  'http-400': [all('HTTP_STATUS'), /\w/],
  'http-402': [all('PAYMENT_REQUIRED'), /subscription/],
  'http-403': [all('SIGNON_REJECTED'), /new setup token/],
  'http-404': [all('HTTP_STATUS'), /setup token/],
  'http-429': [all('TOO_MANY_REQUESTS'), /Try again in 2 minutes/],
  'http-500': [all('SERVER_UNAVAILABLE'), /try again later/i],
  'http-503': [all('SERVER_UNAVAILABLE'), /try again/i],
  'con-auth': [['CONNECTION_ATTENTION', 'CONNECTION_ATTENTION', OK], /renew the connection/],
  'con-failed': [['CONNECTION_ATTENTION', 'CONNECTION_ATTENTION', OK], /next update/],
  'con-new-code': [['CONNECTION_ATTENTION', 'CONNECTION_ATTENTION', OK], /next update/],
  'act-failed': [['STATEMENT_REFUSED', OK, OK], /next update/],
  'missing-days': [all(OK), null],
  'gen-auth': [all('SIGNON_REJECTED'), /new setup token/],
  'gen-failed': [all('STATEMENT_REFUSED'), /next update/],
  'no-accounts': [all('STATEMENT_MISSING'), /discover/],
  'new-ids': [all(OK), null],
  'daily-ids': [all(OK), null],
  'block-ids': [all(OK), null],
  'owed-positive': [all(OK), null],
  numbers: [all(OK), null],
  'no-pending-flag': [all(OK), null],
  'bad-entries': [all(OK), null],
  'strange-text': [all(OK), null],
  points: [all(OK), null],
  'version-1': [all(OK), null],
  'both-versions': [all(OK), null],
  hang: [all('TIMED_OUT'), /--timeout/],
  'hang-body': [all('TIMED_OUT'), /--timeout/],
  reset: [all('CONNECTION_FAILED'), /network/],
  html: [all('WEB_PAGE'), /blocks automated programs/],
  'html-maintenance': [all('WEB_PAGE'), /\w/],
  'html-sign-in': [all('WEB_PAGE'), /\w/],
  empty: [all('SIMPLEFIN_UNREADABLE'), /try again later/],
  truncated: [all('SIMPLEFIN_UNREADABLE'), /try again later/],
  cut: [all('CONNECTION_FAILED'), /\w/],
  garbage: [all('SIMPLEFIN_UNREADABLE'), /try again later/],
  drip: [all('TIMED_OUT'), /--timeout/],
  endless: [all('REPLY_TOO_LARGE'), /--since/],
  bomb: [all('REPLY_TOO_LARGE'), /--since/],
  redirect: [all('REDIRECTED'), /\w/],
  gzip: [all(OK), null],
  deflate: [all(OK), null],
  brotli: [all(OK), null],
};
/** The others end by themselves, however slow the machine is. */
const ENDLESS = ['hang', 'hang-body', 'drip'];

interface Outcome {
  readonly institution: string;
  readonly account: string;
  readonly status: string;
  readonly transactions: { readonly new: number } | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}
interface Row {
  readonly institution: string;
  readonly account: string;
  readonly postedOn: string;
  readonly amount: string;
  readonly pending: boolean;
}

function entry(name: string, address: string, more = ''): string {
  const rows = ACCOUNTS.map(([account, kind, id]) => `      - { name: ${account}, kind: ${kind}, id: ${id} }\n`);
  return `  - name: ${name}\n    simplefin: ${address}\n${more}    accounts:\n${rows.join('')}`;
}

const RIVER = `  - name: river
    url: sandbox://river
    userId: demo
    password: { literal: demo }
    accounts: [{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]
`;
const RETRY = 'retry-after=90';

describe('bridges that fail in every way, beside one that is well and a bank', () => {
  const cwd = scratchDir();
  const run = (...argv: string[]) => runCli(argv, { cwd, now: () => NOW });
  let accounts: readonly Outcome[] = [];
  let rows: readonly Row[] = [];
  const of = (institution: string) => accounts.filter((one) => one.institution === institution);
  const bookedAt = (institution: string, account: string) =>
    rows
      .filter((row) => row.institution === institution && row.account === account)
      .map(({ postedOn, amount, pending }) => `${postedOn} ${amount} ${pending}`)
      .toSorted();

  beforeAll(async () => {
    const failing = Object.keys(FAULTS).map((fault) =>
      entry(
        `f-${fault}`,
        `sandbox://bridge?fault=${fault}&${RETRY}`,
        ENDLESS.includes(fault) ? '    timeout: 2s\n' : '',
      ),
    );
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `institutions:\n${failing.slice(0, 20).join('')}${entry('well', 'sandbox://bridge')}${RIVER}${failing.slice(20).join('')}`,
    );
    const { stdout, stderr } = await run('sync', '--json', '--retries', '0', '--since', '40d');
    if (stdout === '') throw new Error(stderr);
    accounts = (JSON.parse(stdout) as { accounts: readonly Outcome[] }).accounts;
    rows = (JSON.parse((await run('transactions', '--json')).stdout) as { transactions: readonly Row[] }).transactions;
  });

  test('the accounts that are well are complete', () => {
    expect([...of('well'), ...of('river')].map(({ status, error }) => [status, error])).toEqual(
      Array.from({ length: 4 }, () => ['ok', null]),
    );
    expect([...of('well'), ...of('river')].every(({ transactions }) => (transactions?.new ?? 0) > 0)).toBe(true);
  });

  test.each(Object.entries(FAULTS))('%s', (fault, [codes, hint]) => {
    const outcomes = of(`f-${fault}`);
    expect(outcomes.map(({ status, error }) => error?.code ?? status)).toEqual(codes);
    for (const { error } of outcomes) expect(error === null || /\w+ \w+/.test(error.hint)).toBe(true);
    if (hint !== null) expect(outcomes.find(({ error }) => error !== null)?.error?.hint).toMatch(hint);
  });

  test.each(Object.entries(FAULTS).filter(([fault, [codes]]) => codes.includes(OK) && fault !== 'missing-days'))(
    '%s: what came is the same as from a bridge that is well',
    (fault, [codes]) => {
      for (const [index, [account]] of ACCOUNTS.entries())
        if (codes[index] === OK) expect(bookedAt(`f-${fault}`, account)).toEqual(bookedAt('well', account));
    },
  );

  test('missing days are a notice of their account', () => {
    const [checking, savings] = of('f-missing-days');
    expect(checking?.notices.map(({ code }) => code)).toContain('missing-data');
    expect(savings?.notices.map(({ code }) => code)).not.toContain('missing-data');
    expect(bookedAt('f-missing-days', 'checking').length).toBeLessThan(bookedAt('well', 'checking').length);
  });

  test('entries that cannot be used are a notice', () => {
    expect(of('f-bad-entries').flatMap(({ notices }) => notices.map(({ code }) => code))).toContain('bad-transaction');
  });
});

describe('days that were missing', () => {
  async function scene() {
    let now = NOW;
    const sandbox = await startSandbox({ now: () => now });
    const bridge: RunningBridge = sandbox.bridge('bridge');
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), `institutions:\n${entry('bridge', 'env:ACCESS')}`);
    const run = (...argv: string[]) => runCli(argv, { cwd, now: () => now, env: { ACCESS: bridge.accessUrl() } });
    const counts = async () => {
      const { transactions } = JSON.parse((await run('transactions', '--json')).stdout) as {
        transactions: readonly Row[];
      };
      return ACCOUNTS.map(([name]) => transactions.filter((row) => row.account === name && !row.pending).length);
    };
    return {
      sandbox,
      bridge,
      run,
      counts,
      later: (days: number) => {
        now = new Date(now.getTime() + days * 86_400_000);
      },
    };
  }

  test('come with the next sync, with none twice, after a bridge said that some were missing', async () => {
    const { sandbox, bridge, run, counts } = await scene();
    try {
      const whole = await scene();
      await whole.run('sync', '-q');
      bridge.misbehave('fault=missing-days');
      expect((await run('sync', '-q')).code).toBe(0);
      expect(await counts()).not.toEqual(await whole.counts());
      bridge.misbehave('');
      expect((await run('sync', '-q')).code).toBe(0);
      expect(await counts()).toEqual(await whole.counts());
      await whole.sandbox.close();
    } finally {
      await sandbox.close();
    }
  });

  test('come too after a connection needed attention for some days', async () => {
    const { sandbox, bridge, run, counts, later } = await scene();
    try {
      expect((await run('sync', '-q')).code).toBe(0);
      const before = await counts();
      later(1);
      bridge.misbehave('fault=con-auth');
      for (let day = 0; day < 8; day += 1) {
        expect((await run('sync', '-q')).code).toBe(1);
        later(1);
      }
      bridge.misbehave('');
      expect((await run('sync', '-q')).code).toBe(0);
      const fresh = await scene();
      fresh.later(9);
      await fresh.run('sync', '-q', '--since', '2026-08-22');
      expect(await counts()).toEqual(await fresh.counts());
      expect(await counts()).not.toEqual(before);
      await fresh.sandbox.close();
    } finally {
      await sandbox.close();
    }
  });

  test('advice about long ranges is not a missing day: the second sync asks for few days', async () => {
    const { sandbox, run } = await scene();
    try {
      const first = JSON.parse((await run('sync', '--json')).stdout) as { accounts: readonly Outcome[] };
      expect(first.accounts.flatMap(({ notices }) => notices)).toEqual([]);
      const { stdout } = await run('sync', '--dry-run');
      const start = Number(/start-date=(\d+)/.exec(stdout)?.[1]);
      expect(new Date(start * 1000).toISOString().slice(0, 10) > '2026-10-15').toBe(true);
    } finally {
      await sandbox.close();
    }
  });
});
