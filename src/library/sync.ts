/** Reading the configuration, and the sync of all accounts. */

import { type LoadOptions, loadConfig as load } from '../config/load.js';
import { refreshClassified } from '../exporters/classified.js';
import type { Config } from '../model/institution.js';
import { sandboxEntry } from '../sandbox/known.js';
import { sync as runSync, type SyncOptions, type SyncResult } from '../sync/sync.js';
import { type ConnectionOptions, connected } from './wired.js';

/**
 * Reads and checks accounts.yaml, and looks up `directory:` and `sandbox://` names in the data of the package.
 * @throws ConfigError with every problem and its position.
 */
export function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  return load(file, { lookUpSandbox: sandboxEntry, ...options });
}

export type LibraryOptions = SyncOptions & ConnectionOptions;

/**
 * Downloads all accounts of a configuration (or those in `names`) at once and stores their statements. Failures of institutions
 * are outcomes; `onProgress` is called for every event, and `signal` stops the sync at once.
 * @throws UsageError for an unknown name; StoreError when the store itself fails.
 */
export function sync(config: Config, options: LibraryOptions): Promise<SyncResult> {
  return connected(config, options, async ({ ports }) => {
    const result = await runSync(config, options, ports);
    await refreshClassified(options.store, config);
    return result;
  });
}
