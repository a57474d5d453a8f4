/** The receivers of repaired elements: their interface, and the one that writes them as text for people. */

import type { ElementName } from './names.js';

/** Receives the elements of a repaired file in document order; `offset` counts characters of the decoded text. */
export interface ElementSink {
  open(name: ElementName, offset: number): void;
  /** A value with `& < >` as entities. */
  leaf(name: ElementName, markup: string, offset: number): void;
  close(name: ElementName): void;
  /** The file ends inside the open child of a list: none of that child counts. */
  dropItem(offset: number): void;
  /** True where `items` may be called; absent if it never may. */
  readonly takesItems?: boolean;
  /** Complete children of the open list, all of one name, as well-formed markup with blanks between the tags. */
  items?(name: ElementName, offsets: readonly number[], markup: string): void;
}

/** Writes the elements as indented text, for `inspect --as repaired`. */
export class TextSink implements ElementSink {
  readonly parts: string[] = [];
  #depth = 0;

  open({ startTag }: ElementName): void {
    this.#line(startTag);
    this.#depth += 1;
  }

  leaf({ startTag, endTag }: ElementName, markup: string): void {
    this.#line(`${startTag}${markup}${endTag}`);
  }

  close({ endTag }: ElementName): void {
    this.#depth -= 1;
    this.#line(endTag);
  }

  dropItem(): void {
    // A truncated child is shown as far as it goes, for people who look for the missing part.
  }

  #line(markup: string): void {
    this.parts.push(`${'  '.repeat(this.#depth)}${markup}\n`);
  }
}
