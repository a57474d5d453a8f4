import { expect, test } from 'vitest';
import { isCurrency, minorDigits } from '../../../src/model/currency.js';

const CODES = Intl.supportedValuesOf('currency');

test('each currency has the digits that it has for Intl', () => {
  const format = (currency: string) => new Intl.NumberFormat('en', { style: 'currency', currency });
  const stated = CODES.map((code) => [code, format(code).resolvedOptions().maximumFractionDigits]);
  expect(CODES.map((code) => [code, minorDigits(code)])).toEqual(stated);
  expect(['USD', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
});

test('a code that no currency has is none, whatever was asked of it before', () => {
  expect(minorDigits('QQQ')).toBe(2);
  expect(['USD', 'JPY', 'QQQ', 'usd', ''].map(isCurrency)).toEqual([true, true, false, false, false]);
});
