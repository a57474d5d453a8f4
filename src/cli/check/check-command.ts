/** `ofx-sync check [NAME…]`: tries every step from this machine to each account. Files beside this hold `--offline`, `--explain` and `--report`. */

import { readFile } from 'node:fs/promises';
import type { Checked } from '../../check/check.js';
import { type CheckJob, checkAll } from '../../check/check-all.js';
import { isFailure } from '../../check/step.js';
import { localDate } from '../../model/dates.js';
import type { Finding } from '../../model/finding.js';
import type { Config } from '../../model/institution.js';
import type { Login, Reply, StatementFile } from '../../ports.js';
import type { LoginJob } from '../../sync/download.js';
import { planJobs } from '../../sync/plan.js';
import { createGuard } from '../../sync/signon-guard.js';
import type { Invocation } from '../command/command.js';
import { configOf, configToRead, durationOption, textOption } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withWiring } from '../command/with-store.js';
import { write, writeLines } from '../terminal/io.js';
import { styleFor } from '../terminal/style.js';
import { widthOf } from '../terminal/table.js';
import { type Explanation, explainAll } from './explain.js';
import { checkJson, checkLines } from './lines.js';

export async function checkCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  if (options['balances'] === true) return (await import('./balances.js')).balancesCommand(invocation);
  if (options['offline'] === true) return (await import('./offline.js')).checkOffline(invocation);
  const isExplaining = options['explain'] === true;
  const config = isExplaining ? (await configToRead(invocation)).config : await configOf(invocation);
  const today = localDate(io.now());
  const jobs = planJobs(config, { names: words, windows: {}, store: null, today });
  const explanations = await explainAll(await readFile(config.file, 'utf8'), config, io.env);
  if (isExplaining) return printExplanations(jobs, explanations, invocation);
  const run: CheckRun = { jobs, explanations, replies: new Map(), logins: [], paths: [] };
  const checked = await printAll(config, run, invocation);
  const report = textOption(invocation, 'report');
  if (report !== undefined) {
    const { writeReport } = await import('./report.js');
    await writeReport(report, { config, checked, ...run }, invocation);
  }
  const machine =
    words.length === 0 ? await (await import('./machine.js')).machineFindings(config.file, invocation) : [];
  if (options.json === true) await printJson(io, { ...checkJson(config.file, checked), machine });
  else await printMachine(machine, invocation);
  const code = exitOf(checked);
  return code === EXIT.ok && machine.some(({ ok }) => !ok) ? EXIT.someFailed : code;
}

/** Prints the findings on this machine; under `--quiet` the problems only. */
async function printMachine(machine: readonly Finding[], { io, options }: Invocation): Promise<void> {
  const { machineLines } = await import('./machine.js');
  await write(io.stdout, machineLines(options.quiet === true ? machine.filter(({ ok }) => !ok) : machine));
}

async function printExplanations(
  jobs: readonly LoginJob[],
  explanations: readonly Explanation[],
  { io, options }: Invocation,
): Promise<number> {
  const { explanationJson, explanationLines } = await import('./explain.js');
  const wanted = explanations.filter(({ name }) => jobs.some(({ institution }) => institution.name === name));
  if (options.json === true) await printJson(io, { version: 1, institutions: wanted.map(explanationJson) });
  else for (const one of wanted) await writeLines(io.stdout, explanationLines(one, widthOf(io.stdout)));
  return EXIT.ok;
}

interface CheckRun {
  readonly jobs: readonly LoginJob[];
  readonly explanations: readonly Explanation[];
  /** The replies of each institution, added while the check runs. */
  readonly replies: Map<string, Reply[]>;
  /** The logins whose secrets were resolved, added while the check runs, so that a report can be searched for them. */
  readonly logins: Login[];
  /** The statement files that were found, added while the check runs. */
  readonly paths: string[];
}

/** Checks all institutions at once, and prints each when it and all before it are done. */
async function printAll(config: Config, run: CheckRun, invocation: Invocation): Promise<Checked[]> {
  const { io, options } = invocation;
  const style = styleFor(io.stdout, io, options);
  return withWiring(invocation, config, async ({ store, wiring }) => {
    const checked: Checked[] = [];
    const timeoutMs = durationOption(invocation, 'timeout') ?? null;
    const results = checkAll(
      jobsOf(run),
      { config, timeoutMs, onLogin: (login) => run.logins.push(login) },
      {
        ...wiring.ports,
        newFiles: (one, isTaken) => withPaths(wiring.ports.newFiles(one, isTaken), run.paths),
        resolveLogin: wiring.resolveLogin,
        resolveUrl: wiring.resolveUrl,
        addressesOf: wiring.addressesOf,
        // One for all: a login that two institutions share is presented once.
        guard: createGuard(store, { force: options['force'] === true, confirms: true, now: io.now }),
        env: io.env,
        signal: io.signal,
        onReply: ({ name }, reply) => {
          run.replies.set(name, [...(run.replies.get(name) ?? []), reply]);
        },
      },
    );
    for await (const result of results) {
      checked.push(result);
      if (options.json === true) continue;
      const lines = checkLines(result, { style, width: widthOf(io.stdout), quiet: options.quiet === true });
      await writeLines(io.stdout, lines);
    }
    return checked;
  });
}

/** Yields the same files, and adds the path of each. */
async function* withPaths(files: AsyncIterable<StatementFile>, paths: string[]): AsyncIterable<StatementFile> {
  for await (const one of files) {
    if ('path' in one) paths.push(one.path);
    yield one;
  }
}

function jobsOf({ jobs, explanations }: CheckRun): CheckJob[] {
  return jobs.map(({ institution, wanted }) => ({
    institution,
    accounts: wanted.map(({ account }) => account),
    remark: explanations.find(({ name }) => name === institution.name)?.remark ?? null,
  }));
}

function exitOf(checked: readonly Checked[]): number {
  const failed = checked.filter(({ steps }) => steps.some(isFailure));
  return exitOfCounts(failed.length, checked.length);
}
