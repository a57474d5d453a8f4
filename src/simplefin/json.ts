/** JSON of which numbers stay the text that was sent, and the few questions that hostile JSON must be asked. */

/** A string, or a number outside of strings, as JSON writes them. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * Parses JSON without reading any number: each becomes its text, since an amount is never a floating-point number. Of the
 * tokens of JSON only numbers and strings have digits, so that quoting them changes nothing else.
 * @throws SyntaxError for text that is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
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
