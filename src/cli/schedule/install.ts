/** `ofx-sync schedule install`: shows what it will write and run, then does it. A second run changes nothing. */

import { existsSync, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { UsageError } from '../../errors.js';
import type { Config } from '../../model/institution.js';
import { applyPlan, type InstallPlan, planInstall } from '../../schedule/install.js';
import { installedSchedules, removeSchedule } from '../../schedule/installed.js';
import type { Job } from '../../schedule/job.js';
import { plannedNext, stateOf, takesCalendar } from '../../schedule/state.js';
import type { Machine } from '../../schedule/system.js';
import {
  chooseSystem,
  isServerSystem,
  isSystemName,
  SERVER_SYSTEMS,
  SYSTEM_NAMES,
  type SystemName,
  systems,
} from '../../schedule/systems.js';
import { parseInterval, parseTimeOfDay, type Timing, timingText } from '../../schedule/timing.js';
import { chosenAccounts } from '../../sync/plan.js';
import { version } from '../../version.js';
import type { Invocation } from '../command/command.js';
import { configOf, flagOf, textOption } from '../command/context.js';
import { dataFolder } from '../command/data-folder.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { SERVER_OPTION_NAMES, serverArguments } from '../command/serve-options.js';
import { visible, visibleLines } from '../terminal/escape.js';
import { type CliIo, write, writeLines } from '../terminal/io.js';
import { momentText } from '../terminal/time-format.js';
import { placeOf } from './fit.js';
import { scheduleWarnings } from './warnings.js';

/** 06:30 */
const DEFAULT_MINUTE = 390;

export async function scheduleInstall(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  checkServeOptions(invocation);
  const config = await configOf(invocation);
  // An unknown name ends the command.
  chosenAccounts(config, words);
  const place = placeOf(io);
  const system = await systemOf(invocation, place);
  const timing = await timingOf(invocation, { system, place });
  const job = jobOf(invocation, { config, timing, system });
  const others = await installedSchedules(place);
  const folders = others.flatMap(({ mark }) => mark.folders);
  const plan = await planInstall(system, job, place, folders);
  const isDry = options['dryRun'] === true;
  const enable = options['enable'] !== false;
  if (options.json !== true && options.quiet !== true) await write(io.stdout, planText(plan, enable));
  if (!isDry) {
    await applyPlan(plan, place, { enable });
    if (enable) await removeOthers(system, { place, job, io: options.quiet === true ? null : io });
  }
  const planned = { system, mark: { ...job, folders: [] } };
  const next = isDry
    ? await plannedNext(planned, io.now(), place)
    : enable
      ? (await stateOf(planned, io.now(), place)).next
      : null;
  const warnings = await scheduleWarnings(config, { system, job, place });
  if (options.json === true) await printJson(io, installJson(plan, { job, next, warnings, isDry, enable }));
  else {
    const state = doneText(plan, { isDry, enable });
    if (options.quiet !== true)
      await write(
        io.stdout,
        `${systems[system].title}, ${timingText(timing)}: ${state}${next === null ? '' : `; next run ${momentText(next.toISOString())}`}\n`,
      );
    await writeLines(
      io.stderr,
      warnings.map((warning) => `warning: ${visible(warning)}`),
    );
  }
  return EXIT.ok;
}

/** Refuses options that are of a timer for a server, and the other way round. @throws UsageError */
function checkServeOptions({ options, words }: Invocation): void {
  const isServer = options['serve'] === true;
  const foreign = isServer ? (['daily', 'weekdays', 'calendar'] as const) : SERVER_OPTION_NAMES;
  const given = foreign.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      isServer ? `--serve and ${flagOf(given)} exclude each other` : `${flagOf(given)} requires --serve`,
      isServer ? 'To sync as well: --serve --every 6h' : 'See: ofx-sync schedule --help',
    );
  if (isServer && words.length > 0)
    throw new UsageError(
      '--serve takes no names: a server serves all accounts',
      'A token limits what is read: ofx-sync serve token new NAME --accounts river',
    );
}

interface Installation {
  readonly place: Machine;
  readonly job: Job;
  readonly io: CliIo | null;
}

/** Removes the other schedules that would sync a second time. A timer and a server that does not sync go together. */
async function removeOthers(system: SystemName, { place, job, io }: Installation): Promise<void> {
  const syncs = (command: readonly string[]) => !command.includes('serve') || command.includes('--every');
  for (const other of await installedSchedules(place)) {
    const isSameKind = isServerSystem(other.system) === isServerSystem(system);
    if (other.system === system || !(isSameKind || (syncs(other.mark.command) && syncs(job.command)))) continue;
    await removeSchedule(other, place);
    if (io !== null) await write(io.stderr, `removed the previous schedule (${systems[other.system].title})\n`);
  }
}

function doneText({ unchanged, crontab }: InstallPlan, { isDry, enable }: { isDry: boolean; enable: boolean }): string {
  if (isDry) return 'nothing was written';
  if (unchanged) return 'already installed';
  if (enable) return 'installed';
  return crontab === null ? 'written, not started' : 'nothing was written; add these lines to your crontab yourself';
}

