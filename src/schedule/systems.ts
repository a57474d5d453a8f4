/** The systems that can run ofx-sync by itself; the keys are the words of `schedule install --system`. */

import { OfxSyncError } from '../errors.js';
import { cron } from './cron.js';
import { launchd } from './launchd.js';
import { runProgram } from './programs.js';
import type { Place, ScheduleSystem } from './system.js';
import { systemd } from './systemd.js';
import { windowsTask } from './windows-task.js';

export const systems = { systemd, launchd, windows: windowsTask, cron } satisfies Record<string, ScheduleSystem>;

export type SystemName = keyof typeof systems;
export const SYSTEM_NAMES: readonly SystemName[] = ['systemd', 'launchd', 'windows', 'cron'];

export function isSystemName(text: string): text is SystemName {
  return Object.hasOwn(systems, text);
}

/** @throws OfxSyncError SCHEDULE_FAILED when there is none that answers. */
export async function chooseSystem({ platform, env }: Place): Promise<SystemName> {
  if (platform === 'darwin') return 'launchd';
  if (platform === 'win32') return 'windows';
  // Answers only where the person has a user manager, which a container and a session by su do not.
  const systemd = await runProgram({ argv: ['systemctl', '--user', 'show-environment'] }, env);
  if (systemd.code === 0) return 'systemd';
  const cron = await runProgram({ argv: ['crontab', '-l'] }, env);
  if (cron.code !== 127) return 'cron';
  throw new OfxSyncError('SCHEDULE_FAILED', 'neither a systemd user manager nor crontab answers here', {
    hint: 'Choose one with --system; --no-enable writes its files without starting anything.',
  });
}

/** Whether a cron daemon is at work; `null` when that cannot be told. */
export async function cronRuns({ env }: Place): Promise<boolean | null> {
  const { code } = await runProgram({ argv: ['pgrep', '-x', 'crond?|[fd]cron|cronie'] }, env);
  return code === 0 ? true : code === 1 ? false : null;
}

/** Whether the person's timers run while they are not signed in; `null` when that cannot be told. */
export async function lingers(user: string, { env }: Place): Promise<boolean | null> {
  const { code, stdout } = await runProgram({ argv: ['loginctl', 'show-user', user, '--property=Linger'] }, env);
  return code === 0 ? /Linger=yes/.test(stdout) : null;
}
