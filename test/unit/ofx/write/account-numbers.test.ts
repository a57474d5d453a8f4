import { expect, test } from 'vitest';
import { accountNumbersMask } from '../../../../src/ofx/write/account-numbers.js';

const mask = accountNumbersMask(() => ['000123456', '77-1234', '9876']);

test.each([
  ['account 000123456 is closed', 'account ••••3456 is closed'],
  ['account 000-123-456 is closed', 'account ••••-456 is closed'],
  ['account 77-1234', 'account ••••234'],
  ['card 4111 1111 1111 1111 was replaced', 'card ••••1111 was replaced'],
  ['reference 4111111111111112', 'reference 4111111111111112'],
  ['at 20261121063000', 'at 20261121063000'],
  ['call 9876', 'call 9876'],
])('%s', (text, shown) => {
  expect(mask(text)).toBe(shown);
});
