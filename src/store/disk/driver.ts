/** Loads SQLite when the first database is opened: it is compiled code, which not every machine has or may run. */

import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { StoreError } from '../../errors.js';

type Driver = typeof import('@photostructure/sqlite');

let loaded: Driver | null = null;

/**
 * Returns the driver.
 * @throws StoreError STORE_FAILED where it has not been compiled for this machine
 */
export function sqliteDriver(): Driver {
  if (loaded !== null) return loaded;
  try {
    const driver: Driver = createRequire(import.meta.url)('@photostructure/sqlite');
    loaded = driver;
    return driver;
  } catch (cause) {
    throw cannotLoad(cause);
  }
}

function cannotLoad(cause: unknown): StoreError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ERR_DLOPEN_DISABLED')
    return new StoreError('STORE_FAILED', 'SQLite cannot be loaded: Node was told to load no compiled code', {
      cause,
      hint: 'Remove --no-addons, also from the variable NODE_OPTIONS, then run again.',
    });
  const message = `SQLite cannot be loaded on this machine (${platform()} ${arch()}): it comes compiled for Linux, macOS and Windows on x64 and arm64`;
  return new StoreError('STORE_FAILED', message, {
    cause,
    hint: 'Use such a machine. Or install a C++ compiler, make and Python, then compile it: npm rebuild --global @photostructure/sqlite',
  });
}
