/** `ofx-sync import FILE…` stores downloaded statements; `import --replay` reads kept replies with today's parser. */

import { resolve } from 'node:path';
import { ConfigError, type OfxSyncError, toOfxSyncError, UsageError } from '../../errors.js';
import { refreshClassified } from '../../exporters/classified.js';
import { readStatements, type StatementBytes, storeStatements } from '../../library/import.js';
import { accountKey } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import { isUnread, type Notice, unreadCount } from '../../model/notice.js';
import { shellWord } from '../../model/shell-word.js';
import type { OfxFile } from '../../ofx/file.js';
import type { Store } from '../../ports.js';
import { type ImportResult, type RefusedAccount, replay } from '../../sync/import.js';
import type { Invocation } from '../command/command.js';
import { configToRead, dayOption, newConfigFile } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { printJson } from '../command/result.js';
import { withStoreForWriting } from '../command/with-store.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';
import { accountTitle, noticeText, plural, problemText } from '../terminal/wording.js';
import { type Added, addUnknown, printProposed } from './add-accounts.js';
import { type ConfigFile, type FileWithUnknown, remarksOf } from './unknown-accounts.js';

interface FileResult extends ImportResult {
  readonly file: string;
  readonly error: OfxSyncError | null;
  /** Kept of a file with accounts that accounts.yaml does not have, to import it again once they are added. */
  readonly content: StatementBytes | null;
}

export async function importCommand(invocation: Invocation): Promise<number> {
  const { io, options, words } = invocation;
  const isReplay = options['replay'] === true;
  if (isReplay !== (words.length === 0))
    throw new UsageError(
      isReplay ? 'import --replay reads the kept replies and takes no files' : 'import needs the files to read',
      'Use: ofx-sync import FILE…; or: ofx-sync import --replay',
    );
  if (isReplay && options['add'] === true)
    throw new UsageError('--add goes with files, not with --replay', 'Use: ofx-sync import FILE… --add');
  if (isReplay) {
    const { config } = await configToRead(invocation);
    return withStoreForWriting(invocation, async (store) => {
      const code = await replayAll(config, { store, invocation });
      await refreshClassified(store, config);
      return code;
    });
  }
  const { results, added } = await importAll(invocation);
  if (options.json === true) await printJson(io, importJson(results, added));
  else {
    for (const result of results) await printFile(result, invocation);
    if (added?.config === null) await printProposed(added.additions, invocation);
  }
  return exitOfImport(results);
}

interface Imported {
  readonly results: readonly FileResult[];
  readonly added: Added | null;
}

/** Imports the files. Those with unknown accounts are imported once more when these were added. */
async function importAll(invocation: Invocation): Promise<Imported> {
  const { words } = invocation;
  const source = await configOrNone(invocation);
  const first = await importFiles(words, source.config, invocation);
  const files = first.flatMap((result) => withUnknown(result, invocation));
  if (files.length === 0) return { results: first, added: null };
  // No run has to wait for the answers: the store is not locked.
  const added = await addUnknown(files, source, invocation);
  const { config } = added;
  if (config === null) {
    if (source.missing !== null) throw source.missing;
    return { results: first, added };
  }
  const results = await withStoreForWriting(invocation, async (store) => {
    const again: FileResult[] = [];
    for (const result of first) {
      const { content, file } = result;
      if (content === null) again.push(result);
      else again.push(merged(result, await importFile(file, config, { store, invocation, content, before: result })));
    }
    await refreshClassified(store, config);
    return again;
  });
  return { results, added };
}

interface Source extends ConfigFile {
  /** The error of a file that is not there yet, when accounts can be added to a new one. */
  readonly missing: ConfigError | null;
}

/** Reads the configuration. A missing one is made, with `--add` or on a terminal. @throws ConfigError; TrustError */
async function configOrNone(invocation: Invocation): Promise<Source> {
  const { io, options } = invocation;
  try {
    const { config } = await configToRead(invocation);
    return { file: config.file, config, missing: null };
  } catch (error) {
    const mayAsk =
      options.json !== true && options.quiet !== true && io.stdin.isTTY === true && io.stderr.isTTY === true;
    const isMissing = error instanceof ConfigError && error.code === 'CONFIG_NOT_FOUND';
    if (!isMissing || (options['add'] !== true && !mayAsk)) throw error;
    return { file: newConfigFile(invocation), config: null, missing: error };
  }
}

/** Reads and stores the files; without a configuration, reads them only. */
async function importFiles(
  words: readonly string[],
  config: Config | null,
  invocation: Invocation,
): Promise<FileResult[]> {
  const each = async (store: Store | null) => {
    const results: FileResult[] = [];
    for (const file of words) results.push(await importFile(file, config, { store, invocation }));
    if (store !== null && config !== null) await refreshClassified(store, config);
    return results;
  };
  return config === null ? each(null) : withStoreForWriting(invocation, each);
}

