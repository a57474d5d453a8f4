/**
 * The repair stage: whatever a bank wrote, as the well-formed element events that it means. One pass over the tokens;
 * what is open is a stack of at most 64 names; every departure from the specification that was mended is a notice.
 *
 * Leaves end at the next tag. Names with a fixed place (`levelOf`) end whatever is open at their depth or deeper, which
 * mends missing end tags. An unknown name is a leaf if text follows, an aggregate if its own end tag comes before its
 * parent's, and an empty leaf otherwise.
 */

import { cleanValue, isBlank, plainName } from './clean.js';
import { EndTags } from './end-tags.js';
import { decodeEntities } from './entities.js';
import { isList, kindOf, levelOf } from './names.js';
import { isAggregate, isHtml, isTextInValue, type Pending } from './nature.js';
import type { NoticeList } from './notices.js';
import { Scanner, type Token } from './scan.js';

/** What the repair stage says, in document order; `offset` is in characters of the decoded text. */
export interface ElementSink {
  open(name: string, offset: number): void;
  leaf(name: string, value: string, offset: number): void;
  close(name: string): void;
  /** What is open below this list was cut off with the file: none of it counts. */
  dropItem(offset: number): void;
}

interface Open {
  readonly name: string;
  readonly level: number | null;
}

type OpenToken = Extract<Token, { type: 'open' }>;

const DEEPEST = 64;

export class Repair {
  readonly #scanner: Scanner;
  readonly #sink: ElementSink;
  readonly #notices: NoticeList;
  readonly #endTags: EndTags;
  readonly #stack: Open[] = [];
  #pending: Pending | null = null;

  constructor(text: string, sink: ElementSink, notices: NoticeList) {
    this.#scanner = new Scanner(text);
    this.#endTags = new EndTags(text);
    this.#sink = sink;
    this.#notices = notices;
  }

  /** Takes tokens up to about `budget` of them; false when the text is done. */
  run(budget: number): boolean {
    for (let taken = 0; taken < budget; taken += 1) {
      const token = this.#scanner.next();
      if (token === null) {
        this.#finish();
        return false;
      }
      if (token.type === 'text') this.#text(token);
      else if (token.type === 'open') this.#open(token);
      else this.#close(token);
    }
    return true;
  }

  #text({ start, end, raw }: Extract<Token, { type: 'text' }>): void {
    const pending = this.#pending;
    if (pending === null) {
      // Between documents there is only the next header.
      if (this.#stack.length > 0 && !isBlank(this.#scanner.text, start, end)) {
        this.#notices.add('stray-text', 'text outside any element was left out', start);
      }
      return;
    }
    pending.blank &&= isBlank(this.#scanner.text, start, end);
    const text = this.#scanner.text.slice(start, end);
    if (raw) {
      this.#notices.add('cdata', 'a CDATA section was taken as text', start);
      pending.parts.push(text);
      return;
    }
    const decoded = decodeEntities(text);
    if (decoded.bareAmpersand)
      this.#notices.add('bare-ampersand', 'an & that begins no character reference was taken as it stands', start);
    pending.parts.push(decoded.text);
  }

  #open(token: OpenToken): void {
    const name = plainName(token.name);
    const pending = this.#pending;
    if (pending !== null && isTextInValue({ name, end: token.end }, pending, this.#endTags)) {
      pending.parts.push(this.#scanner.text.slice(token.start, token.end));
      return;
    }
    this.#resolve();
    const level = levelOf(name);
    if (this.#stack.length === 0 && !this.#enterRoot(name, level, token.start)) return;
    if (name !== token.name)
      this.#notices.add(
        'name-spelling',
        'element names in lower case or with a prefix were taken as OFX names',
        token.start,
      );
    if (token.attributes) this.#notices.add('attributes', 'attributes were left out', token.start);
    if (level !== null) {
      if (name !== 'OFX' || this.#stack.length === 0) this.#push(name, level, token.start);
      else this.#restartRoot(token.start);
      return;
    }
    this.#pending = {
      name,
      spelling: token.name,
      kind: kindOf(name),
      start: token.start,
      selfClosing: token.selfClosing,
      parts: [],
      blank: true,
    };
    if (token.selfClosing) this.#resolve();
  }

  /** Nothing counts before the root; a body that begins with a message set has none, and gets one. */
  #enterRoot(name: string, level: number | null, start: number): boolean {
    if (name === 'OFX') return true;
    if (level !== 20) return false;
    this.#notices.add('no-root', 'the OFX element around the message sets is missing', start);
    this.#push('OFX', 10, start);
    return true;
  }

