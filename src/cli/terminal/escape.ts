/** Text from outside, made safe for a terminal: what could move the cursor, hide or turn text around is made visible. */

/** Control characters as `␛`-like pictures, bidirectional overrides and other invisible controls as `<U+202E>`. */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(
      /[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
      (char) => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
    );
}

/** The same for text of several lines that are ours: line ends stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
