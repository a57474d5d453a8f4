/** The schema of quirks agrees with the type of the model. The types are compared when the tests are compiled. */

import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { quirksSchema } from '../../../src/institutions/quirks.js';
import type { Quirks } from '../../../src/model/institution.js';

type Raw = z.infer<typeof quirksSchema>;
type Parsed = { readonly [Key in keyof Raw]-?: NonNullable<Raw[Key]> };

test('each key of the model is in the schema, with values that the model accepts', () => {
  expectTypeOf<keyof Parsed>().toEqualTypeOf<keyof Quirks>();
  expectTypeOf<Parsed>().toExtend<Required<Quirks>>();
});

test('other keys are rejected, and each key may be absent', () => {
  expect(quirksSchema.safeParse({}).success).toBe(true);
  expect(quirksSchema.safeParse({ ofxversion: '102' }).success).toBe(false);
});

test.each([
  { userAgent: 'a\r\nX-Evil: 1' },
  { headers: { 'X-One': 'a\nb' } },
  { headers: { 'a b': 'c' } },
  { appVer: '27000' },
])('what would break a request is refused: %o', (quirks) => {
  expect(quirksSchema.safeParse(quirks).success).toBe(false);
});
