/**
 * A scheduled task of Windows ([MS-TSCH] 2.5, the XML that `schtasks` imports). It runs only while the person is signed in, since
 * it cannot read the Credential Manager otherwise, and makes up for a missed run.
 */

import { posix, win32 } from 'node:path';
import { type Job, MADE_BY, markLine, xmlText } from './job.js';
import type { Machine, ScheduleSystem } from './system.js';
import { type Timing, timeText } from './timing.js';

const TASK = 'ofx-sync';
/** First day of the task; any day in the past. */
const FIRST_DAY = '2026-01-01';

export const windowsTask: ScheduleSystem = {
  title: 'Windows scheduled task',
  calendarSyntax: null,
  spreads: true,
  // Windows does not keep it, and a task cannot redirect it; `schedule status` shows the result of a run.
  keepsOutput: true,
  // schtasks reads its XML only as UTF-16.
  files: (job, machine, folders) => [{ path: taskPath(machine), text: taskText(job, folders), encoding: 'utf16le' }],
  mainFile: taskPath,
  traces: () => [],
  query: () => ({ argv: ['schtasks', '/Query', '/TN', TASK] }),
  readState: ({ code }) => ({ active: code === 127 ? null : code === 0, next: null }),
  enable: (machine) => [{ argv: ['schtasks', '/Create', '/TN', TASK, '/XML', taskPath(machine), '/F'] }],
  disable: () => [{ argv: ['schtasks', '/Delete', '/TN', TASK, '/F'], mayFail: true }],
  afterRemoval: () => [],
};

function taskPath({ home, env, platform }: Machine): string {
  // On other systems the file can still be written, to look at it.
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
  if (timing.kind !== 'times') throw new TypeError('a Windows task runs at times of a day only');
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

/** Quotes an argument for the C runtime, which treats backslashes specially only before a quote. */
function argument(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
