/** `ofx-sync push TARGET`: adds new transactions to a budgeting tool over its API. */

import { dirname } from 'node:path';
import { UsageError } from '../../errors.js';
import type { PushChoices } from '../../library/push.js';
import { didYouMean } from '../../model/nearest.js';
import { present } from '../../model/present.js';
import { PUSH_TARGETS, type PushTargetName } from '../../model/push.js';
import type { PushOutcome } from '../../push/run.js';
import { bindTool, refuseOtherServer } from '../command/bind-keychain.js';
import type { Invocation } from '../command/command.js';
import { configOf, consumerOption, dataDirOf, dayOption, namesGiven } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { withStoreForWriting } from '../command/with-store.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { write } from '../terminal/io.js';
import { outcomeLines, pushJson, summaryLine } from './push-report.js';

export async function pushCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const target = targetOf(invocation);
  const config = await configOf(invocation);
  const [{ pushPlan, budgetSecrets, openBudget }, { pushAll }] = await Promise.all([
    import('../../library/push.js'),
    import('../../push/run.js'),
  ]);
  const plan = await pushPlan(config, target, { choices: choicesOf(invocation), at: io.now() });
  refuseOtherServer(target, plan.settings, io);
  const prompt = askHidden(io) ?? undefined;
  const secrets = await budgetSecrets(plan, config, present({ env: io.env, prompt, signal: io.signal }));
  // The lock is held to the end: the copy of a budget in the data folder allows one run at a time.
  return withStoreForWriting(invocation, async (store) => {
    const place = { env: io.env, baseDir: dirname(config.file), dataDir: dataDirOf(invocation) };
    const { title, session } = await openBudget(plan, { ...place, secrets, signal: io.signal, now: io.now });
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

function choicesOf(invocation: Invocation): PushChoices {
  const { options } = invocation;
  return present({
    names: namesGiven(invocation, invocation.words.slice(1)),
    consumer: consumerOption(invocation),
    since: dayOption(invocation, 'since'),
    all: options['all'] === true,
    create: options['create'] === true,
    createCategories: options['createCategories'] === true,
    anyCurrency: options['anyCurrency'] === true,
    values: options['values'] === true,
    dryRun: options['dryRun'] === true,
  });
}

function exitOf(outcomes: readonly PushOutcome[]): number {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [] : [outcome.error.code]));
  if (errors.includes('INTERRUPTED')) return EXIT.interrupted;
  if (errors.includes('BUG')) return EXIT.bug;
  if (errors.length > 0) return exitOfCounts(errors.length, outcomes.length);
  const isWhole = outcomes.every((outcome) => outcome.status === 'ok' && outcome.result.refused.length === 0);
  return isWhole ? EXIT.ok : EXIT.someFailed;
}
