/** The errors that all targets of a push share. */

import { PushError } from '../errors.js';

/** Budgets recognise a transaction that is sent again by its import id. */
export const RUN_AGAIN = 'Run the same command again: nothing is added twice.';

export function interrupted(): PushError {
  return new PushError('INTERRUPTED', 'interrupted', { hint: RUN_AGAIN });
}
