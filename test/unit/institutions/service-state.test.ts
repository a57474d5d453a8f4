/** The word for the state of a service. */

import { expect, test } from 'vitest';
import { openDirectory } from '../../../src/institutions/directory.js';
import { SERVICE_STATES, serviceState } from '../../../src/institutions/service-state.js';

const fresh = { isStale: false, directConnect: null } as const;

test.each([
  ['works', { ended: null, evidence: fresh }],
  ['works', { ended: null, evidence: { ...fresh, directConnect: 'yes' } }],
  // Only one of the same name is listed without it.
  ['works', { ended: null, evidence: { ...fresh, directConnect: 'no?' } }],
  ['old', { ended: null, evidence: { ...fresh, directConnect: 'no' } }],
  ['old', { ended: null, evidence: { isStale: true, directConnect: null } }],
  // The service is offered, but nobody has confirmed this address.
  ['old', { ended: null, evidence: { isStale: true, directConnect: 'yes' } }],
  ['ended', { ended: 'it ended Direct Connect in 2025', evidence: fresh }],
  ['ended', { ended: 'it was merged', evidence: { isStale: true, directConnect: 'yes' } }],
] as const)('%s: %j', (state, known) => {
  expect(serviceState(known)).toBe(state);
});

test('nothing whose address was last seen before 2016 is said to work', async () => {
  const { institutions } = await openDirectory();
  for (const state of SERVICE_STATES)
    expect(institutions.filter((one) => serviceState(one) === state).length).toBeGreaterThan(10);
  const old = institutions.filter((one) => one.evidence.seen < '2016' && serviceState(one) === 'works');
  expect(old.map(({ id }) => id)).toEqual([]);
});
