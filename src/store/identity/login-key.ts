/**
 * Keys of logins. Host, ORG, FID and user id make a login, whatever the name of its institution; the store has a hash of them.
 * The key of the hash is in a file beside the store: a store that is shared, or a backup of it, shows no user id and gives
 * no means to test a guessed password.
 */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../../errors.js';
import { hostOf, isSandbox, isTrial } from '../../model/account-identity.js';
import type { Institution } from '../../model/institution.js';
import type { Credentials } from '../../model/login.js';
import type { Secret } from '../../model/secret.js';

export const KEY_FILE = 'ofx-sync.key';

/** Returns the key of the data folder of a store, and makes a missing one. @throws StoreError STORE_FAILED */
export function secretKeyOf(storePath: string): string {
  const path = join(dirname(storePath), KEY_FILE);
  try {
    return readKey(path) ?? makeKey(path);
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `${path} cannot be read or written`, {
      cause,
      hint: 'Check the permissions of the file and its folder.',
    });
  }
}

/** Returns `null` for a file that is missing or holds no key. */
function readKey(path: string): string | null {
  try {
    const key = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(key) ? key : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function makeKey(path: string): string {
  const key = randomBytes(32).toString('hex');
  const part = `${path}.${randomUUID()}.part`;
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, `${key}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
  return key;
}

/** Returns the stored name of a login. It begins with a sign of the key: those of another key cannot be compared. */
export function loginKey({ institution, userId }: Credentials, key: string): string {
  const known = names.get(userId);
  if (known !== undefined && known.institution === institution && known.key === key) return known.name;
  const { org, fid } = institution;
  const name = `${signOf(key)}.${userId.hash(key, [...placeOf(institution), org, fid])}`;
  names.set(userId, { institution, key, name });
  return name;
}

/** A run needs the name of each login several times. */
const names = new WeakMap<Secret, { readonly institution: Institution; readonly key: string; readonly name: string }>();

/** Returns the stored name of what a bridge counts requests by: its access URL, whatever institutions use it. */
export function accessKey(of: Credentials, key: string): string {
  const isInSandbox = of.institution.url !== null;
  return isInSandbox ? loginKey(of, key) : `${signOf(key)}.${of.password.hash(key, ['access URL'])}`;
}

/** Returns the host, or the name of an institution without one. Of servers on this computer, each port and path is a bank of its own; in the sandbox, each name is. */
function placeOf({ name, url, simplefin }: Credentials['institution']): readonly (string | null)[] {
  const host = hostOf(url);
  if (simplefin === true) return ['simplefin', name];
  if (url === null) return ['command', name];
  if (isSandbox({ host })) return [host, name];
  if (!isTrial({ host }) || url === null) return [host];
  const { origin, pathname } = new URL(url);
  return [origin, pathname];
}

/** Returns true when two stored names were made with the same key. */
export function hasSameKey(login: string, other: string): boolean {
  return login.split('.')[0] === other.split('.')[0];
}

/** Returns the check value of a password: one salt for each login, and none of it in the store. */
export function checkValueOf({ password }: Credentials, login: string, key: string): number {
  const salt = `${key} ${login}`;
  const known = checks.get(password);
  if (known?.salt === salt) return known.value;
  const value = password.checkValue(salt);
  checks.set(password, { salt, value });
  return value;
}

const checks = new WeakMap<Secret, { readonly salt: string; readonly value: number }>();

const signs = new Map<string, string>();

function signOf(key: string): string {
  const sign = signs.get(key) ?? createHash('sha256').update(`ofx-sync ${key}`).digest('hex').slice(0, 8);
  signs.set(key, sign);
  return sign;
}
