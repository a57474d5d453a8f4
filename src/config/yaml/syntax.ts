/** Problems of the YAML itself, in plain words. Never quotes the file: any text in it may be a misplaced password. */

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';

interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
  /** True if the document can be read nevertheless, so that the other mistakes are found too. */
  readonly readable: boolean;
}

/** Most values that the aliases of a file may add to it. */
const MAX_ALIASED = 200_000;
const MAX_PROBLEMS = 20;

const IN_WORDS: Readonly<Partial<Record<YAMLError['code'], readonly [message: string, suggestion: string]>>> = {
  TAB_AS_INDENT: ['this line is indented with a tab', 'indent with spaces'],
  BAD_ALIAS: ['* begins an alias, and this is not one', 'put a value that begins with * in quotes'],
  BAD_SCALAR_START: ['a value cannot begin with this character', 'put it in quotes'],
  BAD_DQ_ESCAPE: [
    'not a valid escape sequence',
    'write a backslash as \\\\ in double quotes, or unchanged in single quotes',
  ],
  BAD_INDENT: ['not indented like the lines around it, or a bracket is not closed', 'indent lines of one level alike'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second key on the same line, or indentation that matches no level',
    'start a new line, put the value in quotes, or write { key: value }',
  ],
  BLOCK_IN_FLOW: ['indented lines inside brackets', 'write all of it in brackets, or none'],
  MISSING_CHAR: ['something is missing here', 'look for a colon, comma, quote or bracket'],
  MULTILINE_IMPLICIT_KEY: ['a key without its colon', 'write key: value'],
  NON_STRING_KEY: ['a key must be plain text', 'write key: value'],
  TAG_RESOLVE_FAILED: ['! begins a tag, and tags are not supported', 'put a value that begins with ! in quotes'],
  UNEXPECTED_TOKEN: [
    'unexpected here',
    'look for an extra quote or bracket; put values with special characters in quotes',
  ],
  RESOURCE_EXHAUSTION: ['nested too deeply', 'accounts.example.yaml shows how deep it goes'],
};

/** Errors that one slip spreads over the lines below it. */
const SPREADING: ReadonlySet<YAMLError['code']> = new Set(['BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY']);

/**
 * Returns the first error of the parser in each line. After another error, unexpected tokens are only its consequences, and so
 * is the same error of structure in the lines that follow.
 */
export function syntaxProblems(document: Document.Parsed, lineOf: (offset: number) => number): SyntaxProblem[] {
  const lines = new Set<number>();
  return [...document.errors, ...document.warnings]
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN')
    .map((error) => ({ ...inWords(error), code: error.code, offset: offsetOf(error, document) }))
    .filter(({ offset }) => !lines.has(lineOf(offset)) && lines.add(lineOf(offset)))
    .filter(({ code, offset }, index, all) => {
      const before = all[index - 1];
      const isSpread = SPREADING.has(code) && code === before?.code;
      return !isSpread || lineOf(offset) !== lineOf(before.offset) + 1;
    })
    .map(({ message, suggestion, readable, offset }) => ({ message, suggestion, readable, offset }))
    .slice(0, MAX_PROBLEMS);
}

function inWords({ code, message: original }: YAMLError): Omit<SyntaxProblem, 'offset'> {
  if (isOpenQuote({ code, message: original }))
    return { message: 'this quote is never closed', suggestion: 'close it on the same line', readable: false };
  const [message, suggestion] = IN_WORDS[code] ?? ['not valid YAML', 'accounts.example.yaml shows how it is written'];
  return { message, suggestion, readable: false };
}

/** The parser notices an unclosed quote at the end of the file; the offset to report is where it opens. */
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

/** Reports valid YAML that a configuration must not use: equal keys, merge keys, version 1.1, and bad aliases. */
export function documentProblems(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const { yaml } = document.directives;
  if (yaml.explicit === true && yaml.version !== '1.2')
    problems.push(refusal(0, `YAML ${yaml.version} reads numbers and words differently`, 'remove the %YAML line'));
  const walk = new Walk();
  walk.through(document.contents);
  return firstOf([...problems, ...walk.keys, ...walk.aliases]);
}

/** Problems that make a document unreadable always count, however many equal keys stand before them. */
function firstOf(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const [readable, unreadable] = [problems.filter((one) => one.readable), problems.filter((one) => !one.readable)];
  const inOrder = (some: readonly SyntaxProblem[]) => some.toSorted((a, b) => a.offset - b.offset);
  return inOrder([...inOrder(unreadable), ...inOrder(readable)].slice(0, MAX_PROBLEMS));
}

/** Walks through a document once, and collects what is wrong with its keys and aliases. */
class Walk {
  readonly keys: SyntaxProblem[] = [];
  readonly aliases: SyntaxProblem[] = [];
  /** Number of values behind each anchor. */
  readonly #weights = new Map<string, number | 'open'>();
  #aliased = 0;

  /** @returns the number of values, with those of aliases. */
  through(node: unknown): number {
    if (isPair(node)) return this.through(node.key) + this.through(node.value);
    if (isAlias(node)) return this.#weightOf(node.source, node.range?.[0] ?? 0);
    if (!isCollection(node)) {
      if (isScalar(node) && node.anchor !== undefined) this.#weights.set(node.anchor, 1);
      return 1;
    }
    if (isMap(node)) this.#checkKeys(node.items.map(({ key }) => key));
    if (node.anchor !== undefined) this.#weights.set(node.anchor, 'open');
    let weight = 1;
    for (const item of node.items) weight += this.through(item);
    if (node.anchor !== undefined) this.#weights.set(node.anchor, weight);
    return weight;
  }

  #checkKeys(keys: readonly unknown[]): void {
    const seen = new Set<unknown>();
    for (const key of keys) {
      if (!isScalar(key)) continue;
      const offset = offsetOfKey(key);
      if (key.value === '<<')
        this.keys.push(refusal(offset, 'merge keys (<<) are not supported', 'write the keys themselves'));
      else if (seen.has(key.value)) this.keys.push({ offset, ...EQUAL_KEYS });
      seen.add(key.value);
    }
  }

  #weightOf(anchor: string, offset: number): number {
    const weight = this.#weights.get(anchor);
    const refuse = (message: string, suggestion: string) => this.aliases.push(refusal(offset, message, suggestion));
    if (weight === undefined)
      refuse('* begins an alias, and no anchor before it has that name', 'put a value that begins with * in quotes');
    if (weight === 'open') refuse('an alias inside its own value', 'write the value itself');
    if (typeof weight !== 'number') return 0;
    const before = this.#aliased;
    this.#aliased += weight;
    if (before <= MAX_ALIASED && this.#aliased > MAX_ALIASED)
      refuse('aliases that expand to too many values', 'write the values themselves');
    return weight;
  }
}

const EQUAL_KEYS = { message: 'the same key appears twice', suggestion: 'keep one', readable: true } as const;

function offsetOfKey({ range }: Scalar): number {
  return range?.[0] ?? 0;
}

function refusal(offset: number, message: string, suggestion: string): SyntaxProblem {
  return { offset, message, suggestion, readable: false };
}

/** Returns the path of the key that begins at an offset; empty when none does. */
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
