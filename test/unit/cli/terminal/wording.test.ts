/** The amounts of all tables. */

import { expect, test } from 'vitest';
import { amountText } from '../../../../src/cli/terminal/wording.js';

test.each([
  ['0', 'USD', '0.00 USD'],
  ['-12.3', 'USD', '-12.30 USD'],
  ['1234567890.12', 'EUR', '1,234,567,890.12 EUR'],
  ['-1000', 'USD', '-1,000.00 USD'],
  ['12.3456', 'USD', '12.3456 USD'],
  ['123456', 'JPY', '123,456 JPY'],
  ['0.5', 'JPY', '0.5 JPY'],
  ['1.5', 'KWD', '1.500 KWD'],
  ['12.34567890123456789', 'USD', '12.34567890123456789 USD'],
  ['999', '', '999 '],
  ['5', 'not a code', '5 not a code'],
  ['5', '\u001b[2J', '5 ␛[2J'],
])('%s %s is %s', (amount, currency, text) => {
  expect(amountText(amount, currency)).toBe(text);
});
