/** Markup that text cannot become part of: whatever stands in a template is escaped, unless it is markup itself. */

/** A piece of a page. Only `html` makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | null | readonly Content[];

/** Returns the markup of a template. Attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.map((part, index) => `${part}${markupOf(contents[index] ?? null)}`).join(''));
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return content.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Returns the text for an element or an attribute. Control characters become pictures such as `␛`, and those that reverse text
 * beyond their own element become visible, such as `<U+202E>`.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(/[\u0080-\u009f\u2028-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\uffff]/g, codeOf)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

function codeOf(char: string): string {
  return char === '\ufffd' ? char : `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** Returns text of others as an element that keeps its direction of writing to itself. */
export function foreign(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}
