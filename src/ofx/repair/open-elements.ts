/**
 * What is open: a stack of at most 64 names. Names with a fixed place (`levelOf`) end whatever is open at their depth or
 * deeper, and a value of a transaction begins one, which mends missing tags.
 */

import type { EndTags } from './end-tags.js';
import type { Name } from './names.js';
import type { RepairLog } from './repair-notices.js';
import type { ElementSink } from './sink.js';

const DEEPEST = 64;

export class OpenElements {
  readonly #sink: ElementSink;
  readonly #log: RepairLog;
  readonly #endTags: EndTags;
  readonly #stack: Name[] = [];
  readonly #transaction: Name;

  /** @param transaction what is begun where its start tag is missing. */
  constructor(sink: ElementSink, tools: { log: RepairLog; endTags: EndTags; transaction: Name }) {
    this.#sink = sink;
    this.#log = tools.log;
    this.#endTags = tools.endTags;
    this.#transaction = tools.transaction;
  }

  get isEmpty(): boolean {
    return this.#stack.length === 0;
  }

  get innermost(): Name | null {
    return this.#stack.at(-1) ?? null;
  }

  has({ name }: Name): boolean {
    return this.#stack.some((one) => one.name === name);
  }

  push(name: Name, start: number): void {
    const { level } = name;
    if (name.kind === 'aggregate') this.#endForgotten(name, start);
    if (level !== null) {
      let keep = this.#stack.length;
      while (keep > 1 && endsBefore(this.#stack[keep - 1], level)) keep -= 1;
      if (level === 10) keep = 0;
      this.#endDownTo(keep, start);
    }
    if (this.#stack.length >= DEEPEST) {
      this.#log.add('too-deep', start);
      return;
    }
    this.#stack.push(name);
    this.#sink.open(name, start);
  }

  /** Makes sure that a value stands where it can. */
  placeValue(value: Name, start: number): void {
    const open = this.#stack.at(-1);
    if (open === undefined) return;
    if (beginsTransaction(open, value)) {
      this.#log.add('missing-start-tag', start, this.#transaction.startTag);
      this.push(this.#transaction, start);
    } else if (open.content !== null || open.isList) this.#endForgotten(value, start);
    // In INVBANKTRAN it stands beside the transaction.
    else if (value.name === 'SUBACCTFUND' && open.name === this.#transaction.name)
      this.#endDownTo(this.#stack.length - 1, start);
  }

  /** `<STATUS><CODE>0<DTSERVER>`: what a small aggregate cannot hold stands beside it. */
  #endForgotten(element: Name, start: number): void {
    for (;;) {
      const [open = null, within = null] = [this.#stack.at(-1), this.#stack.at(-2)];
      if (!isForgotten(open, within, element, { endTags: this.#endTags, start })) return;
      this.#endDownTo(this.#stack.length - 1, start);
    }
  }

  /** An end tag: of what it names, or of what it must mean. */
  close(name: Name, offset: number): void {
    const index = this.#closedBy(name, offset);
    if (index < 0) {
      this.#log.add('stray-end-tag', offset, name.endTag);
      return;
    }
    this.#endDownTo(index + 1, offset);
    this.#popTo(index);
  }

  /** Ends everything, for want of end tags. */
  endAll(offset: number): void {
    this.#endDownTo(0, offset);
  }

  closeInnermost(): void {
    this.#popTo(this.#stack.length - 1);
  }

  /** The end of the text: what is still open was cut off, or its end tags were forgotten. */
  finish(end: number, isInValue: boolean): void {
    if (this.isEmpty) return;
    const list = this.#stack.findIndex(({ isList }) => isList);
    const insideItem = list >= 0 && this.#stack.length > list + 1;
    // Only the outermost end tags are missing: some banks forget them, and nothing is lost.
    if (!isInValue && this.#stack.every(({ level }) => level !== null && level <= 20)) {
      this.endAll(end);
      return;
    }
    this.#log.add('truncated', end);
    if (insideItem) this.#sink.dropItem(end);
    this.#popTo(0);
  }

  /** Its own element, or for `</STMTRS>` CCSTMTRS that is open: another name of the same place and family. */
  #closedBy({ name, level, endTag }: Name, offset: number): number {
    const own = this.#stack.findLastIndex((one) => one.name === name);
    if (own >= 0 || level === null || level <= 10) return own;
    const index = this.#stack.findLastIndex((one) => one.level === level);
    const open = this.#stack[index];
    if (open === undefined || !(open.name.endsWith(name) || name.endsWith(open.name))) return -1;
    this.#log.add('wrong-end-tag', offset, `${endTag} for ${open.endTag}`);
    return index;
  }

  #endDownTo(length: number, offset: number): void {
    if (length >= this.#stack.length) return;
    for (const { endTag } of this.#stack.slice(length)) this.#log.add('missing-end-tag', offset, endTag);
    this.#popTo(length);
  }

  #popTo(length: number): void {
    while (this.#stack.length > length) {
      const top = this.#stack.pop();
      if (top !== undefined) this.#sink.close(top);
    }
  }
}

function isForgotten(
  open: Name | null,
  within: Name | null,
  element: Name,
  at: { endTags: EndTags; start: number },
): boolean {
  if (open === null || element.kind === 'unknown' || canHold(open, element)) return false;
  return !at.endTags.comesWithin(open, within, at.start);
}

const OUTSIDE_LISTS = new Set('CURDEF MKTGINFO BANKACCTFROM CCACCTFROM INVACCTFROM LOANACCTFROM'.split(' '));

function canHold({ content, isList }: Name, { name }: Name): boolean {
  return content === null ? !(isList && OUTSIDE_LISTS.has(name)) : content.has(name);
}

const FIRST_VALUES = new Set(['TRNTYPE', 'DTPOSTED', 'TRNAMT', 'FITID']);

function beginsTransaction(open: Name, value: Name): boolean {
  return open.isList && FIRST_VALUES.has(value.name) && /TRANLISTP?$/.test(open.name) && open.name !== 'INVTRANLIST';
}

function endsBefore(open: Name | undefined, level: number): boolean {
  return open !== undefined && (open.level === null || open.level >= level);
}
