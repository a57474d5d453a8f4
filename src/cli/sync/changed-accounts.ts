/** Asks on a terminal about accounts whose bank, number or source has changed: the history continues, or nothing is stored. */

import { AccountChangedError } from '../../errors.js';
import { type Account, accountKey } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import type { SyncResult } from '../../sync/sync.js';
import type { Invocation } from '../command/command.js';
import { institutionNamed } from '../command/context.js';
import { openPrompts } from '../terminal/open-prompts.js';
import { yesOrNo } from '../terminal/prompts.js';
import { accountTitle } from '../terminal/wording.js';

/** Returns the accounts whose history the person wants to continue; none without a terminal. */
export async function askAboutChanged(
  { outcomes, interrupted }: SyncResult,
  { config, store, invocation }: { config: Config; store: Store; invocation: Invocation },
): Promise<readonly Account[]> {
  const { io, options } = invocation;
  const changed = outcomes.flatMap((outcome) =>
    outcome.status !== 'ok' && outcome.error instanceof AccountChangedError && outcome.error.mayContinue
      ? [outcome.account]
      : [],
  );
  if (changed.length === 0 || interrupted || options.json === true || options.quiet === true) return [];
  const prompts = await openPrompts(io, options);
  if (prompts === null) return [];
  const continued: Account[] = [];
  for (const account of changed) {
    const question = `Is ${accountTitle(account)} the account whose history is stored?`;
    if ((await yesOrNo(prompts, question, false)) !== true) continue;
    store.continueAccount(account, institutionNamed(config, account.institution));
    continued.push(account);
  }
  return continued;
}

/** Replaces the outcomes of accounts that were downloaded again. */
export function withOutcomes(result: SyncResult, again: SyncResult): SyncResult {
  const later = new Map(again.outcomes.map((outcome) => [accountKey(outcome.account), outcome]));
  return {
    ...result,
    durationMs: result.durationMs + again.durationMs,
    sequentialMs: result.sequentialMs + again.sequentialMs,
    outcomes: result.outcomes.map((outcome) => later.get(accountKey(outcome.account)) ?? outcome),
    interrupted: result.interrupted || again.interrupted,
  };
}
