/** The facts about this computer that institutions ask a program for, with those of its first network address. */

import { arch, hostname, networkInterfaces, release } from 'node:os';
import type { MachineFacts } from '../ofx/challenges.js';

interface Clock {
  readonly now: () => Date;
  /** `linux`, `darwin`, `win32` … */
  readonly platform: string;
}

export function machineFacts({ now, platform }: Clock): MachineFacts {
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  const address = addresses.find(({ internal }) => !internal) ?? addresses[0];
  return {
    now: now(),
    hostName: hostname(),
    ipAddress: address?.address ?? '127.0.0.1',
    macAddress: address?.mac ?? '00:00:00:00:00:00',
    system: `${platform} ${release()}`,
    processor: arch(),
  };
}
