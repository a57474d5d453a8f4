/** `ofx-sync schedule status`: what is installed, whether it still fits, when it ran last with what outcome, and when it runs next. */

import { existsSync } from 'node:fs';
import type { RunRecord } from '../../ports.js';
import { type Schedule, schedulesOf } from '../../schedule/state.js';
import { systems } from '../../schedule/systems.js';
import { timingText } from '../../schedule/timing.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { isLatest, readUnattendedRun, type UnattendedRun } from '../sync/unattended-run.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { momentText } from '../terminal/time-format.js';
import { runText } from '../terminal/wording.js';
import { argumentOf, placeOf, scheduleProblems } from './fit.js';

interface Row {
  readonly schedule: Schedule;
  readonly last: RunRecord | null;
  readonly unattended: UnattendedRun | null;
}

/** Exit 1 when nothing is installed, or what is does not fit. */
export async function scheduleStatus(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const installed = await schedulesOf(placeOf(io), io.now());
  const rows: Row[] = [];
  for (const schedule of installed) {
    const data = argumentOf(schedule.mark.command, '--data');
    rows.push({
      schedule,
      last: data === null ? null : await lastRunIn(data),
      unattended: data === null ? null : readUnattendedRun(data),
    });
  }
  const problems = scheduleProblems(installed, io);
  if (options.json === true) {
    const schedules = rows.map(({ schedule: { system, mark, active, next }, last, unattended }) => ({
      system,
      timing: timingText(mark.timing),
      command: mark.command,
      version: mark.version,
      active,
      nextRunAt: next?.toISOString() ?? null,
      lastRun: last,
      lastAttempt: unattended,
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

function rowLines({ schedule: { system, mark, active, next }, last, unattended }: Row): string[] {
  return [
    `${systems[system].title}, ${visible(timingText(mark.timing))}`,
    `  runs      ${visible(mark.command.join(' '))}`,
    ...lastLines(last, unattended),
    `  next run  ${next === null ? (active === false ? 'none, it is not started' : 'not known') : momentText(next.toISOString())}`,
    ...(mark.log === null ? [] : [`  output    ${visible(mark.log)}`]),
  ];
}

/** A run that came to nothing has left no trace in the store. */
function lastLines(last: RunRecord | null, unattended: UnattendedRun | null): string[] {
  const newer = unattended !== null && isLatest(unattended, last) ? unattended : null;
  if (newer !== null && newer.error !== null)
    return [
      `  last run  ${momentText(newer.startedAt)}  came to nothing: ${visible(newer.error.message)}`,
      ...(newer.error.hint === null ? [] : [`            ${visible(newer.error.hint)}`]),
    ];
  if (newer !== null && (last === null || Date.parse(last.startedAt) < Date.parse(newer.startedAt)))
    return [
      `  last run  ${momentText(newer.startedAt)}  nobody was due`,
      ...(last === null ? [] : [`            ${runText(last)}`]),
    ];
  return [`  last run  ${last === null ? 'never' : runText(last)}`];
}

/** Further back nobody remembers. */
const MOST_RUNS = 1000;

/** The last run by a timer, from the store that the schedule itself fills, which need not be the one of this command. */
async function lastRunIn(data: string): Promise<RunRecord | null> {
  const [{ openStore }, { STORE_FILE }] = await Promise.all([
    import('../../store/open.js'),
    import('../../store/names.js'),
  ]);
  if (!existsSync(`${data}/${STORE_FILE}`)) return null;
  const store = await openStore(data, { readOnly: true });
  try {
    return store.runs(MOST_RUNS).find(({ unattended }) => unattended) ?? null;
  } finally {
    store.close();
  }
}
