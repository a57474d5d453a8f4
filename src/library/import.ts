/** Stores statements that no download brought: files that a person has, and kept replies that today's parser reads again. */

import { interrupted, OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import { refreshClassified } from '../exporters/classified.js';
import type { Config } from '../model/institution.js';
import { readOfx } from '../ofx/read.js';
import type { Store } from '../ports.js';
import { notAFile, readRegularFile } from '../sources/regular-file.js';
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
  let body: Uint8Array;
  let read: Awaited<ReturnType<typeof readOfx>>;
  try {
    body = typeof given === 'string' ? await readPath(given) : given.bytes;
    read = await readOfx(body, signal);
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code === 'INTERRUPTED') throw error;
    return { file, saved: [], unclaimed: 0, unknown: [], notices: [], refused: [], error };
  }
  const imported = importStatements(read, config.institutions, { store, at, runId: null, origin: file });
  if (imported.saved.length > 0 && config.defaults.keepRepliesDays > 0)
    store.keepReply({ body, httpStatus: 0, origin: file }, { runId: null, institution: '', wanted: [], at });
  return { file, ...imported, error: null };
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path);
  } catch (cause) {
    throw new OfxError('OFX_UNREADABLE', `the file cannot be read${notAFile(cause)}`, {
      cause,
      hint: 'Check its name and permissions.',
    });
  }
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
  const replayed = await replay(config, { since, now: new Date(), store, read: (bytes) => readOfx(bytes, signal) });
  await refreshClassified(store, config);
  return replayed;
}
