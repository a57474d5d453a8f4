/** A journal of plain-text accounting as far as it says which account each payee went to. */

import type { Decimal } from '../../model/decimal.js';

export interface ReadPosting {
  readonly account: string;
  /** `null` for an amount that cannot be read, or that several commodities leave open. */
  readonly amount: Decimal | null;
  readonly commodity: string | null;
}

export interface ReadEntry {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly payee: string;
  /** The text beside the payee. */
  readonly note: string;
  /** Tags and metadata of the entry and of its postings; of a repeated key the first value. */
  readonly tags: ReadonlyMap<string, string>;
  /** Without those of virtual accounts. */
  readonly postings: readonly ReadPosting[];
}

/** `asset` and `liability` are the person's own accounts. */
export type AccountType = 'asset' | 'liability' | 'other';

export interface JournalText {
  readonly path: string;
  readonly text: string;
}

/** Returns the files that an include names. @param from path of the including file */
export type OpenIncludes = (pattern: string, from: string) => readonly JournalText[];

export interface ReadJournal {
  readonly entries: readonly ReadEntry[];
  /** Types that the journal declares, by account; they hold for the accounts below as well. */
  readonly types: ReadonlyMap<string, AccountType>;
}

/** The result that a reader adds to, for a file and those that it includes. */
export interface Journal {
  readonly entries: ReadEntry[];
  readonly types: Map<string, AccountType>;
  /** Of dates without one. */
  readonly year: string | null;
  readonly include: (pattern: string, from: string) => void;
}

/** A posting before an omitted amount is computed; `worth` is its cost or price, `undefined` if that cannot be read. */
export interface OpenPosting extends ReadPosting {
  readonly isOmitted: boolean;
  readonly worth: { readonly amount: Decimal; readonly commodity: string } | undefined;
}
