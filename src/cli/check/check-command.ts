/** `ofx-sync check [NAME…]`: every step from here to each account; `--offline`, `--explain` and `--report` are in files beside this. */

import { readFile } from 'node:fs/promises';
import { type Checked, checkInstitution } from '../../check/check.js';
import type { CheckPorts } from '../../check/step.js';
import { localDate } from '../../model/dates.js';
import type { Config } from '../../model/institution.js';
import type { Login, Reply, Store } from '../../ports.js';
import type { LoginJob } from '../../sync/download.js';
import { createLimiter } from '../../sync/limiter.js';
import { planJobs } from '../../sync/plan.js';
import { createGuard } from '../../sync/signon-guard.js';
import type { Wiring } from '../../wiring.js';
import type { Invocation } from '../command/command.js';
import { configOf, durationOption, textOption } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { withWiring } from '../command/with-store.js';
import { write } from '../terminal/io.js';
import { styleFor } from '../terminal/style.js';
import { widthOf } from '../terminal/table.js';
import { type Explanation, explainAll } from './explain.js';
import { checkJson, checkLines } from './lines.js';
import type { Finding } from './machine.js';
import { redactedCheck } from './redact.js';

export async function checkCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  if (options['balances'] === true) return (await import('./balances.js')).balancesCommand(invocation);
  if (options['offline'] === true) return (await import('./offline.js')).checkOffline(invocation);
  const config = await configOf(invocation);
  const today = localDate(io.now());
  const jobs = planJobs(config, { names: words, windows: {}, store: null, today });
  const explanations = await explainAll(await readFile(config.file, 'utf8'), config, io.env);
  if (options['explain'] === true) return explain(jobs, explanations, invocation);
  const work: Work = { jobs, explanations, replies: new Map(), logins: [] };
  const checked = await checkAll(config, work, invocation);
  const report = textOption(invocation, 'report');
  if (report !== undefined) {
    const { writeReport } = await import('./report.js');
    await writeReport(report, { config, checked, ...work }, invocation);
  }
  const machine =
    words.length === 0 ? await (await import('./machine.js')).machineFindings(config.file, invocation) : [];
  if (options.json === true)
    await write(io.stdout, `${JSON.stringify({ ...checkJson(config.file, checked), machine }, null, 2)}\n`);
  else await sayMachine(machine, invocation);
  const code = exitOf(checked);
  return code === EXIT.ok && machine.some(({ ok }) => !ok) ? EXIT.someFailed : code;
}

/** Beside institutions that are well, what is wrong here is what counts. */
async function sayMachine(machine: readonly Finding[], { io, options }: Invocation): Promise<void> {
  const { machineLines } = await import('./machine.js');
  await write(io.stdout, machineLines(options.quiet === true ? machine.filter(({ ok }) => !ok) : machine));
}

async function explain(
  jobs: readonly LoginJob[],
  explanations: readonly Explanation[],
  { io, options }: Invocation,
): Promise<number> {
  const { explanationJson, explanationLines } = await import('./explain.js');
  const wanted = explanations.filter(({ name }) => jobs.some(({ institution }) => institution.name === name));
  if (options.json === true)
    await write(io.stdout, `${JSON.stringify({ version: 1, institutions: wanted.map(explanationJson) }, null, 2)}\n`);
  else for (const one of wanted) await write(io.stdout, `${explanationLines(one, widthOf(io.stdout)).join('\n')}\n`);
  return EXIT.ok;
}

interface Work {
  readonly jobs: readonly LoginJob[];
  readonly explanations: readonly Explanation[];
  /** Filled with what institutions answer. */
  readonly replies: Map<string, Reply[]>;
  /** Filled with those whose secrets were resolved, so that a report can be searched for them. */
  readonly logins: Login[];
}

/** All at once; each is printed when it and all before it are done. */
async function checkAll(config: Config, work: Work, invocation: Invocation): Promise<Checked[]> {
  const { io, options } = invocation;
  const limiter = createLimiter({ concurrency: config.defaults.concurrency, perKey: 1 });
  const style = styleFor(io.stdout, io, options);
  return withWiring(invocation, config, async (open) => {
    const running = work.jobs.map(({ institution, wanted }) =>
      limiter.run(institution.name, () =>
        checkInstitution(
          institution,
          {
            config,
            accounts: wanted.map(({ account }) => account),
            remark: work.explanations.find(({ name }) => name === institution.name)?.remark ?? null,
          },
          portsFor(institution.timeoutMs, { config, work, ...open }, invocation),
        ),
      ),
    );
    const checked: Checked[] = [];
    for (const one of running) {
      const result = redactedCheck(await one, work.logins);
      checked.push(result);
      if (options.json === true) continue;
      const lines = checkLines(result, { style, width: widthOf(io.stdout), quiet: options.quiet === true });
      await write(io.stdout, lines.map((line) => `${line}\n`).join(''));
    }
    return checked;
  });
}

function portsFor(
  ownTimeoutMs: number | null,
  { config, store, wiring, work }: { config: Config; store: Store; wiring: Wiring; work: Work },
  invocation: Invocation,
): CheckPorts {
  const { io, options } = invocation;
  const asked = durationOption(invocation, 'timeout');
  return {
    ...wiring.ports,
    resolveLogin: async (institution) => {
      const login = await wiring.ports.resolveLogin(institution);
      work.logins.push(login);
      return login;
    },
    resolveUrl: wiring.resolveUrl,
    guard: createGuard(store, { force: options['force'] === true, now: io.now }),
    env: io.env,
    timeoutMs: asked ?? ownTimeoutMs ?? config.defaults.timeoutMs,
    timeoutForAll: asked !== undefined,
    signal: io.signal,
    onReply: ({ name }, reply) => {
      work.replies.set(name, [...(work.replies.get(name) ?? []), reply]);
    },
  };
}

function exitOf(checked: readonly Checked[]): number {
  const failed = checked.filter(({ steps }) =>
    steps.some(({ status, error }) => status === 'failed' || error?.code === 'SIGNON_BLOCKED'),
  );
  return exitOfCounts(failed.length, checked.length);
}
