/** How old and how strong the evidence for an institution is, and what to do when its service has ended; in sentences. */

import type { DirectConnectMark, EndedService, ListedInstitution, Strength } from './listing.js';

export interface Evidence {
  /** "last seen 2019-05: …", ready to print. */
  readonly text: string;
  readonly strength: Strength;
  /** YYYY or YYYY-MM. */
  readonly seen: string;
  /** Whether programs of the trade still offered Direct Connect for it in August 2026; `null` when not known. */
  readonly directConnect: DirectConnectMark | null;
  /**
   * Nobody has vouched for this address for many years, so that it may belong to somebody else by now. Ask the institution
   * before a password goes there.
   */
  readonly isStale: boolean;
}

const SEEN_AS: Readonly<Record<Strength, string>> = {
  used: 'reported in use, or code of a living client speaks to it',
  settings: 'settings that an open-source client had tested',
  answered: 'answered a request for its profile',
  listed: 'address published in an open list, confirmed by nobody',
};

const OFFERED: Readonly<Record<DirectConnectMark, string>> = {
  yes: 'listed with Direct Connect in August 2026',
  'yes?': 'one of this name was listed with Direct Connect in August 2026',
  no: 'listed without Direct Connect in August 2026',
  'no?': 'one of this name was listed without Direct Connect in August 2026',
};

export function evidenceOf({ strength, seen, dc }: ListedInstitution): Evidence {
  const isStale = strength === 'listed' || strength === 'answered';
  const parts = [
    `last seen ${seen}: ${SEEN_AS[strength]}`,
    ...(dc === undefined ? [] : [OFFERED[dc]]),
    ...(isStale ? ['ask the institution whether the address still holds before a password goes there'] : []),
  ];
  return { text: parts.join('; '), strength, seen, directConnect: dc ?? null, isStale };
}

/** What to do instead of a service that has ended. */
export function adviceFor(id: string, { successor }: EndedService): string {
  const files = `download QFX or OFX files from its web site and read them with files: ~/Downloads/${id}-*.qfx`;
  return successor === undefined ? files : `use directory: ${successor}, or ${files}`;
}

/** "2025-12", "by 2018", for a column of a table. */
export function endedOn({ since, by }: EndedService): string {
  return since ?? (by === null ? 'unknown' : `by ${by}`);
}
