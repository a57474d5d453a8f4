import { describe, expect, test } from 'vitest';
import { decimalMark, parseAmount, parseMoney, parseQuantity } from '../../../src/ofx/amount.js';

describe('amounts', () => {
  test.each([
    ['-12.34', '-12.34'],
    ['12,34', '12.34'],
    ['+12.340', '12.340'],
    [' - 12.34 ', '-12.34'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56', '1234.56'],
    ['1’234.50', '1234.50'],
    ['1.234.567', '1234567'],
    ['1,234,567.8', '1234567.8'],
    ['.5', '0.5'],
    ['-,5', '-0.5'],
    ['12.', '12'],
    ['12.34-', '-12.34'],
    ['(12.34)', '-12.34'],
    ['\u221212', '-12'],
    ['R$ 5.326,43', '5326.43'],
    ['-USD 12', '-12'],
    ['12,00 €', '12.00'],
    ['0012.30', '12.30'],
    ['-0.00', '0.00'],
    ['1E-4', '0.0001'],
    ['0E-8', '0.00000000'],
    ['-1.25e+3', '-1250'],
    ['1,5E2', '150'],
    ['($5.00)', '-5.00'],
    ['12.34 DR', '-12.34'],
    ['1,234.50Cr', '1234.50'],
    ['₹1,234.50', '1234.50'],
    ['12,34 zł', '12.34'],
    ['kr -12,34', '-12.34'],
    ['\u201412', '-12'],
    ['99999999999999999999.99', '99999999999999999999.99'],
  ])('%j is %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  test.each([
    '',
    ' ',
    '.',
    ',',
    '-',
    '+',
    '-5 DR',
    'DR',
    '5 XR',
    '--5',
    '+-5',
    '-5-',
    '(-5)',
    '(5',
    '12 34',
    '12.34.56',
    '1,23,456.00',
  ])('%j is not an amount', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  test.each(['6000.000,00', '1,234.567,89', '1e500', 'NaN', 'Infinity', '0x10', '56.77invalid', '١٢', '9'.repeat(65)])(
    '%j is null, rather than a guess',
    (text) => {
      expect(parseAmount(text)).toBeNull();
    },
  );

  test('a comma and three digits are decimals by the specification, but in money only for currencies with thousandths', () => {
    expect(parseAmount('1,234')).toBe('1.234');
    expect(parseMoney('1,234', 'USD')).toBeNull();
    expect(parseMoney('-12,500', 'EUR')).toBeNull();
    expect(parseMoney('1,234', 'KWD')).toBe('1.234');
    expect(parseMoney('0,123', 'USD')).toBe('0.123');
    expect(parseMoney('1.234', 'USD')).toBe('1.234');
    expect(parseMoney('1.234', 'JPY')).toBeNull();
    expect(parseMoney('12.3e4', 'USD')).toBeNull();
  });

  test.each(['EUR', 'SEK', 'PEN', 'HKE'])('the E of %s is no exponent', (code) => {
    expect(parseMoney(`12,34 ${code}`, code)).toBe('12.34');
    expect(parseMoney(`${code} -12,34`, code)).toBe('-12.34');
    expect(parseMoney(`1.234,56 ${code}`, code)).toBe('1234.56');
    expect(parseMoney(`1,234 ${code}`, code)).toBeNull();
  });

  const COMMA = { comma: true, point: false };
  const POINT = { comma: false, point: true };

  test.each([
    ['-12,34', ','],
    ['0,123', ','],
    ['1234,567', ','],
    ['1.234,56', ','],
    ['1.234.567', ','],
    ['R$ 12,3', ','],
    ['12.34', '.'],
    ['1,234,567', '.'],
    ['1,234.50', '.'],
    ['-1.000', null],
    ['1,000', null],
    ['1 234', null],
    ['12', null],
    ['12.', null],
    ['6000.000,00', null],
  ])('%j shows that %j stands before decimals', (text, mark) => {
    expect(decimalMark(text)).toBe(mark);
  });

  test('a separator before three digits is read as the rest of the statement writes it, or not at all', () => {
    expect(parseMoney('-1.000', 'EUR', COMMA)).toBeNull();
    expect(parseMoney('-1.000', 'EUR', POINT)).toBe('-1.000');
    expect(parseMoney('0.123', 'EUR', COMMA)).toBe('0.123');
    expect(parseMoney('1,234', 'KWD', POINT)).toBeNull();
    expect(parseMoney('1,234', 'KWD', COMMA)).toBe('1.234');
  });

  test('units and prices may have three decimals, but a comma must be one that the statement shows', () => {
    expect(parseQuantity('1,000')).toBeNull();
    expect(parseQuantity('1,000', POINT)).toBeNull();
    expect(parseQuantity('1,000', { comma: true, point: true })).toBeNull();
    expect(parseQuantity('10,500', COMMA)).toBe('10.500');
    expect(parseQuantity('10.500')).toBe('10.500');
    expect(parseQuantity('10.500', COMMA)).toBeNull();
    expect(parseQuantity('12,3456')).toBe('12.3456');
    expect(parseQuantity('1.23456', COMMA)).toBe('1.23456');
    expect(parseQuantity('1E-4')).toBe('0.0001');
  });
});
