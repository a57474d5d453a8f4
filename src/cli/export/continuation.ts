/**
 * Journals of several files. A file that is begun after the consumer has received an account continues the file that has
 * its opening, and names it in its first comment; or it stands alone and opens at the balance before its first entry. Both
 * are remembered in the file itself, so that it may be moved and renamed.
 */

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import type { ConsumerMark, Exporter } from '../../ports.js';
import { type ContinuedFile, continuedFile } from './append-file.js';
import type { ExportRequest } from './options.js';

/** A journal file before it is written to. */
export interface JournalFile extends ContinuedFile {
  /** The first comment of what is written now. */
  readonly comment: string;
  readonly standsAlone: boolean;
}

const ALONE = 'Opens at the balances before its first entry: to be read without earlier files.';
const MOST_FILES = 100;

/** Reads a journal file, and the files that it continues as far as they are still there. */
export async function journalFile(path: string, exporter: Exporter): Promise<JournalFile> {
  const { declaredBy } = exporter;
  const reader = { ...exporter, declaredBy: (line: string) => remarkIn(line) ?? declaredBy?.(line) ?? null };
  const file = await continuedFile(path, reader);
  const declared = new Set(file.declared);
  let { held } = file;
  const seen = new Set([path]);
  for (const next = continuedBy(declared, path); next.length > 0 && seen.size < MOST_FILES; ) {
    const one = next.pop();
    if (one === undefined || seen.has(one)) continue;
    seen.add(one);
    const earlier = await continuedFile(one, reader);
    next.push(...continuedBy(earlier.declared, one));
    for (const name of earlier.declared) if (name !== ALONE && !/^no opening: /.test(name)) declared.add(name);
    held = earlier.isEmpty ? null : together(held, earlier.held);
  }
  return { ...file, declared, held, comment: '', standsAlone: file.declared.has(ALONE) };
}

/** Returns the units of both files; `null` if those of one are not known. */
function together(a: JournalFile['held'], b: JournalFile['held']): JournalFile['held'] {
  if (a === null || b === null) return null;
  const all = new Map(a);
  for (const [account, changes] of b) all.set(account, [...(all.get(account) ?? []), ...changes]);
  return all;
}

/** Returns what a comment of a journal says of its files and openings. */
function remarkIn(line: string): string | null {
  if (!line.startsWith('; ')) return null;
  const text = line.slice(2).trimEnd();
  if (text === ALONE || /^(?:Continues|no opening): ./.test(text)) return text;
  return text.startsWith('opening elsewhere: ') ? text.replace('opening elsewhere', 'opening') : null;
}

function continuedBy(declared: ReadonlySet<string>, path: string): string[] {
  return [...declared].flatMap((name) => (name.startsWith('Continues: ') ? [join(dirname(path), name.slice(11))] : []));
}

interface Earlier {
  readonly marks: readonly ConsumerMark[];
  /** Returns the accounts (`institution/account`) of which the consumer has transactions. */
  readonly accountsReceived: () => ReadonlySet<string>;
}

/** Decides how a journal file begins, or goes on with accounts that were exported to another file until now. */
export async function begunJournal(path: string, request: ExportRequest, earlier: Earlier): Promise<JournalFile> {
  const { exporter, append, standsAlone } = request;
  const file: JournalFile = append
    ? await journalFile(path, exporter)
    : { isEmpty: true, endsLine: true, declared: new Set(), held: new Map(), comment: '', standsAlone: false };
  if (file.isEmpty && standsAlone) return { ...file, comment: `; ${ALONE}\n`, standsAlone };
  const moved = earlier.marks.filter((mark) => !isIn(path, file, mark));
  if (moved.length === 0 || file.standsAlone) return file;
  const received = earlier.accountsReceived();
  const continued = moved.filter((mark) => received.has(keyOf(mark)));
  return continued.length === 0 ? file : continuing(path, file, { exporter, continued });
}

/** Returns true when the file goes on with the account: it is the one of the last export, or took its place. */
function isIn(path: string, { isEmpty }: JournalFile, { file }: ConsumerMark): boolean {
  return !isEmpty && (file === null || !existsSync(file) || realpathSync(file) === realpathSync(path));
}

async function continuing(
  path: string,
  file: JournalFile,
  { exporter, continued }: { exporter: Exporter; continued: readonly ConsumerMark[] },
): Promise<JournalFile> {
  const declared = new Set(file.declared);
  let { held } = file;
  const comment: string[] = [];
  const openings: string[] = [];
  for (const former of new Set(continued.map((mark) => mark.file))) {
    const keys = continued.filter((mark) => mark.file === former).flatMap((mark) => openingsOf(keyOf(mark)));
    const found = await formerFile(former, { path, exporter, keys });
    if (found === null) {
      comment.push(
        '; Continues an earlier file, which was not found: write its name here, as in "; Continues: 2026.journal"',
      );
      openings.push(...keys);
      held = null;
      continue;
    }
    held = together(held, found.file.held);
    comment.push(`; Continues: ${relative(dirname(path), found.path)}`);
    for (const name of found.file.declared) if (name !== ALONE && !/^no opening: /.test(name)) declared.add(name);
    openings.push(...keys.filter((key) => found.file.declared.has(key)));
  }
  for (const key of openings) declared.add(key);
  const lines = [
    ...new Set(comment),
    '; Include both in your journal, the earlier file first. For a file that stands alone, begin it with --openings.',
    ...openings.map((key) => `; ${key.replace('opening', 'opening elsewhere')}`),
  ];
  return { ...file, declared, held, comment: lines.map((line) => `${line}\n`).join('') };
}

/** Returns the file of the last export; if it was renamed, the newest one in its folder with an opening of the accounts. */
async function formerFile(
  former: string | null,
  { path, exporter, keys }: { path: string; exporter: Exporter; keys: readonly string[] },
): Promise<{ path: string; file: JournalFile } | null> {
  if (former !== null && former !== path && existsSync(former))
    return { path: former, file: await journalFile(former, exporter) };
  for (const candidate of filesLike(former ?? path)) {
    if (candidate === path) continue;
    const file = await journalFile(candidate, exporter);
    if (keys.some((key) => file.declared.has(key))) return { path: candidate, file };
  }
  return null;
}

/** Returns the files beside a file that have its extension, newest first. */
function filesLike(path: string): string[] {
  try {
    return readdirSync(dirname(path), { withFileTypes: true })
      .filter((entry) => entry.isFile() && extname(entry.name) === extname(path))
      .map(({ name }) => join(dirname(path), name))
      .map((file) => ({ file, at: statSync(file).mtimeMs }))
      .toSorted((a, b) => b.at - a.at)
      .slice(0, MOST_FILES)
      .map(({ file }) => file);
  } catch {
    return [];
  }
}

function openingsOf(key: string): string[] {
  return [`opening: ${key}`, `opening: ${key} securities`];
}

function keyOf({ institution, account }: ConsumerMark): string {
  return `${institution}/${account}`;
}
