/**
 * Element events to documents. The children of long lists go to ofx-js in batches, so that the tree of a long history is
 * never whole in memory; in the document itself a reference stands for them. A list that somebody can read at once is read
 * while it comes; of others the text of the batches is kept.
 */

import type { NoticeList } from '../notices.js';
import type { Name } from './names.js';
import { isAccount, isCurrency, isTransaction } from './names.js';
import type { ElementSink } from './sink.js';
import { many, namesIn, parseXml, type Tree, text } from './tree.js';

/** A child of a list, in the order of the file. */
export interface ListItem {
  readonly name: string;
  readonly tree: Tree;
  readonly offset: number;
}

/** A child of a list that is being read. */
interface Item {
  readonly name: string;
  readonly offset: number;
  /** Where it begins among the parts of its batch. */
  readonly start: number;
  /** Offsets of the transactions in it. */
  readonly transactions: number[];
}

/** Children of a list as one document. */
interface Batch {
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly xml: string;
}

/** Takes the children of a list while the file is read. */
export interface ListReader {
  read(items: readonly ListItem[]): void;
}

/** The reader of a list of that name in a reply that has named its currency; `null` when its batches are to be kept. */
type ReaderFor<R extends ListReader> = (list: string, currency: string) => R | null;

interface List<R> {
  readonly reader: R | null;
  readonly batches: Batch[];
}

export class OfxDocument<R extends ListReader = ListReader> {
  readonly tree: Tree;
  readonly #lists: readonly List<R>[];

  constructor(tree: Tree, lists: readonly List<R>[]) {
    this.tree = tree;
    this.#lists = lists;
  }

