/** `ofx-sync schedule install|status|remove`: runs `sync` by a timer of the system. */

import { UsageError } from '../../errors.js';
import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { visible } from '../terminal/escape.js';
import { placeOf } from './fit.js';

export async function scheduleCommand(invocation: Invocation): Promise<number> {
  const action = actionOf('schedule', invocation.words);
  const names = invocation.words.slice(1);
  if (action === 'install') return (await import('./install.js')).scheduleInstall({ ...invocation, words: names });
  if (names.length > 0) throw new UsageError(`schedule ${action} takes no names`, 'See: ofx-sync schedule --help');
  if (action === 'status') return (await import('./status.js')).scheduleStatus(invocation);
  return scheduleRemove(invocation);
}

async function scheduleRemove(invocation: Invocation): Promise<number> {
  const { installedSchedules, removeSchedule } = await import('../../schedule/installed.js');
  const place = placeOf(invocation.io);
  const gone: string[] = [];
  for (const schedule of await installedSchedules(place)) gone.push(...(await removeSchedule(schedule, place)));
  await printResult(invocation, {
    json: { version: 1, removed: gone },
    text: gone.length === 0 ? ['no schedule is installed'] : gone.map((one) => `removed: ${visible(one)}`),
  });
  return EXIT.ok;
}
