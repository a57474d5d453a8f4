/** A mistake that no single key shows, with its place in the file, and what the rules for different keys share. */

import { nearest } from '../model/nearest.js';
import { isRecord, type Path, type RawRecord } from './yaml/positions.js';

export interface RuleProblem {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion?: string;
}

export interface RawEntry {
  readonly path: Path;
  readonly value: RawRecord;
}

/** The entries of a list that have keys, each with its path. */
export function entries(parent: unknown, path: Path, key: string): RawEntry[] {
  const list = isRecord(parent) ? parent[key] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) => (isRecord(value) ? [{ path: [...path, key, index], value }] : []));
}

export function missing(path: Path, suggestion: string): RuleProblem {
  return { path, at: 'value', message: 'missing', suggestion };
}

/** `institution/account` of all that are configured. @param raw the whole file. */
export function accountNames(raw: unknown): string[] {
  return entries(raw, [], 'institutions').flatMap(({ value: institution }) =>
    entries(institution, [], 'accounts').map(({ value }) => `${String(institution['name'])}/${String(value['name'])}`),
  );
}

/** The problem of a key that names an account which is not configured. */
export function unknownAccount(path: Path, key: string, accounts: readonly string[]): RuleProblem {
  const near = accounts.find((one) => one.endsWith(`/${key}`)) ?? nearest(key, accounts);
  const suggestion =
    near === null ? 'institution/account, as ofx-sync accounts lists them' : `did you mean \`${near}\`?`;
  return { path, at: 'key', message: 'there is no such account', suggestion };
}
