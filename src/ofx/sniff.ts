/** What bytes without a statement are instead, so that the person knows which file to look for. */

import { OfxError } from '../errors.js';
import { excerpt } from './notices.js';

/** Where bytes came from: a file that a person chose, or an institution's answer. What helps differs. */
export type Origin = 'file' | 'reply';

interface Kind {
  readonly what: string;
  readonly hint: string;
  /** What helps when an institution answered this. */
  readonly replyHint?: string;
  readonly matches: (head: string, bytes: Uint8Array) => boolean;
}

const DOWNLOAD = 'Download it again at the institution’s site, as OFX, QFX or “Quicken/Money”.';
const AGAIN = 'The institution answered something else than a statement: try again later.';
const BLOCK_PAGES: readonly (readonly [RegExp, string])[] = [
  [/incapsula|imperva/i, 'a block page of Imperva'],
  [/akamai|reference #\d|access denied/i, 'a block page (Access Denied)'],
  [/cloudflare/i, 'a block page of Cloudflare'],
  [/maintenance|temporarily unavailable/i, 'a maintenance page'],
];

const KINDS: readonly Kind[] = [
  {
    what: 'empty',
    hint: 'There is nothing in the file: download it again; if it stays so, choose a longer period.',
    replyHint: 'The institution sent nothing: try again later; some servers want cookies: resend-when-empty.',
    matches: (head) => head.trim() === '',
  },
  { what: 'a PDF document', hint: DOWNLOAD, matches: (head) => head.startsWith('%PDF') },
  {
    what: 'an Excel workbook',
    hint: DOWNLOAD,
    matches: (_, bytes) => (bytes[0] === 0xd0 && bytes[1] === 0xcf) || (isZip(bytes) && hasText(bytes, 'xl/workbook')),
  },
  {
    what: 'a ZIP archive without a statement in it',
    hint: 'Unpack it and give the statement file itself.',
    matches: (head) => head.startsWith('PK\u0003\u0004'),
  },
  {
    what: 'a CAMT (ISO 20022) statement',
    hint: DOWNLOAD,
    matches: (head) => /<(?:\w+:)?Document\b[^>]*camt\.05/i.test(head),
  },
  {
    what: 'a web page (HTML)',
    hint: `A page was saved instead of a statement, as happens when one is no longer signed on. ${DOWNLOAD}`,
    replyHint:
      'The server or its front end answered a browser’s way: it may be down, block this program, or have moved. Try again later; if it stays, check the url of the institution.',
    matches: (head) => /<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(head),
  },
  { what: 'a QIF file', hint: DOWNLOAD, matches: (head) => /^\s*!(?:Type|Account|Option|Clear)/i.test(head) },
  {
    what: 'an MT940 statement',
    hint: DOWNLOAD,
    matches: (head) => /(?:^|\n):20:[^\n]*\n(?:[\s\S]*\n)?:(?:25|28C?|60[FM]):/.test(head),
  },
  { what: 'JSON', hint: DOWNLOAD, matches: (head) => /^\s*[[{]\s*["\]}{[]/.test(head) },
  { what: 'an OFC file, the format before OFX', hint: DOWNLOAD, matches: isOfc },
  {
    what: 'an OFX document with nothing in it',
    hint: 'Download it again, with a period in which there are transactions.',
    replyHint: 'The institution sent an empty answer: try again later.',
    matches: (head) => /<OFX\b/i.test(head),
  },
  {
    what: 'an OFX header without the OFX element after it',
    hint: `It was cut off, or is another format. ${DOWNLOAD}`,
    matches: (head) => /OFXHEADER|<\?OFX\b/i.test(head),
  },
  { what: 'XML, but not OFX', hint: DOWNLOAD, matches: (head) => /^\s*<\?xml|^\s*<\w+[\s>]/.test(head) },
  { what: 'a table (CSV)', hint: DOWNLOAD, matches: (head) => isTable(head) },
];

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

function hasText(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text);
}

/** @param text the decoded text, as far as is needed to tell. */
export function unreadable(text: string, bytes: Uint8Array, origin: Origin): OfxError {
  const head = text.slice(0, 4096);
  const kind = KINDS.find(({ matches }) => matches(head, bytes));
  if (kind === undefined) {
    const binary = /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(head);
    const what = binary ? 'it is binary data' : beginning(head);
    return new OfxError('OFX_UNREADABLE', `no OFX statement in its ${bytes.length} bytes: ${what}`, {
      hint: origin === 'file' ? DOWNLOAD : AGAIN,
    });
  }
  const page = kind.what.includes('HTML') ? BLOCK_PAGES.find(([pattern]) => pattern.test(head))?.[1] : undefined;
  const title = page ?? (kind.what.includes('HTML') ? titleOf(head) : null);
  return new OfxError(
    'OFX_UNREADABLE',
    `no OFX statement in it: it is ${kind.what}${title === null ? '' : `, ${title}`}`,
    { hint: origin === 'file' ? kind.hint : (kind.replyHint ?? AGAIN) },
  );
}

/** OFC has some of OFX's names, with another meaning: nothing of it is to be read by chance. */
export function isOfc(head: string): boolean {
  return /<OFC\b/i.test(head) && !/<OFX\b/i.test(head);
}

/** The first text with its offset; long numbers, which may be an account's, are masked. */
function beginning(head: string): string {
  const offset = head.search(/\S/);
  return `at offset ${offset} it begins with ${excerpt(head.slice(offset).replace(/\d{5,}/g, '•••'))}`;
}

function titleOf(head: string): string | null {
  const title = /<title[^>]{0,100}>([^<]{1,100})/i.exec(head)?.[1]?.trim();
  return title === undefined || title === '' ? null : excerpt(title);
}

function isTable(head: string): boolean {
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 3);
  const columns = (line: string | undefined, separator: string) => (line ?? '').split(separator).length;
  return (
    lines.length > 1 &&
    [',', ';', '\t'].some(
      (separator) => columns(lines[0], separator) > 2 && columns(lines[0], separator) === columns(lines[1], separator),
    )
  );
}
