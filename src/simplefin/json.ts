/** JSON of which numbers stay the text that was sent, and the few questions that hostile JSON must be asked. */

/** The beginning of a string or of a number; of the tokens of JSON only these have quotes, digits or a sign. */
const BEGINNING = /["\-\d]/g;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Parses JSON without reading any number: each becomes its text, since an amount is never a floating-point number. Of the
 * tokens of JSON only numbers and strings have digits, so that quoting them changes nothing else. Strings are passed over by
 * hand: an expression for all of them runs out of stack on a long one.
 * @throws SyntaxError for text that is not JSON.
 */
export function parseJson(text: string): unknown {
  const parts: string[] = [];
  let copied = 0;
  for (let at = beginningFrom(text, 0); at !== -1; ) {
    if (text[at] === '"') {
      at = beginningFrom(text, endOfString(text, at));
      continue;
    }
    NUMBER.lastIndex = at;
    const [number = ''] = NUMBER.exec(text) ?? [];
    if (number !== '') {
      parts.push(text.slice(copied, at), `"${number}"`);
      copied = at + number.length;
    }
    at = beginningFrom(text, at + Math.max(1, number.length));
  }
  return JSON.parse(parts.join('') + text.slice(copied));
}

function beginningFrom(text: string, from: number): number {
  BEGINNING.lastIndex = from;
  return BEGINNING.exec(text)?.index ?? -1;
}

/** Returns the place after the string that begins at a quote: the end of the text for one that does not end. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the own members of an object that are named; nothing is ever looked up in a prototype. */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Returns a list, an absent one as an empty one; `null` for anything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : null;
}
