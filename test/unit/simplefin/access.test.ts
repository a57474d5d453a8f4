/** Setup tokens, access URLs, and the requests of a sync. */

import { expect, test } from 'vitest';
import type { Account } from '../../../src/model/account.js';
import { isoDate } from '../../../src/model/dates.js';
import { claimAddress, isSetupToken, readAccess } from '../../../src/simplefin/access.js';
import { parametersOf, piecesOf } from '../../../src/simplefin/query.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['https://u:p@bridge.example/simplefin', 'https://bridge.example/simplefin', 'u', 'p'],
  [' https://u:p@bridge.example:8443/simplefin/ \n', 'https://bridge.example:8443/simplefin', 'u', 'p'],
  ['http://u%40x:p%2Fq%25@127.0.0.1:1/x', 'http://127.0.0.1:1/x', 'u@x', 'p/q%'],
])('%s is an access URL', (text, root, user, password) => {
  const access = readAccess(text);
  if (typeof access === 'string') throw new Error(access);
  expect([access.root.href, access.user, access.password]).toEqual([root, user, password]);
});

test.each([
  ['http://u:p@bridge.example/x', 'not-encrypted'],
  ['https://bridge.example/x', 'no-password'],
  ['https://u@bridge.example/x', 'no-password'],
  ['ftp://u:p@bridge.example/x', 'not-an-address'],
  ['hunter2', 'not-an-address'],
  ['', 'not-an-address'],
  [base64('https://bridge.example/claim/1'), 'setup-token'],
])('%s is not an access URL: %s', (text, problem) => {
  expect(readAccess(text)).toBe(problem);
});

test.each([
  [base64('https://bridge.example/claim/1'), 'https://bridge.example/claim/1'],
  [
    `${base64('https://bridge.example/claim/12').slice(0, 20)}\n${base64('https://bridge.example/claim/12').slice(20)}`,
    'https://bridge.example/claim/12',
  ],
  [base64('hello'), null],
  ['correcthorse', null],
  ['https://bridge.example/claim/1', null],
  [base64('javascript:alert(1)'), null],
])('the claim of %j', (token, address) => {
  expect(claimAddress(token)?.href ?? null).toBe(address);
  expect(isSetupToken(token)).toBe(address !== null);
});

const account = (id: string): Account => ({
  institution: 'bridge',
  name: id,
  accountKind: 'checking',
  kind: 'bank',
  id,
  routing: null,
  branch: null,
  brokerId: null,
  accountType: 'CHECKING',
});
const TODAY = isoDate('2026-11-20');
const wanted = (from: string, to: string | null, id = 'ACT-1') => ({
  account: account(id),
  from: isoDate(from),
  to: to === null ? null : isoDate(to),
});

test('one request has the days of all accounts, and as many follow as their number needs', () => {
  const some = [wanted('2026-11-10', null), wanted('2026-10-01', null, 'ACT-2')];
  expect(piecesOf(some, TODAY)).toEqual([{ from: '2026-10-01', to: null, pending: true, isForAll: true }]);
  expect(piecesOf([wanted('2026-09-01', '2026-09-30'), wanted('2026-09-15', '2026-10-05')], TODAY)).toEqual([
    { from: '2026-09-01', to: '2026-10-05', pending: true, isForAll: true },
  ]);
  expect(piecesOf([], TODAY)).toEqual([]);
});

test('pieces that only some accounts want are told from those that all want', () => {
  const one = [wanted('2026-01-01', null)];
  expect(piecesOf(one, TODAY).map(({ isForAll }) => isForAll)).toEqual([true, true, true, true]);
  const middle = [...one, wanted('2026-08-01', null, 'ACT-2')];
  expect(piecesOf(middle, TODAY).map(({ isForAll }) => isForAll)).toEqual([true, true, false, false]);
});

test('pieces join without a gap, and none is longer than a bridge answers', () => {
  const pieces = piecesOf([wanted('2020-01-01', null)], TODAY).toReversed();
  expect(pieces[0]?.from).toBe('2020-01-01');
  for (const [index, { from, to }] of pieces.entries()) {
    const next = pieces[index + 1];
    const end = Date.parse(to ?? TODAY);
    expect((end - Date.parse(from)) / 86_400_000).toBeLessThan(89);
    if (next !== undefined) expect(Date.parse(next.from) - end).toBe(86_400_000);
  }
});

test('parameters: the first second of the first day, the first one after the last', () => {
  const piece = { from: isoDate('2026-11-01'), to: isoDate('2026-11-02'), pending: false };
  expect(parametersOf(piece, ['ACT-1', 'A&b'])).toBe(
    'version=2&start-date=1793491200&end-date=1793664000&account=ACT-1&account=A%26b',
  );
  const many = Array.from({ length: 51 }, (_, index) => `ACT-${index}`);
  expect(parametersOf({ ...piece, to: null, pending: true }, many)).toBe('version=2&start-date=1793491200&pending=1');
});
