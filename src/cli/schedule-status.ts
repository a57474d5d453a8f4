/** `ofx-sync schedule status`: what is installed, whether it still fits, when it ran last with what outcome, and when it runs next. */

import { existsSync } from 'node:fs';
import type { RunRecord } from '../ports.js';
import { type Schedule, schedulesOf } from '../schedule/state.js';
import { systems } from '../schedule/systems.js';
import { timingText } from '../schedule/timing.js';
import type { Invocation } from './commands.js';
import { EXIT } from './exit.js';
import { write } from './io.js';
import { momentText } from './moment.js';
import { argumentOf, placeOf, scheduleProblems } from './schedule-fit.js';
import { runText } from './status-command.js';
import { visible } from './visible.js';

interface Row {
  readonly schedule: Schedule;
  readonly last: RunRecord | null;
}

/** Exit 1 when nothing is installed, or what is does not fit. */
export async function scheduleStatus(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const installed = await schedulesOf(placeOf(io), io.now());
  const rows: Row[] = [];
  for (const schedule of installed) rows.push({ schedule, last: await lastRunOf(schedule) });
  const problems = scheduleProblems(installed, io);
  if (options.json === true) {
    const schedules = rows.map(({ schedule: { system, mark, active, next }, last }) => ({
      system,
      timing: timingText(mark.timing),
      command: mark.command,
      version: mark.version,
      active,
      nextRunAt: next?.toISOString() ?? null,
      lastRun: last,
    }));
    await write(io.stdout, `${JSON.stringify({ version: 1, schedules, problems }, null, 2)}\n`);
  } else {
    const lines =
      rows.length === 0
        ? ['there is no schedule; make one: ofx-sync schedule install --daily 06:30']
        : rows.flatMap(rowLines);
    const wrong = problems.map(({ message, hint }) => `problem: ${visible(message)}. ${visible(hint)}`);
    if (options.quiet !== true || wrong.length > 0)
      await write(io.stdout, [...(options.quiet === true ? [] : lines), ...wrong].map((line) => `${line}\n`).join(''));
  }
  return rows.length === 0 || problems.length > 0 ? EXIT.someFailed : EXIT.ok;
}

function rowLines({ schedule: { system, mark, active, next }, last }: Row): string[] {
  return [
    `${systems[system].title}, ${visible(timingText(mark.timing))}`,
    `  runs      ${visible(mark.command.join(' '))}`,
    `  last run  ${last === null ? 'never' : runText(last)}`,
    `  next run  ${next === null ? (active === false ? 'none, it is not started' : 'not known') : momentText(next.toISOString())}`,
    ...(mark.log === null ? [] : [`  output    ${visible(mark.log)}`]),
  ];
}

/** Further back nobody remembers. */
const MOST_RUNS = 1000;

/** The last run by a timer, from the store that the schedule itself fills, which need not be the one of this command. */
async function lastRunOf({ mark }: Schedule): Promise<RunRecord | null> {
  const data = argumentOf(mark.command, '--data');
  const [{ openStore }, { STORE_FILE }] = await Promise.all([import('../store/open.js'), import('../store/names.js')]);
  if (data === null || !existsSync(`${data}/${STORE_FILE}`)) return null;
  const store = await openStore(data, { readOnly: true });
  try {
    return store.runs(MOST_RUNS).find(({ unattended }) => unattended) ?? null;
  } finally {
    store.close();
  }
}
