/** The named repairs, each with the sentence that reports it. */

import type { Counter, NoticeList } from '../notices.js';

export const REPAIRS = {
  'no-root': 'the message sets have no OFX element around them',
  'name-spelling': 'element names in lower case or with a prefix were read as OFX names',
  attributes: 'attributes were ignored',
  'unfinished-tag': 'a tag has no closing >',
  cdata: 'a CDATA section was read as text',
  'bare-ampersand': 'an & that begins no character reference was kept as text',
  comment: 'a transaction inside a comment or CDATA section was skipped',
  'stray-text': 'text outside any element was skipped',
  'stray-end-tag': 'an end tag without a start tag was skipped',
  'wrong-end-tag': 'an end tag has the wrong name',
  'missing-end-tag': 'an end tag is missing',
  'missing-start-tag': 'a start tag is missing',
  'aggregate-as-value': 'an element that should contain other elements contains text',
  'too-deep': 'elements nested too deeply were flattened',
  'too-many-documents': 'the file holds too many OFX documents; only the first ones were read',
  'long-value': 'a value longer than 100,000 characters was cut',
  truncated: 'the file is truncated; everything complete was kept',
  'truncated-value': 'the incomplete value at the end of the file was skipped',
} as const;
type RepairName = keyof typeof REPAIRS;

/** Further details of a repair are counted through the notices, which is slower. */
const MAX_REMEMBERED = 1_000;

/** Adds repairs to the notices of a file. */
export class RepairLog {
  readonly #notices: NoticeList;
  /** By name and detail: a broken file may need the same repair a million times. */
  readonly #counters = new Map<RepairName, Map<string, Counter>>();

  constructor(notices: NoticeList) {
    this.#notices = notices;
  }

  /** Counts a repair; `detail` names the repaired part: `</STMTTRN>`. */
  add(name: RepairName, offset: number, detail = ''): void {
    const known = this.#counters.get(name)?.get(detail);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const message = detail === '' ? REPAIRS[name] : `${REPAIRS[name]}: ${detail}`;
    const counter = this.#notices.counterOf(name, message, offset);
    counter.count += 1;
    const ofName = this.#counters.get(name) ?? new Map<string, Counter>();
    if (ofName.size < MAX_REMEMBERED) ofName.set(detail, counter);
    this.#counters.set(name, ofName);
  }
}
