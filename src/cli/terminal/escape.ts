/** Text from outside, made safe for a terminal: characters that move the cursor, or hide or reverse text, become visible. */

/** Returns control characters as pictures such as `␛`, and bidirectional overrides and other invisible ones as `<U+202E>`. */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(
      /[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
      (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
    );
}

/** Does the same for text of several lines: line ends stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
