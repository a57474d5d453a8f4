/**
 * windows-1252 both ways. `TextDecoder('windows-1252')` of Node 20 decodes bytes 0x80–0x9f as ISO-8859-1, so the table is
 * here (WHATWG Encoding, index windows-1252; the five unassigned bytes stay the C1 controls of the same number).
 */

/** Code points of bytes 0x80 to 0x9f. */
const HIGH = [
  0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
  0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,
  0x017e, 0x0178,
] as const;

const TO_BYTE: ReadonlyMap<number, number> = new Map(HIGH.map((point, index) => [point, 0x80 + index]));
const HIGH_TEXT: readonly string[] = HIGH.map((point) => String.fromCharCode(point));

/** Decodes windows-1252 bytes that were read as latin1, one character a byte. */
export function decodeCp1252(latin1: string): string {
  return latin1.replace(/[\u0080-\u009f]/g, (char) => HIGH_TEXT[char.charCodeAt(0) - 0x80] ?? char);
}

/** Encodes text as windows-1252; `null` when it has a character outside that set. */
export function encodeCp1252(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const point = text.charCodeAt(index);
    const byte = point < 0x80 || (point >= 0xa0 && point <= 0xff) ? point : TO_BYTE.get(point);
    if (byte === undefined) return null;
    bytes[index] = byte;
  }
  return bytes;
}
