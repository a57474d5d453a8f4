/** A secret from a file that nobody else can read: its first line. */

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { shellWord } from '../model/shell-word.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expect, firstLineSecret, notFound, unavailable } from './refusals.js';

const MOST_BYTES = 65_536;
/** Windows keeps no such bits: everything there reports 0666, and access lists do the work. */
const HAS_MODES = sep === '/';

export const file: SecretProvider = {
  scheme: 'file',
  get: async (reference, context) => {
    const path = resolve(context.baseDir, expect(reference, 'file').path);
    const handle = await openFile(path, context);
    try {
      await checkModes(handle, path, context);
      const bytes = new Uint8Array(MOST_BYTES);
      const { bytesRead } = await handle.read(bytes, 0, MOST_BYTES, 0);
      return firstLineSecret(bytes.subarray(0, bytesRead), path, context);
    } finally {
      await handle.close();
    }
  },
};

/** Without waiting for a writer, should it be a pipe. */
async function openFile(path: string, context: SecretContext): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    const message = code === 'ENOENT' ? `there is no ${path}` : `${path} cannot be read`;
    throw notFound(context, message, 'Make the file, with the secret in its first line, and: chmod 600 FILE', cause);
  }
}

/** Judged on the open file, so that it cannot be exchanged in between. */
async function checkModes(handle: FileHandle, path: string, context: SecretContext): Promise<void> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw unavailable(context, `${path} is not a regular file`, 'Name a file');
  if (!HAS_MODES || (stat.mode & 0o077) === 0) return;
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  throw unavailable(context, `${path} can be read by others (mode ${mode})`, `chmod 600 ${shellWord(path)}`);
}
