/** Writing a tree of elements as SGML (OFX 1.x) or XML (2.x) text (OFX 2.2 section 2, OFX 1.6 section 2.2). */

import { escapeText } from '../text/entities.js';

/** `[name, text]` is a leaf, `[name, children]` an aggregate. */
export type Element = readonly [name: string, content: string | readonly Element[]];

export interface Layout {
  readonly xml: boolean;
  /** Write the end tags of leaves; XML always has them. */
  readonly closeTags: boolean;
  /** One element a line. */
  readonly prettyPrint: boolean;
  readonly newline: '\r\n' | '\n';
}

/** Writes an element with all its descendants as markup, without a header. */
export function writeElement(element: Element, layout: Layout): string {
  const parts: string[] = [];
  append(parts, element, layout);
  return parts.join('');
}

function append(parts: string[], [name, content]: Element, layout: Layout): void {
  // An unclosed leaf ends at the next tag, so readers that do not trim see its line break as part of the value.
  const end = layout.prettyPrint ? layout.newline : '';
  if (typeof content === 'string') {
    const close = layout.xml || layout.closeTags ? `</${name}>` : '';
    parts.push(`<${name}>${escapeText(content)}${close}${end}`);
    return;
  }
  parts.push(`<${name}>${end}`);
  for (const child of content) append(parts, child, layout);
  parts.push(`</${name}>${end}`);
}
