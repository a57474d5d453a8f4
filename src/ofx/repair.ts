/**
 * The repair stage: whatever a bank wrote, as the well-formed element events that it means. One pass over the tokens;
 * what is open is a stack of at most 64 names; every departure from the specification that was mended is a notice.
 *
 * Leaves end at the next tag. Names with a fixed place (`levelOf`) end whatever is open at their depth or deeper, which
 * mends missing end tags. An unknown name is a leaf if text follows, an aggregate if its own end tag comes before its
 * parent's, and an empty leaf otherwise.
 */

import { cleanValue, isBlank } from './clean.js';
import type { Source } from './decode.js';
import { escapeText } from './element.js';
import type { ElementSink } from './element-sink.js';
import { EndTags } from './end-tags.js';
import { markupOf } from './markup.js';
import type { Name } from './name-table.js';
import { endsBefore, isAggregate, isForgotten, isHtml, isTextInValue } from './nature.js';
import type { NoticeList } from './notices.js';
import { addMarkup, addText, type Pending } from './pending.js';
import { RepairLog } from './repairs.js';
import { Scanner, type Token } from './scan.js';

type OpenToken = Extract<Token, { type: 'open' }>;

const DEEPEST = 64;
const MOST_DOCUMENTS = 1_000;

export class Repair {
  readonly #source: Source;
  readonly #scanner: Scanner;
  readonly #sink: ElementSink;
  readonly #log: RepairLog;
  readonly #endTags: EndTags;
  readonly #stack: Name[] = [];
  #pending: Pending | null = null;
  #documents = 0;

  constructor(source: Source, sink: ElementSink, notices: NoticeList) {
    this.#source = source;
    this.#scanner = new Scanner(source.markup);
    this.#endTags = new EndTags(source.markup);
    this.#sink = sink;
    this.#log = new RepairLog(notices);
  }

  /** Takes tokens up to about `budget` of them; false when the text is done. */
  run(budget: number): boolean {
    for (let taken = 0; taken < budget; taken += 1) {
      const token = this.#scanner.next();
      if (token === null) {
        this.#finish();
        return false;
      }
      if (token.type === 'value') this.#value(token);
      else if (token.type === 'text') this.#text(token);
      else if (token.type === 'open') this.#open(token);
      else this.#close(token);
    }
    return true;
  }

