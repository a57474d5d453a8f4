/**
 * Text to tags and text, one pass, constant work a character. What looks like a tag and is none comes back as text. */

import { isBlank, isNameChar, isNameStart, skipBlanks } from '../text/characters.js';
import { Declarations } from './declarations.js';
import { type Name, NameTable } from './names.js';

export type Token =
  | { readonly type: 'text'; readonly start: number; readonly end: number; readonly raw: boolean }
  /** An element of OFX that holds a value, whole: the text is from `from` to `to`. */
  | { readonly type: 'value'; readonly start: number; readonly from: number; readonly to: number; readonly name: Name }
  | {
      readonly type: 'open';
      readonly start: number;
      readonly end: number;
      readonly name: Name;
      readonly selfClosing: boolean;
      readonly attributes: boolean;
      readonly unfinished: boolean;
    }
  | {
      readonly type: 'close';
      readonly start: number;
      readonly end: number;
      readonly name: Name;
      /** The next tag begins before its `>`. */
      readonly unfinished: boolean;
    };

type TagToken = Extract<Token, { type: 'open' | 'close' }>;

/** A tag without blanks and attributes. */
interface PlainTag {
  readonly name: Name;
  readonly closing: boolean;
}

const LONGEST_NAME = 64;
const LONGEST_VALUE = 10_000;
const MOST_REMEMBERED = 2_000;

export class Scanner {
  readonly text: string;
  #at = 0;
  readonly #declarations: Declarations;
  /** Tags without blanks and attributes by what stands between `<` and `>`. */
  readonly #plain = new Map<string, PlainTag>();
  readonly #names = new NameTable();
  /** The first `>` not before the last tag that was looked at, -1 when there is none. */
  #close = 0;
  /** The last tag that was looked at: what ends a value is the next token. */
  #lastStart = -1;
  #last: PlainTag | undefined;

  /** @param hidden called for each comment with transactions in it. */
  constructor(text: string, hidden?: (offset: number, transactions: number) => void) {
    this.text = text;
    this.#declarations = new Declarations(text, hidden);
  }

  nameOf(spelling: string): Name {
    return this.#names.get(spelling);
  }

  /** The next token, `null` at the end. Comments and instructions are left out. */
  next(): Token | null {
    const { text } = this;
    while (this.#at < text.length) {
      const start = this.#at;
      if (text.charCodeAt(start) !== 0x3c) {
        const end = text.indexOf('<', start);
        this.#at = end < 0 ? text.length : end;
        return { type: 'text', start, end: this.#at, raw: false };
      }
      const known = this.#plainAt(start);
      if (known !== undefined) return this.#ordinary(known, start);
      const second = text.charCodeAt(start + 1);
      if (second === 0x21 || second === 0x3f) {
        const special = this.#special(start);
        if (special === 'skipped') continue;
        return special;
      }
      return this.#tag(start) ?? this.#textFrom(start);
    }
    return null;
  }

  /** `<` that begins no tag is text, together with what follows it up to a `<` that may begin one. */
  #textFrom(start: number): Token {
    const { text } = this;
    let end = text.indexOf('<', start + 1);
    while (end >= 0 && !mayBeginTag(text, end + 1)) end = text.indexOf('<', end + 1);
    this.#at = end < 0 ? text.length : end;
    return { type: 'text', start, end: this.#at, raw: false };
  }

  #special(start: number): Token | 'skipped' {
    const found = this.#declarations.at(start);
    if (found === null) return this.#textFrom(start);
    this.#at = found.end;
    return found.text === null ? 'skipped' : { type: 'text', ...found.text, raw: true };
  }

  /** Most tags have been met before, letter by letter; `#close` is then the end of this one. */
  #plainAt(start: number): PlainTag | undefined {
    if (this.#lastStart === start) return this.#last;
    this.#lastStart = start;
    this.#last = this.#lookUp(start);
    return this.#last;
  }

  #lookUp(start: number): PlainTag | undefined {
    if (this.#close < start && this.#close >= 0) this.#close = this.text.indexOf('>', start);
    const end = this.#close;
    return end < 0 || end - start > LONGEST_NAME ? undefined : this.#plain.get(this.text.slice(start + 1, end));
  }

  #ordinary({ name, closing }: PlainTag, start: number): Token {
    const { text } = this;
    const end = this.#close + 1;
    this.#at = end;
    if (!closing && name.kind === 'leaf') {
      const to = text.indexOf('<', end);
      if (to >= 0 && to - end < LONGEST_VALUE && this.#endsValue(name, to))
        return { type: 'value', start, from: end, to, name };
      return plainToken('open', { start, end, name });
    }
    // Blanks after the tag of an aggregate are layout.
    const next = skipBlanks(text, end);
    if (name.kind === 'aggregate' && name.name !== 'OFX' && text.charCodeAt(next) === 0x3c) this.#at = next;
    return plainToken(closing ? 'close' : 'open', { start, end, name });
  }

