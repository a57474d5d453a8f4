/** Output that the pages show is that of today's program. */

import { expect, test } from 'vitest';
import { markdownFiles } from '../../scripts/pages.js';
import { fillRecorded, withoutTimes } from '../../scripts/recorded.js';
import { page, ROOT } from '../support/markdown.js';

const RECORDED = (await markdownFiles(ROOT)).filter((path) => page(path).includes('<!-- recorded: npm run docs -->\n'));

test('README shows at least six commands with their output, and one export', () => {
  expect(RECORDED).toContain('README.md');
  const commands = [...page('README.md').matchAll(/^\$ (ofx-sync.*)\n(?!\$|`|\n)/gm)].map(([, line]) => line);
  expect(commands.length).toBeGreaterThanOrEqual(7);
  expect(commands.filter((line) => line?.startsWith('ofx-sync export '))).toHaveLength(1);
});

test.each(RECORDED)('%s', async (path) => {
  expect(withoutTimes(await fillRecorded(page(path), ROOT))).toBe(withoutTimes(page(path)));
});

test('only times, ports and random ids may differ', () => {
  expect(withoutTimes('a  69 new  0.4 s')).toBe(withoutTimes('a  69 new  12.4 s'));
  expect(withoutTimes('connect  127.0.0.1 port 41235 (2 ms)')).toBe(withoutTimes('connect  127.0.0.1 port 8 (11 ms)'));
  expect(withoutTimes('a  69 new  0.4 s')).not.toBe(withoutTimes('a  70 new  0.4 s'));
  expect(withoutTimes('2026-11-20  -882.05 USD')).not.toBe(withoutTimes('2026-11-20  -882.06 USD'));
});
