/** The file that guided set-up writes for a password where the machine has no keychain. */

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { configPlaces } from '../../config/yaml/locate.js';
import { SecretError, toOfxSyncError } from '../../errors.js';
import { makeFolders } from '../../store/disk/make-folders.js';
import { writeWhole } from '../command/atomic-file.js';
import type { CliIo } from '../terminal/io.js';

interface Places {
  /** accounts.yaml */
  readonly config: string;
  readonly io: CliIo;
}

/** Returns the folder of the personal configuration: a project's own folder may be shared with others. */
export function passwordFolder(io: CliIo): string {
  return dirname(configPlaces(io)[1]);
}

/** Returns the path of a password file that does not exist yet, as accounts.yaml names it. */
export function freePasswordFile(name: string, { config, io }: Places): string {
  const folder = passwordFolder(io);
  const word = name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  for (let number = 1; ; number += 1) {
    const base = `${word}${number === 1 ? '' : `-${number}`}.password`;
    if (existsSync(join(folder, base))) continue;
    return folder === dirname(config) ? base : join(folder, base);
  }
}

/** Returns the absolute path of a password file, which `accounts.yaml` may name relative to its own folder. */
export function passwordPath(where: string, { config, io }: Places): string {
  return resolve(dirname(config), where.replace(/^~(?=[\\/])/, io.home));
}

/**
 * Writes the password into its file, mode 0600, in a folder 0700. @returns a function that removes the file
 * @throws SecretError when it cannot be written
 */
export async function writePasswordFile(
  path: string,
  password: string,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  try {
    makeFolders(dirname(path));
    await writeWhole(path, [`${password}\n`], signal);
  } catch (error) {
    const known = toOfxSyncError(error);
    if (known.code === 'INTERRUPTED') throw known;
    throw new SecretError('SECRET_PROVIDER_UNAVAILABLE', `the password file ${path} cannot be written`, {
      cause: error,
      hint: 'Choose another place for the password',
    });
  }
  return () => rm(path, { force: true });
}
