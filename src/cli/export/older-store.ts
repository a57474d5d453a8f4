/** A store that is older than the last export, as after restoring a backup: exporting what is new would repeat. */

import { StoreError } from '../../errors.js';
import type { Account } from '../../model/account.js';
import type { Store } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { openPrompts } from '../terminal/open-prompts.js';
import type { ExportRequest, IfOlder } from './options.js';

const REASON = 'A backup was probably restored. What was exported after it was made would be exported again.';

/**
 * Decides what to do when the store is older than the last export: skips what it holds now, or goes on.
 * @throws StoreError STORE_OLDER where nobody can be asked, or the person stops.
 */
export async function settleOlderStore(
  request: ExportRequest,
  { store, accounts, invocation }: { store: Store; accounts: readonly Account[]; invocation: Invocation },
): Promise<void> {
  const { consumer } = request;
  if (consumer === null || request.dryRun || !request.isNew || !store.isBehind(consumer)) return;
  const answer = request.ifOlder ?? (await ask(consumer, invocation));
  if (answer === null) throw storeOlder(consumer);
  if (answer === 'skip') store.setMark(consumer, accounts, store.latestChange());
}

async function ask(consumer: string, { io, options }: Invocation): Promise<IfOlder | null> {
  const prompts = await openPrompts(io, options);
  if (prompts === null) return null;
  prompts.say([`The store is older than the last export for ${consumer}. ${REASON}`]);
  const answer = await prompts.choose(
    'Continue?',
    [
      { id: 'stop', label: 'Stop, and change nothing' },
      { id: 'repeat', label: 'Export everything that this store counts as new, perhaps again' },
      { id: 'skip', label: 'Skip: count everything in this store as exported' },
    ],
    'stop',
  );
  return answer === 'repeat' || answer === 'skip' ? answer : null;
}

function storeOlder(consumer: string): StoreError {
  return new StoreError('STORE_OLDER', `the store is older than the last export for ${consumer}`, {
    hint: `${REASON} If your file was restored as well, or is new: --if-older repeat. If it holds everything already: --if-older skip`,
  });
}
