/**
 * Lines in the person's crontab (crontab(5)), between a first and a last comment; all other lines stay unchanged. cron starts
 * programs with a bare environment, so the line sets PATH and the address of the session bus, through which the keychain is
 * reached.
 */

import { OfxSyncError } from '../errors.js';
import { type Job, MADE_BY, type Mark, markLine, markOf } from './job.js';
import { type Environment, firstLine, runProgram } from './programs.js';
import type { Machine, ScheduleSystem } from './system.js';
import { hoursAndMinutes, type Timing } from './timing.js';

const BEGIN = '# ofx-sync schedule: begin.';
const END = '# ofx-sync schedule: end.';

/** Does not have its own file: `withBlock` and `withoutBlock` change the crontab. */
export const cron: ScheduleSystem = {
  title: 'crontab line',
  calendarSyntax: 'the five fields of crontab(5), such as 30 6 * * 1-5',
  spreads: false,
  keepsOutput: false,
  files: () => [],
  mainFile: () => null,
  traces: () => [],
  // A line in the crontab is always active.
  query: () => null,
  readState: () => ({ active: null, next: null }),
  enable: () => [],
  disable: () => [],
  afterRemoval: () => [],
};

/** Returns the lines for a crontab. */
export function cronBlock(job: Job, machine: Machine, folders: readonly string[]): string {
  const bus = machine.env['XDG_RUNTIME_DIR'] ?? `/run/user/${machine.uid}`;
  const words = [
    `PATH=${shellWord(job.path)}`,
    `DBUS_SESSION_BUS_ADDRESS=${shellWord(machine.env['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${bus}/bus`)}`,
    ...job.command.map(shellWord),
  ];
  // The log holds only the last run, so that it cannot grow.
  const output = job.log === null ? '' : ` > ${shellWord(job.log)} 2>&1`;
  const command = `umask 077; ${words.join(' ')}${output}`;
  return [
    `${BEGIN} ${MADE_BY}`,
    `# ${markLine(job, folders)}`,
    // An unescaped percent sign ends the command.
    `${fields(job.timing)} ${command.replaceAll('%', '\\%')}`,
    END,
    '',
  ].join('\n');
}

/**
 * Returns the crontab with the block, in place of a previous one or at the end.
 * @throws OfxSyncError SCHEDULE_FAILED when somebody has removed the first or the last comment of the block.
 */
export function withBlock(crontab: string, block: string): string {
  const found = span(crontab);
  if (found !== null) return crontab.slice(0, found.from) + block + crontab.slice(found.to);
  return `${crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`}${block}`;
}

/** Returns the crontab without the block, and whether it had one. @throws OfxSyncError as above */
export function withoutBlock(crontab: string): { readonly crontab: string; readonly removed: boolean } {
  const found = span(crontab);
  if (found === null) return { crontab, removed: false };
  return { crontab: crontab.slice(0, found.from) + crontab.slice(found.to), removed: true };
}

/** Returns the mark of the block, even of an incomplete one. */
export function cronMark(crontab: string): Mark | null {
  const from = beginning(crontab);
  return from === null ? null : markOf(crontab.slice(from));
}

function span(crontab: string): { from: number; to: number } | null {
  const from = beginning(crontab);
  if (from === null) return null;
  const end = crontab.indexOf(`\n${END}`, from);
  const second = crontab.indexOf(`\n${BEGIN}`, from);
  if (end < 0 || (second >= 0 && second < end))
    throw new OfxSyncError('SCHEDULE_FAILED', `the crontab has the line “${BEGIN} …” without “${END}” after it`, {
      hint: 'Remove the lines of ofx-sync yourself: crontab -e. Then install again.',
    });
  const line = crontab.indexOf('\n', end + 1);
  return { from, to: line < 0 ? crontab.length : line + 1 };
}

function beginning(crontab: string): number | null {
  if (crontab.startsWith(BEGIN)) return 0;
  const at = crontab.indexOf(`\n${BEGIN}`);
  return at < 0 ? null : at + 1;
}

function fields(timing: Timing): string {
  if (timing.kind === 'calendar') return timing.expression;
  if (timing.kind === 'always') throw new TypeError('cron does not keep a server running');
  const { hours, minutes } = hoursAndMinutes(timing);
  const list = (values: readonly number[], all: number) => (values.length === all ? '*' : values.join(','));
  return `${list(minutes, 60)} ${list(hours, 24)} * * ${timing.weekdays ? '1-5' : '*'}`;
}

function shellWord(word: string): string {
  return /^[\w@:,./+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Reads the crontab through `crontab`, since its file belongs to the system; empty if the person has none. @throws OfxSyncError SCHEDULE_FAILED */
export async function readCrontab(env: Environment): Promise<string> {
  const { code, stdout, stderr } = await runProgram({ argv: ['crontab', '-l'] }, env);
  if (code === 0) return stdout;
  if (code !== 127 && /no crontab|can't open/i.test(stderr)) return '';
  throw refused(code, stderr);
}

/** Writes the crontab; removes an empty one. @throws OfxSyncError SCHEDULE_FAILED, with the crontab unchanged */
export async function writeCrontab(text: string, env: Environment): Promise<void> {
  const command = text === '' ? { argv: ['crontab', '-r'] } : { argv: ['crontab', '-'], stdin: text };
  const { code, stderr } = await runProgram(command, env);
  if (code !== 0) throw refused(code, stderr);
}

function refused(code: number, stderr: string): OfxSyncError {
  const said = firstLine(stderr);
  return code === 127
    ? new OfxSyncError('SCHEDULE_FAILED', 'crontab is not installed on this machine', {
        hint: 'Install cron (Debian: apt install cron), or choose another system with --system.',
      })
    : new OfxSyncError('SCHEDULE_FAILED', `crontab failed: ${said}`, {
        hint: /too long/.test(said)
          ? 'Nothing was changed. The line contains PATH; to shorten it: PATH=/usr/local/bin:/usr/bin:/bin ofx-sync schedule install'
          : 'Nothing was changed. /etc/cron.allow and /etc/cron.deny list who may use cron.',
      });
}
