/** Reads files that a person names. Pipes and devices may never end, and a run that waits for one holds the lock for ever. */

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Says that a path does not name a regular file; `code` is `EISDIR` for a folder. */
class NotAFileError extends Error {
  readonly code: string;

  constructor(kind: string, code: string) {
    super(`it is ${kind}, not a regular file`);
    this.code = code;
  }
}

/** Reads a regular file. Opens it without waiting for a writer, and looks at the open file, which cannot be exchanged. */
export async function readRegularFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await handle.stat();
    if (stat.isFile()) return await handle.readFile();
    if (stat.isDirectory()) throw new NotAFileError('a folder', 'EISDIR');
    throw new NotAFileError(stat.isFIFO() ? 'a pipe' : 'a device', 'ENOTREG');
  } finally {
    await handle.close();
  }
}

/** Returns the reason for a message, to follow “cannot be read”: the kind of a path that does not name a file; else nothing. */
export function notAFile(cause: unknown): string {
  return cause instanceof NotAFileError ? `: ${cause.message}` : '';
}

/** Returns true for the descriptors that a shell opened for the program, as in `import <(command)`: what they read ends. */
export function isDescriptor(path: string): boolean {
  return /^\/(?:dev\/fd|proc\/self\/fd)\/\d+$|^\/dev\/stdin$/.test(path);
}
