/** The first word of a command that does several things: `store check`, `schedule install` … */

import { UsageError } from '../errors.js';
import { nearest } from '../model/nearest.js';

/** @throws UsageError with the nearest of the actions. */
export function actionOf<Action extends string>(
  command: string,
  [word = '']: readonly string[],
  actions: readonly Action[],
): Action {
  const known = actions.find((action) => action === word);
  if (known !== undefined) return known;
  const near = nearest(word, actions);
  throw new UsageError(
    `${command} takes ${actions.join(', ')}, not ${JSON.stringify(word)}`,
    near === null ? `See: ofx-sync ${command} --help` : `Did you mean: ofx-sync ${command} ${near}?`,
  );
}
