/** Splits a file into tags and text in one pass, with constant work per character. Whatever only looks like a tag is text. */

import { isBlank, isNameChar, isNameStart, skipBlanks } from '../text/characters.js';
import { Declarations } from './declarations.js';
import { type ElementName, isOfOfx, NameTable } from './names.js';

export type Token =
  | { readonly type: 'text'; readonly start: number; readonly end: number; readonly raw: boolean }
  /** A complete element of OFX with a value, whose text is from `from` to `to`. */
  | {
      readonly type: 'value';
      readonly start: number;
      readonly from: number;
      readonly to: number;
      readonly name: ElementName;
    }
  | {
      readonly type: 'open';
      readonly start: number;
      readonly end: number;
      readonly name: ElementName;
      readonly selfClosing: boolean;
      readonly attributes: boolean;
      readonly unfinished: boolean;
    }
  | {
      readonly type: 'close';
      readonly start: number;
      readonly end: number;
      readonly name: ElementName;
      /** The next tag begins before its `>`. */
      readonly unfinished: boolean;
    };

type TagToken = Extract<Token, { type: 'open' | 'close' }>;

/** A tag without blanks and attributes. */
interface SimpleTag {
  readonly name: ElementName;
  readonly closing: boolean;
}

const MAX_NAME_LENGTH = 64;
const MAX_VALUE_LENGTH = 10_000;
const MAX_REMEMBERED = 2_000;

/** The tags of OFX that were met, in any file, by the text between `<` and `>`. */
const MET = new Map<string, SimpleTag>();

export class Scanner {
  readonly text: string;
  #at = 0;
  readonly #declarations: Declarations;
  /** Other simple tags of this text. */
  readonly #simpleTags = new Map<string, SimpleTag>();
  readonly #names = new NameTable();
  /** The first `>` after the last `<` that was looked up; -1 for none. */
  #close = 0;
  /** The last tag that was looked up: the tag that ends a value is also the next token. */
  #lastStart = -1;
  #last: SimpleTag | undefined;

  /** @param hidden called for each comment that contains transactions. */
  constructor(text: string, hidden?: (offset: number, transactions: number) => void) {
    this.text = text;
    this.#declarations = new Declarations(text, hidden);
  }

  nameOf(spelling: string): ElementName {
    return this.#names.get(spelling);
  }

  /** Goes on at an offset further on. */
  skipTo(offset: number): void {
    this.#at = offset;
  }

