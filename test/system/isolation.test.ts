/** One account's failure never touches another: institutions that fail in every way beside institutions that are well. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText, type Entry } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CANARY = 'c4nary-Pa55word';

/** Each way to fail, with the code that fits it and a word that its hint must have. */
const FAILURES: readonly (readonly [fault: string, code: string, hint: RegExp])[] = [
  ['http-500', 'SERVER_UNAVAILABLE', /try again later/],
  ['http-403', 'HTTP_STATUS', /--dry-run/],
  ['hang', 'TIMED_OUT', /--timeout/],
  ['reset', 'CONNECTION_FAILED', /network/],
  ['html', 'WEB_PAGE', /blocks automated programs/],
  ['empty', 'OFX_UNREADABLE', /Try again later/],
  ['truncated', 'OFX_UNREADABLE', /--since/],
  ['signon-15500', 'SIGNON_REJECTED', /set \$CANARY/],
  ['signon-15502', 'SIGNON_LOCKED', /Unlock/],
  ['general-2000', 'STATEMENT_REFUSED', /message/],
  ['garbage', 'OFX_UNREADABLE', /Try again later/],
  ['drip', 'TIMED_OUT', /--timeout/],
  ['endless', 'REPLY_TOO_LARGE', /--since/],
  ['bomb', 'REPLY_TOO_LARGE', /--since/],
  ['redirect', 'REDIRECTED', /moved/],
];

interface Document {
  readonly totals: { readonly ok: number; readonly failed: number };
  readonly accounts: readonly {
    readonly institution: string;
    readonly account: string;
    readonly status: string;
    readonly attempts: number;
    readonly transactions: { readonly new: number } | null;
    readonly error: { readonly code: string; readonly hint: string; readonly message: string } | null;
  }[];
}

describe('twenty institutions, seventeen of them failing', () => {
  const dir = scratchDir();
  const healthy: Entry[] = Array.from({ length: 5 }, (_, index) => ({
    name: `healthy-${index}`,
    url: 'sandbox://summit',
  }));
  const failing: Entry[] = FAILURES.map(([fault]) => ({
    name: `f-${fault}`,
    url: `sandbox://summit?fault=${fault}`,
    password: '{ env: CANARY }',
    // The others end by themselves, however slow the machine is.
    more: fault === 'hang' || fault === 'drip' ? ['timeout: 2s'] : [],
  }));
  const unreachable: Entry[] = [
    { name: 'refused-port', url: 'http://127.0.0.1:9/ofx', password: '{ env: CANARY }' },
    { name: 'unknown-host', url: 'https://no-such-host.invalid/ofx', password: '{ env: CANARY }' },
  ];
  const entries = [...failing.slice(0, 8), ...healthy, ...failing.slice(8), ...unreachable];
  let run: Run;
  let document: Document;

  beforeAll(async () => {
    writeFileSync(join(dir, 'accounts.yaml'), configText(entries));
    run = await runCli(['--json', '--retries', '0', '--concurrency', '40', '--verbose'], {
      cwd: dir,
      env: { CANARY },
    });
    document = JSON.parse(run.stdout) as Document;
  });

  test('ends with 1 and an outcome for each, in the order of the configuration', () => {
    expect(run.code).toBe(1);
    expect(document.accounts.map(({ institution }) => institution)).toEqual(entries.map(({ name }) => name));
  });

  test('the healthy ones have everything', () => {
    const found = document.accounts.filter(({ institution }) => institution.startsWith('healthy'));
    expect(found.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'ok'));
    const counts = new Set(found.map(({ transactions }) => transactions?.new));
    expect(counts.size).toBe(1);
    expect([...counts][0]).toBeGreaterThan(20);
  });

  test.each(FAILURES)('%s is %s', (fault, code, hint) => {
    const found = document.accounts.find(({ institution }) => institution === `f-${fault}`);
    expect(found?.error?.code).toBe(code);
    expect(found?.error?.hint).toMatch(hint);
    expect(found?.transactions).toBeNull();
  });

  test('a refused port and an unknown host are connections that failed', () => {
    for (const name of ['refused-port', 'unknown-host'])
      expect(document.accounts.find(({ institution }) => institution === name)?.error?.code).toBe('CONNECTION_FAILED');
  });

  test('the password is nowhere', () => {
    expect(run.stdout + run.stderr).not.toContain(CANARY);
    for (const name of readdirSync(join(dir, 'data')))
      expect(readFileSync(join(dir, 'data', name)).includes(CANARY), name).toBe(false);
  });
});

