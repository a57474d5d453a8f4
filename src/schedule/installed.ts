/** Finds and removes installed schedules. */

import { existsSync, rmSync } from 'node:fs';
import { OfxSyncError } from '../errors.js';
import { cronMark, readCrontab, withoutBlock, writeCrontab } from './cron.js';
import { markInFile, removeEmpty } from './install.js';
import type { Mark } from './job.js';
import { runProgram } from './programs.js';
import type { Machine, PlannedFile } from './system.js';
import { SERVER_SYSTEMS, SYSTEM_NAMES, type SystemName, systems } from './systems.js';

export interface Installed {
  readonly system: SystemName;
  readonly mark: Mark;
}

const ALL: readonly SystemName[] = [...SYSTEM_NAMES, ...Object.values(SERVER_SYSTEMS).flatMap((name) => name ?? [])];

/** Returns every schedule that ofx-sync installed for this person; usually none or one, and perhaps a server. */
export async function installedSchedules(machine: Machine): Promise<Installed[]> {
  const found: Installed[] = [];
  for (const system of ALL) {
    const mark = await markFor(system, machine);
    if (mark !== null) found.push({ system, mark });
  }
  return found;
}

async function markFor(system: SystemName, machine: Machine): Promise<Mark | null> {
  const path = systems[system].mainFile(machine);
  if (path !== null) return markInFile(path, encodingOf(system));
  if (machine.platform === 'win32') return null;
  try {
    return cronMark(await readCrontab(machine.env));
  } catch (error) {
    // Without cron, or without permission to use it, it holds no schedule.
    if (error instanceof OfxSyncError) return null;
    throw error;
  }
}

function encodingOf(system: SystemName): PlannedFile['encoding'] {
  return system === 'windows' ? 'utf16le' : 'utf8';
}

/** Removes a schedule: its files, its crontab lines, and the folders created for it that are empty. @returns what was removed */
export async function removeSchedule({ system, mark }: Installed, machine: Machine): Promise<string[]> {
  const maker = systems[system];
  const removals: string[] = [];
  for (const command of maker.disable(machine)) await runProgram(command, machine.env);
  // This job serves only to find the paths of its files.
  for (const { path, encoding } of maker.files({ ...mark, path: '' }, machine, [])) {
    if (markInFile(path, encoding) === null) continue;
    rmSync(path);
    removals.push(path);
  }
  if (system === 'cron') {
    const { crontab, removed } = withoutBlock(await readCrontab(machine.env));
    if (removed) {
      await writeCrontab(crontab, machine.env);
      removals.push('crontab lines');
    }
  }
  if (mark.log !== null && existsSync(mark.log)) {
    rmSync(mark.log);
    removals.push(mark.log);
  }
  for (const path of maker.traces(machine)) rmSync(path, { force: true });
  for (const command of maker.afterRemoval(machine)) await runProgram(command, machine.env);
  removeEmpty(mark.folders);
  return removals;
}
