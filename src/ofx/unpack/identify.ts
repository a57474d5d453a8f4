/** Names the kind of a file without a statement, so that the person knows which file to look for instead. */

import { OfxError } from '../../errors.js';
import { excerpt } from '../notices.js';
import { senderOf } from './web-page.js';

/** The origin of bytes, on which the hint of an error depends: a file that a person chose, or an institution's reply. */
export type Origin = 'file' | 'reply';

const HEAD_LENGTH = 4096;
const AGAIN = 'The bank did not reply with OFX. Try again later.';

/**
 * Returns the error for a file without a statement.
 *
 * @param text the decoded text, or its beginning.
 */
export function unreadable(text: string, bytes: Uint8Array, origin: Origin): OfxError {
  const head = text.slice(0, HEAD_LENGTH);
  const kind = KINDS.find(({ matches }) => matches(head, bytes));
  if (kind === undefined) {
    const binary = /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(head);
    const what = binary ? 'binary data' : beginning(head);
    return new OfxError('OFX_UNREADABLE', `no OFX statement in these ${bytes.length} bytes: ${what}`, {
      hint: origin === 'file' ? DOWNLOAD : AGAIN,
    });
  }
  const page = kind.name.includes('HTML') ? pageText(head) : '';
  return new OfxError('OFX_UNREADABLE', `not an OFX statement: this is ${kind.name}${page}`, {
    hint: origin === 'file' ? kind.hint : (kind.replyHint ?? AGAIN),
  });
}

/** Quotes the first text with its offset; long numbers, which may be an account's, are masked. */
function beginning(head: string): string {
  const offset = head.search(/\S/);
  return `the text begins at offset ${offset} with ${excerpt(head.slice(offset).replace(/\d{5,}/g, '•••'))}`;
}

/** Returns the sender and the title of a web page, in words that follow "a web page". */
function pageText(head: string): string {
  const from = senderOf(head)?.from;
  const title = /<title[^>]{0,100}>([^<]{1,100})/i.exec(head)?.[1]?.trim() ?? '';
  return `${from === undefined ? '' : ` ${from}`}${title === '' ? '' : `, ${excerpt(title)}`}`;
}

interface FileKind {
  readonly name: string;
  readonly hint: string;
  /** The hint for a reply. */
  readonly replyHint?: string;
  readonly matches: (head: string, bytes: Uint8Array) => boolean;
}

const DOWNLOAD = 'Download it again from the bank’s website, as OFX, QFX or “Quicken/Money”.';
const UNPACK = 'Unpack it and use the statement file inside.';

