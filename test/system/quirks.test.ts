/**
 * Every quirk by its effect: an institution that wants it refuses whoever does otherwise, and answers whoever does it. Each
 * key of the schema has its row here.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { quirksSchema } from '../../src/institutions/quirks.js';
import type { Quirks } from '../../src/model/institution.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { strictFront } from '../support/strict-tls.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const ONE = '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }]';
const TWO = `[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }]`;
const CARD = '[{ name: a, kind: creditcard, id: "4111111111111111" }]';

const summary = z.object({
  accounts: z.array(
    z.object({
      status: z.string(),
      error: z.object({ code: z.string() }).nullable(),
      notices: z.array(z.object({ code: z.string() })),
      transactions: z.object({ new: z.number(), pending: z.number(), changed: z.number() }).nullable(),
    }),
  ),
});
type Account = z.infer<typeof summary>['accounts'][number];

/** One institution, synced once or twice in a store of its own. */
interface Case {
  readonly key: keyof Quirks;
  readonly quirk: unknown;
  /** Institution of the sandbox and what it wants or does. */
  readonly at: string;
  /** Lines that stand there without the quirk too. */
  readonly more?: readonly string[];
  readonly accounts?: string;
  readonly runs?: number;
  /** All runs on one day, not each a day after the one before. */
  readonly isOneDay?: boolean;
  /** Whether all is well; that every account was fetched, when absent. */
  readonly isWell?: (last: readonly Account[]) => boolean;
}

const V102 = 'ofxVersion: "102"';

const CASES: readonly Case[] = [
  { key: 'ofxVersion', quirk: '102', at: 'river', more: [] },
  { key: 'appId', quirk: 'QMOFX', at: 'river?wants=app-id', more: [V102] },
  { key: 'appVer', quirk: '2900', at: 'river?wants=app-version', more: [V102] },
  { key: 'closeTags', quirk: true, at: 'river?wants=closed-values', more: [V102] },
  { key: 'prettyPrint', quirk: false, at: 'river?wants=one-line', more: [V102] },
  { key: 'lineEnding', quirk: 'lf', at: 'river?wants=lf', more: [V102] },
  { key: 'newFileUid', quirk: 'none', at: 'river?wants=no-file-uid', more: [V102] },
  { key: 'fi', quirk: 'omit', at: 'river?wants=no-fi', more: [V102, 'org: RIVER'] },
  { key: 'clientUid', quirk: 'always', at: 'river?wants=client-uid', more: [V102] },
  { key: 'fi', quirk: 'empty-fid', at: 'river?wants=empty-fid', more: [V102, 'org: RIVER'] },
  { key: 'userAgent', quirk: 'none', at: 'river?wants=no-user-agent', more: [V102, 'timeout: 4s'] },
  { key: 'accept', quirk: '*/*, application/xml;q=0.9', at: 'river?wants=accept-q', more: [V102] },
  { key: 'headers', quirk: { 'X-Client': '1' }, at: 'river?wants=client-header', more: [V102] },
  {
    key: 'headerOrder',
    quirk: ['Content-Type', 'Host', 'Content-Length', 'Connection'],
    at: 'river?wants=four-headers',
    more: [V102],
  },
  { key: 'httpVersion', quirk: '1.0', at: 'river?wants=http-1.0', more: [V102] },
  {
    key: 'httpVersion',
    quirk: '1.0',
    at: 'river?wants=http-1.0,no-user-agent',
    more: [V102, 'userAgent: none', 'headerOrder: [Host, Content-Type, Content-Length]'],
  },
  { key: 'cookies', quirk: 'resend-when-empty', at: 'river?fault=cookie-first', more: [V102] },
  {
    key: 'cookies',
    quirk: 'persist',
    at: 'river?wants=session',
    more: [V102, 'accountsPerRequest: 1'],
    accounts: TWO,
  },
  {
    key: 'minIntervalMs',
    quirk: 4000,
    at: 'river?wants=interval',
    more: [V102, 'accountsPerRequest: 1'],
    accounts: TWO,
  },
  { key: 'shortDates', quirk: true, at: 'river?wants=short-dates', more: [V102] },
  { key: 'dateZone', quirk: 'gmt', at: 'river?wants=zone-gmt', more: [V102] },
  { key: 'alwaysDateRange', quirk: true, at: 'river?wants=date-range', more: [V102] },
  { key: 'accountsPerRequest', quirk: 1, at: 'river?wants=single-account', more: [V102], accounts: TWO },
  {
    key: 'overlapDays',
    quirk: 25,
    at: 'river?fault=late',
    more: [V102],
    runs: 2,
    isOneDay: true,
    isWell: ([account]) => (account?.transactions?.new ?? 0) > 0,
  },
  { key: 'maxDaysPerRequest', quirk: 30, at: 'river?wants=thirty-days', more: [V102] },
  { key: 'bankId', quirk: 'empty', at: 'river?wants=no-bank-id', more: [V102] },
  { key: 'acctIdMatch', quirk: 'ignore-leading-zeros', at: 'river?fault=stripped-ids', more: [V102] },
  {
    key: 'unstableFitid',
    quirk: true,
    at: 'river?fault=new-fitids',
    more: [V102],
    runs: 2,
    isWell: ([account]) => account !== undefined && !has(account, 'unstable-fitid'),
  },
  {
    key: 'fitidLength',
    quirk: 24,
    at: 'river?fault=long-fitids',
    more: [V102],
    runs: 2,
    isWell: ([account]) => account !== undefined && !has(account, 'unstable-fitid'),
  },
  {
    key: 'include401k',
    quirk: true,
    at: 'harbor?wants=ask-401k',
    more: ['brokerId: harbor.example'],
    accounts: '[{ name: a, kind: investment, id: "77-1234" }]',
  },
  {
    key: 'ledgerBalance',
    quirk: 'unreliable',
    at: 'river?fault=odd-balance',
    more: [V102],
    runs: 2,
    isWell: ([account]) => account !== undefined && !has(account, 'balance'),
  },
  {
    key: 'includePending',
    quirk: true,
    at: 'river?fault=pending',
    more: [V102],
    isWell: ([account]) => account?.transactions?.pending === 1,
  },
  {
    key: 'includePending',
    quirk: false,
    at: 'meadow?wants=no-pending',
    more: ['ofxVersion: "220"'],
    accounts: '[{ name: a, kind: creditcard, id: "5500005555555559" }]',
  },
];

