/** One word for the state of an institution's OFX service, for a column of a list. Pure. */

import type { Evidence } from './evidence.js';

/**
 * `works`: it worked for somebody who reported it, or with settings that a program tested, and no later listing is without
 * Direct Connect. `old`: its address is unconfirmed, or a later listing is without Direct Connect: ask the bank first.
 * `ended`: the service is known to have ended. Nothing here is a promise: `Evidence.text` has the dates.
 */
export const SERVICE_STATES = ['works', 'old', 'ended'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

interface Known {
  readonly ended: string | null;
  readonly evidence: Pick<Evidence, 'isStale' | 'directConnect'>;
}

/** Returns the state of a service by what the directory knows of it. */
export function serviceState({ ended, evidence }: Known): ServiceState {
  if (ended !== null) return 'ended';
  return evidence.isStale || evidence.directConnect === 'no' ? 'old' : 'works';
}
