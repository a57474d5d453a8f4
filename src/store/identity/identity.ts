/** Input and output of the identification of transactions. */

import type { IsoDate, Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import type { Candidate, KeyedTransaction } from './content-index.js';
import type { Namesakes } from './fitid-groups.js';

/** Ways to decide what a statement leaves open. Balances choose among them. */
export interface Policy {
  /** Equal transactions with one FITID in a statement are as many movements, or one that is listed again. */
  readonly repeated: 'kept' | 'dropped';
  /** Pairs of other content that are accepted: those with proof, all that are likely, or none. */
  readonly pairs: 'proven' | 'likely' | 'none';
}

export const USUAL: Policy = { repeated: 'kept', pairs: 'proven' };

export interface IdentityResult {
  readonly keyed: readonly KeyedTransaction[];
  /** Known transactions that came with other FITIDs. */
  readonly renamed: number;
  /** FITIDs that now belong to another transaction than before. */
  readonly reused: number;
  /** Known transactions that came with their FITID and content. */
  readonly confirmed: number;
  /** Known transactions that came with another FITID, day, name or amount. */
  readonly settled: readonly { readonly row: Candidate; readonly transaction: Transaction }[];
  /** Rows that a complete statement should have listed. */
  readonly unlisted: readonly Candidate[];
  /** Most of what the statement lists of the stored days is stored, under whatever FITIDs, names and days. */
  readonly isRecognized: boolean;
  /** Equal transactions with one FITID that are kept as movements of their own. */
  readonly repeated: readonly Transaction[];
  /** Other policies that would give another result. */
  readonly alternatives: readonly Policy[];
}

export interface IdentityInput {
  /** The institution's FITIDs change from one download to the next. */
  readonly unstable: boolean;
  /** The days that the statement is about. */
  readonly window: Period;
  /** A download lists all of its days, a file with a period most likely; of others nothing is known. */
  readonly listing: 'download' | 'file' | 'selection';
  readonly policy: Policy;
  /** A kept reply is read again: its transactions are stored, if not each in its place. */
  readonly isReread: boolean;
  /** Position from which on a new source has the account, as long as no complete list of it is stored. */
  readonly newSourceSince?: string | null;
  /** Position of the statement: rows that came later cannot be missing in it. */
  readonly position: string;
  /** Number of transactions that the last download listed. */
  readonly listedBefore: number | null;
  /** Returns `true` for a day that statements cover already. */
  readonly isCovered: (day: IsoDate) => boolean;
  readonly byFitid: (fitid: string) => Namesakes;
  /** Returns the rows of some days in the order of their arrival. */
  readonly between: (days: Period) => readonly Candidate[];
  /** Counts the rows of some days. */
  readonly countBetween: (days: Period) => number;
  readonly isTaken: (key: string) => boolean;
}

/** From this many known transactions with other FITIDs in one statement on, FITIDs prove nothing. */
export const UNSTABLE_FROM = 3;
