/**
 * A scheduled task of Windows ([MS-TSCH] 2.5, the XML that `schtasks` imports). It runs while the person is signed in, since
 * the Credential Manager is closed to it otherwise, and makes up for a run that was missed.
 */

import { posix, win32 } from 'node:path';
import { type Job, MADE_BY, markLine, xmlText } from './job.js';
import type { Place, ScheduleSystem } from './system.js';
import { type Timing, timeText } from './timing.js';

const TASK = 'ofx-sync';
/** The first day that counts; any that is past will do. */
const FIRST_DAY = '2026-01-01';

export const windowsTask: ScheduleSystem = {
  title: 'Windows scheduled task',
  takesCalendar: null,
  spreads: true,
  // Nobody keeps it, nor can a task send it elsewhere; what became of a run is in `schedule status`.
  keepsOutput: true,
  // schtasks reads its XML as UTF-16 alone.
  files: (job, place, folders) => [{ path: taskPath(place), text: taskText(job, folders), encoding: 'utf16le' }],
  mainFile: taskPath,
  traces: () => [],
  query: () => ({ argv: ['schtasks', '/Query', '/TN', TASK] }),
  readState: ({ code }) => ({ active: code === 127 ? null : code === 0, next: null }),
  enable: (place) => [{ argv: ['schtasks', '/Create', '/TN', TASK, '/XML', taskPath(place), '/F'] }],
  disable: () => [{ argv: ['schtasks', '/Delete', '/TN', TASK, '/F'], mayFail: true }],
  afterRemoval: () => [],
};

function taskPath({ home, env, platform }: Place): string {
  // Elsewhere the file can be written and looked at, too.
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const local = env['LOCALAPPDATA'];
  const base = local !== undefined && isAbsolute(local) ? local : join(home, 'AppData', 'Local');
  return join(base, 'ofx-sync', 'schedule.xml');
}

function taskText(job: Job, folders: readonly string[]): string {
  const [program = '', ...words] = job.command;
  return `<?xml version="1.0" encoding="UTF-16"?>
<!-- ${MADE_BY} -->
<!-- ${markLine(job, folders)} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Pull the statements of all accounts (ofx-sync)</Description>
  </RegistrationInfo>
  <Triggers>
${triggers(job.timing).join('')}  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT3H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(program)}</Command>
      <Arguments>${xmlText(words.map(argument).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

function triggers(timing: Timing): string[] {
  if (timing.kind === 'calendar') throw new TypeError('a Windows task takes no calendar expression');
  const days = timing.weekdays
    ? '<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Monday /><Tuesday /><Wednesday /><Thursday /><Friday /></DaysOfWeek></ScheduleByWeek>'
    : '<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>';
  return timing.minutes.map(
    (minute) => `    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>${FIRST_DAY}T${timeText(minute)}:00</StartBoundary>
      <RandomDelay>PT15M</RandomDelay>
      ${days}
    </CalendarTrigger>
`,
  );
}

/** One argument as the C runtime takes it apart: backslashes count before a quote alone. */
function argument(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
