/**
 * Recognizes a page or a text that says that user id or password are wrong: some servers refuse a sign-on so, and not in OFX.
 * A page that merely asks for a password does not.
 */

const SUBJECT =
  'user ?(?:id|name)?|username|pass(?:word|code)|credentials?|log-?[io]n|sign-?on|(?:member|customer) (?:id|number)|pin';
const WRONG =
  'invalid|incorrect|wrong|mismatch|not (?:valid|correct|recogni[sz]ed|accepted)|(?:does|do)(?: not|n.t) match';
const FAILED =
  '(?:log-?[io]n|log-?[io]n attempt|sign-?(?:on|in)|authentication) (?:has )?(?:failed|denied|unsuccessful|was unsuccessful)';
const REFUSAL = new RegExp(
  `\\b(?:${WRONG})\\b[^.!?|]{0,60}\\b(?:${SUBJECT})\\b|\\b(?:${SUBJECT})\\b[^.!?|]{0,60}\\b(?:${WRONG})\\b|\\b${FAILED}\\b`,
  'i',
);
const EMPHASIS = /^<\/?(?:b|i|u|em|strong|span|font|small)(?:[\s/>]|$)/i;
const LINE_BREAK = /^<br(?:[\s/>]|$)/i;
const MOST_BYTES = 65_536;
const MOST_CHARACTERS = 160;

/** Returns the words of the refusal, at most 160 characters on one line; `null` when the body does not say so. */
export function refusalText(body: Uint8Array): string | null {
  const text = wordsOf(new TextDecoder('latin1').decode(body.subarray(0, MOST_BYTES)));
  const found = REFUSAL.exec(text);
  if (found === null) return null;
  const before = text.slice(Math.max(0, found.index - 60), found.index);
  const from = found.index - before.length + (/[.!?:|] (?=[^.!?:|]*$)/.exec(before)?.index ?? -2) + 2;
  const sentence = text.slice(from, from + MOST_CHARACTERS);
  const end = sentence.slice(found.index - from + found[0].length).search(/[.!?|]/);
  return (end < 0 ? sentence : sentence.slice(0, found.index - from + found[0].length + end + 1))
    .replace(/ ?\|$/, '')
    .trim();
}

/** Takes the tags away; a bar stands where one was, so that a sentence ends there. Neither emphasis nor a line break ends one. */
function wordsOf(text: string): string {
  return withoutTags(text)
    .replace(/\s+/g, ' ')
    .replace(/(?: ?\| ?)+/g, ' | ');
}

/** Skips scripts and styles whole. */
function withoutTags(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    if (start < 0) break;
    parts.push(text.slice(at, start));
    const separator = separatorOf(text.slice(start, start + 9));
    const hidden = /^<(script|style)\b/i.exec(text.slice(start, start + 8))?.[1]?.toLowerCase();
    const end = hidden === undefined ? text.indexOf('>', start) : endOfElement(text, start, hidden);
    at = end < 0 ? text.length : end + 1;
    parts.push(separator);
  }
  return [...parts, text.slice(at)].join('');
}

function separatorOf(tag: string): string {
  if (LINE_BREAK.test(tag)) return ' ';
  return EMPHASIS.test(tag) ? '' : '|';
}

function endOfElement(text: string, start: number, name: string): number {
  const close = text.slice(start).search(name === 'script' ? /<\/script/i : /<\/style/i);
  return close < 0 ? -1 : text.indexOf('>', start + close);
}
