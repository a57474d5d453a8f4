/** `ofx-sync import FILE…` stores downloaded statements; `import --replay` reads kept replies with today's parser. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { interrupted, OfxError, type OfxSyncError, toOfxSyncError, UsageError } from '../../errors.js';
import { refreshClassified } from '../../exporters/classified.js';
import type { Config } from '../../model/institution.js';
import { type Notice, unreadCount } from '../../model/notice.js';
import { shellWord } from '../../model/shell-word.js';
import type { Store } from '../../ports.js';
import { type ImportResult, importStatements, type RefusedAccount, replay } from '../../sync/import.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dayOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { accountTitle, noticeText, plural, problemText } from '../terminal/wording.js';

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
  const { config } = await configToRead(invocation);
  return withStoreForWriting(invocation, async (store) => {
    if (isReplay) {
      const code = await replayAll(config, { store, invocation });
      await refreshClassified(store, config);
      return code;
    }
    const results: FileResult[] = [];
    for (const file of words) results.push(await importFile(file, config, { store, invocation }));
    await refreshClassified(store, config);
    if (options.json === true) await printJson(io, importJson(results));
    else for (const result of results) await printFile(result, invocation);
    return exitOfImport(results);
  });
}

/** Returns 3 when nothing was stored, and 1 when anything could not be read or belongs to no account. */
function exitOfImport(results: readonly FileResult[]): number {
  if (results.every(({ saved }) => saved.length === 0)) return EXIT.allFailed;
  const isWhole = results.every(
    (one) => one.error === null && one.unclaimed === 0 && one.refused.length === 0 && unreadIn(one) === 0,
  );
  return isWhole ? EXIT.ok : EXIT.someFailed;
}

function unreadIn({
  notices,
  saved,
}: {
  notices: readonly Notice[];
  saved: readonly Pick<Saved, 'notices'>[];
}): number {
  return unreadCount([...notices, ...saved.flatMap((one) => one.notices)]);
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
    const body = await readBytes(resolve(io.cwd, file), io.signal);
    const context = { store, at, runId: null, origin: file };
    const imported = importStatements(await readOfx(body, io.signal), config.institutions, context);
    if (imported.saved.length > 0 && config.defaults.keepRepliesDays > 0)
      store.keepReply({ body, httpStatus: 0, origin: file }, { runId: null, institution: '', wanted: [], at });
    return { file, ...imported, error: null };
  } catch (error) {
    return { file, saved: [], unclaimed: 0, notices: [], refused: [], error: toOfxSyncError(error) };
  }
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const { isDescriptor, notAFile, readRegularFile } = await import('../../sources/regular-file.js');
  try {
    return isDescriptor(path) ? await readFile(path, { signal }) : await readRegularFile(path);
  } catch (cause) {
    if (signal.aborted) throw interrupted();
    const why = notAFile(cause);
    throw new OfxError('OFX_UNREADABLE', `the file cannot be read${why}`, {
      cause,
      hint:
        why === ''
          ? 'Check its name and permissions.'
          : 'Name a file, or use the shell: ofx-sync import /dev/stdin < PIPE',
    });
  }
}

async function replayAll(
  config: Config,
  { store, invocation }: { store: Store; invocation: Invocation },
): Promise<number> {
  const { io, options } = invocation;
  const { readOfx } = await import('../../ofx/read.js');
  const { replies, without, accounts, notices, refused } = await replay(config, {
    since: sinceOf(invocation),
    now: io.now(),
    store,
    read: (bytes) => readOfx(bytes, io.signal),
  });
  const unread = unreadIn({ saved: accounts, notices });
  const code = unread === 0 && refused.length === 0 ? EXIT.ok : EXIT.someFailed;
  if (options.json === true) {
    const document = {
      version: 1,
      replies,
      withoutStatement: without,
      accounts: accounts.map(savedJson),
      notices,
      unread,
      refused: refused.map(refusedJson),
    };
    await printJson(io, document);
    return code;
  }
  for (const one of accounts) await printSaved(accountTitle(one.account), one, invocation);
  await printNotices(notices, invocation);
  await printRefused(refused, invocation);
  const kept = replies === 0 ? ` (keepReplies: ${config.defaults.keepRepliesDays}d)` : '';
  const empty = without === 0 ? '' : `, ${without} of them without a statement to store`;
  await write(io.stdout, `${plural(replies, 'kept reply', 'kept replies')} read again${kept}${empty}\n`);
  return code;
}

function sinceOf(invocation: Invocation): Date {
  const since = dayOption(invocation, 'since');
  return since === undefined ? new Date(0) : new Date(`${since}T00:00:00`);
}

type Saved = Pick<ImportResult['saved'][number], 'account' | 'result' | 'notices'>;

async function printSaved(title: string, { result, notices }: Saved, invocation: Invocation): Promise<void> {
  const { new: added, changed, removed } = result;
  await write(invocation.io.stdout, `${title}: ${added} new, ${changed} changed, ${removed} removed\n`);
  await printNotices(notices, invocation);
}

async function printNotices(notices: readonly Notice[], { io }: Invocation): Promise<void> {
  for (const notice of notices) await write(io.stdout, `    notice: ${noticeText(notice)}\n`);
}

async function printFile(
  { file, saved, unclaimed, notices, refused, error }: FileResult,
  invocation: Invocation,
): Promise<void> {
  const { io } = invocation;
  if (error !== null) {
    await write(
      io.stderr,
      `${visible(file)}: ${visible(error.message)}${error.hint === null ? '' : `\n  ${visible(error.hint)}`}\n`,
    );
    return;
  }
  for (const one of saved) await printSaved(`${visible(file)}: ${accountTitle(one.account)}`, one, invocation);
  if (saved.length === 0) await write(io.stdout, `${visible(file)}: nothing was stored\n`);
  await printNotices(notices, invocation);
  await printRefused(refused, invocation);
  if (unclaimed > 0)
    await write(
      io.stderr,
      `${visible(file)}: to see the accounts that it names: ofx-sync inspect ${visible(shellWord(file))}\n`,
    );
}

function importJson(results: readonly FileResult[]): object {
  return {
    version: 1,
    files: results.map(({ file, saved, unclaimed, notices, refused, error }) => ({
      file,
      accounts: saved.map(savedJson),
      unclaimed,
      notices,
      unread: unreadIn({ saved, notices }),
      refused: refused.map(refusedJson),
      error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    })),
  };
}

async function printRefused(refused: readonly RefusedAccount[], { io }: Invocation): Promise<void> {
  for (const { account, error } of refused)
    await write(io.stderr, `${accountTitle(account)}: ${problemText(error.message, error.hint)}\n`);
}

function refusedJson({ account: { institution, name }, error: { code, message, hint } }: RefusedAccount): object {
  return { institution, account: name, error: { code, message, hint } };
}

function savedJson({ account, result, notices }: Saved): object {
  const { received, changed, removed, pending } = result;
  return {
    institution: account.institution,
    account: account.name,
    transactions: { received, new: result.new, changed, removed, pending },
    notices,
  };
}
