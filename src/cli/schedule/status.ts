/** `ofx-sync schedule status`: shows the installed schedules, their last and next runs, and their problems. */

import { existsSync } from 'node:fs';
import type { RunRecord } from '../../ports.js';
import { type Schedule, schedulesOf } from '../../schedule/state.js';
import { isServerSystem, systems } from '../../schedule/systems.js';
import { timingText } from '../../schedule/timing.js';
import type { Invocation } from '../command/command.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { isLatest, readUnattendedRun, type UnattendedRun } from '../sync/unattended-run.js';
import { visible } from '../terminal/escape.js';
import { momentText } from '../terminal/time-format.js';
import { runText } from '../terminal/wording.js';
import { argumentOf, placeOf, scheduleProblems } from './fit.js';

interface Row {
  readonly schedule: Schedule;
  readonly last: RunRecord | null;
  readonly unattended: UnattendedRun | null;
}

/** Prints the schedules. The status is 1 when nothing is installed or something is wrong. */
export async function scheduleStatus(invocation: Invocation): Promise<number> {
  const { io } = invocation;
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
  const lines =
    rows.length === 0
      ? ['no schedule is installed; to install one: ofx-sync schedule install --daily 06:30']
      : rows.flatMap(rowLines);
  const wrong = problems.map(({ message, hint }) => `problem: ${visible(message)}. ${visible(hint)}`);
  await printResult(invocation, {
    json: { version: 1, schedules: rows.map(rowJson), problems },
    text: [...lines, ...wrong],
    quiet: wrong,
  });
  return rows.length === 0 || problems.length > 0 ? EXIT.someFailed : EXIT.ok;
}

function rowJson({ schedule: { system, mark, active, next }, last, unattended }: Row): object {
  return {
    system,
    timing: timingText(mark.timing),
    command: mark.command,
    version: mark.version,
    active,
    nextRunAt: next?.toISOString() ?? null,
    lastRun: last,
    lastAttempt: unattended,
  };
}

function rowLines({ schedule: { system, mark, active, next }, last, unattended }: Row): string[] {
  return [
    `${systems[system].title}, ${visible(timingText(mark.timing))}`,
    `  runs      ${visible(mark.command.join(' '))}`,
    ...(isServerSystem(system)
      ? [`  state     ${active === null ? 'unknown' : active ? 'running' : 'not running'}`]
      : [
          ...lastLines(last, unattended),
          `  next run  ${next === null ? (active === false ? 'none, it is not started' : 'unknown') : momentText(next.toISOString())}`,
        ]),
    ...(mark.log === null ? [] : [`  output    ${visible(mark.log)}`]),
  ];
}

/** Describes the last run: from the store, or from its own note where the run failed before it could use the store. */
function lastLines(last: RunRecord | null, unattended: UnattendedRun | null): string[] {
  const newer = unattended !== null && isLatest(unattended, last) ? unattended : null;
  if (newer !== null && newer.error !== null)
    return [
      `  last run  ${momentText(newer.startedAt)}  failed: ${visible(newer.error.message)}`,
      ...(newer.error.hint === null ? [] : [`            ${visible(newer.error.hint)}`]),
    ];
  if (newer !== null && (last === null || Date.parse(last.startedAt) < Date.parse(newer.startedAt)))
    return [
      `  last run  ${momentText(newer.startedAt)}  no bank was due`,
      ...(last === null ? [] : [`            ${runText(last)}`]),
    ];
  return [`  last run  ${last === null ? 'never' : runText(last)}`];
}

/** Runs to search for the last one by a timer, newest first. */
const MAX_RUNS = 1000;

/** Returns the last run by a timer, from the store that the schedule fills, which need not be the one of this command. */
async function lastRunIn(data: string): Promise<RunRecord | null> {
  const [{ openStore }, { STORE_FILE }] = await Promise.all([
    import('../../store/open.js'),
    import('../../store/folder.js'),
  ]);
  if (!existsSync(`${data}/${STORE_FILE}`)) return null;
  const store = await openStore(data, { readOnly: true });
  try {
    return store.runs(MAX_RUNS).find(({ unattended }) => unattended) ?? null;
  } finally {
    store.close();
  }
}
