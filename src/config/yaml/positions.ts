/** Reads YAML and keeps the position of each value. */

import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { ConfigProblem } from '../../errors.js';
import {
  atStart,
  endOfText,
  hasTooManyValues,
  type LineColumn,
  MAX_FILE_LENGTH,
  problem,
  TOO_LARGE,
} from './problem.js';
import { documentProblems, keyAt, syntaxProblems } from './syntax.js';

export type Path = readonly (string | number)[];

/** Keys and values as read from the file, not yet checked by the schema. */
export type RawRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export interface ParsedYaml {
  /** The document as plain values; `undefined` when it cannot be read. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Returns the position of a path: its value, or its key if `at` is `key`, else the nearest parent that exists. */
  position(path: Path, at?: 'key' | 'value'): LineColumn;
  /** Returns the text of a scalar as written. */
  source(path: Path): string | null;
}

export function parseYaml(text: string): ParsedYaml {
  if (text.length > MAX_FILE_LENGTH) return unreadable(TOO_LARGE);
  if (hasTooManyValues(text)) return unreadable(atStart('too many values', 'is this the right file?'));
  const control = controlCharacter(text);
  if (control !== null) return unreadable(control);
  try {
    return read(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable(atStart('nested too deeply', 'accounts.example.yaml shows the structure'));
  }
}

/** Adds an empty list of institutions, and of accounts to each institution without one, so that they can be found and added. */
export function withEmptyAccounts(yaml: ParsedYaml): ParsedYaml {
  const { value } = yaml;
  const institutions = isRecord(value) ? value['institutions'] : null;
  if (isRecord(value) && institutions == null) return { ...yaml, value: { ...value, institutions: [] } };
  if (!isRecord(value) || !Array.isArray(institutions)) return yaml;
  const filled = institutions.map((one: unknown) =>
    isRecord(one) && one['accounts'] == null ? { ...one, accounts: [] } : one,
  );
  return { ...yaml, value: { ...value, institutions: filled } };
}

export function dotted(path: Path): string {
  return path.join('.');
}

/** Returns the document of a text; `null` when it is too large, is not a map, or has mistakes of syntax or equal keys. */
export function soundDocument(text: string): Document.Parsed | null {
  if (text.length > MAX_FILE_LENGTH || hasTooManyValues(text)) return null;
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  return documentProblems(document).length === 0 ? document : null;
}

function read(text: string): ParsedYaml {
  const at = lineColumnsOf(text);
  const parsed = parseAllDocuments(text, {
    // `documentProblems` finds equal keys, in linear time.
    uniqueKeys: false,
    stringKeys: true,
    merge: false,
    prettyErrors: false,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [document, second] = documents;
  if (document === undefined) return unreadable(empty(at(0)));
  const syntax = syntaxProblems(document, (offset) => at(offset).line);
  const isSound = syntax.every(({ readable }) => readable);
  if (isSound && document.contents === null) return unreadable(empty(at(0)));
  const found = isSound ? [...syntax, ...documentProblems(document)] : syntax;
  const problems = found.map(({ offset, message, suggestion, readable }) =>
    problem({ ...at(offset), path: readable ? dotted(keyAt(document, offset)) : '', message, suggestion }),
  );
  if (second !== undefined)
    problems.push(
      problem({
        ...at(second.range[0]),
        message: 'a second YAML document begins here',
        suggestion: 'keep one, without --- or ...',
      }),
    );
  if (found.some(({ readable }) => !readable)) return unreadable(...problems);
  return {
    value: document.toJS({ maxAliasCount: -1 }),
    problems,
    position: (path, kind = 'value') => at(offsetOf(document, path, kind)),
    source: (path) => {
      const node = nodeAt(document, path);
      return isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

/** Returns a function from offsets to positions. The parser's own counter loses lines after a syntax error. */
function lineColumnsOf(text: string): (offset: number) => LineColumn {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)];
    const line = countUpTo(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}

/** Counts the numbers of a sorted list that are not greater than a limit. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

function empty(position: LineColumn): ConfigProblem {
  return problem({
    ...position,
    message: 'the file is empty',
    suggestion: 'accounts.example.yaml shows what it contains',
  });
}

function unreadable(...problems: readonly ConfigProblem[]): ParsedYaml {
  return { value: undefined, problems, position: () => ({ line: 1, column: 1 }), source: () => null };
}

/** Control characters make text look like other text; a NUL means that the file is not UTF-8 at all. */
function controlCharacter(text: string): ConfigProblem | null {
  const index = text.search(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/,
  );
  if (index < 0) return null;
  const code = (text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return problem({
    ...endOfText(text.slice(0, index)),
    message: `an invisible control character (U+${code})`,
    suggestion: code === '0000' ? 'save the file as UTF-8' : 'delete it',
  });
}

function offsetOf(document: Document.Parsed, path: Path, kind: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = nodeAt(document, path.slice(0, length - 1));
    const key = kind === 'key' && isMap(parent) ? pairOf(parent, path[length - 1])?.key : undefined;
    const node = isScalar(key) ? key : nodeAt(document, path.slice(0, length));
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function nodeAt(document: Document.Parsed, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const part of path) {
    const child = childOf(node, part);
    node = isAlias(child) ? (child.resolve(document) ?? null) : child;
  }
  return node;
}

function childOf(node: Node | null, part: string | number): Node | null {
  const child = isMap(node) ? pairOf(node, part)?.value : isSeq(node) ? node.items[Number(part)] : null;
  return isNode(child) ? child : null;
}

const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** Returns the first pair with a key; by an index, since a map may have as many wrong keys as the file has lines. */
function pairOf(map: YAMLMap, key: string | number | undefined): Pair | undefined {
  let known = pairs.get(map);
  if (known === undefined) {
    const named = map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
    known = new Map(named.toReversed());
    pairs.set(map, known);
  }
  return known.get(String(key));
}
