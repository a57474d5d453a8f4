/**
 * The flow of a sync: from the configured accounts to an outcome for each. In the order in which they run:
 *
 *   planJobs             the accounts that were named, their windows, and their logins      plan, windows
 *   downloadAll          every login at once: bounded, isolated, guarded                    download, limiter, signon-guard
 *     batchesOf            the requests of a login                                          batches, windows
 *     requestStatements    one request, its attempts, and its reply                         request, reply  → sources/, ofx/read
 *     matchAccounts        statements to the accounts that requested them                   match-accounts
 *     judgeStatements      a statement or an error for each account                         verdict
 *   saveDelivery         stored when it arrives, together with what else arrives then      commits, save  → store/
 *   importNewFiles       beside the downloads: institutions that only offer files           statement-files, import
 *
 * Whatever happens to one account, the others get their outcome. HTTP, SQL and printing are elsewhere: `SyncPorts` are the
 * connections to the outside world, and `wiring.ts` makes the real ones.
 */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import { localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import type { OfxFile } from '../ofx/file.js';
import type { Origin } from '../ofx/unpack/identify.js';
import type { Login, OnProgress, Outcome, StatementFile, StatementSource, Store } from '../ports.js';
import { Commits } from './commits.js';
import { type Delivery, downloadAll, type LoginJob } from './download.js';
import { createLimiter } from './limiter.js';
import { planJobs, type WindowOptions } from './plan.js';
import { saveDelivery } from './save.js';
import { createGuard } from './signon-guard.js';
import { importNewFiles } from './statement-files.js';
import { Turns } from './turns.js';

export interface SyncOptions extends WindowOptions {
  /** Institutions, accounts, or `institution/account`; all when absent. */
  readonly names?: readonly string[];
  readonly concurrency?: number;
  readonly perInstitution?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Signs on although a sign-on was refused before. */
  readonly force?: boolean;
  /** Started by a timer; recorded with the run. */
  readonly unattended?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** The parts of the outside world that a sync uses. */
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
  /** The time that the requests would have taken one after another. */
  readonly sequentialMs: number;
  readonly concurrency: number;
  /** One for each account of the run, in the order of the configuration. */
  readonly outcomes: readonly Outcome[];
  readonly interrupted: boolean;
}

/**
 * Downloads the named accounts, stores their statements, and returns an outcome for each. Failures of institutions are outcomes.
 * @throws UsageError for an unknown name; StoreError when the store itself fails.
 */
export async function sync(config: Config, options: SyncOptions, ports: SyncPorts): Promise<SyncResult> {
  const { store } = ports;
  const startedAt = ports.now();
  const started = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  // An account that was renamed in accounts.yaml goes on where it was.
  store.continueRenamed(config.institutions, startedAt);
  const jobs = planJobs(config, { names: options.names ?? [], windows: options, store, today: localDate(startedAt) });
  const runId = store.beginRun(startedAt, { unattended: options.unattended ?? false });
  const outcomes = new Map<Account, Outcome>();
  const report = options.onProgress ?? (() => undefined);
  const write = (outcome: Outcome) => store.recordOutcome(runId, outcome, performance.now() - started);
  const record = (outcome: Outcome) => {
    outcomes.set(outcome.account, outcome);
    report({ type: 'outcome', outcome });
  };
  const concurrency = options.concurrency ?? config.defaults.concurrency;
  const run: Run = { config, options, ports, runId, startedAt, signal, concurrency, write, record, report };

  report({ type: 'start', accounts: jobs.flatMap(({ wanted }) => wanted.map(({ account }) => account)) });
  const fileJobs = jobs.filter(({ institution }) => institution.files !== null);
  const loginJobs = jobs.filter(({ institution }) => institution.files === null);
  const [filesMs, requestsMs] = await Promise.all([importFiles(fileJobs, run), downloadLogins(loginJobs, run)]);

  const { keepRepliesDays } = config.defaults;
  store.dropReplies(new Date(startedAt.getTime() - keepRepliesDays * 86_400_000), {
    evenUnread: keepRepliesDays === 0,
  });
  store.finishRun(runId, ports.now());
  store.prune();
  return {
    startedAt,
    durationMs: performance.now() - started,
    sequentialMs: filesMs + requestsMs,
    concurrency,
    outcomes: jobs.flatMap(({ wanted }) => wanted.flatMap(({ account }) => outcomes.get(account) ?? [])),
    interrupted: signal.aborted,
  };
}

/** Everything that the parts of one run share. */
interface Run {
  readonly config: Config;
  readonly options: SyncOptions;
  readonly ports: SyncPorts;
  readonly runId: number;
  readonly startedAt: Date;
  readonly signal: AbortSignal;
  readonly concurrency: number;
  /** Writes an outcome to the store, within the transaction that is open. */
  readonly write: (outcome: Outcome) => void;
  /** Reports an outcome that is stored. */
  readonly record: (outcome: Outcome) => void;
  readonly report: OnProgress;
}

/** Downloads the logins and stores each delivery. @returns the time that all requests took together, in milliseconds. */
async function downloadLogins(jobs: readonly LoginJob[], run: Run): Promise<number> {
  const { config, options, ports, runId, signal, concurrency, report } = run;
  const { store, now } = ports;
  // One time for all of a run: replaying a kept reply stores its statement with the same time as the run did.
  const at = run.startedAt;
  const keepsReplies = config.defaults.keepRepliesDays > 0;
  const perInstitution = options.perInstitution ?? config.defaults.perInstitution;
  const turns = new Turns();
  const commits = new Commits(store, () => turns.isBusy);
  const deliveries = new Deliveries(commits, run);
  const requestsMs = await downloadAll(
    jobs,
    {
      retries: options.retries ?? config.defaults.retries,
      timeoutMs: options.timeoutMs ?? config.defaults.timeoutMs,
      timeoutForAll: options.timeoutMs !== undefined,
      perInstitution,
      signal,
      today: localDate(at),
    },
    {
      ...ports,
      limiter: createLimiter({ concurrency, perKey: perInstitution }),
      turn: (how) => turns.next(how),
      guard: createGuard(store, {
        force: options.force ?? false,
        now,
        commit: (work, how) => commits.add(work, how),
      }),
      onReply: async (reply, { login, wanted }) => {
        const about = { runId, institution: login.institution.name, wanted, at };
        if (keepsReplies) await commits.add(() => store.keepReply(reply, about));
      },
      onState: (wanted, state, more) => {
        for (const { account } of wanted) report({ type: 'state', account, state, ...more });
      },
      deliver: (delivery) => deliveries.add(delivery),
    },
  );
  await deliveries.stored();
  return requestsMs;
}

/** The deliveries of a run on their way into the store, and from there to whoever follows the run. */
class Deliveries {
  readonly #commits: Commits;
  readonly #run: Run;
  readonly #institutions: ReadonlyMap<string, Institution>;
  #last: Promise<unknown> = Promise.resolve();
  /** The failure of the store itself. */
  #failure: OfxSyncError | null = null;

  constructor(commits: Commits, run: Run) {
    this.#commits = commits;
    this.#run = run;
    this.#institutions = new Map(run.config.institutions.map((one) => [one.name, one]));
  }

  /** Stores a delivery, then reports it. @throws StoreError when an earlier one showed that the store cannot be written */
  add(delivery: Delivery): void {
    if (this.#failure !== null) throw this.#failure;
    const { runId, startedAt: at, ports, write, record } = this.#run;
    const institution = this.#institutions.get(delivery.wanted.account.institution);
    const save = () => {
      const outcome = saveDelivery(delivery, { store: ports.store, runId, at, institution });
      write(outcome);
      return outcome;
    };
    const statement = 'statement' in delivery ? delivery.statement : delivery.partial;
    const noteFailure = (error: unknown) => {
      this.#failure ??= toOfxSyncError(error);
    };
    // What reports it may throw, too: it belongs to whoever called.
    this.#last = this.#commits
      .add(save, { size: statement?.transactions.length ?? 0 })
      .then(record)
      .catch(noteFailure);
  }

  /** Waits until all are stored and reported. @throws StoreError when the store cannot be written */
  async stored(): Promise<void> {
    await this.#last;
    if (this.#failure !== null) throw this.#failure;
  }
}

/** Imports from one institution after another, since reading a file leaves nothing to wait for. @returns the time in milliseconds. */
async function importFiles(
  jobs: readonly LoginJob[],
  { config, ports, runId, signal, write, record }: Run,
): Promise<number> {
  const started = performance.now();
  const keepReplies = config.defaults.keepRepliesDays > 0;
  for (const job of jobs)
    for (const outcome of await importNewFiles(job, { runId, keepReplies, signal }, ports)) {
      write(outcome);
      record(outcome);
    }
  return performance.now() - started;
}
