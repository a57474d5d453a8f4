/** Characters of markup by their codes, and the cleaning of values. */

export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13);
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

export function isNameStart(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;
}

export function isNameChar(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x3a) || code === 0x2e || code === 0x2d;
}

/** Returns true if a range of text holds nothing but blanks and NULs. */
export function isBlankText(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x20 || (code < 9 && code !== 0)) return false;
  }
  return true;
}

/** Characters that a value may not contain, or not at its ends. */
const SPECIAL = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/;

/**
 * Returns a value trimmed, on one line, without control characters and lone surrogates; a no-break space inside stays. The
 * lines of an amount are joined by a bar: two numbers must never become one.
 */
export function cleanValue(value: string, { isAmount }: { readonly isAmount: boolean }): string {
  const trimmed = value.trim();
  if (!SPECIAL.test(trimmed)) return trimmed;
  const lines = trimmed.split(/[\r\n]+/).map((line) => line.trim());
  const cleaned = lines
    .join(isAmount ? ' | ' : ' ')
    .replace(/[\t\u0085]/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  return trimInvisible(cleaned);
}

/** Also trims zero-width marks, which some programs leave at the ends of values; inside, they join letters. */
function trimInvisible(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isInvisible(text.charCodeAt(start))) start += 1;
  while (end > start && isInvisible(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isInvisible(code: number): boolean {
  if (code < 0x80) return code === 0x20;
  const isMark = (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e);
  return isMark || (code >= 0x2060 && code <= 0x2064) || String.fromCharCode(code).trim() === '';
}
