/** Errors of transport: which of them another try may mend without doing harm. */

import { expect, test } from 'vitest';
import { brokenReply, httpError, timedOut } from '../../../src/sources/failures.js';

const TO = { institution: 'river', host: 'ofx.river.example', timeoutMs: 1500 };

test.each([
  ['connect', true, 'no connection to ofx.river.example within 1.5 s'],
  ['reply', true, 'no reply from ofx.river.example within 1.5 s'],
  ['body', false, 'the reply from ofx.river.example did not finish within 1.5 s'],
] as const)('time ran out at: %s; to be asked again: %s', (phase, retryable, message) => {
  expect(timedOut(TO, phase)).toMatchObject({ code: 'TIMED_OUT', retryable, message });
});

test('a connection has less time than a request, and more time for the request would not help it', () => {
  const error = timedOut({ ...TO, timeoutMs: 60_000 }, 'connect');
  expect(error.message).toBe('no connection to ofx.river.example within 15 s');
  expect(error.hint).toBe('Check your network, or try again later: river may be down.');
  expect(timedOut({ ...TO, timeoutMs: 60_000 }, 'reply').hint).toContain('--timeout 120s');
});

test.each([
  [250, '500ms'],
  [1000, '2s'],
  [1250, '2500ms'],
  [60_500, '121s'],
  [333_333, '667s'],
  [80_000_000, '86400s'],
])('after %d ms, the hint names a time that --timeout takes: %s', (timeoutMs, time) => {
  const option = /--timeout (\S+)$/.exec(timedOut({ ...TO, timeoutMs }, 'reply').hint ?? '')?.[1];
  expect(option).toBe(time);
  expect(option).toMatch(/^\d{1,6}(?:ms|s|m|h)$/);
});

test('a reply that stopped in the middle ran out of time in its body, and is not asked for again', () => {
  const stopped = Object.assign(new Error('late'), { code: 'UND_ERR_BODY_TIMEOUT' });
  expect(brokenReply(stopped, TO, 200)).toMatchObject({ code: 'TIMED_OUT', retryable: false });
});

test.each([
  [429, true],
  [500, false],
  [501, false],
  [502, true],
  [503, true],
  [504, true],
  [505, false],
])('HTTP %i is the fault of the other side; to be asked again: %s', (status, retryable) => {
  const error = httpError({ status, location: null, retryAfterMs: null, refusalText: null }, TO);
  expect(error).toMatchObject({ code: 'SERVER_UNAVAILABLE', retryable, httpStatus: status });
});
