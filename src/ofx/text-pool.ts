/**
 * Texts that are kept after reading. A substring keeps the whole string in memory, and payees repeat: transactions keep
 * copies, one for all equal texts.
 */

const MAX_TEXTS = 10_000;
/** V8 copies substrings up to this length anyway. */
const MAX_COPIED_LENGTH = 12;

export class TextPool {
  readonly #known = new Map<string, string>();

  /** Returns the copy that all equal texts share. */
  shared(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    if (this.#known.size < MAX_TEXTS) this.#known.set(own, own);
    return own;
  }
}

/** Returns a copy of a text that does not refer to a longer one. */
export function detached(text: string): string {
  if (text.length <= MAX_COPIED_LENGTH) return text;
  const joined = `${text.slice(0, 1)}${text.slice(1)}`;
  // Reading a character makes V8 join the two parts.
  joined.charCodeAt(text.length - 1);
  return joined;
}
