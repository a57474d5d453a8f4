/** The accounts.yaml of a test's folder, named as one's own: a file that merely lies in the current folder must be trusted first. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Names the folder's accounts.yaml in the environment, if there is one. */
export function namedConfig(cwd: string): Readonly<Record<string, string>> {
  const file = join(cwd, 'accounts.yaml');
  return existsSync(file) ? { OFX_SYNC_CONFIG: file } : {};
}