async function systemOf(invocation: Invocation, place: Machine): Promise<SystemName> {
  const name = textOption(invocation, 'system');
  if (name !== undefined && !isSystemName(name))
    throw new UsageError(`--system takes ${SYSTEM_NAMES.join(', ')}, not ${JSON.stringify(name)}`);
  const chosen = name ?? (await chooseSystem(place));
  if (invocation.options['serve'] !== true) return chosen;
  const server = SERVER_SYSTEMS[chosen];
  if (server !== null) return server;
  throw new UsageError(
    `a ${systems[chosen].title} cannot keep a server running`,
    'Run ofx-sync serve as a service of your system, or in a container, as docs/serve.md shows.',
  );
}

async function timingOf(invocation: Invocation, where: { system: SystemName; place: Machine }): Promise<Timing> {
  if (isServerSystem(where.system)) return { kind: 'always' };
  const [daily, every, calendar] = ['daily', 'every', 'calendar'].map((name) => textOption(invocation, name));
  const weekdays = invocation.options['weekdays'] === true;
  if ([daily, every, calendar].filter((one) => one !== undefined).length > 1)
    throw new UsageError('--daily, --every and --calendar exclude each other');
  if (calendar !== undefined) return calendarOf(calendar, weekdays, where);
  if (every !== undefined) {
    const minutes = parseInterval(every);
    if (minutes === null)
      throw new UsageError(
        `--every takes 1h, 2h, 3h, 4h, 6h, 8h or 12h, not ${JSON.stringify(every)}`,
        'Once a day: --daily HH:MM',
      );
    return { kind: 'times', minutes, weekdays };
  }
  const minute = daily === undefined ? DEFAULT_MINUTE : parseTimeOfDay(daily);
  if (minute === null) throw new UsageError(`--daily takes a time such as 06:30, not ${JSON.stringify(daily)}`);
  return { kind: 'times', minutes: [minute], weekdays };
}

async function calendarOf(
  text: string,
  weekdays: boolean,
  { system, place }: { system: SystemName; place: Machine },
): Promise<Timing> {
  const { calendarSyntax: words, title } = systems[system];
  if (words === null) throw new UsageError(`a ${title} does not support --calendar`, 'Use --daily or --every.');
  if (weekdays) throw new UsageError('--calendar and --weekdays exclude each other');
  const expression = text.trim();
  if (expression === '' || hasControls(expression) || !(await takesCalendar(system, expression, place)))
    throw new UsageError(`--calendar takes ${words}, not ${JSON.stringify(text)}`);
  return { kind: 'calendar', expression };
}

function jobOf(
  invocation: Invocation,
  { config, timing, system }: { config: Config; timing: Timing; system: SystemName },
): Job {
  const { io, words } = invocation;
  const { path: data, kind } = dataFolder(invocation.options, io);
  const { spreads, keepsOutput } = systems[system];
  const command = [
    stableNode(io.program[0], io.env['PATH'] ?? ''),
    io.program[1],
    ...(isServerSystem(system)
      ? ['serve', ...serverArguments(invocation)]
      : ['sync', ...words, '--unattended', ...(spreads ? ['--spread', '0s'] : [])]),
    '--config',
    config.file,
    // The made-up banks may be replaced by real ones, which have another folder.
    ...(kind === 'demo' ? [] : ['--data', data]),
  ];
  const path = searchPath(io.env['PATH'] ?? '');
  if ([...command, path].some(hasControls))
    throw new UsageError('a path with control characters cannot be scheduled', 'Move the files elsewhere.');
  return {
    command,
    timing,
    path,
    version: version(),
    log: keepsOutput ? null : join(data, isServerSystem(system) ? 'serve.log' : 'last-run.log'),
  };
}

/** Returns the folders of PATH that exist, each once: Debian cuts a crontab line after a thousand characters. */
function searchPath(path: string): string {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && existsSync(folder));
  return [...new Set(folders)].join(delimiter);
}

/** Returns the path by which PATH finds the same Node: an upgrade changes where it leads, and removes the real path. */
function stableNode(real: string, path: string): string {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, 'node');
    if (isAbsolute(folder) && existsSync(candidate) && realpathSync(candidate) === realpathSync(real)) return candidate;
  }
  return real;
}

function planText({ files, crontab, commands, folders, unchanged }: InstallPlan, enable: boolean): string {
  if (unchanged) return '';
  return [
    ...folders.map((folder) => `creates the folder ${visible(folder)}\n`),
    ...files.map(
      ({ file, before }) =>
        `writes ${visible(file.path)}${before === null ? '' : ' (replaces the previous one)'}:\n\n${indented(file.text)}\n`,
    ),
    ...(crontab === null ? [] : [`adds to the crontab:\n\n${indented(crontab.block)}\n`]),
    ...(enable ? commands.map(({ argv }) => `runs: ${visible(argv.join(' '))}\n`) : []),
  ].join('');
}

function indented(text: string): string {
  return visibleLines(text).replace(/^(?=.)/gm, '    ');
}

function installJson(
  plan: InstallPlan,
  about: { job: Job; next: Date | null; warnings: readonly string[]; isDry: boolean; enable: boolean },
): object {
  const { job, next, warnings, isDry, enable } = about;
  return {
    version: 1,
    system: plan.system,
    timing: timingText(job.timing),
    command: job.command,
    nextRunAt: next?.toISOString() ?? null,
    written: !isDry,
    enabled: !isDry && enable,
    unchanged: plan.unchanged,
    files: plan.files.map(({ file }) => ({ path: file.path, text: file.text })),
    crontab: plan.crontab?.block ?? null,
    warnings,
  };
}

function hasControls(text: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(text);
}
