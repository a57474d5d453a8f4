/** The systems that can run ofx-sync on a schedule; the keys are the values of `schedule install --system`. */

import { OfxSyncError } from '../errors.js';
import { cron } from './cron.js';
import { launchd } from './launchd.js';
import { launchdServe } from './launchd-serve.js';
import { runProgram } from './programs.js';
import type { Machine, ScheduleSystem } from './system.js';
import { systemd } from './systemd.js';
import { systemdServe } from './systemd-serve.js';
import { windowsTask } from './windows-task.js';

export const systems = {
  systemd,
  launchd,
  windows: windowsTask,
  cron,
  'systemd-serve': systemdServe,
  'launchd-serve': launchdServe,
} satisfies Record<string, ScheduleSystem>;

export type SystemName = keyof typeof systems;
/** The systems that start runs at certain times. */
export const SYSTEM_NAMES = ['systemd', 'launchd', 'windows', 'cron'] as const satisfies readonly SystemName[];
export type TimerName = (typeof SYSTEM_NAMES)[number];

export function isSystemName(text: string): text is TimerName {
  return SYSTEM_NAMES.some((name) => name === text);
}

/** The same systems as they keep a server running; `null` for those that cannot. */
export const SERVER_SYSTEMS: Readonly<Record<TimerName, SystemName | null>> = {
  systemd: 'systemd-serve',
  launchd: 'launchd-serve',
  windows: null,
  cron: null,
};

/** Returns true for a system that keeps a server running. */
export function isServerSystem(name: SystemName): boolean {
  return Object.values(SERVER_SYSTEMS).includes(name);
}

/** Chooses the system of this machine. @throws OfxSyncError SCHEDULE_FAILED when none responds. */
export async function chooseSystem({ platform, env }: Machine): Promise<TimerName> {
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
