/**
 * Element events to documents. The children of long lists go to ofx-js in batches, so that the tree of a long history is
 * never in memory as a whole; in the document itself, a reference stands for them. A list that has a reader is read along
 * with the file; of others, the text of the batches is kept.
 */

import { type DecimalMarks, decimalMark } from '../amount.js';
import type { NoticeList } from '../notices.js';
import type { ElementName } from './names.js';
import { isAccount, isCurrency, isTransaction } from './names.js';
import type { ElementSink } from './sink.js';
import { childNames, children, parseXml, type Tree, text } from './tree.js';

/** A child of a list, in the order of the file. */
export interface ListItem {
  readonly name: string;
  readonly tree: Tree;
  readonly offset: number;
}

/** The child of a list that is open. */
interface OpenItem {
  readonly name: string;
  readonly offset: number;
  /** Index of its first part in the batch. */
  readonly start: number;
  /** Offsets of the transactions inside. */
  readonly transactions: number[];
}

/** Children of a list, written as one document. */
interface Batch {
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly xml: string;
}

/** Receives the children of a list while the file is read. */
export interface ListReader {
  read(items: readonly ListItem[]): void;
}

/** Returns the reader for a list of that name in a reply whose currency is known, or `null` to keep its batches. */
type ReaderFor<R extends ListReader> = (list: string, currency: string) => R | null;

interface List<R> {
  readonly reader: R | null;
  readonly batches: Batch[];
}

export class OfxDocument<R extends ListReader = ListReader> {
  readonly tree: Tree;
  /** The decimal separators of all amounts. */
  readonly marks: DecimalMarks;
  readonly #lists: readonly List<R>[];

  constructor(tree: Tree, marks: DecimalMarks, lists: readonly List<R>[]) {
    this.tree = tree;
    this.marks = marks;
    this.#lists = lists;
  }

  /** Yields the children of a list without a reader, a batch at a time. */
  *batchesOf(list: Tree | undefined): Generator<readonly ListItem[]> {
    for (const batch of this.#list(list)?.batches ?? []) yield itemsOf(batch);
  }

  /** Returns the reader of a list, or `null`. */
  readerOf(list: Tree | undefined): R | null {
    return this.#list(list)?.reader ?? null;
  }

  /** Returns the document as one tree, with the children of lists in their places. */
  wholeTree(node = this.tree): Tree {
    if (typeof node === 'string') return node;
    const byName = new Map<string, Tree | readonly Tree[]>();
    for (const name of childNames(node)) {
      if (name === DECIMAL_MARKS) continue;
      if (name === LIST_REFERENCE) {
        for (const [item, trees] of this.#itemsByName(node)) byName.set(item, trees);
        continue;
      }
      const trees = children(node, name).map((child) => this.wholeTree(child));
      byName.set(name, trees.length === 1 ? (trees[0] ?? '') : trees);
    }
    return Object.fromEntries(byName);
  }

  #itemsByName(list: Tree): ReadonlyMap<string, readonly Tree[]> {
    const byName = new Map<string, Tree[]>();
    for (const batch of this.batchesOf(list)) {
      for (const { name, tree } of batch) {
        const same = byName.get(name);
        if (same === undefined) byName.set(name, [tree]);
        else same.push(tree);
      }
    }
    return byName;
  }

  #list(list: Tree | undefined): List<R> | undefined {
    const index = text(list, LIST_REFERENCE);
    return index === null ? undefined : this.#lists[Number(index)];
  }
}

/** The leaf that stands for the children of a list. No element of a file has this name: theirs begin with a letter. */
export const LIST_REFERENCE = '-items';
/** The leaf of a reply with the separators that its amounts show before decimals. */
const DECIMAL_MARKS = '-decimals';

/** Returns true for a leaf that this stage adds. */
export function isOwnLeaf(name: string): boolean {
  return name === LIST_REFERENCE || name === DECIMAL_MARKS;
}

/** Returns the decimal separators that the amounts of a reply show, those of its transactions included. */
export function marksOf(reply: Tree | undefined): DecimalMarks {
  const marks = children(reply, DECIMAL_MARKS).join('');
  return { comma: marks.includes(','), point: marks.includes('.') };
}

const BATCH = 100;
/** A value has three parts. */
const BATCH_PARTS = 6_000;
/** The level of STMTRS and the other replies. */
const REPLY_LEVEL = 40;
const AMOUNT_TAG = '<TRNAMT>';
const ROOT = '<OFX>';
const ROOT_END = '</OFX>';
/** More than any reply has outside its lists of transactions; also the limit for one transaction. */
const MAX_PARTS = 150_000;