  /** The children of a list that had no reader, a batch of them at a time. */
  *batchesOf(list: Tree | undefined): Generator<readonly ListItem[]> {
    for (const batch of this.#list(list)?.batches ?? []) yield itemsOf(batch);
  }

  /** Who has read a list. */
  readerOf(list: Tree | undefined): R | null {
    return this.#list(list)?.reader ?? null;
  }

  /** The document as one tree, with the children of lists in their places. */
  wholeTree(node = this.tree): Tree {
    if (typeof node === 'string') return node;
    const children = new Map<string, Tree | readonly Tree[]>();
    for (const name of namesIn(node)) {
      if (name === LIST_REFERENCE) {
        for (const [item, trees] of this.#itemsByName(node)) children.set(item, trees);
        continue;
      }
      const trees = many(node, name).map((child) => this.wholeTree(child));
      children.set(name, trees.length === 1 ? (trees[0] ?? '') : trees);
    }
    return Object.fromEntries(children);
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

/** The leaf that stands for a list's children. No element of a file has this name: theirs begin with a letter. */
export const LIST_REFERENCE = '-items';

const BATCH = 100;
/** A value is three parts. */
const BATCH_PARTS = 6_000;
/** Of STMTRS and its kin. */
const REPLY_LEVEL = 40;
const ROOT = '<OFX>';
const ROOT_END = '</OFX>';
/** More than any reply has outside its lists of transactions; also the most that one transaction may have. */
const MOST_PARTS = 150_000;

export class DocumentSink<R extends ListReader = ListReader> implements ElementSink {
  readonly documents: OfxDocument<R>[] = [];
  readonly #notices: NoticeList;
  readonly #readerFor: ReaderFor<R>;
  #main: string[] = [];
  /** How deep in an element that is left out. */
  #ignored = 0;
  #lists: List<R>[] = [];
  #depth = 0;
  /** Where the reply that is open stands, and the currency that it has named. */
  #replyDepth = 0;
  #reply: Name | null = null;
  #currency: string | null = null;
  #hasList = false;
  #hasAccount = false;
  #listDepth = 0;
  #item: Item | null = null;
  #names: string[] = [];
  #offsets: number[] = [];
  /** Markup of the batch. */
  #parts: string[] = [ROOT];

  constructor(notices: NoticeList, readerFor: ReaderFor<R> = () => null) {
    this.#notices = notices;
    this.#readerFor = readerFor;
  }

  open(opened: Name, offset: number): void {
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
      this.#hasList = false;
      this.#hasAccount = false;
    }
    if (isList && this.#listDepth === 0) this.#openList(name);
  }

  /** The account may stand after its transactions, but a second one has transactions of its own. */
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

  /** A second account after the transactions of the first: a statement of its own, of which no one may be the other's. */
  #splitReply(offset: number): void {
    if (this.#reply === null || this.#replyDepth === 0) return;
    const currency = this.#currency === null ? '' : `<CURDEF>${this.#currency}</CURDEF>`;
    this.#main.push(this.#reply.endTag, this.#reply.startTag, currency);
    this.#hasList = false;
    this.#notices.add('several-accounts', `a ${this.#reply.name} with several accounts was taken as several`, offset);
  }

  #openList(name: string): void {
    this.#listDepth = this.#depth;
    this.#hasList = true;
    this.#main.push(`<${LIST_REFERENCE}>${this.#lists.length}</${LIST_REFERENCE}>`);
    const currency = this.#replyDepth > 0 && this.#depth === this.#replyDepth + 1 ? this.#currency : null;
    const reader = currency !== null && isCurrency(currency) ? this.#readerFor(name, currency) : null;
    this.#lists.push({ reader, batches: [] });
  }

  leaf({ name, startTag, endTag }: Name, markup: string, offset: number): void {
    if (this.#ignored > 0 || this.#isFull(offset)) return;
    if (name === 'CURDEF' && this.#depth === this.#replyDepth) this.#noteCurrency(markup, offset);
    this.#target().push(startTag, markup, endTag);
  }

  close({ endTag }: Name): void {
    if (this.#ignored > 0) {
      this.#ignored -= 1;
      return;
    }
    if (this.#depth === this.#listDepth) {
      this.#endBatch();
      this.#listDepth = 0;
    }
    if (this.#depth === this.#replyDepth) this.#replyDepth = 0;
    this.#target().push(endTag);
    this.#depth -= 1;
    if (this.#item !== null && this.#depth === this.#listDepth) this.#endItem(this.#item);
    if (this.#depth === 0) this.#endDocument();
  }

  dropItem(): void {
    if (this.#item === null) return;
    const { name, offset, start, transactions } = this.#item;
    for (const one of transactions.length > 0 ? transactions : [offset])
      this.#notices.add('truncated-transaction', `the last ${name} was cut off with the file and was left out`, one);
    this.#parts.length = start;
    this.#item = null;
    this.#ignored = this.#depth - this.#listDepth;
    this.#depth = this.#listDepth;
  }

  #isFull(offset: number): boolean {
    const length = this.#item === null ? this.#main.length : this.#parts.length - this.#item.start;
    if (length < MOST_PARTS) return false;
    this.#notices.add('too-many-elements', 'more elements than any statement has in one place were left out', offset);
    return true;
  }

  #target(): string[] {
    return this.#item === null ? this.#main : this.#parts;
  }

  #endItem({ name, offset }: Item): void {
    this.#item = null;
    this.#names.push(name);
    this.#offsets.push(offset);
    if (this.#names.length >= BATCH || this.#parts.length > BATCH_PARTS) this.#endBatch();
  }

  #endBatch(): void {
    if (this.#names.length === 0) return;
    this.#parts.push(ROOT_END);
    const batch = { names: this.#names, offsets: this.#offsets, xml: this.#parts.join('') };
    const list = this.#lists.at(-1);
    if (list?.reader) list.reader.read(itemsOf(batch));
    else list?.batches.push(batch);
    this.#names = [];
    this.#offsets = [];
    this.#parts = [ROOT];
  }

  #endDocument(): void {
    this.documents.push(new OfxDocument(parseXml(this.#main.join('')), this.#lists));
    this.#main = [];
    this.#lists = [];
  }
}

/** ofx-js groups children by name; their order in the file is put back. */
function itemsOf({ names, offsets, xml }: Batch): readonly ListItem[] {
  const root = parseXml(xml);
  if (typeof root === 'string') return [];
  const byName = new Map<string, Iterator<Tree>>();
  return names.map((name, index) => {
    const same = byName.get(name) ?? many(root, name).values();
    byName.set(name, same);
    const tree: Tree = same.next().value ?? '';
    return { name, tree, offset: offsets[index] ?? 0 };
  });
}
