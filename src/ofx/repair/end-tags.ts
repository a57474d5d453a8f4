/**
 * Looking ahead for end tags at a bounded cost: the search for a name only moves forwards, a search that failed is
 * remembered, and at most 64 names are searched.
 */

import { isBlank } from '../text/characters.js';
import type { ElementName } from './names.js';

const MAX_NAMES = 64;

export class EndTags {
  readonly #text: string;
  readonly #found = new Map<string, number>();
  #next = -2;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns true if the next end tag of a name comes before that of its parent. */
  comesWithin(name: ElementName, parent: ElementName | null, from: number): boolean {
    const own = this.#after(name.spelling, from);
    if (own < 0) return false;
    const parents = parent === null ? -1 : this.#after(parent.spelling, from);
    return parents < 0 || own < parents;
  }

  /** Returns true if the first end tag of any name at or after `from` is that of `name`. */
  nextIs(name: string, from: number): boolean {
    if (this.#next !== -1 && this.#next < from) this.#next = this.#text.indexOf('</', from);
    return this.#next >= 0 && this.#text.startsWith(`${name}>`, this.#next + 2);
  }

  /** Returns the offset of the next `</name>` at or after `from`; -1 if not found or after too many names. */
  #after(name: string, from: number): number {
    const known = this.#found.get(name);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    if (known === undefined && this.#found.size >= MAX_NAMES) return -1;
    const found = this.#search(name, from);
    this.#found.set(name, found);
    return found;
  }

  /** Finds the end tag spelled like the start tag, perhaps with a blank before the `>`, or else in the other case. */
  #search(name: string, from: number): number {
    const [upper, lower] = [name.toUpperCase(), name.toLowerCase()];
    for (const spelling of new Set([name, name === upper ? lower : upper])) {
      const tag = `</${spelling}`;
      let found = this.#text.indexOf(tag, from);
      while (found >= 0 && !endsName(this.#text.charCodeAt(found + tag.length)))
        found = this.#text.indexOf(tag, found + tag.length);
      if (found >= 0) return found;
    }
    return -1;
  }
}

/** `>` or a blank. */
function endsName(code: number): boolean {
  return code === 0x3e || isBlank(code);
}