export class DocumentSink<R extends ListReader = ListReader> implements ElementSink {
  readonly documents: OfxDocument<R>[] = [];
  readonly #notices: NoticeList;
  readonly #readerFor: ReaderFor<R>;
  #main: string[] = [];
  /** Depth inside an element that is skipped. */
  #ignored = 0;
  #lists: List<R>[] = [];
  #depth = 0;
  /** Depth of the open reply; then its name and its currency. */
  #replyDepth = 0;
  #reply: ElementName | null = null;
  #currency: string | null = null;
  /** Decimal separators of the open reply, and of the document. */
  #marks = '';
  #allMarks = '';
  #hasList = false;
  #hasAccount = false;
  #listDepth = 0;
  #item: OpenItem | null = null;
  #names: string[] = [];
  #offsets: number[] = [];
  /** Markup of the open batch. */
  #parts: string[] = [ROOT];

  constructor(notices: NoticeList, readerFor: ReaderFor<R> = () => null) {
    this.#notices = notices;
    this.#readerFor = readerFor;
  }

  open(opened: ElementName, offset: number): void {
    const { name, startTag, isList, level } = opened;
    if (this.#ignored > 0 || this.#isFull(offset)) {
      this.#ignored += 1;
      return;
    }
    if (this.#depth === this.#replyDepth && isAccount(name)) this.#noteAccount(offset);
    this.#depth += 1;
    if (this.#listDepth > 0 && this.#depth === this.#listDepth + 1)
      this.#item = { name, offset, start: this.#parts.length, transactions: [] };
    if (this.#item !== null && isTransaction(name)) this.#item.transactions.push(offset);
    this.#target().push(startTag);
    if (level === REPLY_LEVEL) {
      this.#replyDepth = this.#depth;
      this.#reply = opened;
      this.#currency = null;
      this.#marks = '';
      this.#hasList = false;
      this.#hasAccount = false;
    }
    if (isList && this.#listDepth === 0) this.#openList(name);
  }

  /** An account may come after its transactions, but a second account has transactions of its own. */
  #noteAccount(offset: number): void {
    if (this.#hasList && this.#hasAccount) this.#splitReply(offset);
    this.#hasAccount = true;
  }

  #noteCurrency(markup: string, offset: number): void {
    if (this.#hasList && this.#currency !== null && this.#currency !== markup) {
      this.#currency = null;
      this.#splitReply(offset);
    }
    this.#currency ??= markup;
  }

  /** Splits a reply at a second account or currency after transactions: it is another statement. */
  #splitReply(offset: number): void {
    if (this.#reply === null || this.#replyDepth === 0) return;
    const currency = this.#currency === null ? '' : `<CURDEF>${this.#currency}</CURDEF>`;
    this.#addMarks();
    this.#main.push(this.#reply.endTag, this.#reply.startTag, currency);
    this.#hasList = false;
    this.#notices.add(
      'several-accounts',
      `one ${this.#reply.name} with several accounts was read as several statements`,
      offset,
    );
  }

  #openList(name: string): void {
    this.#listDepth = this.#depth;
    this.#hasList = true;
    this.#main.push(`<${LIST_REFERENCE}>${this.#lists.length}</${LIST_REFERENCE}>`);
    const currency = this.#replyDepth > 0 && this.#depth === this.#replyDepth + 1 ? this.#currency : null;
    const reader = currency !== null && isCurrency(currency) ? this.#readerFor(name, currency) : null;
    this.#lists.push({ reader, batches: [] });
  }

  #noteMark(amount: string): void {
    // Most amounts have only the point that others had.
    const hasOnePoint = !amount.includes(',') && amount.indexOf('.') === amount.lastIndexOf('.');
    if (hasOnePoint && this.#marks.includes('.')) return;
    const mark = decimalMark(amount);
    if (mark !== null) this.#addMark(mark);
  }

  /** Notes the point of plain items, whose amounts have no other separator. */
  #notePoint(markup: string): void {
    for (let at = markup.indexOf(AMOUNT_TAG); at >= 0; at = markup.indexOf(AMOUNT_TAG, at + 1)) {
      if (!markup.slice(at + AMOUNT_TAG.length, markup.indexOf('<', at + 1)).includes('.')) continue;
      this.#addMark('.');
      return;
    }
  }

