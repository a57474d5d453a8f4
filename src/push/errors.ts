/** The errors that all targets of a push share. */

import { PushError } from '../errors.js';

/** Budgets recognise a transaction that is sent again by its import id. */
export const RUN_AGAIN = 'Run the same command again: nothing is added twice.';

export function interrupted(): PushError {
  return new PushError('INTERRUPTED', 'interrupted', { hint: RUN_AGAIN });
}

/** @param supported the number of decimals and the tool: `two that Actual supports`. */
export function notExact(amount: string, supported: string): PushError {
  return new PushError('PUSH_FAILED', `its balance ${amount} has more decimals than the ${supported}`, {
    hint: 'Create the account in the budget yourself, then run the same command again.',
  });
}
