/** Reads a person's journal and the files that it includes, by name or by pattern. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { UsageError } from '../../errors.js';
import type { JournalText, ReadJournal } from '../../rules/journal/entry.js';
import { readJournal } from '../../rules/journal/read.js';
import type { Invocation } from '../command/command.js';

const LARGEST_BYTES = 256 * 1024 * 1024;
/** Folders and files that a pattern may pass. */
const MOST_NAMES = 100_000;

/** @throws UsageError for a file that cannot be read */
export function journalOf(file: string, { io }: Invocation): ReadJournal {
  const root = resolve(io.cwd, file);
  return readJournal(
    textOf(root, null),
    (pattern, from) => {
      const home = pattern.replace(/^~(?=\/)/, io.home);
      const path = isAbsolute(home) ? home : join(dirname(from), home);
      if (!/[*?[{]/.test(path)) return [textOf(path, from)];
      return matching(path).flatMap((one) => (one === from ? [] : [textOf(one, from)]));
    },
    String(io.now().getFullYear()),
  );
}

function textOf(path: string, from: string | null): JournalText {
  const what = from === null ? path : `${path}, which ${from} includes,`;
  try {
    if (statSync(path).size > LARGEST_BYTES) throw new UsageError(`${what} is larger than 256 MB`);
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${what} cannot be read`, 'Name the main file of your journal: --journal FILE');
  }
}

/** Returns the files that fit a pattern with `*`, `**`, `?`, `[…]` and `{a,b}`, in the order of their names. */
function matching(pattern: string): string[] {
  const parts = pattern.split(sep === '/' ? '/' : /[\\/]/);
  const first = parts.findIndex((part) => /[*?[{]/.test(part));
  const root = parts.slice(0, first).join('/') || '/';
  const expression = new RegExp(
    `^${parts.slice(first).map(expressionOf).join('/').replaceAll('(?:.*)/', '(?:.*/)?')}$`,
    'u',
  );
  const isDeep = parts.slice(first).includes('**');
  const depth = isDeep ? Number.POSITIVE_INFINITY : parts.length - first;
  const names = { left: MOST_NAMES };
  return below(root, '', { depth, names })
    .filter((name) => expression.test(name))
    .toSorted()
    .map((name) => join(root, name));
}

function below(root: string, at: string, { depth, names }: { depth: number; names: { left: number } }): string[] {
  if (depth <= 0) return [];
  try {
    return readdirSync(join(root, at), { withFileTypes: true }).flatMap((entry) => {
      names.left -= 1;
      if (entry.name.startsWith('.') || names.left < 0) return [];
      const name = at === '' ? entry.name : `${at}/${entry.name}`;
      return entry.isDirectory() ? below(root, name, { depth: depth - 1, names }) : [name];
    });
  } catch {
    // A folder that cannot be read has no file that could be included.
    return [];
  }
}

function expressionOf(part: string): string {
  if (part === '**') return '(?:.*)';
  return part.replace(/\*+|\?|\[!|[{},]|[\\^$.+()|/]/g, (char) => {
    if (char.startsWith('*')) return '[^/]*';
    return { '?': '[^/]', '[!': '[^', '{': '(?:', '}': ')', ',': '|' }[char] ?? `\\${char}`;
  });
}
