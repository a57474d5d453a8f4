/** A launch agent of macOS that keeps the server running (launchd.plist(5)). */

import { posix } from 'node:path';
import { agentDocument } from './launchd.js';
import type { Machine, ScheduleSystem } from './system.js';

const LABEL = 'ofx-sync-serve';
/** launchd starts it again after a failure, not after it was stopped. */
const WHEN = `  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
`;

export const launchdServe: ScheduleSystem = {
  title: 'launchd agent that serves',
  calendarSyntax: null,
  spreads: false,
  keepsOutput: false,
  files: (job, machine, folders) => [
    { path: agentPath(machine), text: agentDocument(LABEL, { job, folders }, WHEN), encoding: 'utf8' },
  ],
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
