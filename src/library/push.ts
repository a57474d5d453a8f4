/** Pushes new transactions to a budget over its API: the plan, the secrets and the open budget of a push, and all of it at once. */

import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import { type Config, withoutOtherSecrets } from '../model/institution.js';
import { present } from '../model/present.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { PushContext, PushSession } from '../model/push-session.js';
import { pushTargets } from '../push/index.js';
import { type PushOutcome, type PushPlan, pushAll } from '../push/run.js';
import { chosenAccounts } from '../sync/plan.js';
import { wordsOf } from './push-words.js';
import type { ConnectionOptions } from './wired.js';

/** The choices of a push; absent ones are `false`, or as accounts.yaml says. */
export interface PushChoices {
  /** Institutions, accounts, or `institution/account`; those that accounts.yaml maps when absent, else all. */
  readonly names?: readonly string[];
  /** Its mark selects the new transactions, and is moved; `push-TARGET` when absent. */
  readonly consumer?: string;
  readonly since?: IsoDate;
  /** Includes transactions that were pushed before. */
  readonly all?: boolean;
  /** Creates accounts that the budget does not have. */
  readonly create?: boolean;
  readonly createCategories?: boolean;
  /** Pushes accounts in another currency than the budget's, too. */
  readonly anyCurrency?: boolean;
  /** Keeps investment and loan accounts at their value. */
  readonly values?: boolean;
  /** Sends nothing. */
  readonly dryRun?: boolean;
}

/** The settings of a target that accounts.yaml does not configure. */
const UNCONFIGURED: Readonly<Record<PushTargetName, PushSettings>> = {
  ynab: {
    server: null,
    budget: null,
    secrets: { token: { scheme: 'keychain', name: 'ynab' } },
    folder: null,
    currency: null,
    accounts: null,
  },
  actual: { server: null, budget: null, secrets: {}, folder: null, currency: null, accounts: null },
};

/** @throws UsageError for an unknown name */
export async function pushPlan(
  config: Config,
  target: PushTargetName,
  { choices, at }: { readonly choices: PushChoices; readonly at: Date },
): Promise<PushPlan> {
  const { names = [], consumer = `push-${target}`, since = null, all = false } = choices;
  const settings = config.push?.[target] ?? UNCONFIGURED[target];
  const known = knownAccounts(config, settings);
  return {
    target,
    settings,
    accounts: names.length > 0 ? chosenAccounts(config, names) : known,
    known,
    consumer,
    at,
    since,
    all,
    create: choices.create ?? false,
    createCategories: choices.createCategories ?? false,
    anyCurrency: choices.anyCurrency ?? false,
    values: choices.values ?? false,
    dryRun: choices.dryRun ?? false,
    ...(await wordsOf(config, { known, consumer, all })),
  };
}

/** Returns the accounts that accounts.yaml maps, else all. */
function knownAccounts(config: Config, { accounts }: PushSettings): readonly Account[] {
  const all = chosenAccounts(config, []);
  return accounts === null ? all : all.filter((account) => accounts.has(accountKey(account)));
}

type Asking = Pick<ConnectionOptions, 'env' | 'prompt' | 'signal'>;

/** Resolves the token or the passwords of a budget. @throws SecretError */
export async function budgetSecrets(
  { target, settings: { secrets } }: Pick<PushPlan, 'target' | 'settings'>,
  config: Config,
  { env = {}, prompt, signal }: Asking,
): Promise<PushContext['secrets']> {
  const { resolveSecret } = await import('../secrets/index.js');
  const found: [string, PushContext['secrets'][keyof PushContext['secrets']]][] = [];
  const own = withoutOtherSecrets(env, config, Object.values(secrets));
  for (const [field, reference] of Object.entries(secrets)) {
    const context = { institution: target, field, env: own, baseDir: dirname(config.file), signal, prompt };
    found.push([field, await resolveSecret(reference, present(context))]);
  }
  return Object.fromEntries(found);
}

export interface OpenBudget {
  readonly title: string;
  readonly session: PushSession;
}

interface BudgetContext
  extends Pick<PushContext, 'secrets' | 'baseDir' | 'dataDir' | 'signal' | 'now'>,
    Required<Pick<ConnectionOptions, 'env'>> {}

/** Opens the budget of a plan. The session must be closed. @throws PushError */
export async function openBudget(
  { target, settings }: Pick<PushPlan, 'target' | 'settings'>,
  { env, ...given }: BudgetContext,
): Promise<OpenBudget> {
  const { title, open } = await pushTargets[target]();
  const session = await open(settings, {
    ...given,
    fetch: async (url, request) => (await import('../sources/verified-fetch.js')).verifiedFetch(env)(url, request),
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
  });
  return { title, session };
}

export interface PushOptions extends PushChoices, ConnectionOptions {
  /** The data folder, in which a copy of an Actual budget is kept. */
  readonly dataDir: string;
}

/**
 * Pushes new transactions to a budget, and yields an outcome for each account as soon as it is known. Failures of accounts are
 * outcomes. The data folder must be locked (`withStore`).
 * @throws UsageError for an unknown name; SecretError; PushError when the budget cannot be opened; StoreError
 */
export async function* push(
  config: Config,
  target: PushTargetName,
  options: PushOptions,
): AsyncGenerator<PushOutcome, void> {
  const { store, dataDir, env = {}, signal = new AbortController().signal } = options;
  const now = () => new Date();
  const plan = await pushPlan(config, target, { choices: options, at: now() });
  const secrets = await budgetSecrets(plan, config, options);
  const { session } = await openBudget(plan, { secrets, env, baseDir: dirname(config.file), dataDir, signal, now });
  try {
    yield* pushAll(plan, { session, store, signal });
  } finally {
    await session.close();
  }
}
