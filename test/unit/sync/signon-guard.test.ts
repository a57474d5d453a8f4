/** Turns and records of the sign-on guard: one at a time until the bank accepts, and nothing more after a refusal. */

import { describe, expect, test } from 'vitest';
import { ConnectionError, HttpError, SignonError } from '../../../src/errors.js';
import { Secret } from '../../../src/model/secret.js';
import { createGuard, type Guard } from '../../../src/sync/signon-guard.js';
import type { SignonVerdict } from '../../../src/sync/verdict.js';
import { institution, login } from '../../support/builders.js';
import { memoryOfSignons } from '../../support/memory-of-signons.js';

const now = () => new Date('2026-11-20T12:00:00Z');
const ACCEPTED: SignonVerdict = { kind: 'accepted', signon: null };
const REFUSED: SignonVerdict = { kind: 'refused', error: new SignonError('SIGNON_REJECTED', 'refused') };
const { signal } = new AbortController();

/** A request that ends when the test says so. */
function request(guard: Guard, address = '', of = login()) {
  let end: (verdict: SignonVerdict | Error) => void = () => undefined;
  const ended = new Promise<SignonVerdict | Error>((resolve) => {
    end = resolve;
  });
  const state = { sent: false };
  const result = guard
    .present(of, {
      address,
      signal,
      judge: (verdict: SignonVerdict) => verdict,
      send: async (how) => {
        state.sent = true;
        const stopped = new Promise<Error>((resolve) => {
          how.signal.addEventListener('abort', () => resolve(new ConnectionError('INTERRUPTED', 'stopped')));
        });
        const verdict = await Promise.race([ended, stopped]);
        if (verdict instanceof Error) throw verdict;
        return verdict;
      },
    })
    .catch((error: unknown) => error);
  return { state, end, result };
}

const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('turns', () => {
  test('one request until the first acceptance, then as many as there are', async () => {
    const guard = createGuard(memoryOfSignons(), { force: false, now });
    const [first, second, third] = [request(guard), request(guard), request(guard)];
    await turns();
    expect([first, second, third].map(({ state }) => state.sent)).toEqual([true, false, false]);
    first.end(ACCEPTED);
    await turns();
    expect([second, third].map(({ state }) => state.sent)).toEqual([true, true]);
    second.end(ACCEPTED);
    third.end(ACCEPTED);
    await Promise.all([second.result, third.result]);
  });

  test('the first request to another address is alone, too', async () => {
    const guard = createGuard(memoryOfSignons(), { force: false, now });
    const first = request(guard);
    first.end(ACCEPTED);
    await first.result;
    const [card, more] = [request(guard, '/cards'), request(guard, '/cards')];
    await turns();
    expect([card, more].map(({ state }) => state.sent)).toEqual([true, false]);
    card.end(REFUSED);
    expect(await more.result).toMatchObject({ code: 'SIGNON_REJECTED' });
    expect(more.state.sent).toBe(false);
  });

  test('a refusal stops what is in flight and what waits', async () => {
    const guard = createGuard(memoryOfSignons(), { force: false, now });
    const first = request(guard);
    first.end(ACCEPTED);
    await first.result;
    const [second, third] = [request(guard), request(guard)];
    await turns();
    second.end(REFUSED);
    expect(await third.result).toMatchObject({ code: 'SIGNON_REJECTED' });
    const fourth = request(guard);
    expect(await fourth.result).toMatchObject({ code: 'SIGNON_REJECTED' });
    expect(fourth.state.sent).toBe(false);
  });

  test('another login does not wait', async () => {
    const guard = createGuard(memoryOfSignons(), { force: false, now });
    const first = request(guard);
    const other = request(guard, '', login({}, { userId: new Secret('kim') }));
    await turns();
    expect([first, other].map(({ state }) => state.sent)).toEqual([true, true]);
    first.end(ACCEPTED);
    other.end(ACCEPTED);
    await Promise.all([first.result, other.result]);
  });
});

