/**
 * Replies that say again what they were sent: a refusal that quotes the password, a web page that shows the request. What
 * was secret is masked before anybody reads, keeps or prints the reply.
 */

/** Shorter values stand in ordinary words and numbers by chance. */
const SHORTEST = 4;
const MASK = '********';
/** Sentences, and elements that only a repeated request has. Everything else is the statement, of which no byte is changed. */
const SAID =
  /(<(?:MESSAGE2?|USERPASS|NEWUSERPASS|USERCRED[12]|AUTHTOKEN|MFAPHRASEA|USERID)>)([\s\S]*?)(?=<\/?[A-Z][A-Z0-9.]*>|$)/gi;

/** The same bytes where nothing is repeated. */
export function withoutEchoes(body: Uint8Array, values: readonly string[]): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const forms = values.filter((value) => value.length >= SHORTEST).flatMap(formsOf);
  if (!forms.some((form) => bytes.includes(form, 0, 'latin1'))) return body;
  const text = bytes.toString('latin1');
  const longestFirst = forms.toSorted((a, b) => b.length - a.length);
  const mask = (part: string) => longestFirst.reduce((left, form) => left.replaceAll(form, MASK), part);
  const clean = /<(?:\w+:)?OFX[\s>]/i.test(text)
    ? text.replace(SAID, (_, tag: string, said: string) => tag + mask(said))
    : mask(text);
  return Buffer.from(clean, 'latin1');
}

/** As it may be written: as it is or with entities or percent signs, in UTF-8 or, where it can be, in one byte a letter. */
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
