/** A launch agent of macOS (launchd.plist(5)). It makes up for a run that was missed while the machine was asleep. */

import { posix } from 'node:path';
import { type Job, MADE_BY, markLine, xmlText } from './job.js';
import type { Place, ScheduleSystem } from './system.js';
import type { Timing } from './timing.js';

const LABEL = 'ofx-sync';
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

export const launchd: ScheduleSystem = {
  title: 'launchd agent',
  takesCalendar: null,
  spreads: false,
  keepsOutput: false,
  files: (job, place, folders) => [{ path: agentPath(place), text: agentText(job, folders), encoding: 'utf8' }],
  mainFile: agentPath,
  traces: () => [],
  query: ({ uid }) => ({ argv: ['launchctl', 'print', `gui/${uid}/${LABEL}`] }),
  readState: ({ code }) => ({ active: code === 127 ? null : code === 0, next: null }),
  enable: (place) => [
    { argv: ['launchctl', 'bootout', `gui/${place.uid}/${LABEL}`], mayFail: true },
    // bootout answers before it is done, and bootstrap fails until then.
    { argv: ['launchctl', 'bootstrap', `gui/${place.uid}`, agentPath(place)], attempts: 5 },
  ],
  disable: ({ uid }) => [{ argv: ['launchctl', 'bootout', `gui/${uid}/${LABEL}`], mayFail: true }],
  afterRemoval: () => [],
};

function agentPath({ home }: Place): string {
  return posix.join(home, 'Library', 'LaunchAgents', `${LABEL}.plist`);
}

function agentText(job: Job, folders: readonly string[]): string {
  const text = (value: string) => `<string>${xmlText(value)}</string>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${MADE_BY} -->
<!-- ${markLine(job, folders)} -->
<plist version="1.0">
<dict>
  <key>Label</key>
  ${text(LABEL)}
  <key>ProgramArguments</key>
  <array>
${job.command.map((word) => `    ${text(word)}\n`).join('')}  </array>
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    ${text(job.path)}
  </dict>
  <key>StartCalendarInterval</key>
  <array>
${intervals(job.timing).join('')}  </array>
${job.log === null ? '' : ['StandardOutPath', 'StandardErrorPath'].map((key) => `  <key>${key}</key>\n  ${text(job.log ?? '')}\n`).join('')}  <key>ProcessType</key>
  <string>Background</string>
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`;
}

function intervals(timing: Timing): string[] {
  if (timing.kind === 'calendar') throw new TypeError('launchd takes no calendar expression');
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