/** The files that people mistake for statements, by their beginning; the first match counts. */
const KINDS: readonly FileKind[] = [
  {
    name: 'an empty file',
    hint: 'Download it again. If it is still empty, choose a longer period.',
    replyHint: 'Try again later. Some servers need cookies: resend-when-empty.',
    matches: (head) => head.replaceAll('\0', '').trim() === '',
  },
  { name: 'a PDF document', hint: DOWNLOAD, matches: (head) => /^\s*%PDF/.test(head) },
  {
    name: 'an Excel workbook',
    hint: DOWNLOAD,
    matches: (_, bytes) =>
      startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) || (isZip(bytes) && hasText(bytes, 'xl/workbook')),
  },
  { name: 'a Word document', hint: DOWNLOAD, matches: (_, bytes) => isZip(bytes) && hasText(bytes, 'word/document') },
  {
    name: 'an OpenDocument file',
    hint: DOWNLOAD,
    matches: (_, bytes) => isZip(bytes) && (hasText(bytes, 'opendocument') || hasText(bytes, 'META-INF/manifest.xml')),
  },
  {
    name: 'an empty ZIP archive',
    hint: DOWNLOAD,
    matches: (_, bytes) => startsWith(bytes, [0x50, 0x4b, 5, 6]),
  },
  {
    name: 'a ZIP archive without a statement in it',
    hint: UNPACK,
    matches: (head) => head.startsWith('PK\u0003\u0004'),
  },
  {
    name: 'an archive of an unsupported kind (7z, RAR, xz, bzip2, Zstandard)',
    hint: UNPACK,
    matches: (_, bytes) => OTHER_ARCHIVES.some((start) => startsWith(bytes, start)),
  },
  {
    name: 'a picture',
    hint: `A photograph of a statement cannot be read. ${DOWNLOAD}`,
    matches: (_, bytes) => PICTURES.some((start) => startsWith(bytes, start)),
  },
  {
    name: 'a database (SQLite)',
    hint: 'Export the transactions as OFX or QFX from the program that uses it.',
    matches: (head) => head.startsWith('SQLite format 3'),
  },
  { name: 'a text document (RTF)', hint: DOWNLOAD, matches: (head) => head.startsWith('{\\rtf') },
  {
    name: 'an encrypted message (PGP or S/MIME)',
    hint: 'Decrypt it, and use the statement inside.',
    matches: (head) => /^\s*-----BEGIN PGP MESSAGE|smime-type=enveloped-data/m.test(head),
  },
  {
    name: 'a CAMT (ISO 20022) statement',
    hint: DOWNLOAD,
    matches: (head) => /<(?:\w+:)?Document\b[^>]*camt\.05/i.test(head),
  },
  {
    name: 'an ISO 20022 message other than a statement',
    hint: DOWNLOAD,
    matches: (head) => /<(?:\w+:)?Document\b[^>]*iso:20022/i.test(head),
  },
  {
    name: 'a GnuCash book',
    hint: 'Export the transactions from GnuCash, or download them from the bank’s website, as OFX or QFX.',
    matches: (head) => /<gnc-v2\b/.test(head),
  },
  {
    name: 'a web page (HTML)',
    hint: `A web page was saved instead of a statement, as happens after a session has expired. ${DOWNLOAD}`,
    replyHint:
      'The server may be down, may block this program, or may have moved. Try again later. If this continues, check the bank’s url in accounts.yaml.',
    matches: (head) => /<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|^\s*<(?:table|div|script)[\s>]/i.test(head),
  },
  { name: 'a QIF file', hint: DOWNLOAD, matches: isQif },
  {
    name: 'an IIF file of QuickBooks',
    hint: DOWNLOAD,
    matches: (head) => /^\s*!(?:HDR|TRNS|ACCNT)\b/m.test(head),
  },
  {
    name: 'an MT942 intraday report, not a statement',
    hint: DOWNLOAD,
    matches: (head) => /(?:^|\n):20:/.test(head) && /\n:(?:34F|90D):/.test(head),
  },
  {
    name: 'an MT940 statement',
    hint: DOWNLOAD,
    matches: (head) => /(?:^|\n):20:[^\n]*\n(?:[\s\S]*\n)?:(?:25|28C?|60[FM]):/.test(head),
  },
  { name: 'a BAI2 statement', hint: DOWNLOAD, matches: (head) => /^01,[^,\r\n]*,[^,\r\n]*,\d{6},\d{4},/.test(head) },
  { name: 'JSON', hint: DOWNLOAD, matches: (head) => /^\s*(?:[[{]\s*(?:["\]}{[]|-?\d+\s*[,\]])|null\s*$)/.test(head) },
  { name: 'an OFC file, the format before OFX', hint: DOWNLOAD, matches: isOfc },
  {
    name: 'an OFX document without content',
    hint: 'Download it again, for a period with transactions.',
    replyHint: 'The bank sent an empty reply. Try again later.',
    matches: (head) => /<OFX\b/i.test(head),
  },
  {
    name: 'an OFX header without an OFX element',
    hint: `The file is truncated, or has another format. ${DOWNLOAD}`,
    matches: (head) => /OFXHEADER|<\?OFX\b/i.test(head),
  },
  {
    name: 'an email without a statement in it',
    hint: 'Save the attachment itself, if it is OFX or QFX.',
    matches: (head) => /^(?:MIME-Version|Received|Message-ID|Subject):/im.test(head) && /^From:/im.test(head),
  },
  { name: 'XML, but not OFX', hint: DOWNLOAD, matches: (head) => /^\s*<\?xml|^\s*<\w+[\s>]/.test(head) },
  { name: 'a table (CSV)', hint: DOWNLOAD, matches: (head) => isTable(head) },
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

/** Recognizes OFC, whose names are partly those of OFX with other meanings: it must not be read as OFX. */
export function isOfc(head: string): boolean {
  return /<OFC\b/i.test(head) && !/<OFX\b/i.test(head);
}

/** Recognizes QIF by its first line, or without it by fields of a letter that end with a line of `^`. */
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

const MAX_TABLE_LINES = 12;

/** Recognizes a table: two adjacent lines with the same number of columns, more than two, or a few lines with two columns. */
function isTable(head: string): boolean {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const looked = lines.slice(0, MAX_TABLE_LINES);
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
