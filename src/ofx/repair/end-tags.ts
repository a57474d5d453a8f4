/**
 * Looking ahead for end tags at a bounded price: each name is searched forwards only, a search that failed is remembered,
 * and no more than a few names are searched at all.
 */

import { isBlank } from '../text/characters.js';
import type { Name } from './names.js';

const MOST_NAMES = 64;

export class EndTags {
  readonly #text: string;
  readonly #found = new Map<string, number>();
  #next = -2;

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset of the next `</name>` at or after `from`, -1 when there is none, or when too many names were asked for. */
  after(name: string, from: number): number {
    const known = this.#found.get(name);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    if (known === undefined && this.#found.size >= MOST_NAMES) return -1;
    const found = this.#search(name, from);
    this.#found.set(name, found);
    return found;
  }

  /** As the start tag is written, perhaps with a blank before the `>`; else in the other case. */
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

  /** Whether the next end tag of a name comes before that of what it stands in. */
  comesWithin(name: Name, parent: Name | null, start: number): boolean {
    const own = this.after(name.spelling, start);
    if (own < 0) return false;
    const parents = parent === null ? -1 : this.after(parent.spelling, start);
    return parents < 0 || own < parents;
  }

  /** Whether the first end tag of any name at or after `from` is that of `name`. */
  nextIs(name: string, from: number): boolean {
    if (this.#next !== -1 && this.#next < from) this.#next = this.#text.indexOf('</', from);
    return this.#next >= 0 && this.#text.startsWith(`${name}>`, this.#next + 2);
  }
}

/** `>` or a blank. */
function endsName(code: number): boolean {
  return code === 0x3e || isBlank(code);
}
