/** The folder of an accounts.yaml that is about to be written. */

import { dirname } from 'node:path';
import { ConfigError } from '../../errors.js';
import { makeFolders } from '../../store/disk/make-folders.js';

/**
 * Creates the folder of accounts.yaml if it does not exist.
 * @throws ConfigError CONFIG_INVALID
 */
export function ensureConfigFolder(file: string): void {
  try {
    makeFolders(dirname(file));
  } catch (cause) {
    throw new ConfigError('CONFIG_INVALID', `${file} cannot be written: its folder cannot be created`, {
      file,
      cause,
      hint: 'Check the permissions, or name another file: --config FILE',
    });
  }
}