  #addMark(mark: '.' | ','): void {
    if (!this.#marks.includes(mark)) this.#marks += mark;
    if (!this.#allMarks.includes(mark)) this.#allMarks += mark;
  }

  #addMarks(): void {
    if (this.#marks !== '') this.#main.push(`<${DECIMAL_MARKS}>${this.#marks}</${DECIMAL_MARKS}>`);
  }

  leaf({ name, startTag, endTag, isAmount }: ElementName, markup: string, offset: number): void {
    if (this.#ignored > 0 || this.#isFull(offset)) return;
    if (isAmount) this.#noteMark(markup);
    if (name === 'CURDEF' && this.#depth === this.#replyDepth) this.#noteCurrency(markup, offset);
    this.#target().push(startTag, markup, endTag);
  }

  close({ endTag }: ElementName): void {
    if (this.#ignored > 0) {
      this.#ignored -= 1;
      return;
    }
    if (this.#depth === this.#listDepth) {
      this.#endBatch();
      this.#listDepth = 0;
    }
    if (this.#depth === this.#replyDepth) {
      this.#addMarks();
      this.#replyDepth = 0;
    }
    this.#target().push(endTag);
    this.#depth -= 1;
    if (this.#item !== null && this.#depth === this.#listDepth) this.#endItem(this.#item);
    if (this.#depth === 0) this.#endDocument();
  }

  get takesItems(): boolean {
    const isInList = this.#listDepth > 0 && this.#depth === this.#listDepth;
    return isInList && this.#ignored === 0 && this.#main.length < MAX_PARTS;
  }

  items({ name }: ElementName, offsets: readonly number[], markup: string): void {
    this.#endBatch();
    if (!this.#marks.includes('.')) this.#notePoint(markup);
    this.#addBatch({ names: offsets.map(() => name), offsets, xml: `${ROOT}${markup}${ROOT_END}` });
  }

  dropItem(): void {
    if (this.#item === null) return;
    const { name, offset, start, transactions } = this.#item;
    for (const one of transactions.length > 0 ? transactions : [offset])
      this.#notices.add('truncated-transaction', `the file ends inside the last ${name}, which was skipped`, one);
    this.#parts.length = start;
    this.#item = null;
    this.#ignored = this.#depth - this.#listDepth;
    this.#depth = this.#listDepth;
  }

  #isFull(offset: number): boolean {
    const length = this.#item === null ? this.#main.length : this.#parts.length - this.#item.start;
    if (length < MAX_PARTS) return false;
    this.#notices.add(
      'too-many-elements',
      'one place has more elements than any statement; the rest were skipped',
      offset,
    );
    return true;
  }

  #target(): string[] {
    return this.#item === null ? this.#main : this.#parts;
  }

  #endItem({ name, offset }: OpenItem): void {
    this.#item = null;
    this.#names.push(name);
    this.#offsets.push(offset);
    if (this.#names.length >= BATCH || this.#parts.length > BATCH_PARTS) this.#endBatch();
  }

  #endBatch(): void {
    if (this.#names.length === 0) return;
    this.#parts.push(ROOT_END);
    this.#addBatch({ names: this.#names, offsets: this.#offsets, xml: this.#parts.join('') });
    this.#names = [];
    this.#offsets = [];
    this.#parts = [ROOT];
  }

  #addBatch(batch: Batch): void {
    const list = this.#lists.at(-1);
    if (list?.reader) list.reader.read(itemsOf(batch));
    else list?.batches.push(batch);
  }

  #endDocument(): void {
    const marks = { comma: this.#allMarks.includes(','), point: this.#allMarks.includes('.') };
    this.documents.push(new OfxDocument(parseXml(this.#main.join('')), marks, this.#lists));
    this.#main = [];
    this.#allMarks = '';
    this.#lists = [];
  }
}

/** Parses a batch. ofx-js groups children by name; this restores their order in the file. */
function itemsOf({ names, offsets, xml }: Batch): readonly ListItem[] {
  const root = parseXml(xml);
  if (typeof root === 'string') return [];
  const byName = new Map<string, Iterator<Tree>>();
  return names.map((name, index) => {
    const same = byName.get(name) ?? children(root, name).values();
    byName.set(name, same);
    const tree: Tree = same.next().value ?? '';
    return { name, tree, offset: offsets[index] ?? 0 };
  });
}
