/**
 * The shape of the directory's data: processors (the hosts that serve many institutions) and the institutions on them.
 * Everything here is a public fact with its age. Absent keys mean that nothing is known.
 */

import type { OfxVersion, Quirks } from '../model/institution.js';

/**
 * Strength of the evidence: `used`, somebody reported statements, or another maintained client has code for it; `settings`, an
 * open-source client had tested settings; `answered`, it answered a profile request; `listed`, an address was published
 * without confirmation; `none`, no address is known.
 */
export const STRENGTHS = ['used', 'settings', 'answered', 'listed', 'none'] as const;
export type Strength = (typeof STRENGTHS)[number];

/**
 * Listing in commercial programs in August 2026, with Direct Connect (`yes`) or without (`no`), matched by id or home page;
 * `yes?` and `no?` were matched by name only.
 */
export const DIRECT_CONNECT_MARKS = ['yes', 'yes?', 'no', 'no?'] as const;
export type DirectConnectMark = (typeof DIRECT_CONNECT_MARKS)[number];

/** A reason, with its date or origin, for each quirk of the same row. */
export type Reasons = { readonly [Key in keyof Quirks]?: string };

/** Quirks of one origin, each with its reason. */
export interface QuirkLayer {
  readonly quirks: Quirks;
  readonly why: Reasons;
}

export const EMPTY_LAYER: QuirkLayer = { quirks: {}, why: {} };

export interface ListedInstitution {
  /** Value of `directory:` in accounts.yaml. */
  readonly id: string;
  readonly name: string;
  /** Other names that people type. */
  readonly aliases?: readonly string[];
  readonly org?: string;
  readonly fid?: string;
  readonly brokerId?: string;
  /** Only where it differs from the host's. */
  readonly url?: string;
  /** The OFX version that its server accepted; becomes the quirk `ofxVersion`. */
  readonly version?: OfxVersion;
  readonly strength: Strength;
  /** Date of that evidence, YYYY-MM. */
  readonly seen: string;
  readonly dc?: DirectConnectMark;
  /** Its number in that list, where it was looked up by hand. */
  readonly bid?: string;
  /** `type1`: it required encrypted passwords (SECURITY TYPE1), which no open-source client supports. */
  readonly security?: 'type1';
  /** A further remark for a person. */
  readonly note?: string;
  readonly quirks?: Quirks;
  readonly why?: Reasons;
  readonly ended?: EndedService;
}

export interface EndedService {
  /** YYYY or YYYY-MM, `null` when only the latest possible date is known. */
  readonly since: string | null;
  /** Latest possible date: YYYY or YYYY-MM. */
  readonly by: string | null;
  /** A sentence that follows the name, such as "ended Direct Connect in December 2025". */
  readonly what: string;
  /** The id of the institution that took its accounts over. */
  readonly successor?: string;
  /**
   * Configurations from before its end was known name it, and still load: their other banks must not stop. What is set up
   * anew is refused.
   */
  readonly loads?: true;
  /** It is not known that its website offers files. */
  readonly downloads?: 'unconfirmed';
}

/** The file that a website offers to the customers of an ended service, as far as a source says. */
export interface WebsiteDownload {
  /** `csv`: no OFX or QFX file, but a spreadsheet, which a program of the person turns into OFX. */
  readonly format: 'ofx' | 'csv';
  /** The name of the file type on the website. */
  readonly name?: string;
  /** The way to it after signing on. */
  readonly place?: string;
  /** Patterns of the names of its files. */
  readonly files?: readonly string[];
  /** The date from which OFX files are no longer offered: YYYY-MM. */
  readonly since?: string;
  /** Addresses, each with the date of what it says. */
  readonly source: string;
}

/** An institution that people look for, and that is not known to have an OFX service. */
export interface InstitutionOfFiles
  extends Pick<ListedInstitution, 'id' | 'name' | 'aliases' | 'org' | 'fid' | 'note' | 'dc' | 'bid'> {
  /** Date of what is known, YYYY-MM. */
  readonly seen: string;
  readonly strength: 'none';
  readonly ended: EndedService;
}

/** The institutions on one host. */
export interface ListedHost {
  readonly host: string;
  /** Address of the institutions here that do not have their own. */
  readonly url: string;
  readonly institutions: readonly ListedInstitution[];
}

/** The quirks of all institutions on one host. */
export interface ListedProcessor {
  readonly host: string;
  /** The company that runs it. */
  readonly operator?: string;
  readonly quirks?: Quirks;
  readonly why?: Reasons;
}
