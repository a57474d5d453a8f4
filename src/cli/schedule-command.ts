/** `ofx-sync schedule install|status|remove` */

import { UsageError } from '../errors.js';
import { nearest } from '../model/nearest.js';
import type { Handler, Invocation } from './commands.js';
import { EXIT } from './exit.js';
import { write } from './io.js';
import { placeOf } from './schedule-fit.js';
import { visible } from './visible.js';

const ACTIONS: Readonly<Record<string, () => Promise<Handler>>> = {
  install: async () => (await import('./schedule-install.js')).scheduleInstall,
  status: async () => (await import('./schedule-status.js')).scheduleStatus,
  remove: async () => scheduleRemove,
};

export async function scheduleCommand(invocation: Invocation): Promise<number> {
  const [action = '', ...names] = invocation.words;
  const load = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (load === undefined) {
    const near = nearest(action, Object.keys(ACTIONS));
    throw new UsageError(
      `schedule does not know ${JSON.stringify(action)}`,
      near === null ? `It knows: ${Object.keys(ACTIONS).join(', ')}` : `Did you mean: ofx-sync schedule ${near}?`,
    );
  }
  if (action !== 'install' && names.length > 0) throw new UsageError(`schedule ${action} takes no names`);
  const handler = await load();
  return handler({ ...invocation, words: names });
}

async function scheduleRemove({ io, options }: Invocation): Promise<number> {
  const { installedSchedules, removeSchedule } = await import('../schedule/installed.js');
  const place = placeOf(io);
  const gone: string[] = [];
  for (const schedule of await installedSchedules(place)) gone.push(...(await removeSchedule(schedule, place)));
  if (options.json === true) await write(io.stdout, `${JSON.stringify({ version: 1, removed: gone }, null, 2)}\n`);
  else if (options.quiet !== true)
    await write(
      io.stdout,
      gone.length === 0 ? 'there is no schedule\n' : gone.map((one) => `removed: ${visible(one)}\n`).join(''),
    );
  return EXIT.ok;
}
