/** What is known of an institution before the file says more: from the built-in directory, or from the sandbox. */

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
  /** Why it cannot be reached any more, when it has ended its service. */
  readonly ended?: string | null;
}

/** Looks a name up; for an unknown one, the nearest names. */
export type DirectoryLookup = (name: string) => DirectoryEntry | { readonly suggestions: readonly string[] };

/** The quirks of all institutions on a host; `null` for a host of which nothing is known. */
export type HostQuirks = (host: string) => { readonly quirks?: Quirks } | null;

export interface LookUps {
  /** `directory:` names. */
  readonly lookUp: DirectoryLookup;
  /** Names of `sandbox://NAME`; any is taken, and nothing known of it, when `null`. */
  readonly lookUpSandbox: DirectoryLookup | null;
  /** What holds for the host of `url:`; nothing when absent. */
  readonly lookUpHost?: HostQuirks;
}

export interface Known {
  readonly entry: DirectoryEntry | null;
  /** The name that was looked up in vain, with the nearest ones. */
  readonly unknown: {
    readonly key: 'directory' | 'url';
    readonly name: string;
    readonly near: readonly string[];
  } | null;
}

/** Quirks of the host of an address, which hold for whoever is served there. */
export function hostQuirks(url: string | null, { lookUpHost }: Pick<LookUps, 'lookUpHost'>): Quirks {
  if (url === null || !URL.canParse(url)) return {};
  return lookUpHost?.(new URL(url).hostname)?.quirks ?? {};
}

/** The directory is asked for its name; a sandbox address names what it leads to. */
export function knownOf(
  { directory, url }: { readonly directory: string | null; readonly url: string | null },
  { lookUp, lookUpSandbox }: LookUps,
): Known {
  if (directory !== null) return look('directory', directory, lookUp);
  const name = sandboxName(url);
  if (name === null || name === '' || lookUpSandbox === null) return { entry: null, unknown: null };
  return look('url', name, lookUpSandbox);
}

function look(key: 'directory' | 'url', name: string, lookUp: DirectoryLookup): Known {
  const found = lookUp(name);
  return 'suggestions' in found
    ? { entry: null, unknown: { key, name, near: found.suggestions } }
    : { entry: found, unknown: null };
}
