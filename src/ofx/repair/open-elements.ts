/**
 * The open elements: a stack of at most 64 names. A name with a fixed level closes everything open at its level or deeper,
 * and a value of a transaction begins one, which repairs missing tags.
 */

import type { EndTags } from './end-tags.js';
import type { ElementName } from './names.js';
import type { RepairLog } from './repair-notices.js';
import type { ElementSink } from './sink.js';

const MAX_DEPTH = 64;

export class OpenElements {
  readonly #sink: ElementSink;
  readonly #log: RepairLog;
  readonly #endTags: EndTags;
  readonly #stack: ElementName[] = [];
  readonly #transaction: ElementName;

  /** @param transaction the element to begin where its start tag is missing. */
  constructor(sink: ElementSink, tools: { log: RepairLog; endTags: EndTags; transaction: ElementName }) {
    this.#sink = sink;
    this.#log = tools.log;
    this.#endTags = tools.endTags;
    this.#transaction = tools.transaction;
  }

  get isEmpty(): boolean {
    return this.#stack.length === 0;
  }

  /** True while another element may be opened. */
  get hasRoom(): boolean {
    return this.#stack.length < MAX_DEPTH;
  }

  get innermost(): ElementName | null {
    return this.#stack.at(-1) ?? null;
  }

  has({ name }: ElementName): boolean {
    return this.#stack.some((one) => one.name === name);
  }

  push(name: ElementName, start: number): void {
    const { level } = name;
    if (name.kind === 'aggregate') this.#closeForgotten(name, start);
    if (level !== null) {
      let keep = this.#stack.length;
      while (keep > 1 && endsBefore(this.#stack[keep - 1], level)) keep -= 1;
      if (level === 10) keep = 0;
      this.#closeMissing(keep, start);
    }
    if (!this.hasRoom) {
      this.#log.add('too-deep', start);
      return;
    }
    this.#stack.push(name);
    this.#sink.open(name, start);
  }

  /** Opens or closes elements so that a value stands where OFX allows it. */
  placeValue(value: ElementName, start: number): void {
    const open = this.#stack.at(-1);
    if (open === undefined) return;
    if (beginsTransaction(open, value)) {
      this.#log.add('missing-start-tag', start, this.#transaction.startTag);
      this.push(this.#transaction, start);
    } else if (open.content !== null || open.isList) this.#closeForgotten(value, start);
    // INVBANKTRAN has it beside the transaction.
    else if (value.name === 'SUBACCTFUND' && open.name === this.#transaction.name)
      this.#closeMissing(this.#stack.length - 1, start);
  }

  /** Closes small aggregates that cannot hold an element: in `<STATUS><CODE>0<DTSERVER>`, STATUS. */
  #closeForgotten(element: ElementName, start: number): void {
    for (;;) {
      const [open = null, within = null] = [this.#stack.at(-1), this.#stack.at(-2)];
      if (!isForgotten(open, within, element, { endTags: this.#endTags, start })) return;
      this.#closeMissing(this.#stack.length - 1, start);
    }
  }

  /** Closes the element that an end tag names or must mean. */
  close(name: ElementName, offset: number): void {
    const index = this.#closedBy(name, offset);
    if (index < 0) {
      this.#log.add('stray-end-tag', offset, name.endTag);
      return;
    }
    this.#closeMissing(index + 1, offset);
    this.#popTo(index);
  }

  /** Closes everything; every missing end tag is a notice. */
  closeAll(offset: number): void {
    this.#closeMissing(0, offset);
  }

  closeInnermost(): void {
    this.#popTo(this.#stack.length - 1);
  }

  /** Closes everything at the end of the text, which was cut off or has forgotten end tags. */
  finish(end: number, isInValue: boolean): void {
    if (this.isEmpty) return;
    const list = this.#stack.findIndex(({ isList }) => isList);
    const insideItem = list >= 0 && this.#stack.length > list + 1;
    // Some banks forget the outermost end tags, and nothing is lost.
    if (!isInValue && this.#stack.every(({ level }) => level !== null && level <= 20)) {
      this.closeAll(end);
      return;
    }
    this.#log.add('truncated', end);
    if (insideItem) this.#sink.dropItem(end);
    this.#popTo(0);
  }

  /** Finds the element of that name, or of the same level and family: CCSTMTRS for `</STMTRS>`. */
  #closedBy({ name, level, endTag }: ElementName, offset: number): number {
    const own = this.#stack.findLastIndex((one) => one.name === name);
    if (own >= 0 || level === null || level <= 10) return own;
    const index = this.#stack.findLastIndex((one) => one.level === level);
    const open = this.#stack[index];
    if (open === undefined || !(open.name.endsWith(name) || name.endsWith(open.name))) return -1;
    this.#log.add('wrong-end-tag', offset, `${endTag} for ${open.endTag}`);
    return index;
  }

  #closeMissing(length: number, offset: number): void {
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

/**
 * Returns true if an open aggregate cannot hold an element of OFX and its end tag does not come in time: it was forgotten.
 */
function isForgotten(
  open: ElementName | null,
  within: ElementName | null,
  element: ElementName,
  at: { endTags: EndTags; start: number },
): boolean {
  if (open === null || element.kind === 'unknown' || canHold(open, element)) return false;
  return !at.endTags.comesWithin(open, within, at.start);
}

/** Elements that describe a statement, and so never stand in its list of transactions. */
const OUTSIDE_LISTS = new Set('CURDEF MKTGINFO BANKACCTFROM CCACCTFROM INVACCTFROM LOANACCTFROM'.split(' '));

function canHold({ content, isList }: ElementName, { name }: ElementName): boolean {
  return content === null ? !(isList && OUTSIDE_LISTS.has(name)) : content.has(name);
}

const FIRST_VALUES = new Set(['TRNTYPE', 'DTPOSTED', 'TRNAMT', 'FITID']);

/** Returns true for a value of a transaction directly in a list of transactions: the start tag before it is missing. */
function beginsTransaction(open: ElementName, value: ElementName): boolean {
  return open.isList && FIRST_VALUES.has(value.name) && /TRANLISTP?$/.test(open.name) && open.name !== 'INVTRANLIST';
}

/** Returns true if an open element must have ended where a name of this level begins. */
function endsBefore(open: ElementName | undefined, level: number): boolean {
  return open !== undefined && (open.level === null || open.level >= level);
}
