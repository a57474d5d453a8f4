/** Finds the statement files that a person downloads, for institutions that offer nothing else. */

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OfxError, OfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { StatementFile } from '../ports.js';
import { matchesPattern } from './file-pattern.js';
import { notAFile, readRegularFile } from './regular-file.js';

type Source = Pick<Institution, 'name' | 'files' | 'filesBeside'>;

/**
 * Reads the files that match an institution's patterns and were not imported before, in the order of their names. A file is
 * recognized by its content, whatever its name and folder.
 * @throws OfxSyncError STATEMENT_MISSING when none of the folders can be read.
 */
export async function* newFiles(institution: Source, isTaken: (hash: string) => boolean): AsyncIterable<StatementFile> {
  const found = await matching(institution);
  const [missing] = found.flatMap((one) => ('error' in one ? [one.error] : []));
  if (found.length === 0) yield { none: noFile(institution) };
  if (missing !== undefined && found.every((one) => 'error' in one)) throw missing;
  for (const one of found) {
    if ('error' in one) {
      yield one;
      continue;
    }
    const { path } = one;
    const body = await readOne(path);
    if (body instanceof OfxError) {
      yield { path, error: body };
      continue;
    }
    const hash = createHash('sha256').update(body).digest('hex');
    if (!isTaken(hash)) yield { path, hash, body };
  }
}

function noFile({ name, files }: Source): OfxSyncError {
  return new OfxSyncError('STATEMENT_MISSING', `no file matches ${(files ?? []).join(' or ')}`, {
    hint: `Download a statement of ${name} (OFX or QFX) into that folder.`,
  });
}

/** A file, or a folder that cannot be read. */
type Found = { readonly path: string } | { readonly path: string; readonly error: OfxSyncError };

/** Lists the files that match any pattern, each once. */
async function matching({ files, filesBeside }: Source): Promise<Found[]> {
  const found: Found[] = [];
  const patterns = files ?? [];
  for (const folder of new Set(patterns.map((pattern) => dirname(pattern)))) {
    const names = await namesIn(folder);
    if (names instanceof OfxSyncError) {
      found.push({ path: folder, error: names });
      continue;
    }
    const own = namesOf(patterns, folder);
    const others = namesOf(filesBeside ?? [], folder);
    const matched = names.filter((name) => isOwn(name, own, others)).toSorted();
    found.push(...matched.map((name) => ({ path: join(folder, name) })));
  }
  return found;
}

function namesOf(patterns: readonly string[], folder: string): string[] {
  return patterns.filter((pattern) => dirname(pattern) === folder).map((pattern) => basename(pattern));
}

/** Banks differ in the case of names. A file that another institution's pattern names exactly is that institution's. */
function isOwn(name: string, own: readonly string[], others: readonly string[]): boolean {
  if (own.some((pattern) => matchesPattern(name, pattern, 'case'))) return true;
  return (
    own.some((pattern) => matchesPattern(name, pattern)) &&
    !others.some((pattern) => matchesPattern(name, pattern, 'case'))
  );
}

async function namesIn(folder: string): Promise<string[] | OfxSyncError> {
  try {
    return await readdir(folder);
  } catch (cause) {
    return new OfxSyncError('STATEMENT_MISSING', `the folder ${folder} cannot be read`, {
      cause,
      hint: 'Create it, or correct files: in accounts.yaml.',
    });
  }
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
