/** All that `status` shows, whatever its form. */

import type { Freshness } from '../../notify/freshness.js';
import type { RunRecord } from '../../ports.js';
import type { Attempt } from '../sync/last-attempt.js';

export interface StatusReport {
  readonly accounts: readonly Freshness[];
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** When the schedule of this store runs next; `null` without one, or when only the system can tell. */
  readonly nextRun: Date | null;
  /** Messages that nobody has taken yet. */
  readonly undelivered: number;
  /** The last run by a timer, when nothing was begun since. */
  readonly attempt: Attempt | null;
}
