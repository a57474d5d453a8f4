/** The differences between the languages of journals. */

import type { IsoDate } from '../../model/dates.js';
import type { Exporter } from '../../ports.js';
import type { WrittenBalance } from './contradictions.js';
import type { JournalEntry } from './entry.js';

export interface JournalDialect {
  readonly format: string;
  readonly title: string;
  readonly extension: string;
  /** The program compares a balance with the lines above it, not with the days before it. */
  readonly assertsInPlace: boolean;
  /** Returns the balance that a line states, or the line with the one before it. */
  readonly balanceIn: (line: string, before: string) => WrittenBalance | null;
  /** One transaction may move two accounts on different days. */
  readonly postingDates: boolean;
  /** First lines of a new journal. */
  readonly preamble: string;
  /** Returns the account, commodity or tag that a line declares, as the dialect writes it. */
  readonly declaredBy: (line: string) => string | null;
  readonly account: (name: string) => string;
  readonly commodity: (symbol: string) => string;
  readonly tag: (tag: string) => string;
  /** @param symbol the security that the account holds, or `null`. */
  readonly declareAccount: (written: string, of: { readonly symbol: string | null; readonly since: IsoDate }) => string;
  readonly declareCommodity: (written: string, since: IsoDate) => string;
  /** Returns the account that a line opens and the day before it, on which nothing may be booked. */
  readonly openedIn?: (line: string) => WrittenBalance | null;
  readonly heldIn: NonNullable<Exporter['heldIn']>;
  /** Returns the line that declares a tag, if the dialect has such lines. `declaredBy` returns the whole line, since a currency may have the name of the tag. */
  readonly tagLine?: (written: string) => string;
  readonly entry: (entry: JournalEntry) => string;
}
