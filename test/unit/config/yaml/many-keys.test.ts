/** Files with keys by the hundred thousand: whatever reads accounts.yaml without checking it takes no longer than for others. */

import { describe, expect, test } from 'vitest';
import { loadNotify } from '../../../../src/config/load.js';
import { banksInText } from '../../../../src/config/yaml/banks.js';
import { removeInstitution } from '../../../../src/config/yaml/change.js';
import { addInstitution } from '../../../../src/config/yaml/edit.js';
import { hasTooManyValues, MAX_FILE_LENGTH } from '../../../../src/config/yaml/problem.js';

const BANKS = 'institutions:\n  - { name: a, url: sandbox://summit }\n  - { name: b, url: sandbox://river }\n';
const NOTIFY = 'notify: { desktop: true }\n';
const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1\n`).join('');
const MANY = `${BANKS}${NOTIFY}${keys(100_000)}`;
const EQUAL = `${BANKS}k0: 1\n${keys(2)}`;
const TOO_MANY = `${BANKS}${NOTIFY}more: [${'1,'.repeat(1_000_000)}1]\n`;
const ADDED = { keys: { name: 'c', url: 'sandbox://summit' }, accounts: [] };

describe('many keys', () => {
  test('are read for their banks', () => {
    expect(banksInText(MANY).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('are read for notify', () => {
    expect(loadNotify(MANY)?.settings.to).toEqual({ desktop: true });
  });

  test('are added to', () => {
    expect(addInstitution(MANY, ADDED).length).toBeGreaterThan(MANY.length);
  });

  test('are removed from', () => {
    expect(removeInstitution(MANY, 'a')).toHaveLength(MANY.length - '  - { name: a, url: sandbox://summit }\n'.length);
  });
});

test.each([
  ['equal keys', EQUAL],
  ['more values than the memory holds', TOO_MANY],
])('%s are a mistake for each of them', (_, text) => {
  expect(banksInText(text)).toEqual([]);
  expect(loadNotify(text)).toBeNull();
  expect(() => addInstitution(text, ADDED)).toThrow('mistakes');
  expect(() => removeInstitution(text, 'a')).toThrow('mistakes');
});

const BANK_KEYS = [
  'url: https://ofx.example/',
  'org: B1',
  'fid: "1"',
  'userId: alex',
  'password: { env: PW }',
  'clientUid: auto',
];
const ACCOUNT = ['name: checking', 'kind: checking', 'id: "000123456"', 'routing: "021000021"', 'staleAfter: 5d'];

test.each([
  ['on one line', `      - { ${ACCOUNT.join(', ')} }\n`],
  ['with each key on a line', `      - ${ACCOUNT.join('\n        ')}\n`],
])('10,000 institutions with 50,000 accounts %s are not too many values', (_, account) => {
  const bank = `  - ${['name: birch', ...BANK_KEYS, 'accounts:'].join('\n    ')}\n${account.repeat(5)}`;
  const text = `institutions:\n${bank.repeat(10_000)}`;
  expect(text.length).toBeLessThan(MAX_FILE_LENGTH);
  expect(hasTooManyValues(text)).toBe(false);
});
