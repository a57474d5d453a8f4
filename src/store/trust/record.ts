/**
 * The decisions of a person, in one file of the data folder: trusted configurations, by path and content, and the hosts for which
 * each entry of the keychain was stored. It is kept apart from the store, since it is read before any store is opened.
 */

import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../errors.js';
import { ensureFolder } from '../folder.js';

export const TRUST_FILE = 'trust.json';

/** A configuration as it was read. */
export interface ReadConfiguration {
  /** Absolute; its folder without links. */
  readonly path: string;
  readonly text: string;
}

interface TrustRecord {
  /** SHA-256 of the content, by path. */
  readonly configurations: ReadonlyMap<string, string>;
  /** Hosts, by the name of the keychain's entry. */
  readonly keychain: ReadonlyMap<string, readonly string[]>;
}

export function isTrusted(dataDir: string, { path, text }: ReadConfiguration): boolean {
  return readRecord(dataDir).configurations.get(path) === hashOf(text);
}

/** Trusts a configuration as long as its content stays the same. @throws StoreError */
export function trust(dataDir: string, { path, text }: ReadConfiguration): void {
  const { configurations, keychain } = readRecord(dataDir);
  writeRecord(dataDir, { configurations: new Map([...configurations, [path, hashOf(text)]]), keychain });
}

/** Trusts a configuration no longer. @returns `false` when it was not trusted. @throws StoreError */
export function distrust(dataDir: string, path: string): boolean {
  const { configurations, keychain } = readRecord(dataDir);
  const rest = new Map([...configurations].filter(([one]) => one !== path));
  if (rest.size === configurations.size) return false;
  writeRecord(dataDir, { configurations: rest, keychain });
  return true;
}

/** Returns the hosts for which an entry of the keychain was stored; none for an entry of an earlier version. */
export function hostsOfEntry(dataDir: string, entry: string): readonly string[] {
  return readRecord(dataDir).keychain.get(entry) ?? [];
}

/** Binds an entry of the keychain to hosts, instead of those before; none removes the binding. @throws StoreError */
export function bindEntry(dataDir: string, entry: string, hosts: readonly string[]): void {
  const { configurations, keychain } = readRecord(dataDir);
  const before = keychain.get(entry) ?? [];
  const unique = [...new Set(hosts)].toSorted();
  if (before.join(' ') === unique.join(' ')) return;
  const others = [...keychain].filter(([one]) => one !== entry);
  const bound = unique.length === 0 ? others : [...others, [entry, unique] as const];
  writeRecord(dataDir, { configurations, keychain: new Map(bound) });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** @throws StoreError for a damaged file: without its bindings, passwords of the keychain would go to any host. */
function readRecord(dataDir: string): TrustRecord {
  const path = join(dataDir, TRUST_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return { configurations: new Map(), keychain: new Map() };
    throw unreadable(path, cause);
  }
  try {
    const value: unknown = JSON.parse(text);
    return { configurations: mapIn(value, 'configurations', isText), keychain: mapIn(value, 'keychain', isTexts) };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A part that is absent is empty. @throws TypeError when it is not an object of such values. */
function mapIn<T>(record: unknown, key: string, isValue: (value: unknown) => value is T): ReadonlyMap<string, T> {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) throw new TypeError('not a record');
  const member: unknown = Reflect.get(record, key) ?? {};
  if (typeof member !== 'object' || member === null || Array.isArray(member)) throw new TypeError(`no ${key}`);
  return new Map(
    Object.entries(member).map(([name, value]: [string, unknown]): [string, T] => {
      if (!isValue(value)) throw new TypeError(`${key}: ${name}`);
      return [name, value];
    }),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

function unreadable(path: string, cause: unknown): StoreError {
  return new StoreError('STORE_FAILED', `${path} cannot be read: it says what you trust`, {
    cause,
    hint: 'If it is damaged, move it away, and store your passwords again: ofx-sync secret set NAME. What you trusted is asked about again.',
  });
}

function writeRecord(dataDir: string, { configurations, keychain }: TrustRecord): void {
  const document = {
    version: 1,
    configurations: Object.fromEntries(configurations),
    keychain: Object.fromEntries(keychain),
  };
  ensureFolder(dataDir);
  const path = join(dataDir, TRUST_FILE);
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, `${JSON.stringify(document, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new StoreError('STORE_FAILED', `${path} cannot be written`, {
      cause,
      hint: 'Check the permissions of the data folder.',
    });
  }
}