describe('records', () => {
  const endWith = async (guard: Guard, end: SignonVerdict | Error, of = login()) => {
    const made = request(guard, '', of);
    made.end(end);
    await made.result;
    return made.state.sent;
  };
  const unsent = new ConnectionError('CONNECTION_FAILED', 'refused', { unsent: true });
  const broken = new HttpError('HTTP_STATUS', 'HTTP 400', { httpStatus: 400 });

  test('the count is written before the request is sent', async () => {
    const store = memoryOfSignons();
    const guard = createGuard(store, { force: false, now });
    const first = request(guard);
    await turns();
    expect(first.state.sent).toBe(true);
    expect(store.writes).toMatchObject([{ unanswered: 1 }]);
    first.end(ACCEPTED);
    await first.result;
  });

  test('a request that nobody can have seen does not count', async () => {
    const store = memoryOfSignons();
    for (let run = 0; run < 5; run += 1)
      expect(await endWith(createGuard(store, { force: false, now }), unsent)).toBe(true);
    expect(store.signonState(login())).toMatchObject({ unanswered: 0, last: null });
  });

  test('two without a verdict are all, and a confirmation gives two more', async () => {
    const store = memoryOfSignons();
    const sent = [];
    for (let run = 0; run < 4; run += 1) sent.push(await endWith(createGuard(store, { force: false, now }), broken));
    expect(sent).toEqual([true, true, false, false]);
    const guard = createGuard(store, { force: false, now });
    expect(guard.blocked(login())).toMatchObject({
      code: 'SIGNON_UNCONFIRMED',
      message: 'skipped, since the bank neither accepted nor refused two sign-ons, the last on 2026-11-20: HTTP 400',
    });
    const confirmed = createGuard(store, { force: false, confirms: true, now });
    const again = [];
    for (let turn = 0; turn < 3; turn += 1) again.push(await endWith(confirmed, broken));
    expect(again).toEqual([true, true, false]);
  });

  test('a confirmation does not lift a refusal; force does, once', async () => {
    const store = memoryOfSignons();
    await endWith(createGuard(store, { force: false, now }), REFUSED);
    expect(await endWith(createGuard(store, { force: false, confirms: true, now }), REFUSED)).toBe(false);
    const forced = createGuard(store, { force: true, now });
    expect([await endWith(forced, REFUSED), await endWith(forced, REFUSED)]).toEqual([true, false]);
  });

  test('a refusal outlives another password, and a reply without a verdict', async () => {
    const store = memoryOfSignons();
    const other = login({}, { password: new Secret('other') });
    await endWith(createGuard(store, { force: false, now }), REFUSED);
    await endWith(createGuard(store, { force: true, now }), broken);
    await endWith(createGuard(store, { force: false, now }), ACCEPTED, other);
    expect(createGuard(store, { force: false, now }).blocked(login())).toMatchObject({ code: 'SIGNON_BLOCKED' });
    expect(createGuard(store, { force: false, now }).blocked(other)).toBeNull();
  });

  test('accepted credentials are blocked by a refusal only, and their daily sign-on writes nothing', async () => {
    const store = memoryOfSignons();
    await endWith(createGuard(store, { force: false, now }), ACCEPTED);
    const before = store.writes.length;
    for (let run = 0; run < 5; run += 1) {
      expect(await endWith(createGuard(store, { force: false, now }), broken)).toBe(true);
      expect(await endWith(createGuard(store, { force: false, now }), ACCEPTED)).toBe(true);
    }
    expect(store.writes.length).toBe(before);
    const refused = new HttpError('HTTP_STATUS', 'HTTP 401', { httpStatus: 401 });
    expect(await endWith(createGuard(store, { force: false, now }), refused)).toBe(true);
    expect(await endWith(createGuard(store, { force: false, now }), ACCEPTED)).toBe(false);
  });

  test.each([
    [new HttpError('HTTP_STATUS', 'HTTP 401', { httpStatus: 401 }), true],
    [new HttpError('WEB_PAGE', 'a page', { httpStatus: 200, refusalText: 'Invalid password' }), true],
    [new ConnectionError('SERVER_UNAVAILABLE', 'a page', { httpStatus: 500, refusalText: 'Invalid password' }), true],
    [new HttpError('WEB_PAGE', 'a page', { httpStatus: 401, refusalText: 'Invalid user', fromGateway: true }), false],
    [new HttpError('HTTP_STATUS', 'HTTP 403', { httpStatus: 403 }), false],
    [new HttpError('WEB_PAGE', 'a page', { httpStatus: 200 }), false],
  ])('$code $httpStatus “$refusalText” refuses the sign-on: %s', async (error, isRefusal) => {
    const guard = createGuard(memoryOfSignons(), { force: false, now });
    const made = request(guard, '', login({}, { institution: institution({ name: 'river' }) }));
    made.end(error);
    const result = await made.result;
    if (isRefusal) expect(result).toMatchObject({ code: 'SIGNON_REJECTED', httpStatus: error.httpStatus });
    else expect(result).toBe(error);
    expect(guard.blocked(login()) !== null).toBe(isRefusal);
  });
});
