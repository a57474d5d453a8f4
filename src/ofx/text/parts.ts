/** Files that someone joined from statements of one byte a character and of two: each part is decoded on its own. */

const MAX_PARTS = 1_000;
/** The beginnings of a statement. */
const BEGINNINGS = ['OFXHEADER', '<OFX>', '<?OFX', '<?xml'];

function wide(text: string): { readonly little: string; readonly big: string } {
  const chars = [...text].map((char) => char.replace(/[?]/g, '\\$&'));
  return { little: chars.map((char) => `${char}\\0`).join(''), big: chars.map((char) => `\\0${char}`).join('') };
}

/** UTF-16, by its byte order mark or by a beginning. */
const MARKED = '\\xff\\xfe[O<\\s]\\0|\\xfe\\xff\\0[O<\\s]';
const WIDE = new RegExp([MARKED, ...BEGINNINGS.map(wide).flatMap(({ little, big }) => [big, little])].join('|'), 'g');
/** After UTF-16: one byte a character, or UTF-16 with a mark of its own. */
const NARROW = new RegExp([MARKED, ...BEGINNINGS.map((text) => text.replace('?', '\\?'))].join('|'), 'g');

/** Splits bytes where text of one byte a character becomes UTF-16, or the reverse; returns ordinary files as they are. */
export function partsByWidth(bytes: Uint8Array): readonly Uint8Array[] {
  if (!bytes.includes(0)) return [bytes];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const starts = [0];
  for (let at = 0; starts.length < MAX_PARTS; ) {
    const next = isWideAt(text, at) ? NARROW : WIDE;
    next.lastIndex = at + 2;
    const found = next.exec(text);
    if (found === null) break;
    at = found.index;
    starts.push(at);
  }
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1]));
}

/** Recognizes UTF-16 by its mark or by a NUL beside each of the first characters. */
function isWideAt(text: string, at: number): boolean {
  const head = text.slice(at, at + 6);
  return /^(?:\xff\xfe[^\0]\0|\xfe\xff\0[^\0]|(?:[^\0]\0){3}|(?:\0[^\0]){3})/.test(head);
}
