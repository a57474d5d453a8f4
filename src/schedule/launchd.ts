/** A launch agent of macOS (launchd.plist(5)). After sleep, launchd makes up for a missed run. */

import { posix } from 'node:path';
import { type Job, MADE_BY, markLine, xmlText } from './job.js';
import type { Machine, ScheduleSystem } from './system.js';
import type { Timing } from './timing.js';

const LABEL = 'ofx-sync';
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

export const launchd = launchAgent({ title: 'launchd agent', label: LABEL, when: ({ timing }) => everyTime(timing) });

interface Agent {
  readonly title: string;
  readonly label: string;
  /** Returns the lines that say when it runs. */
  readonly when: (job: Job) => string;
}

/** Returns the system that keeps an agent of this name. */
export function launchAgent({ title, label, when }: Agent): ScheduleSystem {
  const path = ({ home }: Machine) => posix.join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  return {
    title,
    calendarSyntax: null,
    spreads: false,
    keepsOutput: false,
    files: (job, machine, folders) => [
      { path: path(machine), text: agentDocument(label, { job, folders }, when(job)), encoding: 'utf8' },
    ],
    mainFile: path,
    traces: () => [],
    query: ({ uid }) => ({ argv: ['launchctl', 'print', `gui/${uid}/${label}`] }),
    readState: ({ code }) => ({ active: code === 127 ? null : code === 0, next: null }),
    enable: (machine) => [
      { argv: ['launchctl', 'bootout', `gui/${machine.uid}/${label}`], mayFail: true },
      // bootout returns before it is done, and bootstrap fails until then.
      { argv: ['launchctl', 'bootstrap', `gui/${machine.uid}`, path(machine)], attempts: 5 },
    ],
    disable: ({ uid }) => [{ argv: ['launchctl', 'bootout', `gui/${uid}/${label}`], mayFail: true }],
    afterRemoval: () => [],
  };
}

/** Returns the document of an agent. @param when the lines that say when it runs */
function agentDocument(
  label: string,
  { job, folders }: { job: Job; folders: readonly string[] },
  when: string,
): string {
  const text = (value: string) => `<string>${xmlText(value)}</string>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${MADE_BY} -->
<!-- ${markLine(job, folders)} -->
<plist version="1.0">
<dict>
  <key>Label</key>
  ${text(label)}
  <key>ProgramArguments</key>
  <array>
${job.command.map((word) => `    ${text(word)}\n`).join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    ${text(job.path)}
  </dict>
${when}${job.log === null ? '' : ['StandardOutPath', 'StandardErrorPath'].map((key) => `  <key>${key}</key>\n  ${text(job.log ?? '')}\n`).join('')}  <key>ProcessType</key>
  <string>Background</string>
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`;
}

function everyTime(timing: Timing): string {
  return `  <key>StartCalendarInterval</key>
  <array>
${intervals(timing).join('')}  </array>
`;
}

function intervals(timing: Timing): string[] {
  if (timing.kind !== 'times') throw new TypeError('launchd runs at times of a day only');
  const days: readonly (number | null)[] = timing.weekdays ? WEEKDAYS : [null];
  return timing.minutes.flatMap((minute) =>
    days.map((day) => {
      const keys = [
        ...(day === null ? [] : [['Weekday', day] as const]),
        ['Hour', Math.floor(minute / 60)] as const,
        ['Minute', minute % 60] as const,
      ];
      const lines = keys.map(([key, value]) => `      <key>${key}</key>\n      <integer>${value}</integer>\n`);
      return `    <dict>\n${lines.join('')}    </dict>\n`;
    }),
  );
}