function has({ notices }: Account, part: string): boolean {
  return notices.some(({ code }) => code.includes(part));
}

/** Each run of a case is a day after the one before. */
class Clock {
  days = 0;
  readonly now = () => new Date(Date.now() + this.days * 86_400_000);
}

/** Each try at institutions that remember nothing of another. */
async function isWellAt(one: Case, lines: readonly string[]): Promise<boolean> {
  const clock = new Clock();
  const sandbox = await startSandbox({ now: clock.now });
  cleanUps.push(() => sandbox.close());
  const [name = '', query] = one.at.split('?');
  return isWell(one, lines, `"${sandbox.url(name)}${query === undefined ? '' : `?${query}`}"`, clock);
}

async function isWell(one: Case, lines: readonly string[], url: string, clock = new Clock()): Promise<boolean> {
  const cwd = scratchDir();
  const entry = { name: 'mine', url, more: lines, accounts: one.accounts ?? ONE };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry], '{ retries: 0 }'));
  let accounts: readonly Account[] = [];
  for (let run = 0; run < (one.runs ?? 1); run += 1) {
    clock.days = one.isOneDay === true ? 0 : run;
    const { stdout } = await runCli(['sync', '--json', '--no-progress'], { cwd, now: clock.now });
    accounts = summary.parse(JSON.parse(stdout)).accounts;
  }
  const isFetched = accounts.length > 0 && accounts.every(({ status }) => status === 'ok');
  return isFetched && (one.isWell?.(accounts) ?? true);
}

