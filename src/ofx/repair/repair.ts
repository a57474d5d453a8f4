/**
 * The repair stage: turns any spelling of OFX into well-formed element events, in one pass over the tokens. Every repair is
 * a notice.
 *
 * Leaves end at the next tag. An unknown name is a leaf if text follows, an aggregate if its own end tag comes before its
 * parent's, and an empty leaf otherwise. `open-elements.ts` has the rules for closing elements.
 */

import type { NoticeList } from '../notices.js';
import { isBlankText } from '../text/characters.js';
import type { SourceText } from '../text/charset.js';
import { EndTags } from './end-tags.js';
import type { ElementName } from './names.js';
import { OpenElements } from './open-elements.js';
import {
  addMarkup,
  addText,
  isAggregate,
  isHtml,
  isTextInValue,
  type PendingElement,
  pendingMarkup,
  type Reading,
  valueMarkup,
} from './pending-element.js';
import { plainItemsAt } from './plain-items.js';
import { RepairLog } from './repair-notices.js';
import { Scanner, type Token } from './scan.js';
import type { ElementSink } from './sink.js';

type OpenToken = Extract<Token, { type: 'open' }>;

const MAX_DOCUMENTS = 1_000;
/** A transaction has about that many. */
const TOKENS_OF_ITEM = 10;

export class Repair {
  readonly #reading: Reading;
  readonly #scanner: Scanner;
  readonly #sink: ElementSink;
  readonly #log: RepairLog;
  readonly #endTags: EndTags;
  readonly #elements: OpenElements;
  readonly #transaction: ElementName;
  #pending: PendingElement | null = null;
  #documents = 0;
  /** Tokens to process before {@link run} returns. */
  #left = 0;

