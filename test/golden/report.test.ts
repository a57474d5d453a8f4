/** The report of a household with everything in it, as it was read once. */

import { expect, test } from 'vitest';
import { isoDate } from '../../src/model/dates.js';
import { reportPage } from '../../src/report/page/page.js';
import { reportScene } from '../support/report-scene.js';

const OPTIONS = { locale: 'en-GB', timeZone: 'UTC' };

/** Begins a line with each element that stands for itself, so that a difference can be read. */
function inLines(page: string): string {
  return page
    .replace(/<style>[^<]*<\/style>/, '<style>…</style>')
    .replace(/sha256-[\w+/=]+/, 'sha256-…')
    .replace(
      /(?<!\n)<(?=(?:section|article|h[123]|p|ul|li|dl|dt|figure|svg|path|rect|details|table|thead|tr|meta|title|div)\b)/g,
      '\n<',
    );
}

test('the whole page', async () => {
  const page = inLines(reportPage(reportScene(), OPTIONS));
  await expect(page).toMatchFileSnapshot('../fixtures/report/household.html');
});

test('before the first sync', async () => {
  const nothing = {
    accounts: [],
    conditions: [],
    movements: [],
    nextRun: null,
    from: isoDate('2026-11-01'),
    program: { undelivered: 0, failedRun: null },
  };
  const page = inLines(reportPage({ ...reportScene(nothing), runs: [] }, OPTIONS));
  await expect(page).toMatchFileSnapshot('../fixtures/report/empty.html');
});