function line(key: string, value: unknown): string {
  return `${key}: ${JSON.stringify(value)}`;
}

describe('fails without, succeeds with', () => {
  const makesWell = async (one: Case) => {
    const more = one.more ?? [];
    expect(await isWellAt(one, more)).toBe(false);
    expect(await isWellAt(one, [...more, line(one.key, one.quirk)])).toBe(true);
  };
  const isPaced = ({ key }: Case) => key === 'minIntervalMs';
  test.concurrent.each(CASES.filter((one) => !isPaced(one)))('$key: $quirk at $at', makesWell);
  // Beside the others, the second request might come so late that the bank sees a pause.
  test.each(CASES.filter(isPaced))('$key: $quirk at $at', makesWell);

  test('tlsMinVersion: TLSv1.1 at a server that speaks nothing newer', async () => {
    const sandbox = await startSandbox({
      tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    });
    cleanUps.push(() => sandbox.close());
    const one: Case = { key: 'tlsMinVersion', quirk: 'TLSv1.1', at: 'summit', accounts: CARD };
    const more = [`ca: ${authority(sandbox)}`];
    const url = sandbox.url('summit');
    expect(await isWell(one, more, url)).toBe(false);
    expect(await isWell(one, [...more, 'tlsMinVersion: TLSv1.1'], url)).toBe(true);
  });

  test('tlsCiphers: RSA key exchange at a front that cuts off whoever offers another', async () => {
    const sandbox = await startSandbox({ tls: { maxVersion: 'TLSv1.2' } });
    const front = await strictFront(sandbox.port, (cipher) => cipher >= 0xc000 && cipher <= 0xc0ff);
    cleanUps.push(() => sandbox.close(), front.close);
    const one: Case = { key: 'tlsCiphers', quirk: '', at: 'summit', accounts: CARD };
    const more = [`ca: ${authority(sandbox)}`];
    const url = sandbox.url('summit').replace(String(sandbox.port), String(front.port));
    expect(await isWell(one, more, url)).toBe(false);
    expect(await isWell(one, [...more, 'tlsCiphers: AES128-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384'], url)).toBe(
      true,
    );
  });
});

function authority(sandbox: Sandbox): string {
  const path = join(scratchDir(), 'ca.pem');
  writeFileSync(path, sandbox.ca ?? '');
  return path;
}

test('httpVersion: "1.0" over TLS, with a certificate that is verified', async () => {
  const sandbox = await startSandbox({ tls: true });
  cleanUps.push(() => sandbox.close());
  const one: Case = { key: 'httpVersion', quirk: '1.0', at: 'summit', accounts: CARD };
  const url = `"${sandbox.url('summit')}?wants=http-1.0"`;
  const more = ['httpVersion: "1.0"'];
  expect(await isWell(one, more, url)).toBe(false);
  expect(await isWell(one, [...more, `ca: ${authority(sandbox)}`], url)).toBe(true);
  const trusted = [...more, `ca: ${authority(sandbox)}`, 'timeout: 1s'];
  expect(await isWell(one, trusted, url.replace('wants=http-1.0', 'fault=hang'))).toBe(false);
  expect(await isWell(one, trusted, url.replace('wants=http-1.0', 'fault=reset'))).toBe(false);
});

describe('serviceUrls: each message set goes to the address that the profile names', () => {
  async function synced(query: string, more: readonly string[] = []): Promise<number> {
    const sandbox = await startSandbox();
    cleanUps.push(() => sandbox.close());
    const cwd = scratchDir();
    const entry = { name: 'mine', url: `"${sandbox.url('river')}?${query}"`, more: [V102, ...more], accounts: ONE };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    // The profile is asked for by check, and kept.
    await runCli(['check'], { cwd });
    return (await runCli(['-q'], { cwd })).code;
  }

  test('statements at an address of their own', async () => {
    expect(await synced('fault=split-urls')).toBe(0);
    expect(await synced('fault=split-urls', ['serviceUrls: own'])).toBe(3);
  });

  test('own: a profile that is wrong', async () => {
    expect(await synced('fault=dead-urls')).toBe(3);
    expect(await synced('fault=dead-urls', ['serviceUrls: own'])).toBe(0);
  });
});

