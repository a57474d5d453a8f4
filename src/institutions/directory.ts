/**
 * The built-in directory: institutions with their address, ids and quirks, each with the age of its evidence. The data is
 * loaded once, when first asked for. Nothing here contacts anybody.
 */

import type { Quirks } from '../model/institution.js';
import { adviceFor, type Evidence, endedOn, evidenceOf } from './evidence.js';
import { EMPTY_LAYER, type ListedInstitution, type ListedProcessor, type QuirkLayer, type Reasons } from './listing.js';
import { type SearchResult, searchIndex } from './search.js';

/** The host that serves an institution, and what holds for all of its tenants. */
export interface Processor extends QuirkLayer {
  readonly host: string;
  readonly operator: string | null;
  /** How many institutions of the directory it serves. */
  readonly institutions: number;
}

export interface DirectoryInstitution {
  /** What `directory:` takes. */
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly url: string;
  /** ORG */
  readonly org: string | null;
  /** FID */
  readonly fid: string | null;
  /** BROKERID */
  readonly brokerId: string | null;
  /** Its own and its processor's together. */
  readonly quirks: Quirks;
  readonly why: Reasons;
  /** Its own alone, for `resolveQuirks`. */
  readonly own: QuirkLayer;
  readonly evidence: Evidence;
  /** What happened, such as "it ended Direct Connect in 2025"; `null` while nothing says that the service has ended. */
  readonly ended: string | null;
  /** YYYY, YYYY-MM, or either after "by". */
  readonly endedOn: string | null;
  /** What to do instead. */
  readonly advice: string | null;
  /** Id of the institution that took it over. */
  readonly successor: string | null;
  readonly note: string | null;
  readonly processor: Processor;
}

export interface Directory {
  readonly institutions: readonly DirectoryInstitution[];
  /** The institution of this id (case does not matter), else the ids that come near, best first, at most five. */
  lookUp(id: string): DirectoryInstitution | { readonly suggestions: readonly string[] };
  /** What is known of a host, for an institution that is configured by its own `url:`; `null` for a host not in here. */
  processor(host: string): Processor | null;
  /** Institutions as people type them, best first. @param limit At most so many; 20 when absent. */
  searchInstitutions(words: string, limit?: number): readonly SearchResult<DirectoryInstitution>[];
}

/** A row with all that its place in the list said. */
interface Row extends ListedInstitution {
  readonly host: string;
  readonly url: string;
}

let opened: Promise<Directory> | undefined;

/** Loads the directory, once in a process. */
export function openDirectory(): Promise<Directory> {
  opened ??= loadDirectory();
  return opened;
}

async function loadDirectory(): Promise<Directory> {
  const [{ KNOWN }, { LISTING }, { PROCESSORS }] = await Promise.all([
    import('./data/known.js'),
    import('./data/listing.js'),
    import('./data/processors.js'),
  ]);
  const known = KNOWN.map((one) => ({ host: new URL(one.url).hostname, ...one }));
  const listed = LISTING.flatMap(({ host, url, institutions }) => institutions.map((one) => ({ host, url, ...one })));
  return makeDirectory([...known, ...listed], PROCESSORS);
}

/** A directory of other rows than the built-in ones. Of two rows with one id the first counts. */
export function makeDirectory(rows: readonly Row[], processors: readonly ListedProcessor[]): Directory {
  const hosts = new Map<string, number>();
  for (const { host } of rows) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  const known = new Map(processors.map((one) => [one.host, one]));
  const processorOf = new Map([...hosts].map(([host, count]) => [host, makeProcessor(host, count, known.get(host))]));
  const byId = new Map<string, DirectoryInstitution>();
  for (const row of rows) {
    const processor = processorOf.get(row.host);
    if (processor !== undefined && !byId.has(row.id)) byId.set(row.id, makeInstitution(row, processor));
  }
  const institutions = [...byId.values()];
  let index: ReturnType<typeof searchIndex<DirectoryInstitution>> | undefined;
  const search = (words: string, limit = 20) => {
    index ??= searchIndex(institutions);
    return index(words, limit);
  };
  return {
    institutions,
    lookUp: (id) =>
      byId.get(id.trim().toLowerCase()) ?? { suggestions: search(id, 5).map(({ institution }) => institution.id) },
    processor: (host) => processorOf.get(host.toLowerCase()) ?? null,
    searchInstitutions: search,
  };
}

const WANTS_TYPE1 =
  'It asked for encrypted passwords (SECURITY TYPE1) when it was last tried by an open program, which none of them speaks: check says whether it still does; else files: for downloads.';

function makeInstitution(row: Row, processor: Processor): DirectoryInstitution {
  const own = ownLayer(row);
  const { id, ended } = row;
  return {
    id,
    title: row.name,
    aliases: row.aliases ?? [],
    url: row.url,
    org: row.org ?? null,
    fid: row.fid ?? null,
    brokerId: row.brokerId ?? null,
    quirks: { ...processor.quirks, ...own.quirks },
    why: { ...processor.why, ...own.why },
    own,
    evidence: evidenceOf(row),
    ended: ended === undefined ? null : `it ${ended.what}`,
    endedOn: ended === undefined ? null : endedOn(ended),
    advice: ended === undefined ? null : adviceFor(id, ended),
    successor: ended?.successor ?? null,
    note: [row.note, row.security === undefined ? undefined : WANTS_TYPE1].filter(Boolean).join(' ') || null,
    processor,
  };
}

/** The version that a server was seen to speak is a quirk like the others, with its evidence for a reason. */
function ownLayer({ version, seen, quirks = {}, why = {} }: Row): QuirkLayer {
  if (version === undefined) return { quirks, why };
  return {
    quirks: { ofxVersion: version, ...quirks },
    why: { ofxVersion: `the version that its server was last seen to take (${seen})`, ...why },
  };
}

function makeProcessor(host: string, institutions: number, known: ListedProcessor | undefined): Processor {
  return {
    host,
    operator: known?.operator ?? null,
    institutions,
    quirks: known?.quirks ?? EMPTY_LAYER.quirks,
    why: known?.why ?? EMPTY_LAYER.why,
  };
}
