/**
 * Statements inside something else: an email, JSON, a web page that displays the text, a program's string. The beginning of
 * the file shows which it is; every function here is a single pass.
 */

interface Unwrapped {
  readonly bytes: Uint8Array;
  /** The container of the statement, for people. */
  readonly from: string;
}

const HEAD_LENGTH = 4_096;
const ROOT = /<\s{0,9}(?:[\w.-]{1,30}:)?OFX[\s>]/i;
/** JSON, or a header whose line breaks are written as `\n`. */
const LITERALS = /^(?:\u00ef\u00bb\u00bf)?\s*["[{]|["'`(]\s{0,20}OFXHEADER:\d{1,5}\s{0,20}\\[rn]/;
/** Markup of a reply: an error page may show the request. */
const REPLY = /(?:MSGSRSV\d|STMTRS|STMTTRN)\s*>/i;
const ESCAPED_ROOT = /&(?:lt|#60|#x3c);\s{0,9}(?:[\w.-]{1,30}:)?OFX(?:&|\s)/i;
const BASE64_OF_OFX = /^(?:data:[^,\s]{0,100};base64,)?(?:77u\/)?(?:T0ZYSEVBREVS|PD94bWwg|PE9GWD|PD9PRlgg)/;
/** After one of these, a CDATA section is a value. */
const BODY = /<[^<>]{0,64}(?:MSGSRSV\d|STMT|SONRS)/i;
const MAIL_ENCODING = /^content-transfer-encoding:[ \t]*(base64|quoted-printable)/im;
/** An OFX document has more elements than this. */
const MIN_TAGS = 5;
const MAX_PARTS = 10_000;

/** Extracts the statement; `null` for bytes without such a container. */
export function unwrap(bytes: Uint8Array): Unwrapped | null {
  const head = latin1(bytes.subarray(0, HEAD_LENGTH));
  const root = head.search(ROOT);
  if (MAIL_ENCODING.test(head)) return unwrapped('an email', mailParts(latin1(bytes)));
  if (LITERALS.test(head)) return unwrapped('JSON or a program string', stringLiterals(latin1(bytes)));
  if (/^> ?(?:OFXHEADER|<OFX|<\?)/m.test(head)) return unwrapped('quoted text', [latin1(bytes).replace(/^> ?/gm, '')]);
  const section = head.indexOf('<![CDATA[');
  if (section >= 0 && root > section && !BODY.test(head.slice(0, section)))
    return unwrapped('a CDATA section', [cdataContent(latin1(bytes), section)]);
  if (root >= 0) return null;
  if (BASE64_OF_OFX.test(head))
    return unwrapped('Base64 data', [fromBase64(latin1(bytes).replace(/^data:[^,]*,/, ''))]);
  if (ESCAPED_ROOT.test(head)) return unwrapped('a web page', [displayedText(latin1(bytes))]);
  return /%3COFX%3E/i.test(head) ? unwrapped('form data', [fromForm(latin1(bytes))]) : null;
}

/** Joins the texts, one character a byte, that hold a reply or an archive. */
function unwrapped(from: string, texts: readonly string[]): Unwrapped | null {
  const documents = texts.filter((text) => (ROOT.test(text) && REPLY.test(text)) || text.startsWith('PK\u0003\u0004'));
  return documents.length === 0 ? null : { from, bytes: Buffer.from(documents.join('\n'), 'latin1') };
}

function mailParts(text: string): string[] {
  const marks = [...text.matchAll(new RegExp(MAIL_ENCODING.source, 'gim'))].slice(0, MAX_PARTS);
  return marks.map(({ index, 1: encoding }, nth) => {
    // A part reaches to the next part's headers, or to the boundary line that ends it.
    const part = text.slice(index, marks[nth + 1]?.index ?? text.length);
    const blank = /\r?\n\r?\n/.exec(part);
    const body =
      blank === null
        ? ''
        : part
            .slice(blank.index + blank[0].length)
            .split('\n--', 1)
            .join('');
    return encoding?.toLowerCase() === 'base64' ? fromBase64(body) : fromQuotedPrintable(body);
  });
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

/** RFC 2045 section 6.7 */
function fromQuotedPrintable(text: string): string {
  return unescaped(text.replace(/=\r?\n/g, ''), '=');
}

function fromForm(text: string): string {
  return unescaped(text.replaceAll('+', ' '), '%');
}

/** Returns the text from the first section to the end of the last, or nothing if the statement continues after it. */
function cdataContent(text: string, first: number): string {
  const end = text.lastIndexOf(']]>');
  if (end >= 0 && REPLY.test(text.slice(end))) return '';
  return text.slice(first + '<![CDATA['.length, end < 0 ? text.length : end);
}

/** Removes the page's own tags, and decodes the references that stand for the markup of the statement. */
function displayedText(text: string): string {
  const bytes = Buffer.from(text.replace(/<[^<>]{0,1000}>/g, ''), 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1, length += 1) {
    const byte = bytes[at] ?? 0;
    bytes[length] = byte;
    if (byte !== 0x26) continue;
    const [reference = ''] = bytes.toString('latin1', at + 1, at + 1 + MAX_REFERENCE_LENGTH).split(';', 1);
    const char = MARKUP.get(reference.toLowerCase());
    if (char === undefined || bytes[at + 1 + reference.length] !== 0x3b) continue;
    bytes[length] = char;
    at += reference.length + 1;
  }
  return bytes.toString('latin1', 0, length);
}

const MAX_REFERENCE_LENGTH = 5;
/** References to the characters of markup. */
const MARKUP: ReadonlyMap<string, number> = new Map([
  ...[...'<>&"\''].flatMap((char): [string, number][] => {
    const code = char.charCodeAt(0);
    return [
      [`#${code}`, code],
      [`#x${code.toString(16)}`, code],
    ];
  }),
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['amp', 0x26],
  ['quot', 0x22],
  ['apos', 0x27],
]);

/** Returns the strings in double quotes that hold a document, or else all of them joined, as a program does. */
function stringLiterals(text: string): string[] {
  const all: string[] = [];
  for (let start = text.indexOf('"'); start >= 0 && all.length < MAX_PARTS; ) {
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== 0x22) end += text.charCodeAt(end) === 0x5c ? 2 : 1;
    const value = text.slice(start + 1, end);
    if (all.length > 0 || /OFX/i.test(value)) all.push(value);
    start = text.indexOf('"', end + 1);
  }
  const documents = all.map(unescapedLiteral).filter((value) => value.split('<', MIN_TAGS + 1).length > MIN_TAGS);
  return documents.some((value) => ROOT.test(value)) ? documents : [all.map(unescapedLiteral).join('')];
}

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['b', 0x20],
  ['f', 0x20],
]);

