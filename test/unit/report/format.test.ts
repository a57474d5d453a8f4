/** Amounts and dates in the reader's locale. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { dayRatio, formatsFor, ratio } from '../../../src/report/page/format.js';
import { HOSTILE_TEXTS } from '../../support/nasty-text.js';

const british = formatsFor('en-GB', 'UTC');
const german = formatsFor('de-DE', 'Europe/Berlin');

/** Which kind of blank a locale uses is not ours to say. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('amounts', () => {
  test('are written as the locale does', () => {
    expect(british.amount(decimal('-1234.5'), 'GBP')).toBe('-£1,234.50');
    expect(plain(german.amount(decimal('-1234.5'), 'EUR'))).toBe('-1.234,50 €');
    expect(plain(formatsFor('fr-FR').amount(decimal('1234567.89'), 'EUR'))).toBe('1 234 567,89 €');
    expect(plain(formatsFor('ja-JP').amount(decimal('1234'), 'JPY'))).toMatch(/^[¥￥]1,234$/);
  });

  test('keep every digit', () => {
    expect(british.amount(decimal('12345678901234567890.123456789'), 'GBP')).toBe(
      '£12,345,678,901,234,567,890.123456789',
    );
    expect(british.amount(decimal('0.1000000000000000055'), 'GBP')).toBe('£0.1000000000000000055');
    expect(british.decimal(decimal('-9007199254740993.5'))).toBe('-9,007,199,254,740,993.5');
  });

  test('have the digits of their currency at least', () => {
    expect(british.amount(decimal('7'), 'GBP')).toBe('£7.00');
    expect(british.amount(decimal('7'), 'JPY')).toBe('JP¥7');
    expect(plain(british.amount(decimal('7.5'), 'KWD'))).toBe('KWD 7.500');
  });

  test('keep whatever a bank writes for a currency beside the number', () => {
    expect(british.amount(decimal('7.50'), 'US$')).toBe('7.5 US$');
    for (const text of HOSTILE_TEXTS) expect(british.amount(decimal('7'), text)).toContain('7');
  });
});

test('days are those of the bank, in every time zone', () => {
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])
    expect(formatsFor('en-GB', zone).day(isoDate('2026-11-20'))).toBe('20 Nov 2026');
  expect(german.month('2026-03')).toBe('März 2026');
  expect(british.shortMonth('2026-03')).toBe('Mar');
});

test('instants are local', () => {
  expect(british.moment('2026-11-20T23:30:00Z')).toBe('20 Nov 2026, 23:30');
  expect(german.moment(new Date('2026-11-20T23:30:00Z'))).toBe('21.11.2026, 00:30');
  expect(british.moment('yesterday')).toBe('yesterday');
});

test('shares and times', () => {
  expect(british.share(decimal('1'), decimal('3'))).toBe('33.3%');
  expect(british.share(decimal('1'), decimal('0'))).toBe('');
  expect(british.share(decimal('1'), decimal('-2'))).toBe('');
  expect(british.seconds(3449)).toBe('3.4 s');
  expect(ratio(decimal('0.5'), decimal('2'))).toBe(0.25);
  const period = { from: isoDate('2026-11-01'), to: isoDate('2026-11-11') };
  expect(['2026-10-01', '2026-11-06', '2026-12-01'].map((day) => dayRatio(isoDate(day), period))).toEqual([0, 0.5, 1]);
});
