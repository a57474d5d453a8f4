/** Collects notices: equal ones are counted, and the list is limited, whatever a hostile file contains. */

import type { IsoDate } from '../model/dates.js';
import type { Notice } from '../model/notice.js';

const MAX_NOTICES = 200;

export interface Counter {
  count: number;
}

interface Entry extends Counter {
  readonly notice: Notice;
}

export class NoticeList {
  /** By code and message, in the order of appearance. */
  readonly #entries = new Map<string, Entry>();
  /** Counts of the notices beyond the limit, by code. */
  readonly #more = new Map<string, Counter>();

  /** @param on the day of the transaction that the notice is about. */
  add(code: string, message: string, offset?: number, on?: IsoDate): void {
    this.counterOf(code, message, offset, on).count += 1;
  }

  /** Returns the counter of a notice; beyond the limit, the counter of its code. */
  counterOf(code: string, message: string, offset?: number, on?: IsoDate): Counter {
    const key = `${code}\n${message}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (this.#entries.size >= MAX_NOTICES) return this.#moreOf(code);
    const notice = {
      code,
      message,
      ...(offset === undefined ? {} : { offset }),
      ...(on === undefined ? {} : { on }),
    };
    const entry = { notice, count: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Appends the notices of another list. */
  addAll(others: NoticeList): void {
    for (const { notice, count } of others.#entries.values())
      this.counterOf(notice.code, notice.message, notice.offset, notice.on).count += count;
    for (const [code, { count }] of others.#more) this.#moreOf(code).count += count;
  }

  toArray(): Notice[] {
    const entries = [...this.#entries.values()];
    const notices: Notice[] = entries.map(({ notice, count }) => (count === 1 ? notice : { ...notice, count }));
    for (const [code, { count }] of this.#more)
      notices.push({ code, message: 'further notices of this kind are not listed', count });
    return notices;
  }

  #moreOf(code: string): Counter {
    const counter = this.#more.get(code) ?? { count: 0 };
    this.#more.set(code, counter);
    return counter;
  }
}

/** Returns a short quotation of bank text for a message. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
