/**
 * Replies that repeat the request: a refusal that quotes the password, a web page that shows the request. Secrets are masked
 * before the reply is read, stored or printed.
 */

/** Shorter values occur in ordinary words and numbers by chance. */
const MIN_LENGTH = 4;
export const MASK = '********';
/** Messages, and elements of a request. Everything else is the statement, of which no byte is changed. */
const REPEATED =
  /(<(?:MESSAGE2?|USERPASS|NEWUSERPASS|USERCRED[12]|AUTHTOKEN|MFAPHRASEA|USERID)>)([\s\S]*?)(?=<\/?[A-Z][A-Z0-9.]*>|$)/gi;

/** Masks the values in a reply; returns the same bytes if it repeats none. */
export function maskEchoes(body: Uint8Array, values: readonly string[]): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const forms = values.filter((value) => value.length >= MIN_LENGTH).flatMap(formsOf);
  if (!forms.some((form) => bytes.includes(form, 0, 'latin1'))) return body;
  const text = bytes.toString('latin1');
  const longestFirst = forms.toSorted((a, b) => b.length - a.length);
  const mask = (part: string) => longestFirst.reduce((left, form) => left.replaceAll(form, MASK), part);
  const clean = /<(?:\w+:)?OFX[\s>]/i.test(text)
    ? text.replace(REPEATED, (_, tag: string, value: string) => tag + mask(value))
    : mask(text);
  return Buffer.from(clean, 'latin1');
}

/** Returns the spellings of a value: unchanged, with entities or percent signs, in UTF-8 and in latin1 if possible. */
function formsOf(value: string): string[] {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const written = [
    value,
    escaped,
    quoted,
    /\p{Surrogate}/u.test(value) ? value : encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
  ];
  const bytes = written.flatMap((form) => [
    Buffer.from(form, 'utf8').toString('latin1'),
    ...(/^[\u0000-\u00ff]*$/.test(form) ? [form] : []),
  ]);
  return [...new Set(bytes.flatMap((form) => [form, form.toUpperCase(), form.toLowerCase()]))];
}
