/**
 * Lists the names that the keychain holds for this program, in a separate process: the search of keytar crashes its process when
 * the keyring is locked, and returns every password along with its name.
 */

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { KEYCHAIN_SERVICE } from './keychain.js';

/** Prints only the names; a password never leaves the child process. */
const SCRIPT = [
  'const [module, service] = process.argv.slice(1);',
  'require(module).findCredentials(service).then(',
  '  (found) => console.log(JSON.stringify(found.map(({ account }) => account))),',
  '  () => { process.exitCode = 1; },',
  ');',
].join('\n');
const TIME_LIMIT_MS = 20_000;

/** Returns the names, sorted, or `null` when the keychain cannot be searched because it is locked or missing. */
export async function keychainNames(
  node: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[] | null> {
  let module: string;
  try {
    module = createRequire(import.meta.url).resolve('keytar');
  } catch {
    return null;
  }
  return new Promise((resolve) => {
    const argv = ['-e', SCRIPT, module, KEYCHAIN_SERVICE];
    execFile(node, argv, { env: { ...env }, timeout: TIME_LIMIT_MS, maxBuffer: 1e7 }, (error, stdout) =>
      resolve(error === null ? namesIn(stdout) : null),
    );
  });
}

function namesIn(text: string): string[] | null {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.map(String).toSorted() : null;
  } catch {
    return null;
  }
}
