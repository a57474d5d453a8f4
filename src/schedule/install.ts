/**
 * Installs a schedule: first a plan that can be shown, which is then applied completely or not at all. Files that ofx-sync did not
 * write are never touched.
 */

import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OfxSyncError } from '../errors.js';
import { cronBlock, cronMark, readCrontab, withBlock, writeCrontab } from './cron.js';
import { type Job, type Mark, markOf } from './job.js';
import { firstLine, type PlannedCommand, type ProgramResult, runProgram } from './programs.js';
import type { Machine, PlannedFile } from './system.js';
import { type SystemName, systems } from './systems.js';

const PAUSE_MS = 500;

export interface InstallPlan {
  readonly system: SystemName;
  readonly files: readonly { readonly file: PlannedFile; readonly before: Buffer | null }[];
  readonly crontab: { readonly before: string; readonly after: string; readonly block: string } | null;
  /** Folders to create, deepest last. */
  readonly folders: readonly string[];
  /** Folders that a removal deletes when they are empty, deepest first. */
  readonly removable: readonly string[];
  readonly commands: readonly PlannedCommand[];
  /** True if everything is installed already. */
  readonly unchanged: boolean;
}

/**
 * Plans what an installation writes and runs.
 * @param others folders that were created for other schedules: those of this one may be left to it when they go.
 * @throws OfxSyncError SCHEDULE_FAILED when another file is in its place, or the crontab cannot be read.
 */
export async function planInstall(
  system: SystemName,
  job: Job,
  machine: Machine,
  others: readonly string[] = [],
): Promise<InstallPlan> {
  const maker = systems[system];
  const drafts = maker.files(job, machine, []);
  const former = drafts.map(({ path, encoding }) => {
    const mark = markInFile(path, encoding);
    if (mark === null && existsSync(path)) throw foreign(path);
    return mark;
  });
  const targets = [...drafts.map(({ path }) => path), ...(job.log === null ? [] : [job.log])];
  const paths = [...targets, ...maker.traces(machine)];
  const shared = others.filter((folder) => paths.some((path) => path.startsWith(`${folder}${sep}`)));
  const known = new Set([...former.flatMap((mark) => mark?.folders ?? []), ...shared, ...missingFolders(paths)]);
  // A folder is longer than the one that it is in.
  const removable = [...known].toSorted((a, b) => b.length - a.length);
  const files = maker.files(job, machine, removable).map((file) => ({
    file,
    before: existsSync(file.path) ? readFileSync(file.path) : null,
  }));
  const crontab = system === 'cron' ? await planCrontab(job, machine, removable) : null;
  return {
    system,
    files,
    crontab,
    folders: missingFolders(targets),
    removable,
    commands: maker.enable(machine),
    unchanged:
      files.every(({ file, before }) => before?.equals(encode(file)) === true) &&
      (crontab === null || crontab.before === crontab.after),
  };
}

async function planCrontab(
  job: Job,
  machine: Machine,
  made: readonly string[],
): Promise<NonNullable<InstallPlan['crontab']>> {
  const before = await readCrontab(machine.env);
  const folders = [...new Set([...(cronMark(before)?.folders ?? []), ...made])];
  const block = cronBlock(job, machine, folders);
  return { before, after: withBlock(before, block), block };
}

/**
 * Writes the files and runs the commands of the system. If that fails, restores the previous state.
 * @throws OfxSyncError SCHEDULE_FAILED
 */
export async function applyPlan(
  plan: InstallPlan,
  machine: Machine,
  options: { readonly enable: boolean },
): Promise<void> {
  let started = false;
  try {
    // A crontab is active as soon as it is written.
    if (plan.crontab !== null && !options.enable) return;
    for (const folder of plan.folders) mkdirSync(folder, { mode: 0o700 });
    for (const { file } of plan.files) replaceFile(file.path, encode(file));
    if (plan.crontab !== null && plan.crontab.after !== plan.crontab.before)
      await writeCrontab(plan.crontab.after, machine.env);
    started = options.enable;
    if (started) for (const command of plan.commands) await mustRun(command, machine);
  } catch (cause) {
    await undo(plan, machine, started);
    throw cause instanceof OfxSyncError ? cause : notWritten(cause);
  }
}

/** Restores the previous state, in the system too: a previous schedule continues, a first one is removed. */
async function undo({ system, files, removable }: InstallPlan, machine: Machine, started: boolean): Promise<void> {
  const { enable, disable, afterRemoval, traces } = systems[system];
  const isFirst = files.every(({ before }) => before === null);
  const runAll = async (commands: readonly PlannedCommand[]) => {
    for (const command of started ? commands : []) await runWithRetries(command, machine);
  };
  if (isFirst) await runAll(disable(machine));
  for (const { file, before } of files)
    if (before === null) removeFile(file.path);
    else replaceFile(file.path, before);
  if (isFirst) for (const path of traces(machine)) removeFile(path);
  await runAll(isFirst ? afterRemoval(machine) : enable(machine));
  removeEmpty(removable);
}

/** Removes a file that may not exist, nor its folder. */
function removeFile(path: string): void {
  if (existsSync(path)) rmSync(path, { force: true });
}

/** Runs a command until it succeeds, at most as often as it says. */
async function runWithRetries(command: PlannedCommand, { env }: Machine): Promise<ProgramResult> {
  let ran = await runProgram(command, env);
  for (let attempt = 1; ran.code !== 0 && attempt < (command.attempts ?? 1); attempt += 1) {
    await sleep(PAUSE_MS);
    ran = await runProgram(command, env);
  }
  return ran;
}

async function mustRun(command: PlannedCommand, machine: Machine): Promise<void> {
  const { code, stderr } = await runWithRetries(command, machine);
  if (code === 0 || command.mayFail === true) return;
  const said = firstLine(stderr);
  throw new OfxSyncError('SCHEDULE_FAILED', `${command.argv.join(' ')} failed${said === '' ? '' : `: ${said}`}`, {
    hint: 'Nothing was changed. Write only the files with --no-enable, or choose another system with --system.',
  });
}

/** Returns the folders that must be created for some files, outermost first. */
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

/** Removes those folders that are empty, in this order. */
export function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Another program uses it now, or it is gone.
    }
  }
}

/** Replaces a file atomically: a reader sees the old one or the new one. */
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

/** Returns the mark of an installed file, or `null` when it does not exist or ofx-sync did not write it. */
export function markInFile(path: string, encoding: PlannedFile['encoding']): Mark | null {
  return existsSync(path) ? markOf(readFileSync(path, encoding)) : null;
}

function foreign(path: string): OfxSyncError {
  return new OfxSyncError('SCHEDULE_FAILED', `${path} exists already, and ofx-sync did not write it`, {
    hint: 'Rename it, then install again.',
  });
}

function notWritten(cause: unknown): OfxSyncError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new OfxSyncError('SCHEDULE_FAILED', `the schedule could not be written: ${said}`, {
    cause,
    hint: 'Check the permissions of the folder. Nothing was changed.',
  });
}
