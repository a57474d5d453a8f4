/** The systems that can run ofx-sync on a schedule; the keys are the values of `schedule install --system`. */

import { OfxSyncError } from '../errors.js';
import { cron } from './cron.js';
import { launchd } from './launchd.js';
import { runProgram } from './programs.js';
import type { Machine, ScheduleSystem } from './system.js';
import { systemd } from './systemd.js';
import { windowsTask } from './windows-task.js';

export const systems = { systemd, launchd, windows: windowsTask, cron } satisfies Record<string, ScheduleSystem>;

export type SystemName = keyof typeof systems;
export const SYSTEM_NAMES: readonly SystemName[] = ['systemd', 'launchd', 'windows', 'cron'];

export function isSystemName(text: string): text is SystemName {
  return Object.hasOwn(systems, text);
}

/** Chooses the system of this machine. @throws OfxSyncError SCHEDULE_FAILED when none responds. */
export async function chooseSystem({ platform, env }: Machine): Promise<SystemName> {
  if (platform === 'darwin') return 'launchd';
  if (platform === 'win32') return 'windows';
  // Succeeds only with a user manager, which containers and sessions of su do not have.
  const systemd = await runProgram({ argv: ['systemctl', '--user', 'show-environment'] }, env);
  if (systemd.code === 0) return 'systemd';
  const cron = await runProgram({ argv: ['crontab', '-l'] }, env);
  if (cron.code !== 127) return 'cron';
  throw new OfxSyncError('SCHEDULE_FAILED', 'neither a systemd user manager nor crontab responds here', {
    hint: 'Choose one with --system; --no-enable writes its files without starting anything.',
  });
}

/** Returns true if a cron daemon is running, or `null` when that is unknown. */
export async function cronRuns({ env }: Machine): Promise<boolean | null> {
  const { code } = await runProgram({ argv: ['pgrep', '-x', 'crond?|[fd]cron|cronie'] }, env);
  return code === 0 ? true : code === 1 ? false : null;
}

/** Returns true if the person's timers run while they are not signed in, or `null` when that is unknown. */
export async function lingers(user: string, { env }: Machine): Promise<boolean | null> {
  const { code, stdout } = await runProgram({ argv: ['loginctl', 'show-user', user, '--property=Linger'] }, env);
  return code === 0 ? /Linger=yes/.test(stdout) : null;
}
