/** Collecting notices: equal ones are counted, and a hostile file cannot make an endless list of different ones. */

import type { Notice } from '../model/notice.js';

const MOST = 200;

/** How often something was said. */
export interface Counter {
  count: number;
}

interface Entry extends Counter {
  readonly notice: Notice;
}

export class NoticeList {
  readonly #entries: Entry[] = [];
  readonly #byCode = new Map<string, Map<string, Entry>>();
  /** How many more there were, by code. */
  readonly #more = new Map<string, Counter>();

  add(code: string, message: string, offset?: number): void {
    this.counterOf(code, message, offset).count += 1;
  }

  /** Of one notice; beyond those that are listed, of all of its code. */
  counterOf(code: string, message: string, offset?: number): Counter {
    const known = this.#byCode.get(code)?.get(message);
    if (known !== undefined) return known;
    if (this.#entries.length >= MOST) return entryOf(this.#more, code, () => ({ count: 0 }));
    const entry = { notice: { code, message, ...(offset === undefined ? {} : { offset }) }, count: 0 };
    entryOf(this.#byCode, code, () => new Map<string, Entry>()).set(message, entry);
    this.#entries.push(entry);
    return entry;
  }

  /** Those of another list, after one's own. */
  addAll(others: NoticeList): void {
    for (const { notice, count } of others.#entries)
      this.counterOf(notice.code, notice.message, notice.offset).count += count;
    for (const [code, { count }] of others.#more) entryOf(this.#more, code, () => ({ count: 0 })).count += count;
  }

  toArray(): Notice[] {
    const notices: Notice[] = this.#entries.map(({ notice, count }) => (count === 1 ? notice : { ...notice, count }));
    for (const [code, { count }] of this.#more)
      notices.push({ code, message: 'further ones of this kind are not listed one by one', count });
    return notices;
  }
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** A short piece of bank text for a message. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
