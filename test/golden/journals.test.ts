/** Golden journals. `npx vitest run test/golden -u` regenerates them; read the diff before you commit it. */

import { expect, test } from 'vitest';
import { exporters, OpeningTally } from '../../src/exporters/index.js';
import { rendered } from '../support/export-input.js';
import { scene } from '../support/journal-scene.js';

test.each(['hledger', 'ledger', 'beancount'] as const)('%s', async (format) => {
  const input = scene();
  const tally = new OpeningTally(input);
  for (const transaction of input.transactions) tally.add(transaction);
  const text = rendered(exporters[format].render({ ...input, openings: tally.openings() }));
  await expect(text).toMatchFileSnapshot(`../fixtures/exports/scene.${format}`);
});
