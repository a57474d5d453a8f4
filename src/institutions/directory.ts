/**
 * The built-in directory: institutions with their address, ids and quirks, each with the age of its evidence. The data is
 * loaded once, at first use. Nothing here contacts a server.
 */

import type { Quirks } from '../model/institution.js';
import { adviceFor, type Evidence, endedOn, evidenceOf } from './evidence.js';
import {
  EMPTY_LAYER,
  type InstitutionOfFiles,
  type ListedInstitution,
  type ListedProcessor,
  type QuirkLayer,
  type Reasons,
  type WebsiteDownload,
} from './listing.js';
import { type SearchResult, searchIndex } from './search.js';

/** The host that serves an institution, with the quirks of all its tenants. */
export interface Processor extends QuirkLayer {
  readonly host: string;
  readonly operator: string | null;
  /** Number of institutions in the directory that it serves. */
  readonly institutions: number;
}

export interface DirectoryInstitution {
  /** Value of `directory:` in accounts.yaml. */
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** `null` when no address is known. */
  readonly url: string | null;
  /** ORG */
  readonly org: string | null;
  /** FID */
  readonly fid: string | null;
  /** BROKERID */
  readonly brokerId: string | null;
  /** Its own and those of its processor. */
  readonly quirks: Quirks;
  readonly why: Reasons;
  /** Only its own, for `resolveQuirks`. */
  readonly own: QuirkLayer;
  readonly evidence: Evidence;
  /** The end of the service, such as "it ended Direct Connect in 2025"; `null` when no end is known. */
  readonly ended: string | null;
  /** A configuration that names it loads, although its service has ended. */
  readonly loads: boolean;
  /** YYYY, YYYY-MM, or either after "by". */
  readonly endedOn: string | null;
  /** Advice for a service that has ended. */
  readonly advice: string | null;
  /** The file that its website offers in place of the service; `null` when no source says. */
  readonly download: WebsiteDownload | null;
  /** Id of the institution that took it over. */
  readonly successor: string | null;
  readonly note: string | null;
  /** `null` without an address. */
  readonly processor: Processor | null;
}

export interface Directory {
  readonly institutions: readonly DirectoryInstitution[];
  /** Returns the institution with this id, ignoring case, else at most five similar ids, best first. */
  lookUp(id: string): DirectoryInstitution | { readonly suggestions: readonly string[] };
  /** Returns the processor at a host, for an institution configured by its own `url:`, or `null` for an unknown host. */
  processor(host: string): Processor | null;
  /** Finds institutions by the words that people type, best first. @param limit most results; 20 when absent */
  searchInstitutions(words: string, limit?: number): readonly SearchResult<DirectoryInstitution>[];
}

/** A row with the host and address of its group. */
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
  const [{ DOWNLOADS }, { KNOWN }, { LISTING }, { OF_FILES }, { PROCESSORS }] = await Promise.all([
    import('./data/downloads.js'),
    import('./data/known.js'),
    import('./data/listing.js'),
    import('./data/of-files.js'),
    import('./data/processors.js'),
  ]);
  const known = KNOWN.map((one) => ({ host: new URL(one.url).hostname, ...one }));
  const listed = LISTING.flatMap(({ host, url, institutions }) => institutions.map((one) => ({ host, url, ...one })));
  return makeDirectory([...known, ...listed], PROCESSORS, { ofFiles: OF_FILES, downloads: DOWNLOADS });
}

/** Facts about institutions whose service has ended, or never was. */
interface WithoutService {
  readonly ofFiles?: readonly InstitutionOfFiles[];
  /** By id. */
  readonly downloads?: Readonly<Record<string, WebsiteDownload>>;
}

/** Builds a directory from rows. Of two rows with the same id, the first counts. */
export function makeDirectory(
  rows: readonly Row[],
  processors: readonly ListedProcessor[],
  { ofFiles = [], downloads = {} }: WithoutService = {},
): Directory {
  const hosts = new Map<string, number>();
  for (const { host } of rows) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  const known = new Map(processors.map((one) => [one.host, one]));
  const processorOf = new Map([...hosts].map(([host, count]) => [host, makeProcessor(host, count, known.get(host))]));
  const byId = new Map<string, DirectoryInstitution>();
  for (const row of rows) {
    const processor = processorOf.get(row.host);
    if (processor !== undefined && !byId.has(row.id))
      byId.set(row.id, makeInstitution(row, processor, downloads[row.id] ?? null));
  }
  for (const row of ofFiles) if (!byId.has(row.id)) byId.set(row.id, withoutAddress(row, downloads[row.id] ?? null));
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

const REQUIRES_TYPE1 =
  'When an open-source program last tried it, it required encrypted passwords (SECURITY TYPE1), which no open-source program supports. To see whether it still does: ofx-sync check. Otherwise use files: with downloaded files.';

function makeInstitution(row: Row, processor: Processor, download: WebsiteDownload | null): DirectoryInstitution {
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
    loads: ended === undefined || ended.loads === true,
    endedOn: ended === undefined ? null : endedOn(ended),
    advice: ended === undefined ? null : adviceFor(ended, download),
    download,
    successor: ended?.successor ?? null,
    note: [row.note, row.security === undefined ? undefined : REQUIRES_TYPE1].filter(Boolean).join(' ') || null,
    processor,
  };
}

function withoutAddress(row: InstitutionOfFiles, download: WebsiteDownload | null): DirectoryInstitution {
  const { id, name, aliases = [], org = null, fid = null, note = null, ended } = row;
  return {
    ...{ id, title: name, aliases, org, fid, note },
    url: null,
    brokerId: null,
    quirks: EMPTY_LAYER.quirks,
    why: EMPTY_LAYER.why,
    own: EMPTY_LAYER,
    evidence: evidenceOf(row),
    ended: `it ${ended.what}`,
    loads: false,
    endedOn: endedOn(ended),
    advice: adviceFor(ended, download),
    download,
    successor: null,
    processor: null,
  };
}

/** Adds the version that the server was seen to accept as a quirk, with its evidence as the reason. */
function ownLayer({ version, seen, quirks = {}, why = {} }: Row): QuirkLayer {
  if (version === undefined) return { quirks, why };
  return {
    quirks: { ofxVersion: version, ...quirks },
    why: { ofxVersion: `the version that its server was last seen to accept (${seen})`, ...why },
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
