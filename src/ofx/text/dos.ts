/** Code pages of DOS, which some banks' old systems still write and `TextDecoder` does not know. */

/** Characters of bytes 0x80 to 0xff. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
/** 850 with the euro sign. */
const CP858 = CP850.replace('ı', '€');

const PAGES: ReadonlyMap<string, string> = new Map([
  ['ibm437', CP437],
  ['ibm850', CP850],
  ['ibm858', CP858],
]);

/** Returns the name of a code page by any of its labels (`437`, `cp437`, `IBM-437`), or `null`. */
export function dosPageOf(label: string): string | null {
  const [, number] = /^(?:cp|ibm|dos|oem|pc)?[-_]?0{0,3}(437|850|858)$/.exec(label) ?? [];
  return number === undefined ? null : `ibm${number}`;
}

/** Returns the decoder of text that was read as latin1, one character a byte; `null` for other character sets. */
export function dosDecoder(charset: string): ((latin1: string) => string) | null {
  const page = PAGES.get(charset);
  if (page === undefined) return null;
  return (latin1) => latin1.replace(/[\u0080-\u00ff]/g, (char) => page[char.charCodeAt(0) - 0x80] ?? char);
}