  constructor(source: SourceText, sink: ElementSink, notices: NoticeList) {
    this.#log = new RepairLog(notices);
    this.#reading = { source, log: this.#log };
    this.#scanner = new Scanner(source.markup, (offset, count) => {
      for (let nth = 0; nth < count; nth += 1) this.#log.add('comment', offset);
    });
    this.#endTags = new EndTags(source.markup);
    this.#sink = sink;
    this.#transaction = this.#scanner.nameOf('STMTTRN');
    const tools = { log: this.#log, endTags: this.#endTags, transaction: this.#transaction };
    this.#elements = new OpenElements(sink, tools);
  }

  /** Processes about `budget` tokens; returns false at the end of the text. */
  run(budget: number): boolean {
    this.#left = budget;
    while (this.#left > 0) {
      this.#left -= 1;
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

  /** A value with its tags, of which most of a file consists. */
  #value({ name, start, from, to }: Extract<Token, { type: 'value' }>): void {
    if (this.#pending !== null) this.#resolve(this.#pending);
    if (this.#elements.isEmpty) return;
    if (name.name !== name.spelling) this.#log.add('name-spelling', start);
    this.#elements.placeValue(name, start);
    this.#sink.leaf(name, valueMarkup(name, { start: from, end: to }, this.#reading), start);
  }

  #text(piece: Extract<Token, { type: 'text' }>): void {
    const pending = this.#pending;
    if (pending !== null) addText(pending, piece, this.#reading);
    // Text between documents is the next header.
    else if (!this.#elements.isEmpty && !isBlankText(this.#scanner.text, piece.start, piece.end))
      this.#log.add('stray-text', piece.start);
  }

  #open(token: OpenToken): void {
    const { name } = token;
    const pending = this.#pending;
    if (pending === null && name === this.#transaction && this.#takePlainItems(token.start)) return;
    if (pending !== null) {
      if (isTextInValue(pending, token, this.#endTags)) {
        addMarkup(pending, token, this.#reading);
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
    this.#pending = {
      name,
      start: token.start,
      selfClosing: token.selfClosing,
      text: '',
      blank: true,
      hasMarkup: false,
      hasBreak: false,
      hasLines: false,
    };
    if (token.selfClosing) this.#resolve(this.#pending);
  }

  /** Passes on items that need no repair; returns false if the one at an offset does. */
  #takePlainItems(start: number): boolean {
    if (!this.#sink.takesItems || !this.#elements.hasRoom) return false;
    const found = plainItemsAt(this.#scanner.text, start);
    if (found === null) return false;
    const { offsets, end } = found;
    this.#sink.items?.(this.#transaction, offsets, this.#scanner.text.slice(start, end));
    this.#scanner.skipTo(end);
    this.#left -= offsets.length * TOKENS_OF_ITEM;
    return true;
  }

  #noticeSpelling({ start, attributes, unfinished }: OpenToken, { name, spelling, startTag }: ElementName): void {
    if (name !== spelling) this.#log.add('name-spelling', start);
    if (unfinished) this.#log.add('unfinished-tag', start, startTag);
    if (attributes) this.#log.add('attributes', start);
  }

  /** Skips everything before the root; a body that begins with a message set or less gets the root that it lacks. */
  #enterRoot({ name, level }: ElementName, start: number): boolean {
    if (level === null || !this.#hasRoom(start)) return false;
    if (name === 'OFX') return true;
    this.#log.add('no-root', start);
    this.#elements.push(this.#scanner.nameOf('OFX'), start);
    return true;
  }

  /** Begins another document before the end tag of the last one. */
  #restartRoot(root: ElementName, start: number): void {
    this.#elements.closeAll(start);
    if (this.#hasRoom(start)) this.#elements.push(root, start);
  }

  /** Returns true while the number of documents is within the limit. */
  #hasRoom(start: number): boolean {
    this.#documents += 1;
    if (this.#documents > MAX_DOCUMENTS) this.#log.add('too-many-documents', start);
    return this.#documents <= MAX_DOCUMENTS;
  }

  #close(token: Extract<Token, { type: 'close' }>): void {
    const { name } = token;
    if (token.unfinished) this.#log.add('unfinished-tag', token.start, name.endTag);
    const pending = this.#pending;
    if (pending !== null) {
      // `</>` is SGML's end tag for the innermost element.
      if (pending.name.name === name.name || name.name === '') {
        this.#endPending(pending);
        return;
      }
      if (!pending.blank && isHtml(name.name) && !this.#elements.has(name)) {
        addMarkup(pending, token, this.#reading);
        return;
      }
      this.#resolve(pending);
    }
    if (this.#elements.isEmpty) return;
    if (name.name === '') this.#elements.closeInnermost();
    else this.#elements.close(name, token.start);
  }

  /** Opens the pending element as an aggregate or ends it as a value: the next tag is not its own end tag. */
  #resolve(pending: PendingElement): void {
    if (pending.selfClosing || !isAggregate(pending, this.#elements.innermost, this.#endTags)) {
      this.#endPending(pending);
      return;
    }
    this.#pending = null;
    if (!pending.blank) this.#log.add('stray-text', pending.start);
    this.#elements.push(pending.name, pending.start);
  }

  #endPending(pending: PendingElement): void {
    const { name, start, blank } = pending;
    this.#pending = null;
    // HTML between the elements lays out a page.
    if (blank && isHtml(name.name)) return;
    if (!blank && name.kind === 'aggregate') this.#log.add('aggregate-as-value', start, name.name);
    this.#sink.leaf(name, pendingMarkup(pending), start);
  }

  #finish(): void {
    const { text } = this.#scanner;
    // A value at the very end may have lost digits, unless a line break follows: no value is better than a wrong one.
    if (this.#pending !== null && !this.#pending.blank && /[\r\n]/.test(text.slice(-1))) this.#resolve(this.#pending);
    const cut = this.#pending;
    this.#pending = null;
    const isInElement = cut !== null && !this.#elements.isEmpty;
    this.#elements.finish(text.length, isInElement);
    if (isInElement && !cut.blank) this.#log.add('truncated-value', cut.start, cut.name.name);
  }
}
