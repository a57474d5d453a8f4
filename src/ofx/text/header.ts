/** The header before the root, in every spelling: a key a line, all on one line, with or without separators, or as XML instructions. */

import type { OfxHeader } from '../file.js';
import type { Decoded } from './charset.js';

const HEAD = 4096;
const KEYS = 'OFXHEADER|DATA|VERSION|SECURITY|ENCODING|CHARSET|COMPRESSION|OLDFILEUID|NEWFILEUID';

export function readHeader({ markup, textOf, charset, declared }: Decoded): OfxHeader {
  const whole = textOf(markup.slice(0, HEAD));
  const head = whole.replace(/<!--[\s\S]*?-->/g, '');
  const root = head.search(/<\s{0,9}(?:[\w.-]{1,30}:)?OFX[\s>]/i);
  const prolog = root < 0 ? head : head.slice(0, root);
  // Some forget the > of the instruction, or its second question mark.
  const instruction = /<\?OFX\b([^>]{0,600}?)(?:\?(?:>|$)|>)/i.exec(prolog)?.[1];
  const written = instruction === undefined ? plainPairs(prolog.replace(/<[^>]*>/g, '\n')) : attributes(instruction);
  // Some put the whole header into a comment.
  const pairs = written.size > 0 ? written : plainPairs(commentsBefore(whole));
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

function plainPairs(prolog: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  // A value ends at the end of its line, or where the next key begins when there are no lines.
  const pattern = new RegExp(
    `(?<!-)(${KEYS})[ \\t]*[:=][ \\t]*([^\\r\\n<]{0,80}?)[ \\t]*(?=(?:${KEYS})[ \\t]*[:=]|[\\r\\n<]|$)`,
    'gi',
  );
  for (const [, key = '', value = ''] of prolog.matchAll(pattern)) {
    // Written as a table or a list of texts, values have quotes around them and a separator after them.
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
