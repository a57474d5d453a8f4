/** However a server answers: a handful of requests, one after another, a pause between any two, and nothing after a good answer. */

import { expect, test } from 'vitest';
import { probe } from '../../../src/discovery/probe.js';
import { ConnectionError, HttpError, OfxError, type OfxSyncError } from '../../../src/errors.js';
import { institution } from '../../support/builders.js';
import { fc } from '../../support/properties.js';

const ANSWERS: Readonly<Record<string, () => OfxSyncError>> = {
  400: () => new HttpError('HTTP_STATUS', 'HTTP 400', { httpStatus: 400, hint: '' }),
  403: () => new HttpError('HTTP_STATUS', 'HTTP 403', { httpStatus: 403, hint: '' }),
  404: () => new HttpError('HTTP_STATUS', 'HTTP 404', { httpStatus: 404, hint: '' }),
  500: () => new ConnectionError('SERVER_UNAVAILABLE', 'HTTP 500', { httpStatus: 500, hint: '' }),
  503: () => new ConnectionError('SERVER_UNAVAILABLE', 'HTTP 503', { httpStatus: 503, hint: '' }),
  page: () => new HttpError('WEB_PAGE', 'a page', { httpStatus: 200, hint: '' }),
  unread: () => new OfxError('OFX_UNREADABLE', 'nothing', { hint: '' }),
  late: () => new ConnectionError('TIMED_OUT', 'no answer', { hint: '' }),
  tls: () => new ConnectionError('TLS_FAILED', 'no secure connection (EPROTO)', { hint: '' }),
};

test('never more than ten requests, never two without a pause', async () => {
  const answers = fc.array(fc.constantFrom(...Object.keys(ANSWERS)), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(answers, async (script) => {
      const log: string[] = [];
      let open = 0;
      const ports = {
        request: async () => {
          open += 1;
          expect(open).toBe(1);
          const name = script[log.filter((one) => one === 'request').length] ?? '';
          log.push('request');
          await Promise.resolve();
          open -= 1;
          throw ANSWERS[name]?.() ?? new TypeError(name);
        },
        read: () => Promise.reject(new TypeError('there is nothing to read')),
        sleep: async (ms: number) => {
          log.push(`pause ${ms}`);
        },
      };
      const options = { signal: new AbortController().signal, pauseMs: 3000 };
      const { attempts, found } = await probe(institution({}, {}), options, ports);
      expect(found).toBeNull();
      const requested = log.filter((one) => one === 'request').length;
      expect(attempts).toHaveLength(requested);
      expect(requested).toBeGreaterThan(0);
      expect(requested).toBeLessThanOrEqual(10);
      expect(log).toEqual(
        Array.from({ length: requested }, (_, at) => (at === 0 ? ['request'] : ['pause 3000', 'request'])).flat(),
      );
      expect(new Set(attempts.map(({ tried }) => JSON.stringify(tried))).size).toBe(requested);
    }),
    { numRuns: 300 },
  );
});