  /** Returns the next token, or `null` at the end. Comments and instructions are skipped. */
  next(): Token | null {
    const { text } = this;
    while (this.#at < text.length) {
      const start = this.#at;
      if (text.charCodeAt(start) !== 0x3c) {
        const end = text.indexOf('<', start);
        this.#at = end < 0 ? text.length : end;
        return { type: 'text', start, end: this.#at, raw: false };
      }
      const known = this.#simpleTagAt(start);
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

  /** Returns a `<` that does not begin a tag as text, with everything up to the next `<` that may begin one. */
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

  /** Returns a tag that was seen before in the same spelling, as most were; its end is then `#close`. */
  #simpleTagAt(start: number): SimpleTag | undefined {
    if (this.#lastStart === start) return this.#last;
    this.#lastStart = start;
    this.#last = this.#lookUp(start);
    return this.#last;
  }

  #lookUp(start: number): SimpleTag | undefined {
    if (this.#close < start && this.#close >= 0) this.#close = this.text.indexOf('>', start);
    const end = this.#close;
    if (end < 0 || end - start > MAX_NAME_LENGTH) return undefined;
    const content = this.text.slice(start + 1, end);
    return MET.get(content) ?? this.#simpleTags.get(content);
  }

  #ordinary({ name, closing }: SimpleTag, start: number): Token {
    const { text } = this;
    const end = this.#close + 1;
    this.#at = end;
    if (!closing && name.kind === 'leaf') {
      const to = text.indexOf('<', end);
      if (to >= 0 && to - end < MAX_VALUE_LENGTH && this.#endsValue(name, to))
        return { type: 'value', start, from: end, to, name };
      return tagToken('open', { start, end, name });
    }
    // Blanks after the tag of an aggregate are formatting.
    const next = skipBlanks(text, end);
    if (name.kind === 'aggregate' && name.name !== 'OFX' && text.charCodeAt(next) === 0x3c) this.#at = next;
    return tagToken(closing ? 'close' : 'open', { start, end, name });
  }

  /** Returns true if the tag at an offset surely ends a value: its own end tag, which is consumed, or any tag of OFX. */
  #endsValue({ name, ownEnd }: ElementName, offset: number): boolean {
    const { text } = this;
    let end = offset + ownEnd.length;
    if (!text.startsWith(ownEnd, offset)) {
      const tag = this.#simpleTagAt(offset);
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
    if (tag === null || this.#simpleTags.size >= MAX_REMEMBERED) return tag;
    const closing = tag.type === 'close';
    const { spelling } = tag.name;
    const length = spelling.length + (closing ? 3 : 2);
    if (tag.end - start !== length || tag.unfinished) return tag;
    const simple = { name: tag.name, closing };
    const tags = isOfOfx(tag.name) ? MET : this.#simpleTags;
    tags.set(closing ? `/${spelling}` : spelling, simple);
    this.#close = tag.end - 1;
    return this.#ordinary(simple, start);
  }

  #newTag(start: number): TagToken | null {
    const { text } = this;
    let at = skipBlanks(text, start + 1);
    // Some banks write `<\NAME>` or `< /NAME>`.
    const closing = text.charCodeAt(at) === 0x2f || text.charCodeAt(at) === 0x5c;
    if (closing) at = skipBlanks(text, at + 1);
    const nameStart = at;
    if (closing && text.charCodeAt(at) === 0x3e) {
      this.#at = at + 1;
      return tagToken('close', { start, end: at + 1, name: this.#names.get('') });
    }
    if (!isNameStart(text.charCodeAt(at))) return null;
    while (at - nameStart <= MAX_NAME_LENGTH && isNameChar(text.charCodeAt(at))) at += 1;
    if (at - nameStart > MAX_NAME_LENGTH) return null;
    const name = this.#names.get(text.slice(nameStart, at));
    // `A < B >` is text unless B is a name of OFX; so is `<\b>`.
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
    if (closing) return tagToken('close', { start, end: this.#at, name });
    return { type: 'open', start, end: this.#at, name, selfClosing, attributes, unfinished: false };
  }

  /** Returns the offset of the `>` that ends a tag with attributes, or -1 if a `<` or the end of the text comes first. */
  #endOfAttributes(from: number): number {
    const { text } = this;
    // The quotation mark of the attribute value around the offset.
    let quote = 0;
    let first = -1;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x3c) return first;
      if (code === quote) quote = 0;
      else if (quote === 0 && isQuote(code) && text.charCodeAt(at - 1) === 0x3d) quote = code;
      else if (code === 0x3e) {
        if (quote === 0) return at;
        // If the quotation mark is never closed, the tag ends here.
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

/** Returns true for a letter or one of `/\!?_`, perhaps after blanks. */
function mayBeginTag(text: string, offset: number): boolean {
  const code = text.charCodeAt(isBlank(text.charCodeAt(offset)) ? skipBlanks(text, offset) : offset);
  return isNameStart(code) || code === 0x2f || code === 0x5c || code === 0x21 || code === 0x3f;
}

const UNFINISHED = { selfClosing: false, attributes: false, unfinished: true };

function tagToken(type: 'open' | 'close', { start, end, name }: Pick<TagToken, 'start' | 'end' | 'name'>): TagToken {
  return { type, start, end, name, selfClosing: false, attributes: false, unfinished: false };
}