  /** A second document in the same file whose predecessor was not closed. */
  #restartRoot(start: number): void {
    this.#notices.add('missing-end-tag', 'an end tag is missing: </OFX>', start);
    this.#popTo(0);
    this.#push('OFX', 10, start);
  }

  #push(name: string, level: number | null, start: number): void {
    if (level !== null) {
      let keep = this.#stack.length;
      while (keep > 1 && endsBefore(this.#stack[keep - 1], level)) keep -= 1;
      if (level === 10) keep = 0;
      for (const { name: unclosed } of this.#stack.slice(keep))
        this.#notices.add('missing-end-tag', `an end tag is missing: </${unclosed}>`, start);
      this.#popTo(keep);
    }
    if (this.#stack.length >= DEEPEST) {
      this.#notices.add('too-deep', `elements nested more than ${DEEPEST} deep were flattened`, start);
      return;
    }
    this.#stack.push({ name, level });
    this.#sink.open(name, start);
  }

  #close(token: Extract<Token, { type: 'close' }>): void {
    const name = plainName(token.name);
    const pending = this.#pending;
    if (pending?.name === name) {
      this.#endPending(pending);
      return;
    }
    const open = this.#stack.findLastIndex((one) => one.name === name);
    if (pending !== null && open < 0 && !pending.blank && isHtml(name)) {
      pending.parts.push(this.#scanner.text.slice(token.start, token.end));
      return;
    }
    this.#resolve();
    if (this.#stack.length === 0) return;
    const index = open >= 0 ? this.#stack.findLastIndex((one) => one.name === name) : this.#meantBy(name, token.start);
    if (index < 0) {
      this.#notices.add('stray-end-tag', 'an end tag without its start tag was left out', token.start);
      return;
    }
    for (const { name: unclosed } of this.#stack.slice(index + 1))
      this.#notices.add('missing-end-tag', `an end tag is missing: </${unclosed}>`, token.start);
    this.#popTo(index);
  }

  /** `</STMTRS>` where CCSTMTRS is open: another name of the same place and family. */
  #meantBy(name: string, offset: number): number {
    const level = levelOf(name);
    if (level === null || level <= 10) return -1;
    const index = this.#stack.findLastIndex((one) => one.level === level);
    const open = this.#stack[index];
    if (open === undefined || !(open.name.endsWith(name) || name.endsWith(open.name))) return -1;
    this.#notices.add('wrong-end-tag', `</${name}> was taken for </${open.name}>`, offset);
    return index;
  }

  /** Decides what the pending start tag was, now that the next tag is known not to be its own end tag. */
  #resolve(): void {
    const pending = this.#pending;
    if (pending === null) return;
    const aggregate = !pending.selfClosing && isAggregate(pending, this.#stack.at(-1)?.name ?? null, this.#endTags);
    if (!aggregate) {
      this.#endPending(pending);
      return;
    }
    this.#pending = null;
    if (!pending.blank) this.#notices.add('stray-text', 'text outside any element was left out', pending.start);
    this.#push(pending.name, null, pending.start);
  }

  #endPending({ name, parts, start, kind, blank }: Pending): void {
    this.#pending = null;
    if (kind === 'aggregate' && !blank)
      this.#notices.add('aggregate-as-value', `${name}, an aggregate in OFX, holds a value`, start);
    this.#sink.leaf(name, cleanValue(parts.length === 1 ? (parts[0] ?? '') : parts.join('')), start);
  }

  #popTo(length: number): void {
    while (this.#stack.length > length) {
      const top = this.#stack.pop();
      if (top !== undefined) this.#sink.close(top.name);
    }
  }

  /** The end of the text: what is still open was cut off, or its end tags were forgotten. */
  #finish(): void {
    const end = this.#scanner.text.length;
    const cut = this.#pending;
    const list = this.#stack.findIndex(({ name }) => isList(name));
    const insideItem = list >= 0 && this.#stack.length > list + 1;
    // Only the outermost end tags are missing: some banks forget them, and nothing is lost.
    const whole = cut === null && this.#stack.every(({ level }) => level !== null && level <= 20);
    if (this.#stack.length > 0) {
      if (whole) this.#notices.add('missing-end-tag', 'the last end tags are missing', end);
      else this.#notices.add('truncated', 'the file ends before its last element does; what was whole is kept', end);
    }
    // A value at the very end may have lost digits: no value is better than a wrong one.
    this.#pending = null;
    if (cut !== null && this.#stack.length > 0 && !cut.blank)
      this.#notices.add('truncated-value', `the value of ${cut.name} at the end of the file was left out`, cut.start);
    if (insideItem) this.#sink.dropItem(end);
    this.#popTo(0);
  }
}

function endsBefore(open: Open | undefined, level: number): boolean {
  return open !== undefined && (open.level === null || open.level >= level);
}
