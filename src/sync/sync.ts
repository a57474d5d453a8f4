/**
 * The main flow, and the architecture in prose: accounts → logins → requests → statements → store → outcomes.
 *
 * The configured accounts that were named are given their windows (`plan.ts`), grouped by login, and downloaded all at
 * once (`download.ts`), bounded and isolated: every account ends with a delivery, whatever happens to the others. Each
 * delivery is stored the moment it arrives, in a transaction of its own, and becomes an outcome (`outcome.ts`). Institutions
 * that only offer files are read beside them (`files-run.ts`). No HTTP, no SQL and no
 * printing here: the plug points are handed in (`ports.ts`), and `wiring.ts` puts the real ones together.
 */

import type { Account } from '../model/account.js';
import { localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import type { OfxFile } from '../ofx/file.js';
import type { Origin } from '../ofx/unpack/identify.js';
import type { Login, OnProgress, Outcome, StatementFile, StatementSource, Store } from '../ports.js';
import { downloadAll, type LoginJob } from './download.js';
import { createLimiter } from './limiter.js';
import { planJobs, type WindowOptions } from './plan.js';
import { outcomeOf } from './save.js';
import { createGuard } from './signon-guard.js';
import { runFiles } from './statement-files.js';

export interface SyncOptions extends WindowOptions {
  /** Institutions, accounts, or `institution/account`; all when absent. */
  readonly names?: readonly string[];
  readonly concurrency?: number;
  readonly perInstitution?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Signs on although a signon was refused before. */
  readonly force?: boolean;
  /** Begun by a timer; noted with the run. */
  readonly unattended?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Everything of the outside world that a sync touches. */
export interface SyncPorts {
  readonly store: Store;
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  /** Rejects with a SecretError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
  readonly newFiles: (institution: Institution, isTaken: (hash: string) => boolean) => AsyncIterable<StatementFile>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal, origin?: Origin) => Promise<OfxFile>;
  readonly now: () => Date;
  readonly newUid: () => string;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface SyncResult {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** What the requests would have taken one after another. */
  readonly sequentialMs: number;
  readonly concurrency: number;
  /** One for each account that was asked for, in the order of the configuration. */
  readonly outcomes: readonly Outcome[];
  readonly interrupted: boolean;
}

/**
 * Pulls the named accounts, stores what arrives, and says what happened to each. Failures of institutions are outcomes.
 * @throws UsageError for a name that no account has; StoreError when the store itself fails.
 */
export async function sync(config: Config, options: SyncOptions, ports: SyncPorts): Promise<SyncResult> {
  const startedAt = ports.now();
  const started = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const jobs = planJobs(config, {
    names: options.names ?? [],
    windows: options,
    store: ports.store,
    today: localDate(startedAt),
  });
  const run = ports.store.beginRun(startedAt, { unattended: options.unattended ?? false });
  const outcomes = new Map<Account, Outcome>();
  const report = options.onProgress ?? (() => undefined);
  const keep = (outcome: Outcome) => {
    outcomes.set(outcome.account, outcome);
    ports.store.recordOutcome(run, outcome);
    report({ type: 'outcome', outcome });
  };
  const scope: RunScope = { config, options, ports, run, startedAt, signal, keep, report };

  report({ type: 'start', accounts: jobs.flatMap(({ wanted }) => wanted.map(({ account }) => account)) });
  const isOfFiles = ({ institution }: LoginJob) => institution.files !== null;
  const times = await Promise.all([
    takeFiles(jobs.filter(isOfFiles), scope),
    download(
      jobs.filter((job) => !isOfFiles(job)),
      scope,
    ),
  ]);
  ports.store.dropReplies(new Date(startedAt.getTime() - config.defaults.keepRepliesDays * 86_400_000));
  ports.store.finishRun(run, ports.now());
  ports.store.prune();
  return {
    startedAt,
    durationMs: performance.now() - started,
    sequentialMs: times.reduce((sum, time) => sum + time, 0),
    concurrency: concurrencyOf(scope),
    outcomes: jobs.flatMap(({ wanted }) => wanted.flatMap(({ account }) => outcomes.get(account) ?? [])),
    interrupted: signal.aborted,
  };
}

/** What all parts of one run share. */
interface RunScope {
  readonly config: Config;
  readonly options: SyncOptions;
  readonly ports: SyncPorts;
  readonly run: number;
  readonly startedAt: Date;
  readonly signal: AbortSignal;
  readonly keep: (outcome: Outcome) => void;
  readonly report: OnProgress;
}

function concurrencyOf({ config, options }: RunScope): number {
  return options.concurrency ?? config.defaults.concurrency;
}

/** Institutions that are asked. @returns what their requests took together, in milliseconds. */
function download(jobs: readonly LoginJob[], scope: RunScope): Promise<number> {
  const { config, options, ports, run, signal, keep, report } = scope;
  // One instant for all of a run: a kept reply that is read again is then as old as what was stored of it.
  const at = scope.startedAt;
  const perInstitution = options.perInstitution ?? config.defaults.perInstitution;
  return downloadAll(
    jobs,
    {
      retries: options.retries ?? config.defaults.retries,
      timeoutMs: options.timeoutMs ?? config.defaults.timeoutMs,
      timeoutForAll: options.timeoutMs !== undefined,
      perInstitution,
      signal,
      today: localDate(scope.startedAt),
    },
    {
      ...ports,
      limiter: createLimiter({ concurrency: concurrencyOf(scope), perKey: perInstitution }),
      guard: createGuard(ports.store, { force: options.force ?? false, now: ports.now }),
      onReply: (reply, { login, wanted }) => {
        if (config.defaults.keepRepliesDays > 0)
          ports.store.keepReply(reply, { runId: run, institution: login.institution.name, wanted, at });
      },
      onState: (wanted, state, more) => {
        for (const { account } of wanted) report({ type: 'state', account, state, ...more });
      },
      deliver: (delivery) => {
        const institution = config.institutions.find(({ name }) => name === delivery.wanted.account.institution);
        keep(outcomeOf(delivery, { store: ports.store, run, at, institution }));
      },
    },
  );
}

/** Institutions of files, one after another: reading a file leaves nothing to wait for. */
async function takeFiles(jobs: readonly LoginJob[], { config, ports, run, signal, keep }: RunScope): Promise<number> {
  const started = performance.now();
  for (const job of jobs) {
    const keepReplies = config.defaults.keepRepliesDays > 0;
    for (const outcome of await runFiles(job, { run, keepReplies, signal }, ports)) keep(outcome);
  }
  return performance.now() - started;
}
