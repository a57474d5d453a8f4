/** A launch agent of macOS (launchd.plist(5)). After sleep, launchd makes up for a missed run. */

import { posix } from 'node:path';
import { type Job, MADE_BY, markLine, xmlText } from './job.js';
import type { Machine, ScheduleSystem } from './system.js';
import type { Timing } from './timing.js';

const LABEL = 'ofx-sync';
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

export const launchd: ScheduleSystem = {
  title: 'launchd agent',
  calendarSyntax: null,
  spreads: false,
  keepsOutput: false,
  files: (job, machine, folders) => [{ path: agentPath(machine), text: agentText(job, folders), encoding: 'utf8' }],
  mainFile: agentPath,
  traces: () => [],
  query: ({ uid }) => ({ argv: ['launchctl', 'print', `gui/${uid}/${LABEL}`] }),
  readState: ({ code }) => ({ active: code === 127 ? null : code === 0, next: null }),
  enable: (machine) => [
    { argv: ['launchctl', 'bootout', `gui/${machine.uid}/${LABEL}`], mayFail: true },
    // bootout returns before it is done, and bootstrap fails until then.
    { argv: ['launchctl', 'bootstrap', `gui/${machine.uid}`, agentPath(machine)], attempts: 5 },
  ],
  disable: ({ uid }) => [{ argv: ['launchctl', 'bootout', `gui/${uid}/${LABEL}`], mayFail: true }],
  afterRemoval: () => [],
};

function agentPath({ home }: Machine): string {
  return posix.join(home, 'Library', 'LaunchAgents', `${LABEL}.plist`);
}

function agentText(job: Job, folders: readonly string[]): string {
  return agentDocument(
    LABEL,
    { job, folders },
    `  <key>StartCalendarInterval</key>
  <array>
${intervals(job.timing).join('')}  </array>
`,
  );
}

/** Returns the document of an agent. @param when the lines that say when it runs */
export function agentDocument(
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