/** Decodes the escapes of a string in JSON or a program: `\n`, `\/`, `\u00e9`. */
function unescapedLiteral(literal: string): string {
  const units = utf16(literal);
  let length = 0;
  for (let at = 0; at < units.length; at += 1, length += 1) {
    if (units[at] !== 0x5c) {
      units[length] = units[at] ?? 0;
      continue;
    }
    at += 1;
    const char = String.fromCharCode(units[at] ?? 0x20);
    const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
    const code = digits === 0 ? null : hexAt(units, at + 1, digits);
    units[length] = code ?? ESCAPES.get(char) ?? units[at] ?? 0x20;
    if (code !== null) at += digits;
  }
  const text = Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
  return Buffer.from(text, 'utf8').toString('latin1');
}

function utf16(text: string): Uint16Array {
  const wide = utf8Text(text);
  const units = new Uint16Array(wide.length);
  for (let at = 0; at < wide.length; at += 1) units[at] = wide.charCodeAt(at);
  return units;
}

/** Decodes bytes that are written as a mark and two hexadecimal digits. */
function unescaped(text: string, mark: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const code = mark.charCodeAt(0);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1, length += 1) {
    const byte = bytes[at] === code ? hexAt(bytes, at + 1, 2) : null;
    bytes[length] = byte ?? bytes[at] ?? 0;
    if (byte !== null) at += 2;
  }
  return bytes.toString('latin1', 0, length);
}

/** Parses a number of hexadecimal digits; `null` if one of them is invalid. */
function hexAt(codes: Uint8Array | Uint16Array, from: number, digits: number): number | null {
  let value = 0;
  for (let at = from; at < from + digits; at += 1) {
    const code = codes[at] ?? 0;
    const digit = code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57;
    const isDigit = (code >= 0x30 && code <= 0x39) || (digit >= 10 && digit <= 15);
    if (!isDigit) return null;
    value = value * 16 + digit;
  }
  return value;
}

function utf8Text(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
