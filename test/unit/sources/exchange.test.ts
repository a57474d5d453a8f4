/** Whether the bank may have seen a request that failed: what it never saw does not count as a sign-on, and may be sent again. */

import { describe, expect, test } from 'vitest';
import { exchange, type Reception } from '../../../src/sources/exchange.js';

const TO = { institution: 'river', host: 'ofx.river.example', timeoutMs: 20 };

interface Trial {
  readonly isAgain?: boolean;
  readonly signal?: AbortSignal;
}

/** The error of an exchange whose request does this. */
function failing(send: (reception: Reception) => void, { isAgain = false, signal }: Trial = {}): Promise<unknown> {
  const context = { signal: signal ?? new AbortController().signal, timeoutMs: TO.timeoutMs };
  const sent = (reception: Reception) =>
    new Promise<never>((_, reject) => {
      reception.signal.addEventListener('abort', () => reject(new Error('aborted')));
      try {
        send(reception);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  return exchange({ send: sent, isAgain, to: TO, context, options: { now: () => new Date() } }).catch(
    (error: unknown) => error,
  );
}

function thrown(code: string): never {
  throw Object.assign(new Error(code), { code });
}

describe.each([
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPROTO',
  'ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION',
  'UND_ERR_SOCKET',
])('%s', (code) => {
  test('before there is a connection: unseen', async () => {
    expect(await failing(() => thrown(code))).toMatchObject({ unsent: true });
  });

  test('afterwards: perhaps seen', async () => {
    const error = await failing(({ onSent }) => {
      onSent();
      thrown(code);
    });
    expect(error).toMatchObject({ unsent: false });
  });

  test('when the same was sent before: seen', async () => {
    expect(await failing(() => thrown(code), { isAgain: true })).toMatchObject({ unsent: false });
  });
});

test.each([
  ['no connection', {}, () => undefined, true],
  ['no reply', {}, ({ onSent }: Reception) => onSent(), false],
  ['no connection', { isAgain: true }, () => undefined, false],
])('the time limit says: %s %j', async (message, trial, send, unsent) => {
  expect(await failing(send, trial)).toMatchObject({
    code: 'TIMED_OUT',
    message: expect.stringContaining(message),
    unsent,
  });
});

test.each([
  [{}, () => undefined, true],
  [{}, ({ onSent }: Reception) => onSent(), false],
  [{ isAgain: true }, () => undefined, false],
])('an interruption %j of what was not sent yet is unseen', async (trial, send, unsent) => {
  const ended = new AbortController();
  const error = failing(send, { ...trial, signal: ended.signal });
  ended.abort();
  expect(await error).toMatchObject({ code: 'INTERRUPTED', unsent });
});
