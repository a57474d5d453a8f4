/** The state of installed schedules: active or not, and the time of the next run. */

import { nextOfCron, parseCron } from './cron-fields.js';
import { type Installed, installedSchedules } from './installed.js';
import { runProgram } from './programs.js';
import type { Machine, ScheduleState } from './system.js';
import { utcTime } from './systemd.js';
import { type SystemName, systems } from './systems.js';
import { nextTime } from './timing.js';

export type Schedule = Installed & ScheduleState;

/** Returns every schedule that ofx-sync installed for this person, with its state. */
export async function schedulesOf(machine: Machine, now: Date): Promise<Schedule[]> {
  const installed = await installedSchedules(machine);
  return Promise.all(installed.map(async (one) => ({ ...one, ...(await stateOf(one, now, machine)) })));
}

/** Asks the system for the state of a schedule. If it does not report the next run, that is calculated. */
export async function stateOf(one: Installed, now: Date, machine: Machine): Promise<ScheduleState> {
  const { query, readState } = systems[one.system];
  const command = query(machine);
  const reported =
    command === null
      ? { active: null, next: null }
      : // In UTC, since a local time may be ambiguous.
        readState(await runProgram(command, { ...machine.env, TZ: 'UTC' }));
  if (reported.active === false) return { active: false, next: null };
  return { active: reported.active, next: reported.next ?? (await plannedNext(one, now, machine)) };
}

/** Calculates the next run of an active schedule. */
export async function plannedNext({ system, mark }: Installed, now: Date, machine: Machine): Promise<Date | null> {
  const { timing } = mark;
  if (timing.kind === 'always') return null;
  return timing.kind === 'times' ? nextTime(timing, now) : nextByCalendar(system, timing.expression, { now, machine });
}

/** Returns true if the system accepts a calendar expression, or cannot check it. */
export async function takesCalendar(system: SystemName, expression: string, { env }: Machine): Promise<boolean> {
  if (system === 'cron') return parseCron(expression) !== null;
  const { code } = await runProgram({ argv: ['systemd-analyze', 'calendar', expression] }, env);
  return code === 0 || code === 127;
}

/** Returns the next time after an instant; `null` for no further time, or if the system cannot calculate it. */
async function nextByCalendar(
  system: SystemName,
  expression: string,
  { now, machine }: { readonly now: Date; readonly machine: Machine },
): Promise<Date | null> {
  if (system === 'cron') {
    const fields = parseCron(expression);
    return fields === null ? null : nextOfCron(fields, now);
  }
  const { code, stdout } = await runProgram({ argv: ['systemd-analyze', 'calendar', expression] }, machine.env);
  return code === 0 ? utcTime(/(?:\(in UTC\)|Next elapse): (.*)/.exec(stdout)?.[1] ?? '') : null;
}
