/** One run against a source that answers as a test says: patience, asking one by one, windows that are cut, and limits. */

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ConnectionError, HttpError, type OfxSyncError, StatementError } from '../../../src/errors.js';
import { type Delivery, type DownloadPorts, downloadAll } from '../../../src/index.js';
import type { Account } from '../../../src/model/account.js';
import { addDays, type IsoDate, isoDate } from '../../../src/model/dates.js';
import type { Institution } from '../../../src/model/institution.js';
import type { OfxFile } from '../../../src/ofx/file.js';
import type { StatementRequest, StatementSource } from '../../../src/ports.js';
import { createLimiter } from '../../../src/sync/limiter.js';
import { createGuard, type Guard } from '../../../src/sync/signon-guard.js';
import { Turns } from '../../../src/sync/turns.js';
import { account, institution, login, statement } from '../../support/builders.js';
import { memoryOfSignons } from '../../support/memory-of-signons.js';

const TODAY = isoDate('2026-11-20');
const NOBODY = () => Promise.reject(new Error('nobody asks'));

/** Of credentials that were accepted before. */
const OPEN: Guard = {
  blocked: () => null,
  isAccepted: () => true,
  mustConfirm: () => false,
  present: async (_, { signal, inSlot = (task) => task(), send }) =>
    inSlot(() => send({ signal, mayResend: async () => true })),
};

interface Run {
  readonly deliveries: Delivery[];
  readonly requests: StatementRequest[];
  readonly waits: number[];
  /** Most requests at once. */
  readonly atOnce: () => number;
}

interface Setting {
  readonly institution?: Institution;
  readonly accounts?: readonly Account[];
  readonly from?: IsoDate;
  readonly retries?: number;
  readonly random?: number;
  readonly concurrency?: number;
  readonly guard?: Guard;
  /** The error with which a request ends; `null`: every account gets its statement. */
  readonly fails: (request: StatementRequest, number: number) => OfxSyncError | null;
}

/** A reply carries the place of its request, from which `read` makes the statements. */
function portsOf(
  setting: Setting,
  { deliveries, requests, waits }: Omit<Run, 'atOnce'>,
  meet: (by: 1 | -1) => void,
): DownloadPorts {
  const { fails, random = 0, concurrency = 10, guard = OPEN } = setting;
  const source: StatementSource = {
    kind: 'test',
    inquire: NOBODY,
    preview: () => '',
    close: async () => undefined,
    fetch: async (request) => {
      const number = requests.push(request);
      meet(1);
      await new Promise((resolve) => setImmediate(resolve));
      meet(-1);
      const error = fails(request, number);
      if (error !== null) throw error;
      return { body: Buffer.from(String(number - 1)), httpStatus: 200, origin: 'test' };
    },
  };
  return {
    limiter: createLimiter({ concurrency, perKey: 1 }),
    sourceFor: async () => source,
    resolveLogin: async (one) => ({ ...login(), institution: one }),
    guard,
    deliver: (delivery) => void deliveries.push(delivery),
    read: async (bytes) => replyTo(requests[Number(Buffer.from(bytes).toString())]),
    newUid: randomUUID,
    random: () => random,
    now: () => new Date('2026-11-20T12:00:00Z'),
    sleep: async (ms) => void waits.push(ms),
    onReply: () => undefined,
    onState: () => undefined,
  };
}

function replyTo(request: StatementRequest | undefined): OfxFile {
  const statements = (request?.wanted ?? []).map(({ account: of, trnuid, from, to }) =>
    statement({ account: of, trnuid, period: { from, to: to ?? TODAY } }),
  );
  const header = {
    ofxVersion: '203',
    charset: 'utf-8',
    declaredCharset: null,
    syntax: 'xml' as const,
    newFileUid: null,
  };
  return { header, signon: null, statements, accounts: [], profile: null, challenges: [], replies: [], notices: [] };
}

function optionsWith(retries = 0): Parameters<typeof downloadAll>[1] {
  const { signal } = new AbortController();
  return { retries, timeoutMs: 1000, timeoutForAll: false, perInstitution: 1, signal, today: TODAY };
}

