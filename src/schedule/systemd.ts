/** A user timer and its service (systemd.timer(5), systemd.exec(5)). */

import { posix } from 'node:path';
import { type Job, MADE_BY, markLine } from './job.js';
import type { Machine, PlannedFile, ScheduleSystem } from './system.js';
import { type DayTimes, hoursAndMinutes, type Timing, timingText, two } from './timing.js';

const UNIT = 'ofx-sync';

export const systemd: ScheduleSystem = {
  title: 'systemd user timer',
  calendarSyntax: 'systemd.time(7), such as Mon..Fri 06:30',
  spreads: true,
  keepsOutput: true,
  files: (job, machine, folders) => [
    { path: unitPath(machine, 'service'), text: serviceText(job, folders), encoding: 'utf8' },
    { path: unitPath(machine, 'timer'), text: timerText(job, folders), encoding: 'utf8' },
  ],
  mainFile: (machine) => unitPath(machine, 'timer'),
  // Persistent= keeps a time stamp.
  traces: ({ home, env }) => [
    posix.join(baseFolder(env['XDG_DATA_HOME'], home, '.local/share'), 'systemd', 'timers', `stamp-${UNIT}.timer`),
  ],
  query: () => ({
    argv: ['systemctl', '--user', 'show', `${UNIT}.timer`, '--property=ActiveState,NextElapseUSecRealtime'],
  }),
  readState: ({ stdout }) => {
    const state = /^ActiveState=(.*)$/m.exec(stdout)?.[1];
    return {
      active: state === undefined ? null : state === 'active',
      next: utcTime(/^NextElapseUSecRealtime=(.*)$/m.exec(stdout)?.[1] ?? ''),
    };
  },
  enable: () => [
    { argv: ['systemctl', '--user', 'daemon-reload'] },
    { argv: ['systemctl', '--user', 'enable', `${UNIT}.timer`] },
    { argv: ['systemctl', '--user', 'restart', `${UNIT}.timer`] },
  ],
  disable: () => [
    { argv: ['systemctl', '--user', 'stop', `${UNIT}.timer`], mayFail: true },
    { argv: ['systemctl', '--user', 'disable', `${UNIT}.timer`], mayFail: true },
    { argv: ['systemctl', '--user', 'clean', '--what=state', `${UNIT}.timer`], mayFail: true },
  ],
  afterRemoval: () => [{ argv: ['systemctl', '--user', 'daemon-reload'], mayFail: true }],
};

/** Returns the path of a unit of this person. */
export function unitPath({ home, env }: Machine, kind: 'service' | 'timer', unit = UNIT): PlannedFile['path'] {
  return posix.join(baseFolder(env['XDG_CONFIG_HOME'], home, '.config'), 'systemd', 'user', `${unit}.${kind}`);
}

function baseFolder(xdg: string | undefined, home: string, usual: string): string {
  return xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, usual);
}

/**
 * The hardening omits what would block the keychain, a password manager or the network: AF_UNIX is needed for D-Bus, AF_NETLINK to
 * list network addresses, a user manager cannot create mount namespaces everywhere, and MemoryDenyWriteExecute would end V8, which
 * compiles while it runs. A core dump would hold passwords.
 */
export const HARDENING = `UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallArchitectures=native
SystemCallFilter=~@clock @cpu-emulation @module @obsolete @raw-io @reboot @swap
SystemCallErrorNumber=EPERM
LimitCORE=0
`;

/** Returns the lines of a service that say what it runs, and with which PATH. */
export function execLines({ command, path }: Job): string {
  return `ExecStart=${command.map((word, index) => commandWord(word, index === 0)).join(' ')}
Environment=${quoted(`PATH=${path}`.replaceAll('%', '%%'))}
`;
}

function serviceText(job: Job, folders: readonly string[]): string {
  return `# ${MADE_BY}
# ${markLine(job, folders)}
[Unit]
Description=Pull the statements of all accounts (ofx-sync)

[Service]
Type=oneshot
${execLines(job)}TimeoutStartSec=3h
Nice=10
${HARDENING}`;
}

/** `Persistent` makes up for a run missed while the machine was off. */
function timerText(job: Job, folders: readonly string[]): string {
  return `# ${MADE_BY}
# ${markLine(job, folders)}
[Unit]
Description=Pull the statements of all accounts ${timingText(job.timing).replaceAll('%', '%%')} (ofx-sync)

[Timer]
OnCalendar=${calendarOf(job.timing)}
RandomizedDelaySec=15min
AccuracySec=1min
Persistent=true

[Install]
WantedBy=timers.target
`;
}

function calendarOf(timing: Timing): string {
  if (timing.kind === 'always') throw new TypeError('a timer does not keep a server running');
  return timing.kind === 'calendar' ? timing.expression : dayTimes(timing);
}

function dayTimes(times: DayTimes): string {
  const { hours, minutes } = hoursAndMinutes(times);
  const list = (values: readonly number[], all: number) => (values.length === all ? '*' : values.map(two).join(','));
  return `${times.weekdays ? 'Mon..Fri ' : ''}*-*-* ${list(hours, 24)}:${list(minutes, 60)}:00`;
}

/** Reads an instant as systemd writes it, `Mon 2026-11-23 06:30:00 UTC`; `null` for anything else. */
export function utcTime(text: string): Date | null {
  const [, day, time] = /^\w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text.trim()) ?? [];
  return day === undefined ? null : new Date(`${day}T${time}Z`);
}

/** Escapes a word of the command. A dollar sign begins a variable in every word except the first. */
function commandWord(word: string, isProgram: boolean): string {
  const escaped = word.replaceAll('%', '%%');
  return quoted(isProgram ? escaped : escaped.replaceAll('$', '$$$$'));
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
