/** `ofx-sync [sync] [NAME…]`: downloads and stores statements. */

import { MOST } from '../../config/limits.js';
import { toOfxSyncError, UsageError } from '../../errors.js';
import { refreshClassified } from '../../exporters/classified.js';
import { accountKey } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { nearest } from '../../model/nearest.js';
import { present } from '../../model/present.js';
import type { Store } from '../../ports.js';
import { type SyncOptions, type SyncResult, sync } from '../../sync/sync.js';
import { askAboutHosts } from '../command/ask-about-hosts.js';
import { bindAccepted } from '../command/bind-keychain.js';
import type { Invocation } from '../command/command.js';
import { configOf, configToRead, durationOption, numberOption, windowOption } from '../command/context.js';
import { EXIT, exitOfSync } from '../command/exit-codes.js';
import { leadOf } from '../command/other-words.js';
import { printJson } from '../command/result.js';
import { wireFor } from '../command/wire-with-log.js';
import { withStoreForReading, withStoreForWriting } from '../command/with-store.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { write, writeLines } from '../terminal/io.js';
import { styleFor } from '../terminal/style.js';
import { widthOf } from '../terminal/table.js';
import { askAboutChanged, withOutcomes } from './changed-accounts.js';
import { runAfterSync } from './on-sync.js';
import { sendNotifications } from './send-notifications.js';
import { failureLines, summaryJson, summaryLines } from './summary.js';
import { beforeUnattended, dueNow, isUnattended, UNATTENDED_LOCK_MS } from './unattended.js';

export async function syncCommand(invocation: Invocation): Promise<number> {
  const unattended = isUnattended(invocation);
  if (!unattended || invocation.options['dryRun'] === true) return syncNow(invocation, unattended);
  const { recordUnattendedRun } = await import('./unattended-run.js');
  return recordUnattendedRun(invocation, () => syncNow(invocation, true));
}

async function syncNow(invocation: Invocation, unattended: boolean): Promise<number> {
  const { options } = invocation;
  const syncOptions = optionsOf(invocation);
  const isDry = options['dryRun'] === true;
  const config = await (isDry ? configToRead(invocation).then((read) => read.config) : configOf(invocation)).catch(
    (error: unknown) => {
      // A mistyped command is reported before a missing accounts.yaml.
      if (toOfxSyncError(error).code === 'CONFIG_NOT_FOUND') checkNames(invocation, []);
      throw error;
    },
  );
  checkNames(invocation, config.institutions);
  if (isDry) return dryRun(config, invocation, syncOptions);
  const { chosenAccounts } = await import('../../sync/plan.js');
  // An unknown name ends the command before a store is created.
  chosenAccounts(config, invocation.words);
  const offline = unattended ? await beforeUnattended(invocation, config) : null;
  const task = async (store: Store): Promise<SyncResult | null> => {
    // Accounts that became stale are reported even without a network.
    if (offline !== null) await sendNotifications(config, invocation, store);
    if (offline !== null) throw offline;
    const result = await download({ config, store, syncOptions, unattended }, invocation);
    await refreshClassified(store, config);
    return result;
  };
  const result = await withStoreForWriting(invocation, task, unattended ? UNATTENDED_LOCK_MS : undefined);
  if (result === null) return EXIT.ok;
  // The lock is free again: these commands may run ofx-sync themselves.
  const failedCommands = result.interrupted ? 0 : await runAfterSync(config, result, invocation);
  const code = exitOfSync(result);
  return code === EXIT.ok && failedCommands > 0 ? EXIT.someFailed : code;
}

interface Download {
  readonly config: Config;
  readonly store: Store;
  readonly syncOptions: SyncOptions;
  readonly unattended: boolean;
}

