/** The named repairs: everything that the repair stage mends, and how a person is told. */

import type { Counter, NoticeList } from '../notices.js';

export const REPAIRS = {
  'no-root': 'the OFX element around the message sets is missing',
  'name-spelling': 'element names in lower case or with a prefix were taken as OFX names',
  attributes: 'attributes were left out',
  'unfinished-tag': 'a tag was taken as one though its > is missing',
  cdata: 'a CDATA section was taken as text',
  'bare-ampersand': 'an & that begins no character reference was taken as it stands',
  comment: 'a transaction in a comment or CDATA section was left out',
  'stray-text': 'text outside any element was left out',
  'stray-end-tag': 'an end tag without its start tag was left out',
  'wrong-end-tag': 'an end tag was taken for another',
  'missing-end-tag': 'an end tag is missing',
  'missing-start-tag': 'a start tag is missing',
  'aggregate-as-value': 'an aggregate of OFX holds a value',
  'too-deep': 'elements nested too deep were flattened',
  'too-many-documents': 'only the first documents were read',
  'long-value': 'a value of more than 100,000 characters was cut',
  truncated: 'the file ends before its last element does; what was whole is kept',
  'truncated-value': 'the value at the end of the file was left out',
} as const;
type RepairName = keyof typeof REPAIRS;

/** More details than this are looked up in the notices each time. */
const MOST_REMEMBERED = 1_000;

export class RepairLog {
  readonly #notices: NoticeList;
  /** By name and detail: a broken file may need the same repair a million times. */
  readonly #counters = new Map<RepairName, Map<string, Counter>>();

  constructor(notices: NoticeList) {
    this.#notices = notices;
  }

  /** `detail` names what was mended: `</STMTTRN>`. */
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
    if (ofName.size < MOST_REMEMBERED) ofName.set(detail, counter);
    this.#counters.set(name, ofName);
  }
}
