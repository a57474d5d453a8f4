/** Sentences on the age and strength of the evidence for an institution, and advice when its service has ended. */

import type { DirectConnectMark, EndedService, ListedInstitution, Strength, WebsiteDownload } from './listing.js';

export interface Evidence {
  /** "last seen 2019-05: …", ready to print. */
  readonly text: string;
  readonly strength: Strength;
  /** YYYY or YYYY-MM. */
  readonly seen: string;
  /** Listing in commercial programs in August 2026, with or without Direct Connect; `null` when unknown. */
  readonly directConnect: DirectConnectMark | null;
  /**
   * The address has not been confirmed for many years and may belong to somebody else by now. Ask the institution before
   * sending a password there.
   */
  readonly isStale: boolean;
}

const SEEN_AS: Readonly<Record<Strength, string>> = {
  used: 'reported in use, or supported by a maintained client',
  settings: 'settings tested by an open-source client',
  answered: 'answered a profile request',
  listed: 'address published in an open list, not confirmed',
  none: 'no address is known',
};

const OFFERED: Readonly<Record<DirectConnectMark, string>> = {
  yes: 'listed with Direct Connect in August 2026',
  'yes?': 'one of this name was listed with Direct Connect in August 2026',
  no: 'listed without Direct Connect in August 2026',
  'no?': 'one of this name was listed without Direct Connect in August 2026',
};

type Known = Pick<ListedInstitution, 'strength' | 'seen' | 'dc' | 'bid'>;

/** Describes the evidence of a row. */
export function evidenceOf({ strength, seen, dc, bid }: Known): Evidence {
  const isStale = strength !== 'used' && strength !== 'settings';
  const parts = [
    strength === 'none' ? `as of ${seen}, ${SEEN_AS[strength]}` : `last seen ${seen}: ${SEEN_AS[strength]}`,
    ...(dc === undefined ? [] : [bid === undefined ? OFFERED[dc] : `${OFFERED[dc]}, as number ${bid}`]),
    ...(isStale && strength !== 'none'
      ? ['before you send a password, ask the bank whether this address is still valid']
      : []),
  ];
  return { text: parts.join('; '), strength, seen, directConnect: dc ?? null, isStale };
}

/** Patterns for QFX and OFX files whose names are not known. */
const ANY_FILES = ['*.qfx', '*.ofx'];

/** Advises what to use instead of a service that has ended. */
export function adviceFor({ successor, downloads }: EndedService, download: WebsiteDownload | null = null): string {
  const files = download === null ? unknownDownload(downloads) : knownDownload(download);
  return successor === undefined ? files : `use directory: ${successor}, or ${files}`;
}

function unknownDownload(downloads: EndedService['downloads']): string {
  // Banks name their files as they like, seldom after themselves.
  const read = `read them with ${setting(ANY_FILES)}`;
  return downloads === 'unconfirmed'
    ? `if its website offers QFX or OFX files, ${read}`
    : `download QFX or OFX files from its website and ${read}`;
}

function knownDownload({ format, name, place, files = ANY_FILES, since }: WebsiteDownload): string {
  const where = place === undefined ? '' : ` (${place})`;
  if (format === 'ofx')
    return `download “${name ?? 'QFX'}” from its website${where} and read the files with ${setting(files)}`;
  const end = since === undefined ? '' : ` since ${since}`;
  return `its website offers CSV${where}, and no OFX${end}: have a converter print OFX from it (command:, docs/sources.md)`;
}

function setting(patterns: readonly string[]): string {
  return `files: [${patterns.map((pattern) => `~/Downloads/${pattern}`).join(', ')}]`;
}

/** Returns "2025-12" or "by 2018", for a column of a table. */
export function endedOn({ since, by }: EndedService): string {
  return since ?? (by === null ? 'unknown' : `by ${by}`);
}
