/** The budgeting tools that accept transactions over an API of their own; each is loaded when it is used. */

import type { PushTargetName } from '../model/push.js';
import type { PushTarget } from '../ports.js';

export const pushTargets = {
  ynab: async () => (await import('./ynab.js')).ynab,
  actual: async () => (await import('./actual.js')).actual,
} satisfies Record<PushTargetName, () => Promise<PushTarget>>;
