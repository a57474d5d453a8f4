import { expect, test } from 'vitest';
import { foreignSign } from '../../../src/ofx/currency-sign.js';

test.each([
  ['$12.34', 'EUR', '$'],
  ['-US$ 12.34', 'CAD', 'US$'],
  ['R$ 5,00', 'USD', 'R$'],
  ['12,34 USD', 'EUR', 'USD'],
  ['12,34 €', 'USD', '€'],
  ['(£5.00)', 'EUR', '£'],
  ['12,34 zł', 'EUR', 'zł'],
  ['kr 12', 'EUR', 'kr'],
])('%j contradicts %s', (amount, currency, sign) => {
  expect(foreignSign(amount, currency)).toBe(sign);
});

test.each([
  ['$12.34', 'USD'],
  ['$12.34', 'CAD'],
  ['US$12.34', 'USD'],
  ['R$ 5,00', 'BRL'],
  ['12,34 EUR', 'EUR'],
  ['12,34 €', 'EUR'],
  ['kr -12', 'SEK'],
  ['₿ 1', 'EUR'],
  ['12.34', 'EUR'],
  ['12.34 CR', 'EUR'],
  ['1E-4', 'EUR'],
  ['$12.34', 'XXX'],
  [`$${'9'.repeat(100_000)}`, 'EUR'],
])('%j does not contradict %s', (amount, currency) => {
  expect(foreignSign(amount, currency)).toBeNull();
});
