/** The systems that can run ofx-sync by itself; the keys are the words of `schedule install --system`. */

import { cron } from './cron.js';
import { launchd } from './launchd.js';
import type { ScheduleSystem } from './system.js';
import { systemd } from './systemd.js';
import { windowsTask } from './windows-task.js';

export const systems = { systemd, launchd, windows: windowsTask, cron } satisfies Record<string, ScheduleSystem>;

export type SystemName = keyof typeof systems;
export const SYSTEM_NAMES: readonly SystemName[] = ['systemd', 'launchd', 'windows', 'cron'];

export function isSystemName(text: string): text is SystemName {
  return Object.hasOwn(systems, text);
}
