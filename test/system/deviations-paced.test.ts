/** Banks that refuse a request too soon after the one before: see `deviations.test.ts`. The pauses make it slow. */

import { describe, test } from 'vitest';
import type { Received } from '../support/deviant-bank.js';
import { prove, type Row } from '../support/deviations.js';

const tooSoon = ({ sinceMs }: Received) => sinceMs < 3000;

const ROWS: readonly Row[] = [
  {
    name: 'a pause after each request, else 403',
    refuse: (request) => (tooSoon(request) ? { http: 403 } : null),
    given: { accountsPerRequest: 1 },
    by: 'check',
    cause: /too soon after the one before/,
    keys: { minIntervalMs: 5000 },
    gapMs: 3200,
  },
  {
    name: 'a pause after each request, else 429',
    refuse: (request) => (tooSoon(request) ? { http: 429 } : null),
    given: { accountsPerRequest: 1 },
    by: 'check',
    cause: /too soon after the one before/,
    keys: { minIntervalMs: 5000 },
    gapMs: 3200,
  },
];

describe.each(ROWS)('$name', (row) => {
  test(`${row.by} names the cause and the key, and with it a sync works`, (context) => prove(row, context));
});
