/** Commands whose first word says which of several things they do: `store check`, `schedule install` … */

import { UsageError } from '../../errors.js';
import { nearest } from '../../model/nearest.js';

export const ACTIONS = {
  notify: ['test'],
  rules: ['test'],
  schedule: ['install', 'status', 'remove'],
  secret: ['set', 'test', 'delete', 'list'],
  store: ['check', 'backup', 'compact'],
} as const;

type Action<Command extends keyof typeof ACTIONS> = (typeof ACTIONS)[Command][number];

/** @throws UsageError with the nearest of the actions. */
export function actionOf<Command extends keyof typeof ACTIONS>(
  command: Command,
  [word = '']: readonly string[],
): Action<Command> {
  const actions: readonly Action<Command>[] = ACTIONS[command];
  const known = actions.find((action) => action === word);
  if (known !== undefined) return known;
  const near = nearest(word, actions);
  throw new UsageError(
    `${command} takes ${actions.join(', ')}, not ${JSON.stringify(word)}`,
    near === null ? `See: ofx-sync ${command} --help` : `Did you mean: ofx-sync ${command} ${near}?`,
  );
}
