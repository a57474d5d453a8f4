/** `ofx-sync import FILE…` stores downloaded statements; `import --replay` reads kept replies with today's parser. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OfxError, type OfxSyncError, toOfxSyncError, UsageError } from '../../errors.js';
import type { Config } from '../../model/institution.js';
import { shellWord } from '../../model/shell-word.js';
import type { SaveResult, Store } from '../../ports.js';
import { type ImportResult, importStatements, replay } from '../../sync/import.js';
import type { Invocation } from '../command/command.js';
import { configOf, dayOption } from '../command/context.js';
import { EXIT, exitOfCounts } from '../command/exit-codes.js';
import { withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { accountTitle, noticeText, plural } from '../terminal/wording.js';

interface FileResult extends ImportResult {
  readonly file: string;
  readonly error: OfxSyncError | null;
}

export async function importCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const isReplay = options['replay'] === true;
  if (isReplay !== (words.length === 0))
    throw new UsageError(
      isReplay ? 'import --replay reads the kept replies and takes no files' : 'import needs the files to read',
      'Use: ofx-sync import FILE…; or: ofx-sync import --replay',
    );
  const config = await configOf(invocation);
  return withStoreForWriting(invocation, async (store) => {
    if (isReplay) return replayAll(config, { store, invocation });
    const results: FileResult[] = [];
    for (const file of words) results.push(await importFile(file, config, { store, invocation }));
    if (options.json === true) await write(io.stdout, `${JSON.stringify(importJson(results), null, 2)}\n`);
    else for (const result of results) await printFile(result, invocation);
    const failed = results.filter(
      ({ error, saved, unclaimed }) => error !== null || (saved.length === 0 && unclaimed > 0),
    ).length;
    return exitOfCounts(failed, results.length);
  });
}

async function importFile(
  file: string,
  config: Config,
  { store, invocation }: { store: Store; invocation: Invocation },
): Promise<FileResult> {
  const { io } = invocation;
  try {
    const { readOfx } = await import('../../ofx/read.js');
    const at = io.now();
    const body = await readBytes(resolve(io.cwd, file));
    const imported = importStatements(await readOfx(body, io.signal), config.institutions, { store, at, runId: null });
    if (imported.saved.length > 0 && config.defaults.keepRepliesDays > 0)
      store.keepReply({ body, httpStatus: 0, origin: file }, { runId: null, institution: '', wanted: [], at });
    return { file, ...imported, error: null };
  } catch (error) {
    return { file, saved: [], unclaimed: 0, error: toOfxSyncError(error) };
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new OfxError('OFX_UNREADABLE', 'the file cannot be read', { cause, hint: 'Check its name and permissions.' });
  }
}

async function replayAll(
  config: Config,
  { store, invocation }: { store: Store; invocation: Invocation },
): Promise<number> {
  const { io, options } = invocation;
  const { readOfx } = await import('../../ofx/read.js');
  const { replies, without, accounts } = await replay(config, {
    since: sinceOf(invocation),
    now: io.now(),
    store,
    read: (bytes) => readOfx(bytes, io.signal),
  });
  if (options.json === true) {
    const document = { version: 1, replies, withoutStatement: without, accounts: accounts.map(savedJson) };
    await write(io.stdout, `${JSON.stringify(document, null, 2)}\n`);
    return EXIT.ok;
  }
  for (const { account, result } of accounts) await printSaved(accountTitle(account), result, invocation);
  const kept = replies === 0 ? ` (keepReplies: ${config.defaults.keepRepliesDays}d)` : '';
  const empty = without === 0 ? '' : `, ${without} of them without a statement to store`;
  await write(io.stdout, `${plural(replies, 'kept reply', 'kept replies')} read again${kept}${empty}\n`);
  return EXIT.ok;
}

function sinceOf(invocation: Invocation): Date {
  const since = dayOption(invocation, 'since');
  return since === undefined ? new Date(0) : new Date(`${since}T00:00:00`);
}

async function printSaved(title: string, result: SaveResult, { io }: Invocation): Promise<void> {
  await write(io.stdout, `${title}: ${result.new} new, ${result.changed} changed, ${result.removed} removed\n`);
  for (const notice of result.notices) await write(io.stdout, `    notice: ${noticeText(notice)}\n`);
}

async function printFile({ file, saved, unclaimed, error }: FileResult, invocation: Invocation): Promise<void> {
  const { io } = invocation;
  if (error !== null) {
    await write(
      io.stderr,
      `${visible(file)}: ${visible(error.message)}${error.hint === null ? '' : `\n  ${visible(error.hint)}`}\n`,
    );
    return;
  }
  for (const { account, result } of saved)
    await printSaved(`${visible(file)}: ${accountTitle(account)}`, result, invocation);
  if (unclaimed > 0)
    await write(
      io.stderr,
      `${visible(file)}: skipped ${plural(unclaimed, 'statement')} without an account in accounts.yaml, or with several; see: ofx-sync inspect ${visible(shellWord(file))}\n`,
    );
}

function importJson(results: readonly FileResult[]): object {
  return {
    version: 1,
    files: results.map(({ file, saved, unclaimed, error }) => ({
      file,
      accounts: saved.map(savedJson),
      unclaimed,
      error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    })),
  };
}

function savedJson({ account, result }: Pick<ImportResult['saved'][number], 'account' | 'result'>): object {
  const { received, changed, removed, pending, notices } = result;
  return {
    institution: account.institution,
    account: account.name,
    transactions: { received, new: result.new, changed, removed, pending },
    notices,
  };
}
