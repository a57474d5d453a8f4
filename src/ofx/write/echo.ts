/**
 * Replies that repeat the request: a refusal that quotes the password, a web page that shows the request. Secrets are masked in
 * the bytes, before the reply is read, stored or printed, and again in what was decoded from them.
 */

import type { Notice } from '../../model/notice.js';
import type { Status } from '../../model/statement.js';
import type { OfxFile, Profile } from '../file.js';
import { decode } from '../text/charset.js';
import { partsByWidth } from '../text/parts.js';
import { webPage } from '../unpack/web-page.js';
import { type ExtractedFile, unpack } from '../unpack/zip.js';
import { mayOccur } from './occurrence.js';
import { encodedForms, MIN_LENGTH, spellingPattern } from './spellings.js';

export const MASK = '********';
/** Messages, labels, and elements of a request. */
const REPEATED =
  /^(?:MESSAGE2?|USERPASS|NEWUSERPASS|USERCRED[12]|AUTHTOKEN|MFAPHRASEA|MFAPHRASELABEL|USERID|USERCRED[12]LABEL|AUTHTOKENLABEL|FINAME|SPNAME)$/;
/** Aggregates with the data of a person, of which no byte is changed. */
const DATA = /^(?:(?:CC|INV|LOAN|AM)?STMTRS|(?:CC)?STMTENDRS|SECLIST|ACCTINFORS)$/i;
/** The tags of these, and of what contains or follows them. */
const BORDER =
  '<(/?)(?:\\w{1,20}:)?((?:CC|INV|LOAN|AM)?STMTRS|(?:CC)?STMTENDRS|SECLIST|ACCTINFORS|[A-Z0-9]{1,20}TRNRS|[A-Z0-9]{1,20}MSGSRSV\\d|OFX|SONRS|PROFRS)(?=[\\s>])';
/** Values that are data wherever they are; tokens are needed for the next sign-on. */
const DATA_VALUES =
  /^(?:SESSCOOKIE|ACCESSKEY|USERKEY|TRNUID|NAME|PAYEE|MEMO|ACCTID|FITID|BANKID|CHECKNUM|REFNUM|TRNAMT|BALAMT|DT[A-Z]*)$/;
const MAX_TAG = 64;
const TAG = /^<(\/?)(?:\w{1,20}:)?([A-Z][A-Z0-9.]{0,40})/i;

/** Values that are masked wherever they are repeated. What is compiled for them serves all replies to a login. */
export class Masking {
  readonly #values: readonly string[];
  #pattern: RegExp | null = null;
  #forms: Forms | null = null;

