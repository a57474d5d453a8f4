/** `ofx-sync push TARGET`: adds new transactions to a budgeting tool over its API. */

import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UsageError } from '../../errors.js';
import { classifierFor } from '../../exporters/input.js';
import { withQuirkPayees, withRulePayees } from '../../exporters/quirk-payees.js';
import { type Account, accountKey } from '../../model/account.js';
import { type Config, withoutOtherSecrets } from '../../model/institution.js';
import { didYouMean } from '../../model/nearest.js';
import { present } from '../../model/present.js';
import { PUSH_TARGETS, type PushSettings, type PushTargetName } from '../../model/push.js';
import type { PushContext } from '../../model/push-session.js';
import type { PushOutcome, PushPlan } from '../../push/run.js';
import { chosenAccounts } from '../../sync/plan.js';
import { bindTool, refuseOtherServer } from '../command/bind-keychain.js';
import type { Invocation } from '../command/command.js';
import { configOf, consumerOption, dataDirOf, dayOption, namesGiven } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { serviceFetch } from '../command/service-fetch.js';
import { withStoreForWriting } from '../command/with-store.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { write } from '../terminal/io.js';
import { outcomeLines, pushJson, summaryLine } from './push-report.js';

export async function pushCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const target = targetOf(invocation);
  const config = await configOf(invocation);
  const plan = await planOf(target, config, invocation);
  const [{ pushTargets }, { pushAll }] = await Promise.all([
    import('../../push/index.js'),
    import('../../push/run.js'),
  ]);
  refuseOtherServer(target, plan.settings, io);
  const secrets = await secretsOf(target, plan.settings, { config, invocation });
  // The lock is held to the end: the copy of a budget in the data folder allows one run at a time.
  return withStoreForWriting(invocation, async (store) => {
    const { title, open } = await pushTargets[target]();
    const session = await open(plan.settings, contextOf(secrets, config, invocation));
    bindTool(target, plan.settings, io);
    const outcomes: PushOutcome[] = [];
    try {
      for await (const outcome of pushAll(plan, { session, store, signal: io.signal })) {
        outcomes.push(outcome);
        if (options.json !== true)
          for (const line of outcomeLines(outcome, { title, dryRun: plan.dryRun, quiet: options.quiet === true }))
            await write(outcome.status === 'ok' && options.quiet !== true ? io.stdout : io.stderr, `${line}\n`);
      }
    } finally {
      await session.close();
    }
    const about = { target, title, budget: session.budget.name, dryRun: plan.dryRun };
    await printResult(invocation, { json: pushJson(outcomes, about), text: [summaryLine(outcomes, about)] });
    return exitOf(outcomes);
  });
}

function targetOf({ words }: Invocation): PushTargetName {
  const word = words[0] ?? '';
  const target = PUSH_TARGETS.find((one) => one === word);
  if (target !== undefined) return target;
  throw new UsageError(
    `unknown budgeting tool ${JSON.stringify(word)}`,
    didYouMean(
      word,
      PUSH_TARGETS,
      `Choose one of: ${PUSH_TARGETS.join(', ')}. For other tools write a file: ofx-sync export`,
      'ofx-sync push ',
    ),
  );
}

/** The settings of a target that accounts.yaml does not configure. */
const UNCONFIGURED: Readonly<Record<PushTargetName, PushSettings>> = {
  ynab: {
    server: null,
    budget: null,
    secrets: { token: { scheme: 'keychain', name: 'ynab' } },
    folder: null,
    accounts: null,
  },
  actual: { server: null, budget: null, secrets: {}, folder: null, accounts: null },
};

async function planOf(target: PushTargetName, config: Config, invocation: Invocation): Promise<PushPlan> {
  const { options } = invocation;
  const settings = config.push?.[target] ?? UNCONFIGURED[target];
  const classify = await classifierFor(config);
  return {
    target,
    settings,
    accounts: accountsOf(config, settings, invocation),
    consumer: consumerOption(invocation) ?? `push-${target}`,
    at: invocation.io.now(),
    since: dayOption(invocation, 'since') ?? null,
    all: options['all'] === true,
    create: options['create'] === true,
    dryRun: options['dryRun'] === true,
    reword: (transactions) => withRulePayees(withQuirkPayees(transactions, config.institutions), classify),
  };
}

/** Returns the named accounts, else those that accounts.yaml maps, else all. */
function accountsOf(config: Config, { accounts }: PushSettings, invocation: Invocation): readonly Account[] {
  const names = namesGiven(invocation, invocation.words.slice(1));
  const all = chosenAccounts(config, names);
  return names.length > 0 || accounts === null ? all : all.filter((account) => accounts.has(accountKey(account)));
}

async function secretsOf(
  target: PushTargetName,
  { secrets }: PushSettings,
  { config, invocation: { io } }: { config: Config; invocation: Invocation },
): Promise<PushContext['secrets']> {
  const { resolveSecret } = await import('../../secrets/index.js');
  const prompt = askHidden(io);
  const found: [string, PushContext['secrets'][keyof PushContext['secrets']]][] = [];
  const env = withoutOtherSecrets(io.env, config, Object.values(secrets));
  for (const [field, reference] of Object.entries(secrets)) {
    const context = { institution: target, field, env, baseDir: dirname(config.file), signal: io.signal };
    found.push([field, await resolveSecret(reference, present({ ...context, prompt: prompt ?? undefined }))]);
  }
  return Object.fromEntries(found);
}

function contextOf(secrets: PushContext['secrets'], config: Config, invocation: Invocation): PushContext {
  const { io } = invocation;
  return {
    secrets,
    baseDir: dirname(config.file),
    dataDir: dataDirOf(invocation),
    signal: io.signal,
    fetch: serviceFetch,
    now: io.now,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
  };
}

function exitOf(outcomes: readonly PushOutcome[]): number {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [] : [outcome.error.code]));
  if (errors.includes('INTERRUPTED')) return EXIT.interrupted;
  if (errors.includes('BUG')) return EXIT.bug;
  if (errors.length > 0) return exitOfCounts(errors.length, outcomes.length);
  const isWhole = outcomes.every((outcome) => outcome.status === 'ok' && outcome.result.refused.length === 0);
  return isWhole ? EXIT.ok : EXIT.someFailed;
}
