/** Processes of another user. Only root starts them, and only where that user may read the checkout and run this Node. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('../../package.json', import.meta.url));

/** Returns false where no process of a user without rights can run the program of this checkout. */
export function canRunAs(uid: number): boolean {
  if (process.geteuid?.() !== 0) return false;
  const script = 'require("node:fs").readFileSync(process.argv[1])';
  return spawnSync(process.execPath, ['-e', script, PROBE], { uid, gid: uid, cwd: '/', env: {} }).status === 0;
}
