/** What the system says of an installed schedule: whether it is at work, and when it runs next. */

import { nextOfCron, parseCron } from './cron-fields.js';
import { type Installed, installedSchedules } from './installed.js';
import { runProgram } from './programs.js';
import type { Place, ScheduleState } from './system.js';
import { utcTime } from './systemd.js';
import { type SystemName, systems } from './systems.js';
import { nextTime } from './timing.js';

export type Schedule = Installed & ScheduleState;

/** Every schedule of this person that ofx-sync made, with its state. */
export async function schedulesOf(place: Place, now: Date): Promise<Schedule[]> {
  const installed = await installedSchedules(place);
  return Promise.all(installed.map(async (one) => ({ ...one, ...(await stateOf(one, now, place)) })));
}

/** Where the system does not say when it runs next, that is worked out from its times. */
export async function stateOf(one: Installed, now: Date, place: Place): Promise<ScheduleState> {
  const { query, readState } = systems[one.system];
  const command = query(place);
  const said =
    command === null
      ? { active: null, next: null }
      : // An instant in the zone of this machine may be two.
        readState(await runProgram(command, { ...place.env, TZ: 'UTC' }));
  if (said.active === false) return { active: false, next: null };
  return { active: said.active, next: said.next ?? (await plannedNext(one, now, place)) };
}

/** When it would run next were it at work. */
export async function plannedNext({ system, mark }: Installed, now: Date, place: Place): Promise<Date | null> {
  const { timing } = mark;
  return timing.kind === 'times' ? nextTime(timing, now) : nextByCalendar(system, timing.expression, { now, place });
}

/** Whether the system takes it. What only the system itself could say, and does not, is taken. */
export async function takesCalendar(system: SystemName, expression: string, { env }: Place): Promise<boolean> {
  if (system === 'cron') return parseCron(expression) !== null;
  const { code } = await runProgram({ argv: ['systemd-analyze', 'calendar', expression] }, env);
  return code === 0 || code === 127;
}

/** The next time after an instant; `null` when there is none, or only the system could tell and does not. */
async function nextByCalendar(
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
