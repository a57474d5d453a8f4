/** A user service of systemd that keeps the server running (systemd.service(5)). */

import { MADE_BY, markLine } from './job.js';
import type { ScheduleSystem } from './system.js';
import { execLines, HARDENING, unitPath } from './systemd.js';

const UNIT = 'ofx-sync-serve';

export const systemdServe: ScheduleSystem = {
  title: 'systemd user service',
  calendarSyntax: null,
  spreads: false,
  keepsOutput: true,
  files: (job, machine, folders) => [
    {
      path: unitPath(machine, 'service', UNIT),
      text: `# ${MADE_BY}
# ${markLine(job, folders)}
[Unit]
Description=Serve the accounts to budgeting programs (ofx-sync)

[Service]
Type=exec
${execLines(job)}Restart=on-failure
RestartSec=30s
SuccessExitStatus=130
${HARDENING}
[Install]
WantedBy=default.target
`,
      encoding: 'utf8',
    },
  ],
  mainFile: (machine) => unitPath(machine, 'service', UNIT),
  traces: () => [],
  query: () => ({ argv: ['systemctl', '--user', 'show', `${UNIT}.service`, '--property=ActiveState'] }),
  readState: ({ stdout }) => {
    const state = /^ActiveState=(.*)$/m.exec(stdout)?.[1];
    return { active: state === undefined ? null : state === 'active' || state === 'activating', next: null };
  },
  enable: () => [
    { argv: ['systemctl', '--user', 'daemon-reload'] },
    { argv: ['systemctl', '--user', 'enable', `${UNIT}.service`] },
    { argv: ['systemctl', '--user', 'restart', `${UNIT}.service`] },
  ],
  disable: () => [
    { argv: ['systemctl', '--user', 'stop', `${UNIT}.service`], mayFail: true },
    { argv: ['systemctl', '--user', 'disable', `${UNIT}.service`], mayFail: true },
  ],
  afterRemoval: () => [{ argv: ['systemctl', '--user', 'daemon-reload'], mayFail: true }],
};