describe('a login with several accounts', () => {
  const FOUR =
    '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }, { name: unknown, kind: checking, id: "999", routing: "121000248" }, { name: d, kind: savings, id: "000123456", routing: "121000248" }]';

  async function syncOne(
    url: string,
    accounts: string,
    more: readonly string[] = [],
  ): Promise<{ run: Run; document: Document }> {
    const dir = scratchDir();
    writeFileSync(
      join(dir, 'accounts.yaml'),
      configText([{ name: 'river', url, accounts, more: ['ofxVersion: "102"', ...more] }]),
    );
    const run = await runCli(['--json', '--retries', '0'], { cwd: dir });
    return { run, document: JSON.parse(run.stdout) as Document };
  }

  test('one refused and one left out: two are there, two have failed with their own codes', async () => {
    const accounts =
      '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }, { name: unknown, kind: checking, id: "999", routing: "121000248" }, { name: left-out, kind: savings, id: "888", routing: "121000248" }]';
    const { run, document } = await syncOne('sandbox://river?fault=omit&account=888', accounts);
    expect(document.accounts.map(({ account, status, error }) => [account, status, error?.code ?? null])).toEqual([
      ['a', 'ok', null],
      ['b', 'ok', null],
      ['unknown', 'failed', 'STATEMENT_REFUSED'],
      ['left-out', 'failed', 'STATEMENT_MISSING'],
    ]);
    expect(run.code).toBe(1);
  });

  test('HTTP 500 for more than one account: each is asked alone and the healthy ones arrive', async () => {
    const { document } = await syncOne('sandbox://river?fault=several-500', FOUR);
    expect(document.accounts.map(({ status }) => status)).toEqual(['ok', 'ok', 'failed', 'failed']);
    expect(document.accounts.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2]);
  });

  test('a refused signon is asked once, however many requests the login has', async () => {
    const { document } = await syncOne('sandbox://river?fault=signon-15500', FOUR, [
      'accountsPerRequest: 1',
      'perInstitution: 4',
    ]);
    expect(document.accounts.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['failed', 1],
      ['skipped', 0],
      ['skipped', 0],
      ['skipped', 0],
    ]);
  });

  test('statements with a strange TRNUID, or none, find their accounts by number', async () => {
    const two =
      '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }]';
    for (const fault of ['wrong-trnuid', 'no-trnuid', 'stranger', 'twice']) {
      const { document } = await syncOne(`sandbox://river?fault=${fault}`, two);
      expect(
        document.accounts.map(({ status }) => status),
        fault,
      ).toEqual(['ok', 'ok']);
    }
  });

  test.each(['gzip', 'deflate', 'brotli', 'header-one-line'])('an answer with %s is read', async (fault) => {
    const { document } = await syncOne(
      `sandbox://river?fault=${fault}`,
      '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }]',
    );
    expect(document.accounts[0]?.status).toBe('ok');
  });

  test('patience that was asked for is had, with new ids', async () => {
    const dir = scratchDir();
    writeFileSync(
      join(dir, 'accounts.yaml'),
      configText([{ name: 'summit', url: 'sandbox://summit?fault=http-503&times=1' }]),
    );
    const run = await runCli(['--json'], { cwd: dir });
    const document = JSON.parse(run.stdout) as Document;
    expect(document.accounts.map(({ status, attempts }) => [status, attempts])).toEqual([['ok', 2]]);
  });
});
