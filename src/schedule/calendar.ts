/** Calendar expressions, in the words of the system that is to run them: whether it takes one, and when it is next. */

import { nextOfCron, parseCron } from './cron-fields.js';
import { runProgram } from './programs.js';
import type { Place } from './system.js';
import { utcTime } from './systemd.js';
import type { SystemName } from './systems.js';

/** Whether the system takes it. What only the system itself could say, and does not, is taken. */
export async function takesCalendar(system: SystemName, expression: string, { env }: Place): Promise<boolean> {
  if (system === 'cron') return parseCron(expression) !== null;
  const { code } = await runProgram({ argv: ['systemd-analyze', 'calendar', expression] }, env);
  return code === 0 || code === 127;
}

/** The next time after an instant; `null` when there is none, or only the system could tell and does not. */
export async function nextByCalendar(
  system: SystemName,
  expression: string,
  { now, place }: { readonly now: Date; readonly place: Place },
): Promise<Date | null> {
  if (system === 'cron') {
    const fields = parseCron(expression);
    return fields === null ? null : nextOfCron(fields, now);
  }
  const { code, stdout } = await runProgram({ argv: ['systemd-analyze', 'calendar', expression] }, place.env);
  return code === 0 ? utcTime(/(?:\(in UTC\)|Next elapse): (.*)/.exec(stdout)?.[1] ?? '') : null;
}