describe('the profile', () => {
  async function checked(query: string, more: (url: string) => readonly string[] = () => [], timeout = '100s') {
    const sandbox = await startSandbox();
    cleanUps.push(() => sandbox.close());
    const cwd = scratchDir();
    const url = `${sandbox.url('river')}?${query}`;
    const entry = { name: 'mine', url: `"${url}"`, more: [V102, ...more(url)], accounts: ONE };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    const run = await runCli(['check', '--timeout', timeout], { cwd });
    return { ...run, ...sandbox.counts('river') };
  }

  test('profile: signed, where strangers get none', async () => {
    expect((await checked('wants=signed-profile')).stdout).not.toContain('River Credit Union');
    const run = await checked('wants=signed-profile', () => ['profile: signed']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/✓ profile +River Credit Union/);
    expect(run).toMatchObject({ requests: 2, signons: 2 });
  });

  test('profile: never, where it is not answered', async () => {
    expect((await checked('wants=no-profile', undefined, '4s')).code).toBe(3);
    const run = await checked('wants=no-profile', () => ['profile: never']);
    expect(run.code).toBe(0);
    expect(run).toMatchObject({ requests: 1, signons: 1 });
  });

  test('profileUrl: another address', async () => {
    expect((await checked('wants=profile-elsewhere')).code).toBe(3);
    const run = await checked('wants=profile-elsewhere', (url) => [`profileUrl: "${url.replace('?', '/profile?')}"`]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/✓ profile +River Credit Union/);
  });

  test.each([
    ['fault=http-503', /✗ http +.*HTTP 503/],
    ['fault=garbage', /✗ header/],
    ['fault=signon-15500', /✗ signon +.*15500/],
    ['fault=refuse', /✗ a ••••3456 +.*2003/],
  ])('without it, the step that fails is named all the same: %s', async (query, step) => {
    const run = await checked(query, () => ['profile: never']);
    expect(run.stdout).toMatch(step);
    expect(run.stdout.match(/✗/g)).toHaveLength(1);
  });
});

describe('words of transactions, where other programs look for them', () => {
  async function exported(query: string, more: readonly string[]): Promise<string[]> {
    const sandbox = await startSandbox();
    cleanUps.push(() => sandbox.close());
    const cwd = scratchDir();
    const entry = { name: 'mine', url: `"${sandbox.url('river')}?${query}"`, more: [V102, ...more], accounts: ONE };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    expect((await runCli(['-q'], { cwd })).code).toBe(0);
    return (await runCli(['export', '--format', 'csv'], { cwd })).stdout.trim().split(/\r?\n/).slice(1);
  }

  test('payee: memo', async () => {
    const [strange, mended] = [
      await exported('fault=payee-in-memo', []),
      await exported('fault=payee-in-memo', ['payee: memo']),
    ];
    expect(strange.join('\n')).toContain(',DIRECTDEP,DIRECTDEP,ACME PAYROLL,');
    expect(mended.join('\n')).toContain(',DIRECTDEP,ACME PAYROLL,DIRECTDEP,');
  });

  test('commentRows: join', async () => {
    const [plain, strange] = [await exported('', []), await exported('fault=comment-rows', [])];
    const mended = await exported('fault=comment-rows', ['commentRows: join']);
    expect(strange).toHaveLength(plain.length * 2);
    expect(mended).toHaveLength(plain.length);
    expect(mended.every((row) => row.includes('REFERENCE OF'))).toBe(true);
  });
});

test('each key of the schema has its row', () => {
  const elsewhere = ['payee', 'commentRows', 'tlsMinVersion', 'tlsCiphers', 'serviceUrls', 'profile', 'profileUrl'];
  const keys: readonly string[] = quirksSchema.keyof().options;
  expect([...new Set<string>([...CASES.map(({ key }) => key), ...elsewhere])].toSorted()).toEqual(keys.toSorted());
});