/** Syncs the accounts that were named or are due, sends notifications, and prints the summary. @returns `null` when none is due. */
async function download(
  { config, store, syncOptions, unattended }: Download,
  invocation: Invocation,
): Promise<SyncResult | null> {
  const { io, options, words } = invocation;
  const due = unattended ? dueNow(config, invocation, store) : { names: words, lines: [] };
  if (options.quiet !== true) for (const line of due.lines) io.stderr.write(`${line}\n`);
  if (unattended && due.names.length === 0) {
    await sendNotifications(config, invocation, store);
    if (options.json === true) await printJson(io, summaryJson(emptyResult(io.now())));
    return null;
  }
  const { startProgress } = await import('../terminal/progress.js');
  const progress = startProgress(io, options);
  const prompt = unattended ? null : askHidden(io, progress);
  const confirmHost = unattended ? null : askAboutHosts(io, options, progress);
  const wiring = wireFor(io, { config, store, prompt, confirmHost });
  const chosen = { ...syncOptions, unattended, signal: io.signal };
  try {
    const result = await sync(config, { ...chosen, names: due.names, onProgress: progress.onProgress }, wiring.ports);
    await progress.end();
    bindAccepted(config, result, io);
    if (!result.interrupted) await sendNotifications(config, invocation, store);
    await printSummary(result, invocation);
    const continued = unattended ? [] : await askAboutChanged(result, { config, store, invocation });
    if (continued.length === 0) return result;
    const again = await sync(config, { ...chosen, names: continued.map(accountKey) }, wiring.ports);
    await printSummary(again, invocation);
    return withOutcomes(result, again);
  } finally {
    await progress.end();
    await wiring.close();
  }
}

async function printSummary(result: SyncResult, { io, options }: Invocation): Promise<void> {
  if (options.json === true) await printJson(io, summaryJson(result));
  else if (options.quiet === true) await writeLines(io.stderr, failureLines(result));
  else await writeLines(io.stdout, summaryLines(result, styleFor(io.stdout, io, options), widthOf(io.stdout)));
}

function emptyResult(startedAt: Date): SyncResult {
  return { startedAt, durationMs: 0, sequentialMs: 0, concurrency: 0, outcomes: [], interrupted: false };
}

function optionsOf(invocation: Invocation): SyncOptions {
  return present({
    names: invocation.words,
    force: invocation.options['force'] === true,
    ...windowOption(invocation),
    concurrency: numberOption(invocation, 'concurrency', 1, MOST.concurrency),
    perInstitution: numberOption(invocation, 'perInstitution', 1, MOST.perInstitution),
    timeoutMs: durationOption(invocation, 'timeout'),
    retries: numberOption(invocation, 'retries', 0, MOST.retries),
  });
}

/** Suggests a command for a word that is not a name: `ofx-sync transactoins`, `ofx-sync balance`. @throws UsageError */
function checkNames({ words, commands }: Invocation, institutions: Config['institutions']): void {
  if (words.length === 0) return;
  const names = institutions.flatMap(({ name, accounts }) => [name, ...accounts.map((account) => account.name)]);
  for (const [index, word] of words.entries()) {
    if (names.includes(word) || word.includes('/')) continue;
    const lead = index === 0 ? leadOf(word) : null;
    const near = nearest(
      word,
      commands.map(({ name }) => name),
    );
    if (lead === null && (near === null || nearest(word, names) !== null)) continue;
    throw new UsageError(
      `${JSON.stringify(word)} is neither a command nor the name of an account`,
      lead ?? `Did you mean: ofx-sync ${near}?`,
    );
  }
}

/** Prints the requests that would be sent. It resolves no secret, stores nothing, and contacts nobody. */
async function dryRun(config: Config, invocation: Invocation, options: SyncOptions): Promise<number> {
  const [{ previewRequests }, { dryRunPorts }] = await Promise.all([
    import('../../sync/dry-run.js'),
    import('../../wiring.js'),
  ]);
  return withStoreForReading(invocation, async (store) => {
    const previews = await previewRequests(
      config,
      { names: invocation.words, windows: options, store },
      dryRunPorts({ config, store, now: invocation.io.now }),
    );
    const [{ visible, visibleLines }, { unconfirmedAddresses }] = await Promise.all([
      import('../terminal/escape.js'),
      import('../../discovery/hosts.js'),
    ]);
    const chosen = config.institutions.filter(({ name }) => previews.some(({ institution }) => institution === name));
    for (const error of await unconfirmedAddresses(chosen, store))
      await write(invocation.io.stderr, `notice: ${visible(error.message)}. ${visible(error.hint ?? '')}\n`);
    if (invocation.options.json === true) await printJson(invocation.io, { version: 1, requests: previews });
    else
      for (const { institution, text } of previews)
        await write(invocation.io.stdout, `# ${institution}\n${visibleLines(text.replaceAll('\r\n', '\n'))}\n`);
    return EXIT.ok;
  });
}