  /** @param minLength shorter values are not masked. */
  constructor(values: readonly string[], minLength = MIN_LENGTH) {
    this.#values = [...new Set(values)].filter((value) => value.length >= minLength);
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** Returns the expression, from its beginning, for a text that may have one of the values; `null` for any other. */
  patternFor(text: string): RegExp | null {
    if (!this.#values.some((value) => mayOccur(value, text))) return null;
    this.#pattern ??= new RegExp(spellingPattern(this.#values, 0) ?? '(?!)', 'gi');
    this.#pattern.lastIndex = 0;
    return this.#pattern;
  }

  get forms(): Forms {
    this.#forms ??= formsOf(encodedForms(this.#values));
    return this.#forms;
  }
}

/** Masks the values in a reply; returns the same bytes if it repeats none. */
export function maskEchoes(body: Uint8Array, values: readonly string[] | Masking): Uint8Array {
  const masking = values instanceof Masking ? values : new Masking(values);
  return masking.isEmpty ? body : maskBytes(body, masking);
}

function maskBytes(body: Uint8Array, masking: Masking): Uint8Array {
  const entries = entriesOf(body);
  if (entries !== null) {
    const clean = entries.map(({ bytes }) => maskBytes(bytes, masking));
    return clean.every((bytes, index) => bytes === entries[index]?.bytes) ? body : Buffer.concat(clean);
  }
  const parts = partsByWidth(body);
  const clean = parts.map((part) => maskPart(part, masking));
  return clean.every((part, index) => part === parts[index]) ? body : Buffer.concat(clean);
}

/** Returns the files of an archive, which stays as it is when it is damaged. */
function entriesOf(body: Uint8Array): readonly ExtractedFile[] | null {
  try {
    return unpack(body);
  } catch {
    return null;
  }
}

/** Masks a text of one width; UTF-16 and UTF-32 become UTF-16 with a mark. */
function maskPart(bytes: Uint8Array, masking: Masking): Uint8Array {
  const wide = bytes.subarray(0, 64).includes(0) ? decode(bytes) : null;
  if (wide !== null && /^utf-(?:16|32)/.test(wide.charset)) {
    const clean = maskText(wide.markup, masking);
    return clean === wide.markup ? bytes : Buffer.from(`\ufeff${clean}`, 'utf16le');
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const clean = maskText(text, masking, webPage(bytes) !== null);
  return clean === text ? bytes : Buffer.from(clean, 'latin1');
}

function maskText(text: string, masking: Masking, isPage = false): string {
  const plain = maskForms(text, masking.forms);
  const pattern = masking.patternFor(plain);
  if (pattern === null || plain.search(pattern) < 0) return plain;
  return isPage || !/<(?:\w+:)?OFX[\s>]/i.test(plain) ? plain.replace(pattern, MASK) : maskOutsideData(plain, pattern);
}

/** Masks the values in OFX that are not data of a person: in messages always, elsewhere unless they may be there by chance. */
function maskOutsideData(text: string, secrets: RegExp): string {
  const place = placeFinder(text);
  const pieces: string[] = [];
  let from = 0;
  for (let found = secrets.exec(text); found !== null; found = secrets.exec(text)) {
    const [secret] = found;
    const { tag, isData } = place(found.index);
    const isFree = !isData && tag !== null && !DATA_VALUES.test(tag) && isDistinctive(secret);
    if (!isFree && (tag === null || !REPEATED.test(tag))) continue;
    pieces.push(text.slice(from, found.index), MASK);
    from = found.index + secret.length;
  }
  return from === 0 ? text : [...pieces, text.slice(from)].join('');
}

interface Place {
  /** The name of the element, in upper case; empty after an end tag, `null` within the name of a tag. */
  readonly tag: string | null;
  readonly isData: boolean;
}

/** Returns a function for ever later offsets, which together take one pass over the text. */
function placeFinder(text: string): (offset: number) => Place {
  const borders = new RegExp(BORDER, 'gi');
  let border = borders.exec(text);
  let isData = false;
  let last = -1;
  let next = text.indexOf('<');
  return (offset) => {
    for (; border !== null && border.index < offset; border = borders.exec(text))
      isData = border[1] === '' && DATA.test(border[2] ?? '');
    for (; next >= 0 && next < offset; next = text.indexOf('<', next + 1)) last = next;
    const [start = '', end = '', name = ''] = TAG.exec(text.slice(Math.max(last, 0), last + MAX_TAG)) ?? [];
    return { tag: last + start.length > offset ? null : end === '' ? name.toUpperCase() : '', isData };
  };
}

/** A PIN of four digits is part of many dates and ids. */
function isDistinctive(value: string): boolean {
  return value.length >= 8 && !/^\d+$/.test(value);
}

/** Encoded forms with what takes their place, and by the two characters with which they begin. */
interface Forms {
  readonly masks: ReadonlyMap<string, string>;
  readonly starts: ReadonlyMap<number, readonly string[]>;
  readonly isStart: Uint8Array;
}

function formsOf(masks: ReadonlyMap<string, string>): Forms {
  const starts = new Map<number, string[]>();
  for (const form of masks.keys()) {
    const start = pairAt(form, 0);
    starts.set(start, [...(starts.get(start) ?? []), form]);
  }
  const isStart = new Uint8Array(65_536);
  for (const start of starts.keys()) isStart[start] = 1;
  return { masks, starts, isStart };
}

/** Replaces the encoded forms in one pass over the text, however many there are. */
function maskForms(text: string, { masks, starts, isStart }: Forms): string {
  if (masks.size === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = pairAt(text, at);
    if (isStart[pair] !== 1) continue;
    const form = starts.get(pair)?.find((one) => text.startsWith(one, at));
    if (form === undefined) continue;
    pieces.push(text.slice(from, at), masks.get(form) ?? '');
    from = at + form.length;
    at = from - 1;
  }
  return from === 0 ? text : [...pieces, text.slice(from)].join('');
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff);
}

/** Returns a function that masks the values in decoded text, however they are spelled there. */
export function textMask(values: readonly string[] | Masking, minLength?: number): (text: string) => string {
  const masking = values instanceof Masking ? values : new Masking(values, minLength);
  if (masking.isEmpty) return (text) => text;
  return (text) => {
    const plain = maskForms(text, masking.forms);
    const pattern = masking.patternFor(plain);
    return pattern === null ? plain : plain.replace(pattern, MASK);
  };
}

/** Changes every text of a reply that is not data of a person: messages, titles, labels, notices. */
export function withTexts(file: OfxFile, change: (text: string) => string): OfxFile {
  const changed = (text: string | null) => (text === null ? null : change(text));
  const status = (one: Status): Status => ({ ...one, message: changed(one.message) });
  const notices = (all: readonly Notice[]) => all.map((one) => ({ ...one, message: change(one.message) }));
  const { header, signon, profile, problems } = file;
  return {
    header: { ...header, declaredCharset: changed(header.declaredCharset) },
    signon: signon === null ? null : { ...signon, status: status(signon.status) },
    statements: file.statements.map((one) => ({
      ...one,
      status: status(one.status),
      marketing: changed(one.marketing),
      notices: notices(one.notices),
    })),
    accounts: file.accounts.map((one) => ({ ...one, description: changed(one.description) })),
    profile: profile === null ? null : profileWith(profile, change),
    challenges: file.challenges.map((one) => ({ ...one, question: changed(one.question) })),
    replies: file.replies.map((one) => ({ ...one, status: status(one.status) })),
    ...(problems === undefined ? {} : { problems: problems.map(status) }),
    notices: notices(file.notices),
  };
}

function profileWith(profile: Profile, change: (text: string) => string): Profile {
  const changed = (text: string | null) => (text === null ? null : change(text));
  return {
    ...profile,
    name: changed(profile.name),
    signons: profile.signons.map((one) => ({
      ...one,
      tokenLabel: changed(one.tokenLabel),
      credentialLabels: one.credentialLabels.map(change),
    })),
  };
}
