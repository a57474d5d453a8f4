/** Finds the statement files that a person downloads, for institutions that offer nothing else. */

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OfxError, OfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { StatementFile } from '../ports.js';
import { notAFile, readRegularFile } from './regular-file.js';

/**
 * Reads the files that match an institution's pattern and were not imported before, in the order of their names. A file is
 * recognized by its content, whatever its name and folder.
 * @throws OfxSyncError STATEMENT_MISSING when no file matches at all.
 */
export async function* newFiles(
  { name, files }: Institution,
  isTaken: (hash: string) => boolean,
): AsyncIterable<StatementFile> {
  const pattern = files ?? '';
  const paths = await matching(pattern);
  if (paths.length === 0) {
    throw new OfxSyncError('STATEMENT_MISSING', `no file matches ${pattern}`, {
      hint: `Download a statement of ${name} (OFX or QFX) into that folder.`,
    });
  }
  for (const path of paths) {
    const body = await readOne(path);
    if (body instanceof OfxError) {
      yield { path, error: body };
      continue;
    }
    const hash = createHash('sha256').update(body).digest('hex');
    if (!isTaken(hash)) yield { path, hash, body };
  }
}

/** Lists the files of one folder whose names match `*` and `?`. */
async function matching(pattern: string): Promise<string[]> {
  const folder = dirname(pattern);
  const expression = new RegExp(
    `^${basename(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new OfxSyncError('STATEMENT_MISSING', `the folder ${folder} cannot be read`, {
      cause,
      hint: 'Create it, or correct files: in accounts.yaml.',
    });
  }
  return names
    .filter((name) => expression.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

async function readOne(path: string): Promise<Uint8Array | OfxError> {
  try {
    return await readRegularFile(path);
  } catch (cause) {
    const why = notAFile(cause);
    return new OfxError('OFX_UNREADABLE', `${path} cannot be read${why}`, {
      cause,
      hint: why === '' ? 'Check its permissions.' : 'Remove it, or change files: so that it does not match.',
    });
  }
}
