/** Character references in values (HTML's named ones and numeric ones), decoded once. */

import { decodeCp1252 } from './cp1252.js';

/** HTML 4's names for U+00A0 to U+00FF, in order. */
const LATIN = `
nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring
AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml
times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil
egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash
ugrave uacute ucirc uuml yacute thorn yuml
`;
/** HTML 4's other names, with their code points. */
const OTHERS = `
OElig:152 oelig:153 Scaron:160 scaron:161 Yuml:178 fnof:192 circ:2c6 tilde:2dc Alpha:391 Beta:392 Gamma:393
Delta:394 Epsilon:395 Zeta:396 Eta:397 Theta:398 Iota:399 Kappa:39a Lambda:39b Mu:39c Nu:39d Xi:39e
Omicron:39f Pi:3a0 Rho:3a1 Sigma:3a3 Tau:3a4 Upsilon:3a5 Phi:3a6 Chi:3a7 Psi:3a8 Omega:3a9 alpha:3b1 beta:3b2
gamma:3b3 delta:3b4 epsilon:3b5 zeta:3b6 eta:3b7 theta:3b8 iota:3b9 kappa:3ba lambda:3bb mu:3bc nu:3bd xi:3be
omicron:3bf pi:3c0 rho:3c1 sigmaf:3c2 sigma:3c3 tau:3c4 upsilon:3c5 phi:3c6 chi:3c7 psi:3c8 omega:3c9
thetasym:3d1 upsih:3d2 piv:3d6 ensp:2002 emsp:2003 thinsp:2009 zwnj:200c zwj:200d lrm:200e rlm:200f ndash:2013
mdash:2014 lsquo:2018 rsquo:2019 sbquo:201a ldquo:201c rdquo:201d bdquo:201e dagger:2020 Dagger:2021 bull:2022
hellip:2026 permil:2030 prime:2032 Prime:2033 lsaquo:2039 rsaquo:203a oline:203e frasl:2044 euro:20ac
image:2111 weierp:2118 real:211c trade:2122 alefsym:2135 larr:2190 uarr:2191 rarr:2192 darr:2193 harr:2194
crarr:21b5 lArr:21d0 uArr:21d1 rArr:21d2 dArr:21d3 hArr:21d4 forall:2200 part:2202 exist:2203 empty:2205
nabla:2207 isin:2208 notin:2209 ni:220b prod:220f sum:2211 minus:2212 lowast:2217 radic:221a prop:221d
infin:221e ang:2220 and:2227 or:2228 cap:2229 cup:222a int:222b there4:2234 sim:223c cong:2245 asymp:2248
ne:2260 equiv:2261 le:2264 ge:2265 sub:2282 sup:2283 nsub:2284 sube:2286 supe:2287 oplus:2295 otimes:2297
perp:22a5 sdot:22c5 lceil:2308 rceil:2309 lfloor:230a rfloor:230b lang:2329 rang:232a loz:25ca spades:2660
clubs:2663 hearts:2665 diams:2666
`;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ...words(LATIN).map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...words(OTHERS).map((word): [string, string] => {
    const [name = '', point = ''] = word.split(':');
    return [name, String.fromCharCode(Number.parseInt(point, 16))];
  }),
]);

/** Returns the names of a character in references, without `&` and `;`. */
export function referenceNames(character: string): readonly string[] {
  return [...NAMED].flatMap(([name, value]) => (value === character ? [name] : []));
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const MAX_NAME_LENGTH = 10;

interface DecodedText {
  readonly text: string;
  /** True if the text has an `&` that does not begin a reference. */
  readonly bareAmpersand: boolean;
}

/** Decodes the references that HTML defines; unknown ones and a bare `&` are kept unchanged. */
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

/** Returns the text between `&` and `;`, or `null` when no `;` is near. */
function referenceAt(text: string, at: number): string | null {
  for (let end = at + 1; end <= at + 1 + MAX_NAME_LENGTH && end < text.length; end += 1) {
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
  if (point >= 0x80 && point <= 0x9f) return decodeCp1252(String.fromCharCode(point));
  return String.fromCodePoint(point);
}

/** Escapes a value with OFX's three entities, and removes control characters, which could end a line or an element. */
export function escapeText(value: string): string {
  return value
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
