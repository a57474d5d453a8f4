/** Curves as text. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal } from '../../../src/model/decimal.js';
import { sparkline } from '../../../src/report/sparkline.js';

const line = (...amounts: (string | null)[]) => sparkline(amounts.map((one) => (one === null ? null : decimal(one))));

test('draws from the lowest to the highest', () => {
  expect(line('0', '1', '2', '3', '4', '5', '6', '7')).toBe('▁▂▃▄▅▆▇█');
  expect(line('-100', '-99.5', '100')).toBe('▁▁█');
  expect(line('5.00', null, '4')).toBe('█ ▁');
});

test('a curve that never changes is level', () => {
  expect(line('12', '12.00')).toBe('▄▄');
  expect(line()).toBe('');
  expect(line(null, null)).toBe('  ');
});

test('never loses the lowest and the highest, however long the amounts', () => {
  const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((n) => decimal(String(n)));
  fc.assert(
    fc.property(fc.array(amount, { minLength: 2, maxLength: 40 }), (amounts) => {
      const drawn = sparkline(amounts);
      expect([...drawn]).toHaveLength(amounts.length);
      if (new Set(amounts).size === 1) return;
      expect(drawn).toContain('▁');
      expect(drawn).toContain('█');
    }),
  );
});
