/** Keys without a value are dropped, all others stay. */

import { expect, expectTypeOf, test } from 'vitest';
import { present } from '../../../src/model/present.js';

test.each<[string, object, object]>([
  ['nothing', {}, {}],
  ['undefined is dropped', { since: undefined, until: '2026-11-20' }, { until: '2026-11-20' }],
  ['null, false, 0 and empty text are values', { a: null, b: false, c: 0, d: '' }, { a: null, b: false, c: 0, d: '' }],
])('%s', (_, values, expected) => {
  expect(present(values)).toStrictEqual(expected);
});

test('a key that may hold undefined is optional, any other is required', () => {
  const values: { since: string | undefined; force: boolean; ca: string | null | undefined } = {
    since: undefined,
    force: true,
    ca: null,
  };
  const result = present(values);
  expectTypeOf(result).toExtend<{ since?: string; force: boolean; ca?: string | null }>();
  expect(result).toStrictEqual({ force: true, ca: null });
});
