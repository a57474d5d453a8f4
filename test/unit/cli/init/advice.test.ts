/** Advice during set-up: nothing that works only for a bank that accounts.yaml has. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { adviceDuringSetUp } from '../../../../src/cli/init/advice.js';
import { ERROR_CODES } from '../../../../src/errors.js';

const GALLERY = fileURLToPath(new URL('../../../fixtures/errors/', import.meta.url));

test('of all hints that a person can meet, only the sentences that can be followed now', () => {
  const texts = readdirSync(GALLERY).map((file) => readFileSync(join(GALLERY, file), 'utf8'));
  const hints = [...new Set(texts.flatMap((text) => text.split('\n').map((line) => line.trim())))];
  expect(hints.length).toBeGreaterThan(100);
  const advice = ERROR_CODES.flatMap((code) => hints.map((hint) => adviceDuringSetUp({ code, hint })));
  expect(advice.filter((one) => one !== null && /ofx-sync |accounts\.yaml| --[a-z]/.test(one))).toEqual([]);
});

test('nobody is led past a certificate that nobody vouches for', () => {
  const hint = 'This machine does not trust it. If you know why, name it with ca: FILE for river; otherwise do not.';
  expect(adviceDuringSetUp({ code: 'TLS_FAILED', hint })).toContain('do not sign on there');
});

test.each([
  [
    'Check your network, or try again later: the fault may lie with river.',
    'Check your network, or try again later: the fault may lie with river.',
  ],
  [
    'The bank limits the number of requests: try again later. If it repeats, set minIntervalMs: 5000.',
    'The bank limits the number of requests: try again later.',
  ],
  ['Correct ca:, or make the file readable.', null],
  ['Try again: ofx-sync signon river', null],
])('%s', (hint, expected) => {
  expect(adviceDuringSetUp({ code: 'CONNECTION_FAILED', hint })).toBe(expected);
});
