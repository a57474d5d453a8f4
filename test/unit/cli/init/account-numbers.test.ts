/** Numbers as a person types them, and their check digits. */

import { expect, test } from 'vitest';
import { askedTwice, cleanedNumber, numberProblem, routingProblem } from '../../../../src/cli/init/account-numbers.js';
import { isCardNumber, isIban, isRoutingNumber } from '../../../../src/cli/init/check-digits.js';
import { fc } from '../../../support/properties.js';

test.each([
  ['000 123 456', 'checking', '000123456'],
  ['77-1234', 'investment', '77-1234'],
  ['4111 1111 1111 1111', 'creditcard', '4111111111111111'],
  ['4111-1111-1111-1111', 'creditcard', '4111111111111111'],
  ['de89 3704 0044 0532 0130 00', 'checking', 'DE89370400440532013000'],
] as const)('%s of a %s account', (typed, kind, cleaned) => {
  expect(cleanedNumber(typed, kind)).toBe(cleaned);
  expect(numberProblem(kind)(typed)).toBeNull();
});

test('real numbers pass', () => {
  for (const routing of ['121000248', '011000015', '091000019']) expect(isRoutingNumber(routing)).toBe(true);
  for (const card of ['4111111111111111', '5500005555555559', '6011601160116611'])
    expect(isCardNumber(card)).toBe(true);
  for (const iban of ['DE89370400440532013000', 'GB82WEST12345698765432', 'FR1420041010050500013M02606'])
    expect(isIban(iban)).toBe(true);
});

test('a slip in one digit never passes', () => {
  const slips = fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(slips, ([at, by]) => {
      const change = (number: string) =>
        [...number].map((digit, index) => (index === at ? String((Number(digit) + by) % 10) : digit)).join('');
      expect(isRoutingNumber(change('121000248'))).toBe(false);
      expect(isCardNumber(change('4111111111111111'))).toBe(false);
    }),
  );
});

test('hidden digits and nothing are refused, however often', () => {
  for (const typed of ['', '  ', '****3456', 'XXXX3456']) {
    const check = askedTwice(numberProblem('checking'));
    expect(check(typed)).not.toBeNull();
    expect(check(typed)).not.toBeNull();
  }
  const check = askedTwice(routingProblem);
  expect(check('1234567890')).toContain('nine digits');
  expect(check('1234567890')).toContain('nine digits');
});

test.each(['abc', '121000249'])('a routing number such as %s is kept when it is entered again', (typed) => {
  const check = askedTwice(routingProblem);
  expect(check(typed)).toContain('enter it again');
  expect(check('121000248')).toBeNull();
  expect(check(typed)).toBeNull();
});

test('bank codes of other countries pass', () => {
  for (const code of ['30004', '37040044', '200415']) expect(routingProblem(code)).toBeNull();
});
