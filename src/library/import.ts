/** Stores statements that no download brought: files that a person has, and kept replies that today's parser reads again. */

import { readFile } from 'node:fs/promises';
import { interrupted, OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import { refreshClassified } from '../exporters/classified.js';
import type { Config } from '../model/institution.js';
import { present } from '../model/present.js';
import type { OfxFile } from '../ofx/file.js';
import type { Store } from '../ports.js';
import { readAny } from '../simplefin/read-any.js';
import { isDescriptor, notAFile, readRegularFile } from '../sources/regular-file.js';
import { type ImportResult, importStatements, type Replayed, replay } from '../sync/import.js';

export interface ImportOptions {
  readonly store: Store;
  readonly signal?: AbortSignal;
}

/** A file of statements: its path, or its bytes with a name for messages. */
export type ImportFile = string | { readonly name: string; readonly bytes: Uint8Array };

export interface FileImport extends ImportResult {
  readonly file: string;
  /** The file could not be read; nothing of it was stored. */
  readonly error: OfxSyncError | null;
}

/**
 * Reads statement files and stores them under the configured accounts that they name, in the given order. A file that cannot be
 * read is a result with an error, and touches no other.
 * @throws StoreError when the store itself fails; OfxSyncError INTERRUPTED
 */
export async function importFiles(
  config: Config,
  files: readonly ImportFile[],
  options: ImportOptions,
): Promise<FileImport[]> {
  const results: FileImport[] = [];
  for (const file of files) {
    if (options.signal?.aborted === true) throw interrupted();
    results.push(await importFile(config, file, options));
  }
  await refreshClassified(options.store, config);
  return results;
}

async function importFile(config: Config, given: ImportFile, { store, signal }: ImportOptions): Promise<FileImport> {
  const file = typeof given === 'string' ? given : given.name;
  const at = new Date();
  let read: StatementBytes;
  try {
    read =
      typeof given === 'string'
        ? await readStatements(given, signal)
        : { body: given.bytes, ofx: await readAny(given.bytes, signal) };
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code === 'INTERRUPTED') throw error;
    return { file, saved: [], unclaimed: 0, unknown: [], notices: [], refused: [], error };
  }
  return { file, ...storeStatements(file, read, { config, store, at }), error: null };
}

/** A file as it was read. */
export interface StatementBytes {
  readonly body: Uint8Array;
  readonly ofx: OfxFile;
}

/** Reads the statements of a file, or of a descriptor that a shell opened. @throws OfxError; OfxSyncError INTERRUPTED */
export async function readStatements(path: string, signal?: AbortSignal): Promise<StatementBytes> {
  const body = await readPath(path, signal);
  return { body, ofx: await readAny(body, signal) };
}

async function readPath(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return isDescriptor(path) ? await readFile(path, present({ signal })) : await readRegularFile(path);
  } catch (cause) {
    if (signal?.aborted === true) throw interrupted();
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

interface StoreContext {
  readonly config: Config;
  readonly store: Store;
  readonly at: Date;
  /** The raw file is in the store already. */
  readonly isKept?: boolean;
}

/** Stores the statements of a file, and the raw file where replies are kept. @throws StoreError */
export function storeStatements(
  file: string,
  { body, ofx }: StatementBytes,
  { config, store, at, isKept = false }: StoreContext,
): ImportResult {
  const imported = importStatements(ofx, config.institutions, { store, at, runId: null, origin: file });
  if (imported.saved.length > 0 && !isKept && config.defaults.keepRepliesDays > 0)
    store.keepReply({ body, httpStatus: 0, origin: file }, { runId: null, institution: '', wanted: [], at });
  return imported;
}

/**
 * Reads the kept replies again, oldest first, and stores their statements as of the time they arrived. Changes nothing where the
 * parser has not changed.
 * @param options.since the time from which replies are read; all when absent.
 * @throws StoreError
 */
export async function replayReplies(
  config: Config,
  options: ImportOptions & { readonly since?: Date },
): Promise<Replayed> {
  const { store, signal, since = new Date(0) } = options;
  const replayed = await replay(config, { since, now: new Date(), store, read: (bytes) => readAny(bytes, signal) });
  await refreshClassified(store, config);
  return replayed;
}
