/** Conditions of rules from the words of a bank's text, which may hold anything. */

const SHORT = 6;

/**
 * Returns the words as plain text if all texts hold them alike, else as an expression. A single short word is an expression
 * with its bounds, so that `shell` is not found in `shellfish`.
 */
export function patternFor(words: readonly string[], texts: readonly string[]): string {
  const found = new RegExp(words.map(escaped).join('[^\\p{L}\\p{N}]+'), 'iu');
  const [shown = '', ...others] = texts.map((text) => found.exec(text)?.[0] ?? '');
  const isSame = others.every((text) => text.toLowerCase() === shown.toLowerCase());
  const isShort = words.length === 1 && shown.length < SHORT;
  // A text between slashes would be read as an expression.
  if (isSame && shown !== '' && !isShort && !/^\/.+\/$/s.test(shown)) return shown;
  const bound = (letter: string | undefined) => (/\w/.test(letter ?? '') ? '\\b' : '');
  const [first, last] = [words[0]?.[0], words.at(-1)?.at(-1)];
  return `/${bound(first)}${words.map(escaped).join('[^\\pL\\pN]+')}${bound(last)}/`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, (char) => `\\${char}`);
}
