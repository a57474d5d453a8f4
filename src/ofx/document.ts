/**
 * Element events to trees, by way of ofx-js. The children of long lists go there in batches, so that neither the text nor
 * the parser's own tree of a long history is ever whole in memory; in the document itself a reference stands for them.
 */

import { escapeText } from './element.js';
import { isList } from './names.js';
import { parseXml, type Tree } from './parse.js';
import type { ElementSink } from './repair.js';

/** A child of a list, in the order of the file. */
export interface ListItem {
  readonly name: string;
  readonly tree: Tree;
  readonly offset: number;
}

export interface OfxDocument {
  readonly tree: Tree;
  readonly lists: readonly (readonly ListItem[])[];
}

/** The leaf that stands for a list's items; a name that no file can have, since the sink below drops it. */
export const LIST_REFERENCE = 'OFX-SYNC.ITEMS';

const BATCH = 100;
const BATCH_CHARACTERS = 65_536;

export class DocumentSink implements ElementSink {
  readonly documents: OfxDocument[] = [];
  #main: string[] = [];
  #lists: ListItem[][] = [];
  #depth = 0;
  #listDepth = 0;
  #item: { name: string; parts: string[]; offset: number } | null = null;
  #batch: { name: string; parts: string[]; offsets: number[]; characters: number } | null = null;
  readonly #onDrop: (name: string, offset: number) => void;

  constructor(onDrop: (name: string, offset: number) => void) {
    this.#onDrop = onDrop;
  }

  open(name: string, offset: number): void {
    this.#depth += 1;
    if (this.#listDepth > 0 && this.#depth === this.#listDepth + 1) this.#item = { name, parts: [], offset };
    this.#write(`<${name}>`);
    if (this.#listDepth > 0 || !isList(name)) return;
    this.#listDepth = this.#depth;
    this.#main.push(`<${LIST_REFERENCE}>${this.#lists.length}</${LIST_REFERENCE}>`);
    this.#lists.push([]);
  }

  leaf(name: string, value: string): void {
    if (name !== LIST_REFERENCE) this.#write(`<${name}>${escapeText(value)}</${name}>`);
  }

  close(name: string): void {
    if (this.#depth === this.#listDepth) {
      this.#flush();
      this.#listDepth = 0;
    }
    this.#write(`</${name}>`);
    this.#depth -= 1;
    if (this.#item !== null && this.#depth === this.#listDepth) this.#endItem(this.#item);
    if (this.#depth === 0) this.#endDocument();
  }

  dropItem(offset: number): void {
    if (this.#item === null) return;
    this.#onDrop(this.#item.name, this.#item.offset || offset);
    this.#item = { ...this.#item, parts: [], name: '' };
  }

  #write(markup: string): void {
    (this.#item?.parts ?? this.#main).push(markup);
  }

  #endItem(item: { name: string; parts: string[]; offset: number }): void {
    this.#item = null;
    if (item.name === '') return;
    if (
      this.#batch !== null &&
      (this.#batch.name !== item.name ||
        this.#batch.offsets.length >= BATCH ||
        this.#batch.characters > BATCH_CHARACTERS)
    )
      this.#flush();
    this.#batch ??= { name: item.name, parts: [], offsets: [], characters: 0 };
    const xml = item.parts.join('');
    this.#batch.parts.push(xml);
    this.#batch.offsets.push(item.offset);
    this.#batch.characters += xml.length;
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (batch === null) return;
    const root = parseXml(`<OFX>${batch.parts.join('')}</OFX>`);
    const trees = typeof root === 'string' ? [] : [root[batch.name] ?? []].flat();
    const list = this.#lists.at(-1);
    for (const [index, tree] of trees.entries())
      list?.push({ name: batch.name, tree, offset: batch.offsets[index] ?? 0 });
  }

  #endDocument(): void {
    this.documents.push({ tree: parseXml(this.#main.join('')), lists: this.#lists });
    this.#main = [];
    this.#lists = [];
  }
}

/** The events as one text, for people: `inspect --as repaired`. */
export class TextSink implements ElementSink {
  readonly parts: string[] = [];
  #depth = 0;

  open(name: string): void {
    this.#line(`<${name}>`);
    this.#depth += 1;
  }

  leaf(name: string, value: string): void {
    this.#line(`<${name}>${escapeText(value)}</${name}>`);
  }

  close(name: string): void {
    this.#depth -= 1;
    this.#line(`</${name}>`);
  }

  dropItem(): void {
    // Shown as far as it came: the text is for people who look for what was cut.
  }

  #line(markup: string): void {
    this.parts.push(`${'  '.repeat(this.#depth)}${markup}\n`);
  }
}
