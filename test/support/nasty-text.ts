/** Transactions whose text is full of what formats take for syntax: as many as OFX_SYNC_RUNS says, the same ones each time. */

import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { StoredTransaction } from '../../src/ports.js';
import { stored } from './export-input.js';
import { fc } from './properties.js';

export const RUNS = Number(process.env['OFX_SYNC_RUNS'] ?? 300);
/** Time that a test may take: what many transactions need on a slow machine. */
export const TIMEOUT_MS = 120_000 + RUNS * 12;

const SEED = 20_261_121;

const PIECES = [
  ...[
    ';',
    '  ;',
    '|',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '&',
    '&amp;',
    '</NAME>',
    ']]>',
    '"',
    "'",
    '\\',
    '\\"',
    '^',
  ],
  ...['\n', '\r', '\r\n', '\t', ' ', '  ', ',', ':', '::', '=', '*', '!', '@', '@@', '#', '%', '~', '$', '-', '+', '_'],
  ...[
    'é',
    'ß',
    '中',
    '😀',
    'e\u0301',
    '\u200f',
    '\u2028',
    '\u0085',
    '\u00a0',
    '\ufeff',
    '\ufffe',
    '\u0000',
    '\u0007',
    '\u001b[2J',
  ],
  ...['2026-13-45', '2026-01-01', '1,50', 'USD', 'N', 'OFX'],
];

const WHOLE: readonly string[] = [
  ...[
    'date: foo',
    'date2:x',
    'Payee: evil',
    'foo:: bar(',
    'value:: 5',
    'memo: x, date: foo',
    '(x) y',
    '(x',
    ')',
    '=1+1',
  ],
  ...[
    '* x',
    '! x',
    'end\\',
    '"',
    '',
    ' ',
    '\u0000',
    'a  ; b',
    ':a:b:',
    '2026-01-01',
    'include x',
    '[2026-12-01]',
    '^',
    '!Type:Bank',
  ],
  ...[
    '!Account',
    '<STMTTRN>',
    '&lt;b&gt;',
    '%(total)',
    "'; DROP TABLE x",
    '@SUM(A1)',
    '\ud800',
    '\udc00x',
    'x'.repeat(300),
  ],
];

/** Each of them is a text of its own. */
export const HOSTILE_TEXTS: readonly string[] = [...new Set([...PIECES, ...WHOLE])];

export const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join('')),
  fc.constantFrom(...WHOLE),
);

const amount = fc
  .tuple(
    fc.boolean(),
    fc.integer({ min: 0, max: 10 ** 9 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 0, max: 9999 }),
  )
  .map(([isSpent, whole, places, rest]) => {
    const fraction = places === 0 ? '' : `.${String(rest).padStart(4, '0').slice(0, places)}`;
    return `${isSpent && /[1-9]/.test(`${whole}${fraction}`) ? '-' : ''}${whole}${fraction}`;
  });

/** Of one account, in the order of their dates. */
export function nastyTransactions(count: number = RUNS): StoredTransaction[] {
  const option = fc.option(nastyText, { freq: 3 });
  const texts = fc.sample(fc.tuple(nastyText, option, option, option, amount), { numRuns: count, seed: SEED });
  return texts.map(([name, memo, checkNumber, refNumber, figure], index) => ({
    ...stored({ id: `id-${index}`, fitid: `F${index}`, name, memo, checkNumber, refNumber }),
    amount: decimal(figure),
    postedOn: isoDate(day((index * 366) / count)),
  }));
}

function day(number: number): string {
  return new Date(Date.UTC(2024, 0, 1 + Math.floor(number))).toISOString().slice(0, 10);
}

/** A program that is not ours need not hold all of them at once. */
export function pieces<T>(list: readonly T[], size = 10_000): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