  /** Whether the tag at an offset ends a value for certain: its own end tag, which is taken with it, or any of OFX. */
  #endsValue({ name, ownEnd }: Name, offset: number): boolean {
    const { text } = this;
    let end = offset + ownEnd.length;
    if (!text.startsWith(ownEnd, offset)) {
      const tag = this.#plainAt(offset);
      if (tag === undefined || tag.name.kind === 'unknown' || tag.name.name === 'OFX') return false;
      this.#at = offset;
      if (!tag.closing || tag.name.name !== name) return true;
      end = this.#close + 1;
    }
    const next = skipBlanks(text, end);
    this.#at = text.charCodeAt(next) === 0x3c ? next : end;
    return true;
  }

  #tag(start: number): Token | null {
    const tag = this.#newTag(start);
    if (tag === null || this.#plain.size >= MOST_REMEMBERED) return tag;
    const closing = tag.type === 'close';
    const { spelling } = tag.name;
    const length = spelling.length + (closing ? 3 : 2);
    if (tag.end - start === length && !tag.unfinished)
      this.#plain.set(closing ? `/${spelling}` : spelling, { name: tag.name, closing });
    return tag;
  }

  #newTag(start: number): TagToken | null {
    const { text } = this;
    let at = skipBlanks(text, start + 1);
    // Some write `<\NAME>` or `< /NAME>`.
    const closing = text.charCodeAt(at) === 0x2f || text.charCodeAt(at) === 0x5c;
    if (closing) at = skipBlanks(text, at + 1);
    const nameStart = at;
    if (closing && text.charCodeAt(at) === 0x3e) {
      this.#at = at + 1;
      return plainToken('close', { start, end: at + 1, name: this.#names.get('') });
    }
    if (!isNameStart(text.charCodeAt(at))) return null;
    while (at - nameStart <= LONGEST_NAME && isNameChar(text.charCodeAt(at))) at += 1;
    if (at - nameStart > LONGEST_NAME) return null;
    const name = this.#names.get(text.slice(nameStart, at));
    // `A < B >` is text, unless OFX knows a B; so is `<\b>`.
    const isKnown = name.kind !== 'unknown' || name.level !== null;
    if (!isKnown && !isTagBegin(text.charCodeAt(nameStart - 1))) return null;
    const afterName = at;
    at = skipBlanks(text, at);
    let attributes = false;
    if (text.charCodeAt(at) === 0x3c && name.kind !== 'unknown' && name.name === name.spelling) {
      this.#at = at;
      return { type: closing ? 'close' : 'open', start, end: at, name, ...UNFINISHED };
    }
    if (text.charCodeAt(at) !== 0x3e && text.charCodeAt(at) !== 0x2f) {
      // Attributes need a blank before them, and end before the next tag.
      if (at === afterName) return null;
      attributes = true;
      at = this.#endOfAttributes(at);
      if (at < 0) return null;
    }
    const selfClosing = text.charCodeAt(at) === 0x2f || text.charCodeAt(at - 1) === 0x2f;
    if (text.charCodeAt(at) === 0x2f) at = skipBlanks(text, at + 1);
    if (text.charCodeAt(at) !== 0x3e) return null;
    this.#at = at + 1;
    if (closing) return plainToken('close', { start, end: this.#at, name });
    return { type: 'open', start, end: this.#at, name, selfClosing, attributes, unfinished: false };
  }

  /** Index of the `>` that ends a tag with attributes, -1 when a `<` or the end comes first. */
  #endOfAttributes(from: number): number {
    const { text } = this;
    // Where the value in quotes began that the place is in.
    let quote = 0;
    let first = -1;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x3c) return first;
      if (code === quote) quote = 0;
      else if (quote === 0 && isQuote(code) && text.charCodeAt(at - 1) === 0x3d) quote = code;
      else if (code === 0x3e) {
        if (quote === 0) return at;
        // A quote that is never closed: the tag ends here.
        if (first < 0) first = at;
      }
    }
    return first;
  }
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27;
}

/** `<` or `/` */
function isTagBegin(code: number): boolean {
  return code === 0x3c || code === 0x2f;
}

/** A letter or one of `/\!?_`, perhaps after blanks. */
function mayBeginTag(text: string, offset: number): boolean {
  const code = text.charCodeAt(isBlank(text.charCodeAt(offset)) ? skipBlanks(text, offset) : offset);
  return isNameStart(code) || code === 0x2f || code === 0x5c || code === 0x21 || code === 0x3f;
}

const UNFINISHED = { selfClosing: false, attributes: false, unfinished: true };

function plainToken(type: 'open' | 'close', { start, end, name }: Pick<TagToken, 'start' | 'end' | 'name'>): TagToken {
  return { type, start, end, name, selfClosing: false, attributes: false, unfinished: false };
}
