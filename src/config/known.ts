/** Look-ups of institutions in the built-in directory and the sandbox, which fill in what the file omits. */

import type { Quirks } from '../model/institution.js';
import { sandboxName } from './address.js';

export interface DirectoryEntry {
  readonly title: string;
  /** `null` when only its name is known. */
  readonly url: string | null;
  readonly org: string | null;
  readonly fid: string | null;
  readonly brokerId: string | null;
  readonly quirks: Quirks;
  /** The reason why it can no longer be reached, when it has ended its service. */
  readonly ended?: string | null;
  /** A configuration that names it is accepted, although it has ended. */
  readonly loads?: boolean;
}

/** Looks up a name; an unknown one yields the nearest names. */
export type DirectoryLookup = (name: string) => DirectoryEntry | { readonly suggestions: readonly string[] };

/** Returns the quirks of all institutions on a host, or `null` for an unknown host. */
export type HostQuirks = (host: string) => { readonly quirks?: Quirks } | null;

export interface LookUps {
  /** Looks up `directory:` names. */
  readonly lookUp: DirectoryLookup;
  /** Looks up the NAME of `sandbox://NAME`; when `null`, any name is accepted. */
  readonly lookUpSandbox: DirectoryLookup | null;
  /** Looks up the quirks of the host of `url:`. */
  readonly lookUpHost?: HostQuirks;
}

export interface LookUpResult {
  readonly entry: DirectoryEntry | null;
  /** A name that was not found, with the nearest ones. */
  readonly unknown: {
    readonly key: 'directory' | 'url';
    readonly name: string;
    readonly near: readonly string[];
  } | null;
}

/** Returns the quirks that all institutions on the host of an address share. */
export function hostQuirks(url: string | null, { lookUpHost }: Pick<LookUps, 'lookUpHost'>): Quirks {
  if (url === null || !URL.canParse(url)) return {};
  return lookUpHost?.(new URL(url).hostname)?.quirks ?? {};
}

/** Looks up an institution by its `directory:` name, else by the name in its sandbox address. */
export function lookUpInstitution(
  { directory, url }: { readonly directory: string | null; readonly url: string | null },
  { lookUp, lookUpSandbox }: LookUps,
): LookUpResult {
  if (directory !== null) return lookUpName('directory', directory, lookUp);
  const name = sandboxName(url);
  if (name === null || name === '' || lookUpSandbox === null) return { entry: null, unknown: null };
  return lookUpName('url', name, lookUpSandbox);
}

function lookUpName(key: 'directory' | 'url', name: string, lookUp: DirectoryLookup): LookUpResult {
  const found = lookUp(name);
  return 'suggestions' in found
    ? { entry: null, unknown: { key, name, near: found.suggestions } }
    : { entry: found, unknown: null };
}
