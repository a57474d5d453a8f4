/** Turns for work that keeps the processor busy. */

import { expect, test } from 'vitest';
import { Turns } from '../../../src/sync/turns.js';

test('what is short goes before what is long, each in its order', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const work = (name: string) => turns.next({ isShort: name.startsWith('short') }).then(() => order.push(name));
  await Promise.all(['long 1', 'short 1', 'long 2', 'short 2'].map(work));
  expect(order).toEqual(['short 1', 'short 2', 'long 1', 'long 2']);
  expect(turns.isBusy).toBe(false);
});
