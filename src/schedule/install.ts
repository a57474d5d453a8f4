/**
 * Installing a schedule: first a plan that can be shown, then carried out whole or not at all. What ofx-sync did not make
 * is never touched.
 */

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OfxSyncError } from '../errors.js';
import { cronBlock, cronMark, readCrontab, withBlock, writeCrontab } from './cron.js';
import { type Job, type Mark, markOf } from './job.js';
import { firstLine, type PlannedCommand, type Ran, runProgram } from './programs.js';
import type { Place, PlannedFile } from './system.js';
import { type SystemName, systems } from './systems.js';

const PAUSE_MS = 500;

export interface InstallPlan {
  readonly system: SystemName;
  readonly files: readonly { readonly file: PlannedFile; readonly before: Buffer | null }[];
  readonly crontab: { readonly before: string; readonly after: string; readonly block: string } | null;
  /** To be made, deepest last. */
  readonly folders: readonly string[];
  /** That go with it when they are empty, deepest first. */
  readonly going: readonly string[];
  readonly commands: readonly PlannedCommand[];
  /** Everything is there already. */
  readonly unchanged: boolean;
}

/**
 * What an installation will write and run.
 * @throws OfxSyncError SCHEDULE_FAILED when something else is in its place, or the crontab cannot be read.
 */
export async function planInstall(system: SystemName, job: Job, place: Place): Promise<InstallPlan> {
  const maker = systems[system];
  const drafts = maker.files(job, place, []);
  const former = drafts.map(({ path, encoding }) => {
    const mark = markInFile(path, encoding);
    if (mark === null && existsSync(path)) throw foreign(path);
    return mark;
  });
  const targets = [...drafts.map(({ path }) => path), ...(job.log === null ? [] : [job.log])];
  const missing = missingFolders([...targets, ...maker.traces(place)]);
  const going = [...new Set([...former.flatMap((mark) => mark?.folders ?? []), ...missing.toReversed()])];
  const files = maker.files(job, place, going).map((file) => ({
    file,
    before: existsSync(file.path) ? readFileSync(file.path) : null,
  }));
  const crontab = system === 'cron' ? await planCrontab(job, place, going) : null;
  return {
    system,
    files,
    crontab,
    folders: missingFolders(targets),
    going,
    commands: maker.enable(place),
    unchanged:
      files.every(({ file, before }) => before?.equals(encode(file)) === true) &&
      (crontab === null || crontab.before === crontab.after),
  };
}

async function planCrontab(
  job: Job,
  place: Place,
  made: readonly string[],
): Promise<NonNullable<InstallPlan['crontab']>> {
  const before = await readCrontab(place.env);
  const folders = [...new Set([...(cronMark(before)?.folders ?? []), ...made])];
  const block = cronBlock(job, place, folders);
  return { before, after: withBlock(before, block), block };
}

/**
 * Writes the files and lets the system know. When that fails, everything is as it was before.
 * @throws OfxSyncError SCHEDULE_FAILED
 */
export async function carryOut(plan: InstallPlan, place: Place, options: { readonly enable: boolean }): Promise<void> {
  let started = false;
  try {
    // A crontab is at work the moment it is written.
    if (plan.crontab !== null && !options.enable) return;
    for (const folder of plan.folders) mkdirSync(folder, { mode: 0o700 });
    for (const { file } of plan.files) replaceFile(file.path, encode(file));
    if (plan.crontab !== null && plan.crontab.after !== plan.crontab.before)
      await writeCrontab(plan.crontab.after, place.env);
    started = options.enable;
    if (started) for (const command of plan.commands) await mustRun(command, place);
  } catch (cause) {
    await undo(plan, place, started);
    throw cause instanceof OfxSyncError ? cause : notWritten(cause);
  }
}

/** What the system was told already is taken back, too: a former schedule goes on, a first one is forgotten. */
async function undo({ system, files, going }: InstallPlan, place: Place, started: boolean): Promise<void> {
  const { enable, disable, afterRemoval, traces } = systems[system];
  const isFirst = files.every(({ before }) => before === null);
  const tell = async (commands: readonly PlannedCommand[]) => {
    for (const command of started ? commands : []) await runTo(command, place);
  };
  if (isFirst) await tell(disable(place));
  for (const { file, before } of files)
    if (before === null) rmSync(file.path, { force: true });
    else replaceFile(file.path, before);
  if (isFirst) for (const path of traces(place)) rmSync(path, { force: true });
  await tell(isFirst ? afterRemoval(place) : enable(place));
  removeEmpty(going);
}

/** As often as the command says, until it succeeds. */
async function runTo(command: PlannedCommand, { env }: Place): Promise<Ran> {
  let ran = await runProgram(command, env);
  for (let attempt = 1; ran.code !== 0 && attempt < (command.attempts ?? 1); attempt += 1) {
    await sleep(PAUSE_MS);
    ran = await runProgram(command, env);
  }
  return ran;
}

async function mustRun(command: PlannedCommand, place: Place): Promise<void> {
  const { code, stderr } = await runTo(command, place);
  if (code === 0 || command.mayFail === true) return;
  const said = firstLine(stderr);
  throw new OfxSyncError('SCHEDULE_FAILED', `${command.argv.join(' ')} failed${said === '' ? '' : `: ${said}`}`, {
    hint: 'Nothing was changed. Write the files alone with --no-enable, or choose another system with --system.',
  });
}

/** Folders that have to be made for some files, outermost first. */
function missingFolders(paths: readonly string[]): string[] {
  const missing = new Set<string>();
  for (const path of paths) {
    const chain: string[] = [];
    for (let dir = dirname(resolve(path)); !existsSync(dir) && dirname(dir) !== dir; dir = dirname(dir))
      chain.unshift(dir);
    for (const dir of chain) missing.add(dir);
  }
  return [...missing];
}

/** Removes those of the folders that are empty, in this order. */
export function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody else uses it by now, or it is gone.
    }
  }
}

/** A reader sees the old file or the new one. */
function replaceFile(path: string, bytes: Buffer): void {
  const draft = `${path}.new`;
  writeFileSync(draft, bytes, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

const BYTE_ORDER_MARK = '\uFEFF';

function encode({ text, encoding }: PlannedFile): Buffer {
  return encoding === 'utf16le'
    ? Buffer.from(BYTE_ORDER_MARK + text.replaceAll('\n', '\r\n'), 'utf16le')
    : Buffer.from(text);
}

/** The mark of an installed file, `null` when there is none or it is somebody else's. */
export function markInFile(path: string, encoding: PlannedFile['encoding']): Mark | null {
  return existsSync(path) ? markOf(readFileSync(path, encoding)) : null;
}

function foreign(path: string): OfxSyncError {
  return new OfxSyncError('SCHEDULE_FAILED', `${path} is there already, and ofx-sync did not make it`, {
    hint: 'Move it aside, then install again.',
  });
}

function notWritten(cause: unknown): OfxSyncError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new OfxSyncError('SCHEDULE_FAILED', `the schedule could not be written: ${said}`, {
    cause,
    hint: 'Check the permissions of the folder. Nothing was changed.',
  });
}
