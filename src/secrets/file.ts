/** Secrets from files that only the user can read: the first line of the file. */

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { shellWord } from '../model/shell-word.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expectScheme, firstLineSecret, notFound, unavailable } from './errors.js';

const MOST_BYTES = 65_536;
/** Windows has no such mode bits: every file reports 0666 there, and access control lists protect it. */
const HAS_MODES = sep === '/';

export const file: SecretProvider = {
  scheme: 'file',
  get: async (reference, context) => {
    const path = resolve(context.baseDir, expectScheme(reference, 'file').path);
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

/** Opens the file without waiting for a writer, in case it is a pipe. */
async function openFile(path: string, context: SecretContext): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    const message = code === 'ENOENT' ? `${path} not found` : `${path} cannot be read`;
    throw notFound(context, message, 'Create the file with the secret in its first line, then: chmod 600 FILE', cause);
  }
}

/** Checks the open file, so that it cannot be exchanged in between. */
async function checkModes(handle: FileHandle, path: string, context: SecretContext): Promise<void> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw unavailable(context, `${path} is not a regular file`, 'Name a regular file');
  if (!HAS_MODES || (stat.mode & 0o077) === 0) return;
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  throw unavailable(context, `${path} can be read by others (mode ${mode})`, `chmod 600 ${shellWord(path)}`);
}
