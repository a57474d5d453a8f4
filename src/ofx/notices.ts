/** Collecting notices: equal ones are counted, and a hostile file cannot make an endless list of different ones. */

import type { Notice } from '../model/notice.js';

const MOST = 200;

export class NoticeList {
  readonly #byKey = new Map<string, { notice: Notice; count: number }>();
  /** How many more there were, by code. */
  readonly #more = new Map<string, number>();

  add(code: string, message: string, offset?: number): void {
    const known = this.#byKey.get(`${code}\n${message}`);
    if (known !== undefined) known.count += 1;
    else if (this.#byKey.size >= MOST) this.#more.set(code, (this.#more.get(code) ?? 0) + 1);
    else
      this.#byKey.set(`${code}\n${message}`, {
        notice: { code, message, ...(offset === undefined ? {} : { offset }) },
        count: 1,
      });
  }

  /** Those of another list, after one's own. */
  addAll(others: NoticeList): void {
    for (const { code, message, offset, count } of others.toArray()) {
      for (let times = count ?? 1; times > 0; times -= 1) this.add(code, message, offset);
    }
  }

  toArray(): Notice[] {
    const notices: Notice[] = [...this.#byKey.values()].map(({ notice, count }) =>
      count === 1 ? notice : { ...notice, count },
    );
    for (const [code, count] of this.#more)
      notices.push({ code, message: 'further ones of this kind are not listed one by one', count });
    return notices;
  }
}

/** A short piece of bank text for a message. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
