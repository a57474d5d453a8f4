/**
 * The main flow, and the architecture in prose: accounts → logins → requests → statements → store → outcomes.
 *
 * The configured accounts that were named are given their windows (`plan.ts`), grouped by login, and downloaded all at
 * once (`download.ts`), bounded and isolated: every account ends with a delivery, whatever happens to the others. Each
 * delivery is stored the moment it arrives, in a transaction of its own, and becomes an outcome. No HTTP, no SQL and no
 * printing here: the plug points are handed in (`ports.ts`), and `wiring.ts` puts the real ones together.
 */

import { type Delivery, downloadAll } from './download.js';
import { toOfxSyncError } from './errors.js';
import { createGuard } from './guard.js';
import { createLimiter } from './limiter.js';
import type { Account } from './model/account.js';
import { localDate } from './model/dates.js';
import type { Config, Institution } from './model/institution.js';
import type { OfxFile } from './ofx/file.js';
import { planJobs, type WindowOptions } from './plan.js';
import type { Login, OnProgress, Outcome, StatementSource, Store } from './ports.js';

export interface SyncOptions extends WindowOptions {
  /** Institutions, accounts, or `institution/account`; all when absent. */
  readonly names?: readonly string[];
  readonly concurrency?: number;
  readonly perInstitution?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Signs on although a signon was refused before. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Everything of the outside world that a sync touches. */
export interface SyncPorts {
  readonly store: Store;
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  /** Rejects with a SecretError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
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
  const concurrency = options.concurrency ?? config.defaults.concurrency;
  const perInstitution = options.perInstitution ?? config.defaults.perInstitution;
  const run = ports.store.beginRun(startedAt);
  const outcomes = new Map<Account, Outcome>();
  const report = options.onProgress ?? (() => undefined);

  report({ type: 'start', accounts: jobs.flatMap(({ wanted }) => wanted.map(({ account }) => account)) });
  const sequentialMs = await downloadAll(
    jobs,
    {
      retries: options.retries ?? config.defaults.retries,
      timeoutMs: options.timeoutMs ?? config.defaults.timeoutMs,
      timeoutForAll: options.timeoutMs !== undefined,
      perInstitution,
      signal,
      today: localDate(startedAt),
    },
    {
      ...ports,
      limiter: createLimiter({ concurrency, perKey: perInstitution }),
      guard: createGuard(ports.store, { force: options.force ?? false, now: ports.now }),
      onReply: (reply, { login, wanted }) => {
        if (config.defaults.keepRepliesDays > 0)
          ports.store.keepReply(reply, { runId: run, institution: login.institution.name, wanted, at: ports.now() });
      },
      onState: (wanted, state, more) => {
        for (const { account } of wanted) report({ type: 'state', account, state, ...more });
      },
      deliver: (delivery) => {
        const outcome = saved(delivery, {
          store: ports.store,
          run,
          at: ports.now(),
          institutions: config.institutions,
        });
        outcomes.set(delivery.wanted.account, outcome);
        ports.store.recordOutcome(run, outcome);
        report({ type: 'outcome', outcome });
      },
    },
  );
  ports.store.dropReplies(new Date(startedAt.getTime() - config.defaults.keepRepliesDays * 86_400_000));
  ports.store.finishRun(run, ports.now());
  const inOrder = jobs.flatMap(({ wanted }) => wanted.flatMap(({ account }) => outcomes.get(account) ?? []));
  return {
    startedAt,
    durationMs: performance.now() - started,
    sequentialMs,
    concurrency,
    outcomes: inOrder,
    interrupted: signal.aborted,
  };
}

interface SaveScope {
  readonly store: Store;
  readonly run: number;
  readonly at: Date;
  readonly institutions: readonly Institution[];
}

/** A delivery as an outcome: what arrived is stored first, and what cannot be stored is a failure of that account. */
function saved(delivery: Delivery, { store, run, at, institutions }: SaveScope): Outcome {
  const { wanted, durationMs, attempts, notices } = delivery;
  const base = { account: wanted.account, durationMs, attempts };
  if ('error' in delivery) return { ...base, notices, status: delivery.status, error: delivery.error };
  const institution = institutions.find(({ name }) => name === wanted.account.institution);
  try {
    if (institution === undefined) throw new TypeError(`no institution ${wanted.account.institution}`);
    const result = store.save(wanted.account, delivery.statement, { runId: run, at, wanted, institution });
    return {
      ...base,
      status: 'ok',
      statement: delivery.statement,
      saved: result,
      notices: [...notices, ...delivery.statement.notices, ...result.notices],
    };
  } catch (error) {
    return { ...base, notices, status: 'failed', error: toOfxSyncError(error) };
  }
}
