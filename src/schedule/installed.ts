/** What is installed by now, and taking it away again. */

import { existsSync, rmSync } from 'node:fs';
import { OfxSyncError } from '../errors.js';
import { cronMark, readCrontab, withoutBlock, writeCrontab } from './cron.js';
import { markInFile, removeEmpty } from './install.js';
import type { Job, Mark } from './job.js';
import { runProgram } from './programs.js';
import type { Place, PlannedFile } from './system.js';
import { SYSTEM_NAMES, type SystemName, systems } from './systems.js';

export interface Installed {
  readonly system: SystemName;
  readonly mark: Mark;
}

/** Every schedule of this person that ofx-sync made; usually none or one. */
export async function installedSchedules(place: Place): Promise<Installed[]> {
  const found: Installed[] = [];
  for (const system of SYSTEM_NAMES) {
    const mark = await markFor(system, place);
    if (mark !== null) found.push({ system, mark });
  }
  return found;
}

async function markFor(system: SystemName, place: Place): Promise<Mark | null> {
  const path = systems[system].mainFile(place);
  if (path !== null) return markInFile(path, encodingOf(system));
  if (place.platform === 'win32') return null;
  try {
    return cronMark(await readCrontab(place.env));
  } catch (error) {
    // Whoever may not use cron, or has none, has no schedule there.
    if (error instanceof OfxSyncError) return null;
    throw error;
  }
}

function encodingOf(system: SystemName): PlannedFile['encoding'] {
  return system === 'windows' ? 'utf16le' : 'utf8';
}

/** Takes one away: its files, its crontab lines, the folders that were made for it and are empty. @returns what is gone. */
export async function removeSchedule({ system, mark }: Installed, place: Place): Promise<string[]> {
  const maker = systems[system];
  const gone: string[] = [];
  for (const command of maker.disable(place)) await runProgram(command, place.env);
  for (const { path, encoding } of maker.files(jobOf(mark), place, [])) {
    if (markInFile(path, encoding) === null) continue;
    rmSync(path);
    gone.push(path);
  }
  if (system === 'cron') {
    const { crontab, removed } = withoutBlock(await readCrontab(place.env));
    if (removed) {
      await writeCrontab(crontab, place.env);
      gone.push('crontab lines');
    }
  }
  if (mark.log !== null && existsSync(mark.log)) {
    rmSync(mark.log);
    gone.push(mark.log);
  }
  for (const path of maker.traces(place)) rmSync(path, { force: true });
  for (const command of maker.afterRemoval(place)) await runProgram(command, place.env);
  removeEmpty(mark.folders);
  return gone;
}

/** For the paths alone. */
function jobOf({ command, timing, version, log }: Mark): Job {
  return { command, timing, version, log, path: '' };
}
