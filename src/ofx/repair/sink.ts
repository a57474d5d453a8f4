/** What takes the elements of a repaired document. */

import type { Name } from './names.js';

/** What the repair stage says, in document order; `offset` is in characters of the decoded text. */
export interface ElementSink {
  open(name: Name, offset: number): void;
  /** A value with `& < >` as entities. */
  leaf(name: Name, markup: string, offset: number): void;
  close(name: Name): void;
  /** What is open below this list was cut off with the file: none of it counts. */
  dropItem(offset: number): void;
}

/** The events as one text, for people: `inspect --as repaired`. */
export class TextSink implements ElementSink {
  readonly parts: string[] = [];
  #depth = 0;

  open({ startTag }: Name): void {
    this.#line(startTag);
    this.#depth += 1;
  }

  leaf({ startTag, endTag }: Name, markup: string): void {
    this.#line(`${startTag}${markup}${endTag}`);
  }

  close({ endTag }: Name): void {
    this.#depth -= 1;
    this.#line(endTag);
  }

  dropItem(): void {
    // Shown as far as it came: the text is for people who look for what was cut.
  }

  #line(markup: string): void {
    this.parts.push(`${'  '.repeat(this.#depth)}${markup}\n`);
  }
}
