/** Status codes to errors: signon codes first, then statement codes; unknown ones by severity. */

import { describe, expect, test } from 'vitest';
import type { Quirks } from '../../../src/model/institution.js';
import { Secret, type SecretReference } from '../../../src/model/secret.js';
import { isSuccess, isWindowTooLong, signonError, statementError } from '../../../src/ofx/status.js';

const RIVER = { name: 'river', password: null, clientUid: null, quirks: {} };
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
    [2021, 'ERROR', 'SIGNON_NEEDS_ACTION'],
    [99999, 'ERROR', 'SIGNON_REJECTED'],
  ])('%i %s is %s', (code, severity, expected) => {
    const error = signonError(status(code, severity), RIVER);
    expect(error?.code ?? null).toBe(expected);
    if (error !== null) {
      expect(error.hint).not.toBeNull();
      expect(error.retryable).toBe(false);
      expect(error.ofxStatus).toBe(code);
    }
  });

  test('the institution’s message is quoted unchanged', () => {
    expect(signonError(status(2000, 'ERROR', 'Please verify your identity'), RIVER)?.message).toContain(
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
    expect(statementError(status(code, severity), RIVER)?.code ?? null).toBe(expected);
  });
});

test('odd severities do not matter for known codes', () => {
  expect(isSuccess(status(0, 'ERROR'))).toBe(true);
  expect(isSuccess(status(2003, 'INFO'))).toBe(false);
});

test('a window that is too long is recognized by code or by message', () => {
  expect(isWindowTooLong(status(2027))).toBe(true);
  expect(isWindowTooLong(status(2020))).toBe(true);
  expect(isWindowTooLong(status(2000, 'ERROR', 'The date range is too long'))).toBe(true);
  expect(isWindowTooLong(status(2003))).toBe(false);
  expect(isWindowTooLong(status(0, 'INFO', 'date range'))).toBe(false);
});

test.each<[SecretReference | null, string]>([
  [null, 'then: ofx-sync secret set river'],
  [{ scheme: 'keychain', name: null }, 'then: ofx-sync secret set river'],
  [{ scheme: 'keychain', name: 'bank' }, 'then: ofx-sync secret set bank'],
  [{ scheme: 'env', name: 'RIVER_PW' }, 'then set $RIVER_PW'],
  [{ scheme: 'file', path: '/home/alex/.river' }, 'then write it to /home/alex/.river'],
  [
    { scheme: 'command', command: ['pass', 'show', 'river'] },
    'then change it where the command in accounts.yaml (pass) finds it',
  ],
  [{ scheme: 'literal', value: new Secret('demo') }, 'then correct accounts.yaml'],
  [{ scheme: 'prompt' }, 'then enter it at the next run'],
])('a refused password is corrected at its source in accounts.yaml (%#)', (password, expected) => {
  expect(signonError(status(15500), { ...RIVER, password })?.hint).toBe(`Check user id and password, ${expected}`);
});

test.each<[SecretReference | 'auto' | null, Quirks, string]>([
  [null, {}, 'Set clientUid: auto in accounts.yaml, then: ofx-sync signon river'],
  ['auto', { clientUid: 'never' }, 'which clientUid: never suppresses'],
  ['auto', { ofxVersion: '102' }, 'OFX 102 has no element for it. Set clientUid: always, or an ofxVersion'],
  ['auto', { ofxVersion: '102', clientUid: 'always' }, 'Confirm this program'],
  [{ scheme: 'env', name: 'UID' }, { ofxVersion: '203' }, 'For guidance, run in a terminal: ofx-sync signon river'],
])('15510 names the missing part: the id, a place for it, or its confirmation (%#)', (clientUid, quirks, expected) => {
  expect(signonError(status(15510), { ...RIVER, clientUid, quirks })?.hint).toContain(expected);
});
