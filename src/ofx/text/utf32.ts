/** UTF-32, which `TextDecoder` does not know. */

type Utf32 = 'utf-32le' | 'utf-32be';

const CHUNK = 8_192;
const REPLACEMENT = 0xfffd;

/** Units that are no character become U+FFFD; bytes at the end that are no whole unit are left out. */
export function utf32Text(bytes: Uint8Array, charset: Utf32): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = Math.floor(bytes.length / 4);
  const parts: string[] = [];
  for (let from = 0; from < units; from += CHUNK) {
    const points = Array.from({ length: Math.min(CHUNK, units - from) }, (_, index) => {
      const point = view.getUint32((from + index) * 4, charset === 'utf-32le');
      return point > 0x10ffff ? REPLACEMENT : point;
    });
    parts.push(String.fromCodePoint(...points));
  }
  return parts.join('');
}
