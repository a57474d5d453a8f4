/** Pruning: the records that the store removes, and those that it keeps. */

import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open.js';
import { account, institution, statement } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

const NOW = new Date('2026-11-20T06:30:00Z');
const message = (id: string) => ({ id, at: NOW.toISOString(), title: '', text: id, news: [] });

test('a thousand runs, two hundred delivered and fifty waiting messages are kept, and the last success always', async () => {
  const store = await openStore(scratchDir());
  const first = store.beginRun(NOW);
  store.save(account(), statement(), { runId: first, at: NOW, wanted: null, institution: institution() });
  store.finishRun(first, NOW);
  for (let run = 0; run < 1100; run += 1) store.finishRun(store.beginRun(NOW), NOW);
  for (let sent = 0; sent < 210; sent += 1) {
    store.recordNotification({ began: [], ended: [] }, message(`sent-${sent}`));
    store.markSent(`sent-${sent}`, NOW);
  }
  for (let waiting = 0; waiting < 60; waiting += 1)
    store.recordNotification({ began: [], ended: [] }, message(`waiting-${waiting}`));
  const told = { kind: 'stale', institution: 'river', account: 'checking', detail: '' } as const;
  store.recordNotification({ began: [told], ended: [] }, null);
  store.prune();
  store.prune();
  expect(store.runs(5000)).toHaveLength(1000);
  expect(store.unsentMessages().map(({ id }) => id)).toEqual(
    Array.from({ length: 50 }, (_, index) => `waiting-${index + 10}`),
  );
  expect(store.reportedConditions()).toEqual([told]);
  expect(store.status([account()])[0]?.lastSuccessAt).toBe(NOW.toISOString());
  store.close();
});
