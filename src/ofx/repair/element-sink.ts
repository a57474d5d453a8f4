/** What takes the elements of a repaired document. */

import type { Name } from './name-table.js';

/** What the repair stage says, in document order; `offset` is in characters of the decoded text. */
export interface ElementSink {
  open(name: Name, offset: number): void;
  /** A value with `& < >` as entities. */
  leaf(name: Name, markup: string, offset: number): void;
  close(name: Name): void;
  /** What is open below this list was cut off with the file: none of it counts. */
  dropItem(offset: number): void;
}
