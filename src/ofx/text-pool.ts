/**
 * Texts that stay after reading. A text that was cut out of a longer one keeps all of that in memory, and payees come again
 * and again: what a transaction keeps is a text of its own, one for all that are equal.
 */

const MOST = 10_000;
/** Shorter ones are never cut out but copied, by V8 as by others. */
const LONGEST_COPIED = 12;

export class TextPool {
  readonly #known = new Map<string, string>();

  /** For texts that repeat. */
  shared(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    if (this.#known.size < MOST) this.#known.set(own, own);
    return own;
  }
}

/** The same text, holding on to no other. */
export function detached(text: string): string {
  if (text.length <= LONGEST_COPIED) return text;
  const joined = `${text.slice(0, 1)}${text.slice(1)}`;
  // Asking for a letter makes one piece of the two.
  joined.charCodeAt(text.length - 1);
  return joined;
}
