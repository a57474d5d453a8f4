/** Commands whose first word is an action: `store check`, `schedule install` … */

import { UsageError } from '../../errors.js';
import { didYouMean } from '../../model/nearest.js';
import { actionMeant } from './other-words.js';

export const ACTIONS = {
  consumers: ['list', 'reset', 'remove'],
  notify: ['test'],
  rules: ['test', 'suggest'],
  schedule: ['install', 'status', 'remove'],
  secret: ['set', 'test', 'delete', 'list'],
  serve: ['token'],
  store: ['check', 'backup', 'compact'],
} as const;

/** The words after an action. */
export const STEPS = { serve: ['new', 'list', 'revoke'] } as const;

type Action<Command extends keyof typeof ACTIONS> = (typeof ACTIONS)[Command][number];

/** Returns the action. @throws UsageError with the nearest action. */
export function actionOf<Command extends keyof typeof ACTIONS>(
  command: Command,
  [word = '']: readonly string[],
): Action<Command> {
  const actions: readonly Action<Command>[] = ACTIONS[command];
  const known = actions.find((action) => action === word);
  if (known !== undefined) return known;
  const meant = actionMeant(command, word) ?? word;
  throw new UsageError(
    `${command} takes ${actions.join(', ')}, not ${JSON.stringify(word)}`,
    didYouMean(meant, actions, `See: ofx-sync ${command} --help`, `ofx-sync ${command} `),
  );
}
