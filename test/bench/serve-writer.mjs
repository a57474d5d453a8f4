/** Saves a statement of 100 new transactions again and again, as syncs do, until standard input ends. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../dist/store/open.js';
import { bookingOf, EACH } from './serve.mjs';
import { ACCOUNT, save } from './store.mjs';

let isDone = false;
process.stdin.once('end', () => {
  isDone = true;
});
process.stdin.resume();
for (let round = 0; !isDone; round += 1) {
  const store = await openStore(join(process.argv[2], 'data'));
  const list = Array.from({ length: 100 }, (_, index) => bookingOf(EACH + round * 100 + index, -(index % 80)));
  save(store, list, { ...ACCOUNT, name: 'a0', id: '0' });
  store.close();
  await delay(1000);
}
