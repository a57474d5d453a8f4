/** YAML text to values, keeping where each of them stands; and YAML's own traps, refused with their places. */

import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { ConfigProblem } from '../errors.js';

export type Path = readonly (string | number)[];

export interface Located {
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Line and column of a path: its key where `key` is asked for, else its value, else the nearest parent that is there. */
  position(path: Path, at?: 'key' | 'value'): { line: number; column: number };
  /** The source text of a scalar, as written. */
  source(path: Path): string | null;
}

const LARGEST = 1_048_576;
const MOST_ALIASES = 20;

export function locate(text: string): Located {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ''), {
    lineCounter: lines,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
  });
  const list = Array.isArray(documents) ? documents : [];
  const [document] = list;
  const at = (offset: number) => place(lines, offset);
  if (text.length > LARGEST) return failed({ ...at(0), message: 'the file is larger than 1 MB' });
  if (document === undefined || document.contents === null)
    return failed({ ...at(0), message: 'the file is empty', suggestion: 'see accounts.example.yaml' });
  const problems = [
    ...list.flatMap((one) =>
      one.errors.map((error) => problem({ ...at(error.pos[0]), message: yamlMessage(error.code, error.message) })),
    ),
    ...traps(document, at),
  ];
  if (list[1] !== undefined)
    problems.push(
      problem({
        ...at(list[1].range[0]),
        message: 'a second YAML document begins here (---)',
        suggestion: 'write one document',
      }),
    );
  if (problems.length > 0) return { ...failed({ line: 1, column: 1, message: '' }), problems };
  return {
    value: document.toJS({ maxAliasCount: MOST_ALIASES }),
    problems: [],
    position: (path, kind = 'value') => at(offsetOf(document, path, kind)),
    source: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

export function problem(input: {
  line: number;
  column: number;
  message: string;
  path?: string;
  suggestion?: string | undefined;
}): ConfigProblem {
  return {
    line: input.line,
    column: input.column,
    path: input.path ?? '',
    message: input.message,
    suggestion: input.suggestion ?? null,
  };
}

function failed(input: { line: number; column: number; message: string; suggestion?: string }): Located {
  return { value: undefined, problems: [problem(input)], position: () => ({ line: 1, column: 1 }), source: () => null };
}

/** Aliases and merge keys hide what an account is, and nested ones explode: a configuration has no need of them. */
function traps(document: Document.Parsed, at: (offset: number) => { line: number; column: number }): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(document, {
    Alias: (_, node) => {
      problems.push(
        problem({
          ...at(node.range?.[0] ?? 0),
          message: `aliases are not taken (*${node.source})`,
          suggestion: 'write the value itself',
        }),
      );
    },
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<')
        problems.push(
          problem({
            ...at(pair.key.range?.[0] ?? 0),
            message: 'merge keys are not taken (<<)',
            suggestion: 'write the values themselves',
          }),
        );
    },
  });
  return problems.slice(0, 20);
}

function yamlMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'the same key stands twice';
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line: YAML wants blanks';
  return message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? message;
}

function offsetOf(document: Document.Parsed, path: Path, kind: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (kind === 'key' && isMap(parent)) {
      const pair = parent.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
