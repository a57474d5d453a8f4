/**
 * Markup that begins with `<!` or `<?`: comments, declarations, instructions, CDATA sections. A search for an end only moves
 * forwards, and one that failed is remembered, so that a million beginnings take linear time.
 */

import { skipBlanks } from '../text/characters.js';

interface Declaration {
  /** The offset after its last character. */
  readonly end: number;
  /** The text of a CDATA section; `null` for markup that is skipped. */
  readonly text: { readonly start: number; readonly end: number } | null;
}

const CDATA = '<![CDATA[';
const COMMENT = '<!--';
/** Shorter sections cannot contain a transaction. */
const MIN_HIDDEN_LENGTH = 12;
const TRANSACTION = /<(?:STMTTRNP?|LOANSTMTTRN|INVTRAN)>/gi;

export class Declarations {
  readonly #text: string;
  /** Called for each comment and CDATA section that contains transactions. */
  readonly #hidden: (offset: number, transactions: number) => void;
  /** Offsets of the next terminators; -1 for none. */
  readonly #found = new Map<string, number>();

  constructor(text: string, hidden: (offset: number, transactions: number) => void = () => undefined) {
    this.#text = text;
    this.#hidden = hidden;
  }

  /** Returns the declaration that begins at an offset, or `null` when it has no end and so is not one. */
  at(start: number): Declaration | null {
    const text = this.#text;
    if (text.startsWith(CDATA, start)) return this.#section(start);
    const end = text.startsWith(COMMENT, start) ? this.#endOfComment(start) : this.#endOfShort(start);
    return end <= 0 ? null : { end, text: null };
  }

  #section(start: number): Declaration | null {
    const from = start + CDATA.length;
    const end = this.#find(']]>', from);
    if (end < 0) return null;
    const content = this.#text.slice(from, end);
    // Another section begins inside: this one has no end.
    if (content.includes(CDATA)) return { end: from, text: null };
    this.#noteHidden(start, content);
    return { end: end + 3, text: { start: from, end } };
  }

  #noteHidden(start: number, content: string): void {
    const hidden = content.length < MIN_HIDDEN_LENGTH ? 0 : (content.match(TRANSACTION)?.length ?? 0);
    if (hidden > 0) this.#hidden(start, hidden);
  }

  /** SGML allows blanks before the `>`; otherwise such a comment would extend to the end of the next one. */
  #endOfComment(start: number): number {
    const text = this.#text;
    if (text.startsWith('>', start + 4)) return start + 5;
    for (let at = this.#find('--', start + 4); at >= 0; at = this.#find('--', at + 1)) {
      const end = skipBlanks(text, at + 2);
      if (text.charCodeAt(end) !== 0x3e) continue;
      this.#noteHidden(start, text.slice(start, end));
      return end + 1;
    }
    return 0;
  }

  /** Finds `?>` or else `>` before the next `<`: a declaration without an end must not swallow the tags after it. */
  #endOfShort(start: number): number {
    const text = this.#text;
    const next = text.indexOf('<', start + 1);
    const here = text.slice(start + 2, next < 0 ? text.length : next);
    const own = text.charCodeAt(start + 1) === 0x3f ? here.indexOf('?>') : -1;
    if (own >= 0) return start + 2 + own + 2;
    const end = here.indexOf('>');
    return end < 0 ? 0 : start + 2 + end + 1;
  }

  #find(terminator: string, from: number): number {
    const known = this.#found.get(terminator);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const found = this.#text.indexOf(terminator, from);
    this.#found.set(terminator, found);
    return found;
  }
}
