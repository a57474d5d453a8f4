/** The header before the root, in every form seen: one key a line, all on one line, without separators, or XML instructions. */

import type { OfxHeader } from '../file.js';
import type { Decoded } from './charset.js';

const HEAD_LENGTH = 4096;
const KEYS = 'OFXHEADER|DATA|VERSION|SECURITY|ENCODING|CHARSET|COMPRESSION|OLDFILEUID|NEWFILEUID';

/** Reads the header of a document; everything that it does not declare is `null`. */
export function readHeader({ markup, textOf, charset, declared }: Decoded): OfxHeader {
  const whole = textOf(markup.slice(0, HEAD_LENGTH));
  const head = whole.replace(/<!--[\s\S]*?-->/g, '');
  const root = head.search(/<\s{0,9}(?:[\w.-]{1,30}:)?OFX[\s>]/i);
  const prolog = root < 0 ? head : head.slice(0, root);
  // Some banks forget the > of the instruction, or its second question mark.
  const instruction = /<\?OFX\b([^>]{0,600}?)(?:\?(?:>|$)|>)/i.exec(prolog)?.[1];
  const written = instruction === undefined ? headerPairs(prolog.replace(/<[^>]*>/g, '\n')) : attributes(instruction);
  // Some banks put the whole header into a comment.
  const pairs = written.size > 0 ? written : headerPairs(commentsBefore(whole));
  const newFileUid = pairs.get('NEWFILEUID') ?? null;
  const xml = instruction !== undefined || (pairs.size === 0 && /<\?xml\b/i.test(prolog));
  return {
    ofxVersion: pairs.get('VERSION') ?? null,
    charset,
    declaredCharset: declared,
    syntax: xml ? 'xml' : 'sgml',
    newFileUid: newFileUid?.toUpperCase() === 'NONE' ? null : newFileUid,
  };
}

function commentsBefore(head: string): string {
  return [...head.matchAll(/<!--([\s\S]*?)-->/g)].map(([, text = '']) => text).join('\n');
}

function headerPairs(prolog: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  // A value ends with its line or, in a header on one line, where the next key begins.
  const pattern = new RegExp(`(?<!-)(${KEYS}) ?[:=] ?([^\\r\\n<]{0,80}?) ?(?=(?:${KEYS}) ?[:=]|[\\r\\n<]|$)`, 'gi');
  // Two repetitions of blanks around a value take quadratic time, so there is only one.
  for (const [, key = '', value = ''] of prolog.replace(/[ \t]+/g, ' ').matchAll(pattern)) {
    // A header pasted from a table or a program's list has quotes around its values and a separator after them.
    const bare = value.replace(/^["']|["']?[,;]?$/g, '');
    if (!pairs.has(key.toUpperCase()) && bare !== '') pairs.set(key.toUpperCase(), bare);
  }
  return pairs;
}

function attributes(instruction: string): ReadonlyMap<string, string> {
  const found = instruction.matchAll(/([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/g);
  return new Map(
    [...found].map(([, key = '', double, single, bare]) => [key.toUpperCase(), double ?? single ?? bare ?? '']),
  );
}
