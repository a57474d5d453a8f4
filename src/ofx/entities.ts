/** Character references in values, decoded once: HTML's named ones that occur in statements, and numeric ones. */

import { decodeCp1252 } from './cp1252.js';

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    iexcl: '¡',
    cent: '¢',
    pound: '£',
    curren: '¤',
    yen: '¥',
    brvbar: '¦',
    sect: '§',
    uml: '¨',
    copy: '©',
    ordf: 'ª',
    laquo: '«',
    not: '¬',
    reg: '®',
    macr: '¯',
    deg: '°',
    plusmn: '±',
    sup2: '²',
    sup3: '³',
    acute: '´',
    micro: 'µ',
    para: '¶',
    middot: '·',
    cedil: '¸',
    sup1: '¹',
    ordm: 'º',
    raquo: '»',
    frac14: '¼',
    frac12: '½',
    frac34: '¾',
    iquest: '¿',
    Agrave: 'À',
    Aacute: 'Á',
    Acirc: 'Â',
    Atilde: 'Ã',
    Auml: 'Ä',
    Aring: 'Å',
    AElig: 'Æ',
    Ccedil: 'Ç',
    Egrave: 'È',
    Eacute: 'É',
    Ecirc: 'Ê',
    Euml: 'Ë',
    Igrave: 'Ì',
    Iacute: 'Í',
    Icirc: 'Î',
    Iuml: 'Ï',
    ETH: 'Ð',
    Ntilde: 'Ñ',
    Ograve: 'Ò',
    Oacute: 'Ó',
    Ocirc: 'Ô',
    Otilde: 'Õ',
    Ouml: 'Ö',
    times: '×',
    Oslash: 'Ø',
    Ugrave: 'Ù',
    Uacute: 'Ú',
    Ucirc: 'Û',
    Uuml: 'Ü',
    Yacute: 'Ý',
    THORN: 'Þ',
    szlig: 'ß',
    agrave: 'à',
    aacute: 'á',
    acirc: 'â',
    atilde: 'ã',
    auml: 'ä',
    aring: 'å',
    aelig: 'æ',
    ccedil: 'ç',
    egrave: 'è',
    eacute: 'é',
    ecirc: 'ê',
    euml: 'ë',
    igrave: 'ì',
    iacute: 'í',
    icirc: 'î',
    iuml: 'ï',
    eth: 'ð',
    ntilde: 'ñ',
    ograve: 'ò',
    oacute: 'ó',
    ocirc: 'ô',
    otilde: 'õ',
    ouml: 'ö',
    divide: '÷',
    oslash: 'ø',
    ugrave: 'ù',
    uacute: 'ú',
    ucirc: 'û',
    uuml: 'ü',
    yacute: 'ý',
    thorn: 'þ',
    yuml: 'ÿ',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    fnof: 'ƒ',
    circ: 'ˆ',
    tilde: '˜',
    ensp: '\u2002',
    emsp: '\u2003',
    thinsp: '\u2009',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    dagger: '†',
    Dagger: '‡',
    bull: '•',
    hellip: '…',
    permil: '‰',
    lsaquo: '‹',
    rsaquo: '›',
    euro: '€',
    trade: '™',
    minus: '−',
    shy: '\u00ad',
  }),
);

const LONGEST = 10;

export interface DecodedText {
  readonly text: string;
  /** An `&` that begins no reference was met. */
  readonly bareAmpersand: boolean;
}

/** Unknown references and a bare `&` stay as they are. */
export function decodeEntities(text: string): DecodedText {
  let at = text.indexOf('&');
  if (at < 0) return { text, bareAmpersand: false };
  const parts: string[] = [];
  let from = 0;
  let bareAmpersand = false;
  for (; at >= 0; at = text.indexOf('&', at + 1)) {
    const name = referenceAt(text, at);
    const value = name === null ? null : referenceValue(name);
    if (name === null || value === null) {
      bareAmpersand = true;
      continue;
    }
    parts.push(text.slice(from, at), value);
    from = at + name.length + 2;
    at = from - 1;
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), bareAmpersand };
}

/** What stands between `&` and `;`, `null` when there is no `;` near. */
function referenceAt(text: string, at: number): string | null {
  for (let end = at + 1; end <= at + 1 + LONGEST && end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 0x3b) return end === at + 1 ? null : text.slice(at + 1, end);
    const isName =
      (code >= 0x30 && code <= 0x39) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x61 && code <= 0x7a) ||
      code === 0x23;
    if (!isName) return null;
  }
  return null;
}

function referenceValue(name: string): string | null {
  if (!name.startsWith('#')) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? null;
  const hexadecimal = name[1] === 'x' || name[1] === 'X';
  const digits = name.slice(hexadecimal ? 2 : 1);
  if (!(hexadecimal ? /^[0-9a-fA-F]+$/ : /^\d+$/).test(digits)) return null;
  const point = Number.parseInt(digits, hexadecimal ? 16 : 10);
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return '\ufffd';
  // HTML reads references to C1 controls as windows-1252, and so do the banks that write them.
  if (point >= 0x80 && point <= 0x9f) return decodeCp1252(Uint8Array.of(point));
  return String.fromCodePoint(point);
}
