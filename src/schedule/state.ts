/** What the system says of an installed schedule: whether it is at work, and when it runs next. */

import { nextByCalendar } from './calendar.js';
import { type Installed, installedSchedules } from './installed.js';
import { runProgram } from './programs.js';
import type { Place, ScheduleState } from './system.js';
import { systems } from './systems.js';
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
