/**
 * What begins with `<!` or `<?`: comments, declarations, instructions, CDATA sections. Each search for an end goes forwards
 * only, and one that failed is remembered, so that a million beginnings stay linear.
 */

import { skipBlanks } from './characters.js';

export interface Declaration {
  /** After its last character. */
  readonly end: number;
  /** Where the text of a CDATA section stands; `null` for what is left out. */
  readonly text: { readonly start: number; readonly end: number } | null;
}

const CDATA = '<![CDATA[';
const COMMENT = '<!--';
const TRANSACTION = /<(?:STMTTRNP?|LOANSTMTTRN|INVTRAN)>/gi;

export class Declarations {
  readonly #text: string;
  /** Called for each comment with transactions in it. */
  readonly #hidden: (offset: number, transactions: number) => void;
  /** Terminators that do not occur from here on. */
  readonly #absent = new Set<string>();

  constructor(text: string, hidden: (offset: number, transactions: number) => void = () => undefined) {
    this.#text = text;
    this.#hidden = hidden;
  }

  /** What begins at an offset; `null` when it has no end, and so is none. */
  at(start: number): Declaration | null {
    const text = this.#text;
    if (text.startsWith(CDATA, start)) {
      const end = this.#find(']]>', start + CDATA.length);
      return end < 0 ? null : { end: end + 3, text: { start: start + CDATA.length, end } };
    }
    const end = text.startsWith(COMMENT, start)
      ? this.#endOfComment(start)
      : text.charCodeAt(start + 1) === 0x3f
        ? this.#endOfInstruction(start)
        : this.#find('>', start + 2) + 1;
    return end <= 0 ? null : { end, text: null };
  }

  /** SGML allows blanks before the `>`; without that, such a comment would reach to the end of the next. */
  #endOfComment(start: number): number {
    const text = this.#text;
    if (text.startsWith('>', start + 4)) return start + 5;
    for (let at = this.#find('--', start + 4); at >= 0; at = this.#find('--', at + 1)) {
      const end = skipBlanks(text, at + 2);
      if (text.charCodeAt(end) !== 0x3e) continue;
      const hidden = end - start < 20 ? 0 : (text.slice(start, end).match(TRANSACTION)?.length ?? 0);
      if (hidden > 0) this.#hidden(start, hidden);
      return end + 1;
    }
    return 0;
  }

  /** `?>`, else the `>` before the next `<`: instructions of SGML have no second question mark. */
  #endOfInstruction(start: number): number {
    const text = this.#text;
    const next = text.indexOf('<', start + 1);
    const here = text.slice(start + 2, next < 0 ? text.length : next);
    const own = here.indexOf('?>');
    if (own >= 0) return start + 2 + own + 2;
    const plain = here.indexOf('>');
    return plain >= 0 ? start + 2 + plain + 1 : this.#find('?>', start + 2) + 2;
  }

  #find(terminator: string, from: number): number {
    if (this.#absent.has(terminator)) return -terminator.length;
    const end = this.#text.indexOf(terminator, from);
    if (end >= 0) return end;
    this.#absent.add(terminator);
    return -terminator.length;
  }
}
