/** YAML's own mistakes and traps in plain words. Never quotes the file: any text in it may be a misplaced password. */

import { type Document, isAlias, isCollection, isMap, isPair, isScalar, visit, type YAMLError } from 'yaml';

interface Trap {
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
  /** The document can be read in spite of it, so that the other mistakes are found too. */
  readonly readable: boolean;
}

/** Values that a file may have once its aliases are written out. */
const MOST_VALUES = 200_000;
const MOST_TRAPS = 20;

const IN_WORDS: Readonly<Partial<Record<YAMLError['code'], readonly [message: string, suggestion: string]>>> = {
  DUPLICATE_KEY: ['the same key stands twice', 'keep one'],
  TAB_AS_INDENT: ['a tab indents this line', 'indent with blanks'],
  BAD_ALIAS: ['* begins an alias, and this is none', 'put a value that begins with * in quotes'],
  BAD_SCALAR_START: ['a value cannot begin with this character', 'put it in quotes'],
  BAD_DQ_ESCAPE: [
    'no escape that YAML knows',
    'in double quotes a backslash is written \\\\; single quotes take it as it is',
  ],
  BAD_INDENT: [
    'not indented as its neighbours are, or a bracket is not closed',
    'give lines of one level the same indentation',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second key on the same line, or an indentation that fits no level',
    'start a new line, put the value in quotes, or write { key: value }',
  ],
  BLOCK_IN_FLOW: ['indented lines inside brackets', 'write the whole in brackets, or none of it'],
  MISSING_CHAR: ['something is missing here', 'look for a colon, comma, quote or bracket'],
  MULTILINE_IMPLICIT_KEY: ['a key without its colon', 'write key: value'],
  NON_STRING_KEY: ['a key must be plain text', 'write key: value'],
  TAG_RESOLVE_FAILED: ['! begins a tag, and tags mean nothing here', 'put a value that begins with ! in quotes'],
  UNEXPECTED_TOKEN: [
    'not expected here',
    'look for a quote or bracket too many; put values with special characters in quotes',
  ],
  RESOURCE_EXHAUSTION: ['nested too deeply', 'accounts.example.yaml shows how deep it goes'],
};

/** What the parser found wrong, the first of each line. Once it has lost its way, the tokens that it does not expect follow from that. */
export function syntaxTraps(document: Document.Parsed, lineOf: (offset: number) => number): Trap[] {
  const lines = new Set<number>();
  return [...document.errors, ...document.warnings]
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN')
    .map((error) => ({ ...inWords(error), offset: offsetOf(error, document) }))
    .filter(({ offset }) => !lines.has(lineOf(offset)) && lines.add(lineOf(offset)))
    .slice(0, MOST_TRAPS);
}

function inWords({ code, message: original }: YAMLError): Omit<Trap, 'offset'> {
  if (isOpenQuote({ code, message: original }))
    return { message: 'this quote is never closed', suggestion: 'close it on the same line', readable: false };
  const [message, suggestion] = IN_WORDS[code] ?? ['this is not YAML', 'accounts.example.yaml shows how it is written'];
  return { message, suggestion, readable: code === 'DUPLICATE_KEY' };
}

/** A quote that is never closed is noticed at the end of the file: the place to look is where it opens. */
function offsetOf({ code, message, pos }: YAMLError, document: Document.Parsed): number {
  let offset = pos[0];
  if (!isOpenQuote({ code, message })) return offset;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE_') && range && range[0] < pos[0]) offset = range[0];
    },
  });
  return offset;
}

function isOpenQuote({ code, message }: Pick<YAMLError, 'code' | 'message'>): boolean {
  return code === 'MISSING_CHAR' && message.startsWith('Missing closing');
}

/** What YAML allows and a configuration is better without: merge keys, 1.1, aliases that lead nowhere, in circles or to millions. */
export function documentTraps(document: Document.Parsed): Trap[] {
  const traps: Trap[] = [];
  const { yaml } = document.directives;
  if (yaml.explicit === true && yaml.version !== '1.2')
    traps.push({
      offset: 0,
      message: `YAML ${yaml.version} reads numbers and words differently`,
      suggestion: 'leave the %YAML line out',
      readable: false,
    });
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<')
        traps.push({
          offset: key.range?.[0] ?? 0,
          message: 'merge keys (<<) are not taken',
          suggestion: 'write the keys themselves',
          readable: false,
        });
    },
  });
  return [...traps, ...aliasTraps(document)].slice(0, MOST_TRAPS);
}

function aliasTraps(document: Document.Parsed): Trap[] {
  const traps: Trap[] = [];
  const weights = new Map<string, number | 'open'>();
  let tooMany = false;
  const weigh = (node: unknown): number => {
    if (isPair(node)) return weigh(node.key) + weigh(node.value);
    if (isAlias(node)) return weighAlias(node.source, node.range?.[0] ?? 0);
    if (!isCollection(node)) {
      if (isScalar(node) && node.anchor !== undefined) weights.set(node.anchor, 1);
      return 1;
    }
    if (node.anchor !== undefined) weights.set(node.anchor, 'open');
    const weight = node.items.reduce<number>((sum, item) => sum + weigh(item), 1);
    if (node.anchor !== undefined) weights.set(node.anchor, weight);
    return weight;
  };
  const weighAlias = (anchor: string, offset: number): number => {
    const weight = weights.get(anchor);
    const refuse = (message: string, suggestion: string) =>
      traps.push({ offset, message, suggestion, readable: false });
    if (weight === undefined)
      refuse(
        '* begins an alias, and no anchor of that name comes before it',
        'put a value that begins with * in quotes',
      );
    if (weight === 'open') refuse('an alias inside the value that it stands for', 'write the value itself');
    if (typeof weight !== 'number') return 0;
    if (weight > MOST_VALUES && !tooMany)
      refuse('aliases that stand for more values than any configuration has', 'write the values themselves');
    tooMany ||= weight > MOST_VALUES;
    return weight;
  };
  const total = weigh(document.contents);
  if (total > MOST_VALUES && !tooMany)
    traps.push({
      offset: document.contents?.range?.[0] ?? 0,
      message: 'more values than any configuration has',
      suggestion: 'write fewer, or no aliases',
      readable: false,
    });
  return traps;
}

/** The path of the key that begins at an offset; empty when none does. */
export function keyAt(document: Document.Parsed, offset: number): readonly (string | number)[] {
  let found: readonly (string | number)[] = [];
  const walk = (node: unknown, path: readonly (string | number)[]): void => {
    if (!isCollection(node)) return;
    for (const [index, item] of node.items.entries()) {
      if (!isPair(item)) {
        walk(item, [...path, index]);
        continue;
      }
      const own = isMap(node) && isScalar(item.key) ? [...path, String(item.key.value)] : path;
      if (isScalar(item.key) && item.key.range?.[0] === offset) found = own;
      walk(item.value, own);
    }
  };
  walk(document.contents, []);
  return found;
}
