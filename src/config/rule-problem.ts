/** Mistakes that the schema of a single key cannot find, and what the rules for the sections of the file share. */

import { nearest } from '../model/nearest.js';
import { isRecord, type Path, type RawRecord } from './yaml/positions.js';

export interface ValueProblem {
  readonly message: string;
  /** The text to write instead. */
  readonly suggestion: string;
}

export interface RuleProblem extends ValueProblem {
  readonly path: Path;
  readonly at: 'key' | 'value';
}

export interface RawEntry {
  readonly path: Path;
  readonly value: RawRecord;
}

/** Returns those entries of a list that have keys, each with its path. */
export function entries(parent: unknown, path: Path, key: string): RawEntry[] {
  const list = isRecord(parent) ? parent[key] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((value: unknown, index) => (isRecord(value) ? [{ path: [...path, key, index], value }] : []));
}

export function missing(path: Path, suggestion: string): RuleProblem {
  return inValue(path, 'missing', suggestion);
}

export function inKey(path: Path, message: string, suggestion: string): RuleProblem {
  return { path, at: 'key', message, suggestion };
}

export function inValue(path: Path, message: string, suggestion: string): RuleProblem {
  return { path, at: 'value', message, suggestion };
}

/** Returns `institution/account` for every account. @param raw the whole file */
export function accountNames(raw: unknown): string[] {
  return entries(raw, [], 'institutions').flatMap(({ value: institution }) =>
    entries(institution, [], 'accounts').map(({ value }) => `${String(institution['name'])}/${String(value['name'])}`),
  );
}

/** Builds the problem of a key that names an account which is not configured. */
export function unknownAccount(path: Path, key: string, accounts: readonly string[]): RuleProblem {
  const near = accounts.find((one) => one.endsWith(`/${key}`)) ?? nearest(key, accounts);
  const suggestion =
    near === null ? 'write institution/account, as listed by ofx-sync accounts' : `did you mean \`${near}\`?`;
  return inKey(path, 'unknown account', suggestion);
}