async function run(setting: Setting): Promise<Run> {
  const made = { deliveries: [] as Delivery[], requests: [] as StatementRequest[], waits: [] as number[] };
  let now = 0;
  let most = 0;
  const meet = (by: 1 | -1) => {
    now += by;
    most = Math.max(most, now);
  };
  const { accounts = [account()], from = addDays(TODAY, -5), retries = 0 } = setting;
  const job = {
    institution: setting.institution ?? institution({ accounts }),
    wanted: accounts.map((one) => ({ account: one, from, to: null })),
  };
  await downloadAll([job], optionsWith(retries), portsOf(setting, made, meet));
  return { ...made, atOnce: () => most };
}

const busy = (retryAfterMs?: number) =>
  new ConnectionError('SERVER_UNAVAILABLE', 'busy', {
    retryable: true,
    httpStatus: 503,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
const accountsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => account({ name: `a${index}`, id: `00012345${index}` }));
const errorOf = (delivery: Delivery | undefined) =>
  delivery === undefined || !('error' in delivery) ? null : delivery.error.code;

test.each([
  ['the least', 0, [250, 500, 1000]],
  ['the most', 1, [500, 1000, 2000]],
])('the wait before another try doubles, and chance takes up to half of it: %s', async (_, random, waits) => {
  const made = await run({ retries: 3, random, fails: () => busy() });
  expect(made.waits).toEqual(waits);
  expect(made.requests).toHaveLength(4);
});

test('each try has an id of its own, and the answer of the last one counts', async () => {
  const { requests, deliveries } = await run({ retries: 2, fails: (_, number) => (number < 3 ? busy() : null) });
  expect(new Set(requests.map(({ wanted }) => wanted[0]?.trnuid)).size).toBe(3);
  expect(deliveries).toMatchObject([{ attempts: 3, statement: { trnuid: requests[2]?.wanted[0]?.trnuid } }]);
});

test('Retry-After is honoured, up to half a minute', async () => {
  expect((await run({ retries: 1, fails: () => busy(7000) })).waits).toEqual([7000]);
  expect((await run({ retries: 1, fails: () => busy(86_400_000) })).waits).toEqual([30_000]);
});

test('what another try would not change is asked for once', async () => {
  const gone = new HttpError('HTTP_STATUS', 'gone', { httpStatus: 404 });
  const { requests, waits } = await run({ retries: 3, fails: () => gone });
  expect([requests.length, waits]).toEqual([1, []]);
});

test('one by one, twice in a row "not now" ends it: the rest would only add load', async () => {
  const broken = new ConnectionError('SERVER_UNAVAILABLE', 'broken', { httpStatus: 500 });
  const accounts = accountsOf(5);
  const { requests, deliveries } = await run({ accounts, fails: (_, number) => (number === 1 ? broken : busy()) });
  expect(requests.map(({ wanted }) => wanted.length)).toEqual([5, 1, 1]);
  expect(deliveries.map(errorOf)).toEqual(accounts.map(() => 'SERVER_UNAVAILABLE'));
});

test('one by one, a single "not now" between answers ends nothing', async () => {
  const broken = new ConnectionError('SERVER_UNAVAILABLE', 'broken', { httpStatus: 500 });
  const { requests, deliveries } = await run({
    accounts: accountsOf(5),
    fails: (_, number) => (number === 1 ? broken : number % 2 === 0 ? busy() : null),
  });
  expect(requests).toHaveLength(6);
  expect(deliveries.map(errorOf)).toEqual([
    'SERVER_UNAVAILABLE',
    null,
    'SERVER_UNAVAILABLE',
    null,
    'SERVER_UNAVAILABLE',
  ]);
});

test.each([
  [
    'silence is no limit: the whole window is asked for again',
    new ConnectionError('TIMED_OUT', 'late', { retryable: true }),
    'TIMED_OUT',
  ],
  ['a refusal is one', new StatementError('STATEMENT_REFUSED', 'too old', { ofxStatus: 2000 }), null],
])('the older days of a window that is cut fail: %s', async (_, error, expected) => {
  const { deliveries } = await run({
    institution: institution({}, { maxDaysPerRequest: 30 }),
    from: addDays(TODAY, -100),
    fails: ({ wanted }) => ((wanted[0]?.from ?? TODAY) < '2026-10-01' ? error : null),
  });
  expect(deliveries).toHaveLength(1);
  expect(errorOf(deliveries[0])).toBe(expected);
  expect(deliveries[0]?.notices.map(({ code }) => code)).toEqual(expected === null ? ['history-limit'] : []);
});

test('perInstitution of an institution comes before that of all, and the overall limit before both', async () => {
  const many = institution({ perInstitution: 3 }, { accountsPerRequest: 1 });
  const setting = { institution: many, accounts: accountsOf(8), fails: () => null };
  expect((await run(setting)).atOnce()).toBe(3);
  expect((await run({ ...setting, concurrency: 2 })).atOnce()).toBe(2);
  expect((await run({ ...setting, institution: institution({}, { accountsPerRequest: 1 }) })).atOnce()).toBe(1);
});

test('a signon that is not known to be good is presented once before the rest', async () => {
  const many = institution({ perInstitution: 8 }, { accountsPerRequest: 1 });
  const made = await run({
    institution: many,
    accounts: accountsOf(6),
    guard: createGuard(memoryOfSignons(), { force: false, now: () => new Date('2026-11-20T12:00:00Z') }),
    fails: () => null,
  });
  expect(made.requests).toHaveLength(6);
  expect(made.atOnce()).toBe(5);
});

/** Returns a job for each of `count` banks. */
function banks(count: number): Parameters<typeof downloadAll>[0] {
  return Array.from({ length: count }, (_, number) => {
    const of = account({ institution: `bank${number}` });
    const wanted = [{ account: of, from: addDays(TODAY, -5), to: null }];
    return { institution: institution({ name: `bank${number}`, accounts: [of] }), wanted };
  });
}

test('the first request is sent before the secrets of another bank are looked up, the first ones before those of all', async () => {
  const events: string[] = [];
  const made = { deliveries: [] as Delivery[], requests: [] as StatementRequest[], waits: [] as number[] };
  const setting = { concurrency: 50, fails: () => null };
  const ports = portsOf(setting, made, (by) => events.push(by === 1 ? 'sent' : 'answered'));
  await downloadAll(banks(200), optionsWith(), {
    ...ports,
    resolveLogin: async (one) => {
      events.push('looked up');
      return ports.resolveLogin(one);
    },
  });
  expect(made.deliveries).toHaveLength(200);
  expect(events.slice(0, events.indexOf('sent'))).toEqual(['looked up']);
  const sentBefore = (lookUps: number) => {
    const all = events.flatMap((event, at) => (event === 'looked up' ? [at] : []));
    return events.slice(0, all[lookUps - 1]).filter((event) => event === 'sent').length;
  };
  expect([4, 10, 50].map((lookUps) => lookUps - sentBefore(lookUps)).every((ahead) => ahead <= 16)).toBe(true);
});

test('of answers that arrive together, none is read before all requests that may go now are sent', async () => {
  const events: string[] = [];
  const made = { deliveries: [] as Delivery[], requests: [] as StatementRequest[], waits: [] as number[] };
  const turns = new Turns();
  const setting = { concurrency: 3, fails: () => null };
  const ports = portsOf(setting, made, (by) => events.push(by === 1 ? 'sent' : 'answered'));
  await downloadAll(banks(6), optionsWith(), {
    ...ports,
    turn: (how) => turns.next(how),
    read: async (bytes, ...more) => {
      events.push('read');
      return ports.read(bytes, ...more);
    },
  });
  expect(made.deliveries).toHaveLength(6);
  expect(events.indexOf('read')).toBeGreaterThan(events.lastIndexOf('sent'));
});