function withUnknown({ content, unknown, file }: FileResult, { io }: Invocation): FileWithUnknown[] {
  if (content === null) return [];
  return [{ path: resolve(io.cwd, file), signon: content.ofx.signon, accounts: unknown }];
}

/** Returns the second result, with what the first had stored already. */
function merged(first: FileResult, second: FileResult): FileResult {
  const stored = new Map(first.saved.map((one) => [accountKey(one.account), one]));
  const saved = second.saved.map((one) => stored.get(accountKey(one.account)) ?? one);
  return { ...second, saved };
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
  config: Config | null,
  {
    store,
    invocation,
    content,
    before,
  }: {
    readonly store: Store | null;
    readonly invocation: Invocation;
    readonly content?: FileResult['content'];
    readonly before?: FileResult;
  },
): Promise<FileResult> {
  const { io } = invocation;
  try {
    const at = io.now();
    const { body, ofx } = content ?? (await readStatements(resolve(io.cwd, file), io.signal));
    if (config === null || store === null) return { ...NOTHING, file, ...unknownIn(ofx), content: { body, ofx } };
    const isKept = (before?.saved.length ?? 0) > 0;
    const imported = storeStatements(file, { body, ofx }, { config, store, at, isKept });
    return { file, ...imported, error: null, content: imported.unknown.length === 0 ? null : { body, ofx } };
  } catch (error) {
    return { ...NOTHING, file, error: toOfxSyncError(error) };
  }
}

const NOTHING = { saved: [], unclaimed: 0, unknown: [], notices: [], refused: [], error: null, content: null };

/** Returns the accounts of a file when none is configured. */
function unknownIn({ statements }: OfxFile): Pick<FileResult, 'unknown' | 'unclaimed'> {
  const unknown = statements.flatMap(({ account }) => (account === null ? [] : [account]));
  return { unknown, unclaimed: statements.length };
}

async function replayAll(
  config: Config,
  { store, invocation }: { store: Store; invocation: Invocation },
): Promise<number> {
  const { io, options } = invocation;
  const { readAny } = await import('../../simplefin/read-any.js');
  const { replies, without, accounts, notices, refused } = await replay(config, {
    since: sinceOf(invocation),
    now: io.now(),
    store,
    read: (bytes) => readAny(bytes, io.signal),
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
  if (options.quiet === true) return code;
  await write(io.stdout, `${plural(replies, 'kept reply', 'kept replies')} read again${kept}${empty}\n`);
  return code;
}

function sinceOf(invocation: Invocation): Date {
  const since = dayOption(invocation, 'since');
  return since === undefined ? new Date(0) : new Date(`${since}T00:00:00`);
}

type Saved = Pick<ImportResult['saved'][number], 'account' | 'result' | 'notices'>;

/** Prints the changes of an account; under `--quiet` only if something could not be read. */
async function printSaved(title: string, { result, notices }: Saved, invocation: Invocation): Promise<void> {
  const { new: added, changed, removed } = result;
  if (invocation.options.quiet === true && !notices.some(wentWrong)) return;
  await write(invocation.io.stdout, `${title}: ${added} new, ${changed} changed, ${removed} removed\n`);
  await printNotices(notices, invocation);
}

/** Returns true for a notice of something that was not stored. */
function wentWrong(notice: Notice): boolean {
  return isUnread(notice) || notice.code === 'unclaimed-statement';
}

/** Prints the notices; under `--quiet` those about what was not stored. */
async function printNotices(notices: readonly Notice[], { io, options }: Invocation): Promise<void> {
  const shown = options.quiet === true ? notices.filter(wentWrong) : notices;
  for (const notice of shown) await write(io.stdout, `    notice: ${noticeText(notice)}\n`);
}

async function printFile(
  { file, saved, unclaimed, unknown, notices, refused, error }: FileResult,
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
  if (unclaimed > unknown.length)
    await write(
      io.stderr,
      `${visible(file)}: to see the accounts that it names: ofx-sync inspect ${visible(shellWord(file))}\n`,
    );
}

function importJson(results: readonly FileResult[], added: Added | null): object {
  const { additions, config } = added ?? { additions: [], config: null };
  return {
    version: 1,
    // Accounts of the files that accounts.yaml does not have, or did not have before.
    notConfigured: additions.map((one) => ({
      institution: one.bank,
      isNew: one.keys !== null,
      files: one.keys?.['files'] ?? null,
      accounts: one.entries,
      remarks: remarksOf(one),
      added: config !== null,
    })),
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
