/**
 * The repair stage: whatever a bank wrote, as the well-formed element events that it means. One pass over the tokens; every
 * departure from the specification that was mended is a notice.
 *
 * Leaves end at the next tag. An unknown name is a leaf if text follows, an aggregate if its own end tag comes before its
 * parent's, and an empty leaf otherwise. What is open, and what ends it, is in `open-elements.ts`.
 */

import type { NoticeList } from '../notices.js';
import { cleanValue, isBlankText } from '../text/characters.js';
import type { Source } from '../text/charset.js';
import { escapeText } from '../text/entities.js';
import { EndTags } from './end-tags.js';
import type { Name } from './names.js';
import { OpenElements } from './open-elements.js';
import {
  addMarkup,
  addText,
  isAggregate,
  isHtml,
  isTextInValue,
  markupOf,
  type Pending,
  withoutLayout,
} from './pending-element.js';
import { RepairLog } from './repair-notices.js';
import { Scanner, type Token } from './scan.js';
import type { ElementSink } from './sink.js';

type OpenToken = Extract<Token, { type: 'open' }>;

const MOST_DOCUMENTS = 1_000;

export class Repair {
  readonly #source: Source;
  readonly #scanner: Scanner;
  readonly #sink: ElementSink;
  readonly #log: RepairLog;
  readonly #endTags: EndTags;
  readonly #elements: OpenElements;
  #pending: Pending | null = null;
  #documents = 0;

  constructor(source: Source, sink: ElementSink, notices: NoticeList) {
    this.#source = source;
    this.#log = new RepairLog(notices);
    this.#scanner = new Scanner(source.markup, (offset, count) => {
      for (let nth = 0; nth < count; nth += 1) this.#log.add('comment', offset);
    });
    this.#endTags = new EndTags(source.markup);
    this.#sink = sink;
    const transaction = this.#scanner.nameOf('STMTTRN');
    this.#elements = new OpenElements(sink, { log: this.#log, endTags: this.#endTags, transaction });
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
    if (this.#elements.isEmpty) return;
    if (name.name !== name.spelling) this.#log.add('name-spelling', start);
    this.#elements.placeValue(name, start);
    this.#sink.leaf(name, markupOf(this.#source, { name, start: from, end: to }, this.#log), start);
  }

  #text(piece: Extract<Token, { type: 'text' }>): void {
    const pending = this.#pending;
    const { markup } = this.#source;
    if (pending === null) {
      // Between documents there is only the next header.
      if (!this.#elements.isEmpty && !isBlankText(markup, piece.start, piece.end))
        this.#log.add('stray-text', piece.start);
      return;
    }
    addText(pending, this.#source, { piece, log: this.#log });
  }

  #open(token: OpenToken): void {
    const { name } = token;
    const pending = this.#pending;
    if (pending !== null) {
      if (isTextInValue(name, token.end, { pending, endTags: this.#endTags })) {
        this.#addMarkup(pending, token);
        return;
      }
      this.#resolve(pending);
    }
    if (this.#elements.isEmpty && !this.#enterRoot(name, token.start)) return;
    this.#noticeSpelling(token, name);
    if (name.level !== null) {
      if (name.name !== 'OFX' || this.#elements.isEmpty) this.#elements.push(name, token.start);
      else this.#restartRoot(name, token.start);
      if (token.selfClosing && this.#elements.innermost === name) this.#elements.closeInnermost();
      return;
    }
    this.#elements.placeValue(name, token.start);
    this.#pending = { name, start: token.start, selfClosing: token.selfClosing, text: '', blank: true, marked: false };
    if (token.selfClosing) this.#resolve(this.#pending);
  }

  #addMarkup(pending: Pending, { start, end }: { readonly start: number; readonly end: number }): void {
    addMarkup(pending, this.#source, { piece: { start, end, raw: true }, log: this.#log });
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
    this.#elements.push(this.#scanner.nameOf('OFX'), start);
    return true;
  }

  /** A second document in the same file, the one before not having been closed. */
  #restartRoot(root: Name, start: number): void {
    this.#elements.endAll(start);
    if (this.#mayBegin(start)) this.#elements.push(root, start);
  }

  /** Whether there is room for one more document. */
  #mayBegin(start: number): boolean {
    this.#documents += 1;
    if (this.#documents > MOST_DOCUMENTS) this.#log.add('too-many-documents', start);
    return this.#documents <= MOST_DOCUMENTS;
  }

  #close(token: Extract<Token, { type: 'close' }>): void {
    const { name } = token;
    if (token.unfinished) this.#log.add('unfinished-tag', token.start, name.endTag);
    const pending = this.#pending;
    if (pending !== null) {
      // `</>` is SGML's end tag of whatever is open.
      if (pending.name.name === name.name || name.name === '') {
        this.#endPending(pending);
        return;
      }
      if (!pending.blank && isHtml(name.name) && !this.#elements.has(name)) {
        this.#addMarkup(pending, token);
        return;
      }
      this.#resolve(pending);
    }
    if (this.#elements.isEmpty) return;
    if (name.name === '') this.#elements.closeInnermost();
    else this.#elements.close(name, token.start);
  }

  /** Decides what the pending start tag was, now that the next tag is known not to be its own end tag. */
  #resolve(pending: Pending): void {
    if (pending.selfClosing || !isAggregate(pending, this.#elements.innermost, this.#endTags)) {
      this.#endPending(pending);
      return;
    }
    this.#pending = null;
    if (!pending.blank) this.#log.add('stray-text', pending.start);
    this.#elements.push(pending.name, pending.start);
  }

  #endPending(pending: Pending): void {
    const { name, start, blank } = pending;
    this.#pending = null;
    // Layout of a page between the elements.
    if (blank && isHtml(name.name)) return;
    if (!blank && name.kind === 'aggregate') this.#log.add('aggregate-as-value', start, name.name);
    this.#sink.leaf(name, blank ? '' : escapeText(cleanValue(withoutLayout(pending), name)), start);
  }

  #finish(): void {
    const { markup } = this.#source;
    const end = markup.length;
    // A value at the very end may have lost digits, unless its line was ended: no value is better than a wrong one.
    if (this.#pending !== null && !this.#pending.blank && /[\r\n]/.test(markup.slice(-1))) this.#resolve(this.#pending);
    const cut = this.#pending;
    this.#pending = null;
    const isInOne = cut !== null && !this.#elements.isEmpty;
    this.#elements.finish(end, isInOne);
    if (isInOne && !cut.blank) this.#log.add('truncated-value', cut.start, cut.name.name);
  }
}
