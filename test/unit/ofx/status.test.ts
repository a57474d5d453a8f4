/** Status codes to errors: the signon's before the statement's, unknown ones by severity. */

import { describe, expect, test } from 'vitest';
import { isSuccess, isWindowTooLong, signonError, statementError } from '../../../src/ofx/status.js';

const status = (code: number, severity = 'ERROR', message: string | null = null) => ({ code, severity, message });

describe('signon', () => {
  test.each([
    [0, 'INFO', null],
    [1, 'INFO', null],
    [15500, 'ERROR', 'SIGNON_REJECTED'],
    [15500, 'INFO', 'SIGNON_REJECTED'],
    [15501, 'ERROR', 'SIGNON_BUSY'],
    [15502, 'ERROR', 'SIGNON_LOCKED'],
    [15000, 'INFO', 'SIGNON_NEEDS_ACTION'],
    [3000, 'ERROR', 'SIGNON_NEEDS_ACTION'],
    [15510, 'ERROR', 'SIGNON_NEEDS_ACTION'],
    [15512, 'ERROR', 'SIGNON_NEEDS_ACTION'],
    [13504, 'ERROR', 'SIGNON_NEEDS_ACTION'],
    [2000, 'ERROR', 'STATEMENT_REFUSED'],
    [99999, 'INFO', null],
    [99999, 'ERROR', 'SIGNON_REJECTED'],
  ])('%i %s is %s', (code, severity, expected) => {
    const error = signonError(status(code, severity), 'river');
    expect(error?.code ?? null).toBe(expected);
    if (error !== null) {
      expect(error.hint).not.toBeNull();
      expect(error.retryable).toBe(false);
      expect(error.ofxStatus).toBe(code);
    }
  });

  test('the institution’s message is shown as it is', () => {
    expect(signonError(status(2000, 'ERROR', 'Please verify your identity'), 'river')?.message).toContain(
      '“Please verify your identity”',
    );
  });
});

describe('statement', () => {
  test.each([
    [0, 'INFO', null],
    [2003, 'ERROR', 'STATEMENT_REFUSED'],
    [2027, 'ERROR', 'STATEMENT_REFUSED'],
    [2028, 'WARN', null],
    [15500, 'ERROR', 'SIGNON_REJECTED'],
    [77777, 'WARN', null],
    [77777, 'ERROR', 'STATEMENT_REFUSED'],
  ])('%i %s is %s', (code, severity, expected) => {
    expect(statementError(status(code, severity), 'river')?.code ?? null).toBe(expected);
  });
});

test('lower case and odd severities decide nothing for known codes', () => {
  expect(isSuccess(status(0, 'ERROR'))).toBe(true);
  expect(isSuccess(status(2003, 'INFO'))).toBe(false);
});

test('a window that is too long is known by code, and by words', () => {
  expect(isWindowTooLong(status(2027))).toBe(true);
  expect(isWindowTooLong(status(2020))).toBe(true);
  expect(isWindowTooLong(status(2000, 'ERROR', 'The date range is too long'))).toBe(true);
  expect(isWindowTooLong(status(2003))).toBe(false);
  expect(isWindowTooLong(status(0, 'INFO', 'date range'))).toBe(false);
});
