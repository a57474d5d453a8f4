/**
 * Lines in the person's crontab (crontab(5)), between two marks; all other lines stay as they are. cron gives a bare
 * environment: PATH and the address of the session bus, where the keychain is, come with the line.
 */

import { OfxSyncError } from '../errors.js';
import { type Job, MADE_BY, type Mark, markLine, markOf } from './job.js';
import { type Environment, firstLine, runProgram } from './programs.js';
import type { Place, ScheduleSystem } from './system.js';
import { hoursAndMinutes, type Timing } from './timing.js';

const BEGIN = '# ofx-sync schedule: begin.';
const END = '# ofx-sync schedule: end.';

/** Has no file of its own: `withBlock` and `withoutBlock` change the crontab. */
export const cron: ScheduleSystem = {
  title: 'crontab line',
  takesCalendar: 'the five fields of crontab(5), such as 30 6 * * 1-5',
  spreads: false,
  keepsOutput: false,
  files: () => [],
  mainFile: () => null,
  traces: () => [],
  // A line in the crontab is at work.
  query: () => null,
  readState: () => ({ active: null, next: null }),
  enable: () => [],
  disable: () => [],
  afterRemoval: () => [],
};

/** The lines for a crontab, each ended. */
export function cronBlock(job: Job, place: Place, folders: readonly string[]): string {
  const bus = place.env['XDG_RUNTIME_DIR'] ?? `/run/user/${place.uid}`;
  const words = [
    `PATH=${shellWord(job.path)}`,
    `DBUS_SESSION_BUS_ADDRESS=${shellWord(place.env['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${bus}/bus`)}`,
    ...job.command.map(shellWord),
  ];
  // The log is of the last run alone, so that it cannot grow.
  const output = job.log === null ? '' : ` > ${shellWord(job.log)} 2>&1`;
  const command = `umask 077; ${words.join(' ')}${output}`;
  return [
    `${BEGIN} ${MADE_BY}`,
    `# ${markLine(job, folders)}`,
    // A percent sign would end the command.
    `${fields(job.timing)} ${command.replaceAll('%', '\\%')}`,
    END,
    '',
  ].join('\n');
}

/**
 * The crontab with the block in the place of a former one, else at its end.
 * @throws OfxSyncError SCHEDULE_FAILED when somebody has taken one of the marks away.
 */
export function withBlock(crontab: string, block: string): string {
  const found = span(crontab);
  if (found !== null) return crontab.slice(0, found.from) + block + crontab.slice(found.to);
  return `${crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`}${block}`;
}

/** The crontab without the block, and whether there was one. @throws OfxSyncError as above */
export function withoutBlock(crontab: string): { readonly crontab: string; readonly removed: boolean } {
  const found = span(crontab);
  if (found === null) return { crontab, removed: false };
  return { crontab: crontab.slice(0, found.from) + crontab.slice(found.to), removed: true };
}

/** The mark of the block, be the block whole or not. */
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
      hint: 'Take the lines of ofx-sync out by hand: crontab -e. Then install again.',
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
  const { hours, minutes } = hoursAndMinutes(timing);
  const list = (values: readonly number[], all: number) => (values.length === all ? '*' : values.join(','));
  return `${list(minutes, 60)} ${list(hours, 24)} * * ${timing.weekdays ? '1-5' : '*'}`;
}

function shellWord(word: string): string {
  return /^[\w@:,./+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

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
  const said = firstLine(stderr);
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
