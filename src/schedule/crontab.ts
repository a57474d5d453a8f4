/** The person's crontab, read and written through `crontab` alone: its file belongs to the system. */

import { OfxSyncError } from '../errors.js';
import { type Environment, runProgram } from './programs.js';

/** Its text, empty when there is none. @throws OfxSyncError SCHEDULE_FAILED */
export async function readCrontab(env: Environment): Promise<string> {
  const { code, stdout, stderr } = await runProgram({ argv: ['crontab', '-l'] }, env);
  if (code === 0) return stdout;
  if (code !== 127 && /no crontab|can't open/i.test(stderr)) return '';
  throw refused(code, stderr);
}

/** Writes it; an empty one is taken away. @throws OfxSyncError SCHEDULE_FAILED, with the crontab as it was. */
export async function writeCrontab(text: string, env: Environment): Promise<void> {
  const command = text === '' ? { argv: ['crontab', '-r'] } : { argv: ['crontab', '-'], stdin: text };
  const { code, stderr } = await runProgram(command, env);
  if (code !== 0) throw refused(code, stderr);
}

function refused(code: number, stderr: string): OfxSyncError {
  const said = stderr.trim().split('\n')[0] ?? '';
  return code === 127
    ? new OfxSyncError('SCHEDULE_FAILED', 'there is no crontab on this machine', {
        hint: 'Install cron (Debian: apt install cron), or choose another system with --system.',
      })
    : new OfxSyncError('SCHEDULE_FAILED', `crontab failed: ${said}`, {
        hint: /too long/.test(said)
          ? 'Nothing was changed. PATH is a part of the line; with a shorter one: PATH=/usr/local/bin:/usr/bin:/bin ofx-sync schedule install'
          : 'Nothing was changed. Whether you may use cron is in /etc/cron.allow and /etc/cron.deny.',
      });
}
