/** YAML text to values, keeping where each of them stands. */

import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import type { ConfigProblem } from '../../errors.js';
import { documentTraps, keyAt, syntaxTraps } from './traps.js';

export type Path = readonly (string | number)[];

/** Keys with values as they were read from the file, before the schema has checked them. */
export type RawRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Located {
  /** The document as plain values; `undefined` when it cannot be read. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Line and column of a path: its key where `key` is asked for, else its value, else the nearest parent that is there. */
  position(path: Path, at?: 'key' | 'value'): Place;
  /** The source text of a scalar, as written. */
  source(path: Path): string | null;
}

export const LARGEST_FILE = 1_048_576;
export const TOO_LARGE: ConfigProblem = problem({
  line: 1,
  column: 1,
  message: 'the file is larger than 1 MB',
  suggestion: 'is it the right one?',
});

export function locate(text: string): Located {
  if (text.length > LARGEST_FILE) return unreadable(TOO_LARGE);
  const control = controlCharacter(text);
  if (control !== null) return unreadable(control);
  try {
    return read(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable(
      problem({
        line: 1,
        column: 1,
        message: 'nested too deeply',
        suggestion: 'accounts.example.yaml shows how deep it goes',
      }),
    );
  }
}

/** The same, with an empty list of accounts where an institution says nothing of them: they are to be asked for. */
export function withAccountsToCome(located: Located): Located {
  const { value } = located;
  const institutions = isRecord(value) ? value['institutions'] : null;
  if (!isRecord(value) || !Array.isArray(institutions)) return located;
  const filled = institutions.map((one: unknown) =>
    isRecord(one) && one['accounts'] == null ? { ...one, accounts: [] } : one,
  );
  return { ...located, value: { ...value, institutions: filled } };
}

export function problem(
  input: Place & { message: string; path?: string; suggestion?: string | undefined },
): ConfigProblem {
  const { line, column, path = '', message, suggestion = null } = input;
  return { line, column, path, message, suggestion };
}

/** Where a text ends. */
export function endOf(text: string): Place {
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

export function dotted(path: Path): string {
  return path.join('.');
}

function read(text: string): Located {
  const at = placesIn(text);
  const parsed = parseAllDocuments(text, {
    uniqueKeys: true,
    stringKeys: true,
    merge: false,
    prettyErrors: false,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const [document, second] = documents;
  if (document === undefined) return unreadable(empty(at(0)));
  const syntax = syntaxTraps(document, (offset) => at(offset).line);
  const isSound = syntax.every(({ readable }) => readable);
  if (isSound && document.contents === null) return unreadable(empty(at(0)));
  const traps = isSound ? [...syntax, ...documentTraps(document)] : syntax;
  const problems = traps.map(({ offset, message, suggestion, readable }) =>
    problem({ ...at(offset), path: readable ? dotted(keyAt(document, offset)) : '', message, suggestion }),
  );
  if (second !== undefined)
    problems.push(
      problem({
        ...at(second.range[0]),
        message: 'a second YAML document begins here',
        suggestion: 'write one, without --- or ...',
      }),
    );
  if (traps.some(({ readable }) => !readable)) return unreadable(...problems);
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

/** Place of an offset. The parser's own counter loses lines after a syntax error. */
function placesIn(text: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    const line = next < 0 ? starts.length : next;
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}

function empty(place: Place): ConfigProblem {
  return problem({
    ...place,
    message: 'the file is empty',
    suggestion: 'accounts.example.yaml shows what belongs into it',
  });
}

function unreadable(...problems: readonly ConfigProblem[]): Located {
  return { value: undefined, problems, position: () => ({ line: 1, column: 1 }), source: () => null };
}

/** Control characters make text look like other text; a NUL means that the file is no UTF-8 at all. */
function controlCharacter(text: string): ConfigProblem | null {
  const index = text.search(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/,
  );
  if (index < 0) return null;
  const code = (text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return problem({
    ...endOf(text.slice(0, index)),
    message: `an invisible control character (U+${code})`,
    suggestion: code === '0000' ? 'save the file as UTF-8' : 'delete it',
  });
}

function offsetOf(document: Document.Parsed, path: Path, kind: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = nodeAt(document, path.slice(0, length - 1));
    const key = kind === 'key' && isMap(parent) ? keyNode(parent, path[length - 1]) : undefined;
    const node = key ?? nodeAt(document, path.slice(0, length));
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
  if (!isMap(node) && !isSeq(node)) return null;
  const child = node.get(part, true);
  return isNode(child) ? child : null;
}

function keyNode(
  map: { readonly items: readonly { readonly key: unknown }[] },
  key: string | number | undefined,
): Node | undefined {
  const found = map.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))?.key;
  return isScalar(found) ? found : undefined;
}
