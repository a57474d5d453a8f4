/** What bytes without a statement are instead, so that the person knows which file to look for. */

import { OfxError } from '../../errors.js';
import { excerpt } from '../notices.js';

/** Where bytes came from: a file that a person chose, or an institution's answer. What helps differs. */
export type Origin = 'file' | 'reply';

const AGAIN = 'The institution answered something else than a statement: try again later.';
const BLOCK_PAGES: readonly (readonly [RegExp, string])[] = [
  [/incapsula|imperva/i, 'a block page of Imperva'],
  [/akamai|reference #\d|access denied/i, 'a block page (Access Denied)'],
  [/cloudflare/i, 'a block page of Cloudflare'],
  [/maintenance|temporarily unavailable/i, 'a maintenance page'],
];

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

/** The first text with its offset; long numbers, which may be an account's, are masked. */
function beginning(head: string): string {
  const offset = head.search(/\S/);
  return `at offset ${offset} it begins with ${excerpt(head.slice(offset).replace(/\d{5,}/g, '•••'))}`;
}

function titleOf(head: string): string | null {
  const title = /<title[^>]{0,100}>([^<]{1,100})/i.exec(head)?.[1]?.trim();
  return title === undefined || title === '' ? null : excerpt(title);
}

interface Kind {
  readonly what: string;
  readonly hint: string;
  /** What helps when an institution answered this. */
  readonly replyHint?: string;
  readonly matches: (head: string, bytes: Uint8Array) => boolean;
}

const DOWNLOAD = 'Download it again at the institution’s site, as OFX, QFX or “Quicken/Money”.';
const UNPACK = 'Unpack it and give the statement file itself.';

const KINDS: readonly Kind[] = [
  {
    what: 'empty',
    hint: 'There is nothing in the file: download it again; if it stays so, choose a longer period.',
    replyHint: 'The institution sent nothing: try again later; some servers want cookies: resend-when-empty.',
    matches: (head) => head.replaceAll('\0', '').trim() === '',
  },
  { what: 'a PDF document', hint: DOWNLOAD, matches: (head) => /^\s*%PDF/.test(head) },
  {
    what: 'an Excel workbook',
    hint: DOWNLOAD,
    matches: (_, bytes) =>
      startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) || (isZip(bytes) && hasText(bytes, 'xl/workbook')),
  },
  { what: 'a Word document', hint: DOWNLOAD, matches: (_, bytes) => isZip(bytes) && hasText(bytes, 'word/document') },
  {
    what: 'an OpenDocument file',
    hint: DOWNLOAD,
    matches: (_, bytes) => isZip(bytes) && (hasText(bytes, 'opendocument') || hasText(bytes, 'META-INF/manifest.xml')),
  },
  {
    what: 'an empty ZIP archive',
    hint: DOWNLOAD,
    matches: (_, bytes) => startsWith(bytes, [0x50, 0x4b, 5, 6]),
  },
  {
    what: 'a ZIP archive without a statement in it',
    hint: UNPACK,
    matches: (head) => head.startsWith('PK\u0003\u0004'),
  },
  {
    what: 'an archive that is not read (7z, RAR, xz, bzip2, Zstandard)',
    hint: UNPACK,
    matches: (_, bytes) => OTHER_ARCHIVES.some((start) => startsWith(bytes, start)),
  },
  {
    what: 'a picture',
    hint: `A photograph of a statement cannot be read. ${DOWNLOAD}`,
    matches: (_, bytes) => PICTURES.some((start) => startsWith(bytes, start)),
  },
  {
    what: 'a database (SQLite)',
    hint: 'Export the transactions from the program that it belongs to, as OFX or QFX.',
    matches: (head) => head.startsWith('SQLite format 3'),
  },
  { what: 'a text document (RTF)', hint: DOWNLOAD, matches: (head) => head.startsWith('{\\rtf') },
  {
    what: 'an encrypted message (PGP or S/MIME)',
    hint: 'Decrypt it first, and give the statement that comes out.',
    matches: (head) => /^\s*-----BEGIN PGP MESSAGE|smime-type=enveloped-data/m.test(head),
  },
  {
    what: 'a CAMT (ISO 20022) statement',
    hint: DOWNLOAD,
    matches: (head) => /<(?:\w+:)?Document\b[^>]*camt\.05/i.test(head),
  },
  {
    what: 'another message of ISO 20022, not a statement',
    hint: DOWNLOAD,
    matches: (head) => /<(?:\w+:)?Document\b[^>]*iso:20022/i.test(head),
  },
  {
    what: 'a GnuCash book',
    hint: 'Export the transactions from GnuCash, or download them at the institution’s site, as OFX or QFX.',
    matches: (head) => /<gnc-v2\b/.test(head),
  },
  {
    what: 'a web page (HTML)',
    hint: `A page was saved instead of a statement, as happens when one is no longer signed on. ${DOWNLOAD}`,
    replyHint:
      'The server or its front end answered a browser’s way: it may be down, block this program, or have moved. Try again later; if it stays, check the url of the institution.',
    matches: (head) => /<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|^\s*<(?:table|div|script)[\s>]/i.test(head),
  },
  { what: 'a QIF file', hint: DOWNLOAD, matches: isQif },
  {
    what: 'an IIF file of QuickBooks',
    hint: DOWNLOAD,
    matches: (head) => /^\s*!(?:HDR|TRNS|ACCNT)\b/m.test(head),
  },
  {
    what: 'an MT942 report of the day, not a statement',
    hint: DOWNLOAD,
    matches: (head) => /(?:^|\n):20:/.test(head) && /\n:(?:34F|90D):/.test(head),
  },
  {
    what: 'an MT940 statement',
    hint: DOWNLOAD,
    matches: (head) => /(?:^|\n):20:[^\n]*\n(?:[\s\S]*\n)?:(?:25|28C?|60[FM]):/.test(head),
  },
  { what: 'a BAI2 statement', hint: DOWNLOAD, matches: (head) => /^01,[^,\r\n]*,[^,\r\n]*,\d{6},\d{4},/.test(head) },
  { what: 'JSON', hint: DOWNLOAD, matches: (head) => /^\s*(?:[[{]\s*(?:["\]}{[]|-?\d+\s*[,\]])|null\s*$)/.test(head) },
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
  {
    what: 'a mail without a statement in it',
    hint: 'Save the attachment itself, if it is OFX or QFX.',
    matches: (head) => /^(?:MIME-Version|Received|Message-ID|Subject):/im.test(head) && /^From:/im.test(head),
  },
  { what: 'XML, but not OFX', hint: DOWNLOAD, matches: (head) => /^\s*<\?xml|^\s*<\w+[\s>]/.test(head) },
  { what: 'a table (CSV)', hint: DOWNLOAD, matches: (head) => isTable(head) },
];

const OTHER_ARCHIVES = [
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x42, 0x5a, 0x68],
  [0x28, 0xb5, 0x2f, 0xfd],
] as const;
const PICTURES = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
] as const;

/** OFC has some of OFX's names, with another meaning: nothing of it is to be read by chance. */
export function isOfc(head: string): boolean {
  return /<OFC\b/i.test(head) && !/<OFX\b/i.test(head);
}

/** With its first line, or without: fields of a letter, ended by a line with `^`. */
function isQif(head: string): boolean {
  return (
    /^\s*!(?:Type|Account|Option|Clear)/i.test(head) ||
    (/^\s*(?:[DTPMNLCAS][^\r\n]*[\r\n]+)+\^/.test(head) && /^T-?[\d.,]+\s*$/m.test(head))
  );
}

function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 3, 4]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function hasText(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text);
}

const LINES_LOOKED_AT = 12;

/** Two lines after each other with the same number of columns, more than two of them; or a few lines with two. */
function isTable(head: string): boolean {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  // The last may be cut.
  const looked = lines.length > LINES_LOOKED_AT ? lines.slice(0, LINES_LOOKED_AT) : lines;
  const columns = (line: string | undefined, separator: string) => (line ?? '').split(separator).length;
  return [',', ';', '\t', '|'].some((separator) =>
    looked.some((line, index) => {
      const count = columns(line, separator);
      const isLike = (other: string | undefined) => columns(other, separator) === count;
      if (count > 2) return isLike(looked[index + 1]);
      return count === 2 && index === 0 && separator !== ',' && looked.length > 1 && looked.every(isLike);
    }),
  );
}
