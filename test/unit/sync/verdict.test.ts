/** An error of the older days of a window means an institution's limit, or nothing at all. */

import { expect, test } from 'vitest';
import {
  ConnectionError,
  HttpError,
  OfxError,
  type OfxSyncError,
  SignonError,
  StatementError,
  StoreError,
} from '../../../src/errors.js';
import { isInconclusive } from '../../../src/sync/verdict.js';

test.each<[string, OfxSyncError | null, boolean]>([
  ['no error', null, true],
  ['a refusal of the statement', new StatementError('STATEMENT_REFUSED', 'too old', { ofxStatus: 2000 }), false],
  ['HTTP 400', new HttpError('HTTP_STATUS', 'refused', { httpStatus: 400 }), false],
  ['HTTP 500', new ConnectionError('SERVER_UNAVAILABLE', 'broken', { httpStatus: 500 }), false],
  ['HTTP 503', new ConnectionError('SERVER_UNAVAILABLE', 'busy', { httpStatus: 503, retryable: true }), true],
  ['HTTP 404', new HttpError('HTTP_STATUS', 'gone', { httpStatus: 404 }), true],
  ['a web page', new HttpError('WEB_PAGE', 'maintenance', { httpStatus: 200 }), true],
  ['a reply that was cut off', new OfxError('OFX_UNREADABLE', 'cut off'), true],
  ['a full disk', new StoreError('STORE_FAILED', 'full'), true],
  ['a refused signon', new SignonError('SIGNON_REJECTED', 'no', { ofxStatus: 15500 }), true],
  ['a timeout', new ConnectionError('TIMED_OUT', 'late', { retryable: true }), true],
])('%s', (_, error, expected) => {
  expect(isInconclusive(error)).toBe(expected);
});