  /** What most of a file consists of. */
  #value({ name, start, from, to }: Extract<Token, { type: 'value' }>): void {
    if (this.#pending !== null) this.#resolve(this.#pending);
    if (this.#stack.length === 0) return;
    if (name.name !== name.spelling) this.#log.add('name-spelling', start);
    this.#endForgotten(name, start);
    this.#sink.leaf(name, markupOf(this.#source, { name, start: from, end: to }, this.#log), start);
  }

  #text(piece: Extract<Token, { type: 'text' }>): void {
    const pending = this.#pending;
    const { markup } = this.#source;
    if (pending === null) {
      // Between documents there is only the next header.
      if (this.#stack.length > 0 && !isBlank(markup, piece.start, piece.end)) this.#log.add('stray-text', piece.start);
      return;
    }
    addText(pending, this.#source, { piece, log: this.#log });
  }

  #open(token: OpenToken): void {
    const { name } = token;
    const pending = this.#pending;
    if (pending !== null) {
      if (isTextInValue(name, token.end, { pending, endTags: this.#endTags })) {
        addMarkup(pending, this.#source, { piece: { ...token, raw: true }, log: this.#log });
        return;
      }
      this.#resolve(pending);
    }
    if (this.#stack.length === 0 && !this.#enterRoot(name, token.start)) return;
    this.#noticeSpelling(token, name);
    if (name.level !== null) {
      if (name.name !== 'OFX' || this.#stack.length === 0) this.#push(name, token.start);
      else this.#restartRoot(name, token.start);
      if (token.selfClosing && this.#stack.at(-1) === name) this.#popTo(this.#stack.length - 1);
      return;
    }
    this.#endForgotten(name, token.start);
    this.#pending = { name, start: token.start, selfClosing: token.selfClosing, text: '', blank: true };
    if (token.selfClosing) this.#resolve(this.#pending);
  }

  #noticeSpelling({ start, attributes, unfinished }: OpenToken, { name, spelling, startTag }: Name): void {
    if (name !== spelling) this.#log.add('name-spelling', start);
    if (unfinished) this.#log.add('unfinished-tag', start, startTag);
    if (attributes) this.#log.add('attributes', start);
  }

  /** Nothing counts before the root; a body that begins with a message set or less has none, and gets one. */
  #enterRoot({ name, level }: Name, start: number): boolean {
    if (level === null || !this.#mayBegin(start)) return false;
    if (name === 'OFX') return true;
    this.#log.add('no-root', start);
    this.#push(this.#scanner.nameOf('OFX'), start);
    return true;
  }

  /** A second document in the same file, the one before not having been closed. */
  #restartRoot(root: Name, start: number): void {
    this.#log.add('missing-end-tag', start, root.endTag);
    this.#popTo(0);
    if (this.#mayBegin(start)) this.#push(root, start);
  }

  /** Whether there is room for one more document. */
  #mayBegin(start: number): boolean {
    this.#documents += 1;
    if (this.#documents > MOST_DOCUMENTS) this.#log.add('too-many-documents', start);
    return this.#documents <= MOST_DOCUMENTS;
  }

  /** `<STATUS><CODE>0<DTSERVER>`: what a small aggregate cannot hold stands beside it. */
  #endForgotten(value: Name, start: number): void {
    const [open = null, within = null] = [this.#stack.at(-1), this.#stack.at(-2)];
    if (open === null || !isForgotten(open, within, value, { endTags: this.#endTags, start })) return;
    this.#missing([open], start);
    this.#popTo(this.#stack.length - 1);
  }

  #missing(unclosed: readonly Name[], offset: number): void {
    for (const { endTag } of unclosed) this.#log.add('missing-end-tag', offset, endTag);
  }

  #push(name: Name, start: number): void {
    const { level } = name;
    if (level !== null) {
      let keep = this.#stack.length;
      while (keep > 1 && endsBefore(this.#stack[keep - 1], level)) keep -= 1;
      if (level === 10) keep = 0;
      if (keep < this.#stack.length) {
        this.#missing(this.#stack.slice(keep), start);
        this.#popTo(keep);
      }
    }
    if (this.#stack.length >= DEEPEST) {
      this.#log.add('too-deep', start);
      return;
    }
    this.#stack.push(name);
    this.#sink.open(name, start);
  }

  #close(token: Extract<Token, { type: 'close' }>): void {
    const { name } = token;
    if (token.unfinished) this.#log.add('unfinished-tag', token.start, name.endTag);
    const pending = this.#pending;
    if (pending !== null) {
      if (pending.name.name === name.name) {
        this.#endPending(pending);
        return;
      }
      if (!pending.blank && isHtml(name.name) && this.#indexOf(name) < 0) {
        addMarkup(pending, this.#source, { piece: { ...token, raw: true }, log: this.#log });
        return;
      }
      this.#resolve(pending);
    }
    if (this.#stack.length === 0) return;
    const index = this.#closedBy(name, token.start);
    if (index < 0) {
      this.#log.add('stray-end-tag', token.start, name.endTag);
      return;
    }
    if (index < this.#stack.length - 1) this.#missing(this.#stack.slice(index + 1), token.start);
    this.#popTo(index);
  }

  /** The innermost open element of a name. */
  #indexOf({ name }: Name): number {
    return this.#stack.findLastIndex((one) => one.name === name);
  }

  /** Its own element, or for `</STMTRS>` CCSTMTRS that is open: another name of the same place and family. */
  #closedBy(tag: Name, offset: number): number {
    const own = this.#indexOf(tag);
    const { name, level, endTag } = tag;
    if (own >= 0 || level === null || level <= 10) return own;
    const index = this.#stack.findLastIndex((one) => one.level === level);
    const open = this.#stack[index];
    if (open === undefined || !(open.name.endsWith(name) || name.endsWith(open.name))) return -1;
    this.#log.add('wrong-end-tag', offset, `${endTag} for ${open.endTag}`);
    return index;
  }

  /** Decides what the pending start tag was, now that the next tag is known not to be its own end tag. */
  #resolve(pending: Pending): void {
    if (pending.selfClosing || !isAggregate(pending, this.#stack.at(-1) ?? null, this.#endTags)) {
      this.#endPending(pending);
      return;
    }
    this.#pending = null;
    if (!pending.blank) this.#log.add('stray-text', pending.start);
    this.#push(pending.name, pending.start);
  }

  #endPending({ name, text, start, blank }: Pending): void {
    this.#pending = null;
    if (!blank && name.kind === 'aggregate') this.#log.add('aggregate-as-value', start, name.name);
    this.#sink.leaf(name, blank ? '' : escapeText(cleanValue(text, name)), start);
  }

  #popTo(length: number): void {
    while (this.#stack.length > length) {
      const top = this.#stack.pop();
      if (top !== undefined) this.#sink.close(top);
    }
  }

  /** The end of the text: what is still open was cut off, or its end tags were forgotten. */
  #finish(): void {
    const end = this.#source.markup.length;
    const cut = this.#pending;
    const list = this.#stack.findIndex(({ isList }) => isList);
    const insideItem = list >= 0 && this.#stack.length > list + 1;
    // Only the outermost end tags are missing: some banks forget them, and nothing is lost.
    const whole = cut === null && this.#stack.every(({ level }) => level !== null && level <= 20);
    if (this.#stack.length > 0) {
      if (whole) this.#missing(this.#stack, end);
      else this.#log.add('truncated', end);
    }
    // A value at the very end may have lost digits: no value is better than a wrong one.
    this.#pending = null;
    if (cut !== null && this.#stack.length > 0 && !cut.blank)
      this.#log.add('truncated-value', cut.start, cut.name.name);
    if (insideItem) this.#sink.dropItem(end);
    this.#popTo(0);
  }
}
