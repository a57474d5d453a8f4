/** A repaired document for people to read. */

import type { ElementSink } from './element-sink.js';
import type { Name } from './name-table.js';

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
