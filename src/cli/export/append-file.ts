/**
 * Appends to a file exactly once, even when the program is killed. The text is first stored in the data folder, beside a
 * note of the file and its length. A later run that finds the note appends the part that is missing and moves the mark. A
 * file that was changed meanwhile is not touched: the run ends with an error that says what to do.
 */

import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ExportError } from '../../errors.js';
import type { Exporter, ExportSettings, HeldChange } from '../../ports.js';
import { PART, refusePlanted, syncFolder, writeAll, writeError, writeWhole } from '../command/atomic-file.js';

/** The mark of a consumer, which moves when the whole text was appended. */
export interface Mark {
  readonly consumer: string;
  readonly accounts: readonly { readonly institution: string; readonly name: string }[];
  readonly upTo: number;
  /** ISO 8601 instant of the export, and the file; absent in notes of version 0.1. */
  readonly at?: string;
  readonly file?: string | null;
}

interface Note {
  readonly version: 1;
  /** Absolute path of the file. */
  readonly file: string;
  readonly lengthBefore: number;
  readonly length: number;
  readonly mark: Mark | null;
}

export interface AppendContext {
  /** Folder for notes and texts, below the data folder; the caller holds its lock. */
  readonly dir: string;
  readonly signal: AbortSignal;
  /** Moves the mark. Doing so twice does no harm. */
  readonly moveMark: (mark: Mark) => void;
}

const NOTE = '.note.json';
const TEXT = '.text';
const CHUNK = 65_536;

export const APPENDING_DIR = 'appending';

/** Finishes what earlier runs began to append. @throws ExportError when a file was changed since. */
export async function finishAppends(context: AppendContext): Promise<void> {
  const names = await readdir(context.dir).catch((): string[] => []);
  for (const name of names.filter((one) => one.endsWith(NOTE))) {
    const id = name.slice(0, -NOTE.length);
    const note = await readNote(join(context.dir, name));
    try {
      await finish(id, note, context);
    } catch (error) {
      throw writeError(note.file, error);
    }
  }
  // Left behind by a run that was killed before it began to append: no file holds any of it.
  for (const name of names.filter((one) => one.endsWith(PART) || (one.endsWith(TEXT) && !names.includes(noteOf(one)))))
    await rm(join(context.dir, name), { force: true });
}

/**
 * Appends the text to `file`, which is created when it does not exist, and then moves the mark.
 * @throws ExportError; OfxSyncError INTERRUPTED before anything was appended.
 */
export async function appendOnce(
  file: string,
  { chunks, mark }: { readonly chunks: Iterable<string>; readonly mark: Mark | null },
  context: AppendContext,
): Promise<void> {
  await refusePlanted(file);
  const target = await realpath(file).catch(() => file);
  const existing = await stat(target).catch(() => null);
  if (existing !== null && !existing.isFile())
    throw new ExportError(`cannot append to ${file}: it is not a regular file`, { hint: 'Name a file: --output FILE' });
  await mkdir(context.dir, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString('hex');
  const length = await storeText(join(context.dir, id + TEXT), chunks, context.signal);
  const note: Note = { version: 1, file: target, lengthBefore: existing?.size ?? 0, length, mark };
  await writeWhole(join(context.dir, id + NOTE), [JSON.stringify(note)], context.signal);
  try {
    await finish(id, note, context);
  } catch (error) {
    await rollBack(id, note, context);
    throw writeError(file, error);
  }
}

function noteOf(text: string): string {
  return `${text.slice(0, -TEXT.length)}${NOTE}`;
}

async function storeText(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<number> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await writeAll(handle, chunks, signal);
    await handle.sync();
    return (await handle.stat()).size;
  } catch (error) {
    await rm(path, { force: true });
    throw writeError(path, error);
  } finally {
    await handle.close();
  }
}

/** Appends the part that is missing, moves the mark, and removes the note. */
async function finish(id: string, note: Note, { dir, moveMark }: AppendContext): Promise<void> {
  const size = (await stat(note.file).catch(() => null))?.size ?? 0;
  if (size < note.lengthBefore) throw changedError(id, note, dir);
  const text = await open(join(dir, id + TEXT), 'r');
  try {
    const file = await open(note.file, 'a+', 0o600);
    try {
      const arrived = await commonLength({ file, from: note.lengthBefore, size }, text, note.length);
      if (arrived < note.length && note.lengthBefore + arrived !== size) throw changedError(id, note, dir);
      await copyRest(text, file, { from: arrived, to: note.length });
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await text.close();
  }
  if (note.lengthBefore === 0) await syncFolder(dirname(note.file));
  if (note.mark !== null) moveMark(note.mark);
  await removeNote(id, dir);
}

/** Returns the number of bytes of the text that the file holds from an offset on. */
async function commonLength(
  { file, from, size }: { file: FileHandle; from: number; size: number },
  text: FileHandle,
  length: number,
): Promise<number> {
  const [a, b] = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)];
  const end = Math.min(length, size - from);
  let at = 0;
  while (at < end) {
    const wanted = Math.min(CHUNK, end - at);
    const [inFile, inText] = await Promise.all([file.read(a, 0, wanted, from + at), text.read(b, 0, wanted, at)]);
    const read = Math.min(inFile.bytesRead, inText.bytesRead);
    if (read === 0) break;
    let same = 0;
    while (same < read && a[same] === b[same]) same += 1;
    at += same;
    if (same < read) break;
  }
  return at;
}

async function copyRest(text: FileHandle, file: FileHandle, { from, to }: { from: number; to: number }): Promise<void> {
  const buffer = Buffer.alloc(CHUNK);
  for (let at = from; at < to; ) {
    const { bytesRead } = await text.read(buffer, 0, Math.min(CHUNK, to - at), at);
    if (bytesRead === 0)
      throw new ExportError('the stored text that is to be appended is incomplete', { hint: 'Run the command again.' });
    // Append mode knows no position, so that nothing in the file can be overwritten.
    for (let written = 0; written < bytesRead; )
      written += (await file.write(buffer, written, bytesRead - written)).bytesWritten;
    at += bytesRead;
  }
}

/** Restores the file after a failure such as a full disk, unless somebody else has changed it by now. */
async function rollBack(id: string, note: Note, { dir }: AppendContext): Promise<void> {
  try {
    const [text, file] = [await open(join(dir, id + TEXT), 'r'), await open(note.file, 'r+')];
    try {
      const { size } = await file.stat();
      const arrived = await commonLength({ file, from: note.lengthBefore, size }, text, note.length);
      if (note.lengthBefore + arrived !== size) return;
      await file.truncate(note.lengthBefore);
    } finally {
      await Promise.all([text.close(), file.close()]);
    }
    await removeNote(id, dir);
  } catch {
    // The note stays: the next run finishes, or reports that the file was changed.
  }
}

/** Removes the note first: a text without a note is ignored. */
async function removeNote(id: string, dir: string): Promise<void> {
  await rm(join(dir, id + NOTE), { force: true });
  await rm(join(dir, id + TEXT), { force: true });
}

async function readNote(path: string): Promise<Note> {
  const note: Partial<Note> = JSON.parse(await readFile(path, 'utf8'));
  if (note.version !== 1 || note.file === undefined || note.lengthBefore === undefined || note.length === undefined)
    throw new ExportError(`${path} was not written by ofx-sync`, {
      hint: 'Look at it, then move it out of this folder.',
    });
  return { version: 1, file: note.file, lengthBefore: note.lengthBefore, length: note.length, mark: note.mark ?? null };
}

function changedError(id: string, { file }: Note, dir: string): ExportError {
  return new ExportError(`appending to ${file} was interrupted, and the file has been changed since`, {
    hint: `The text to append is in ${join(dir, id + TEXT)}. Remove the part of it that is in the file already, delete ${join(dir, id + NOTE)}, and run again.`,
  });
}

/** The properties of a file that decide what is appended to it. */
export interface ContinuedFile {
  /** It does not exist or is empty: it begins with what is written now. */
  readonly isEmpty: boolean;
  /** Its last line is complete, so that the appended text begins a new one. */
  readonly endsLine: boolean;
  /** The names that it declares, in the words of its format. */
  readonly declared: ReadonlySet<string>;
  /** Units of securities that its entries move, by account; `null` where an earlier part of it was not found. */
  readonly held: ExportSettings['held'];
}

const EMPTY: ContinuedFile = { isEmpty: true, endsLine: true, declared: new Set(), held: new Map() };

/**
 * Reads a file that is to be appended to, line by line, since journals grow for decades. A file that cannot be read counts as
 * empty: writing to it reports the error.
 */
export async function continuedFile(path: string, { declaredBy, heldIn }: Exporter): Promise<ContinuedFile> {
  const last = await lastByte(path).catch(() => null);
  if (last === null) return EMPTY;
  const declared = new Set<string>();
  const held = new Map<string, HeldChange[]>();
  const read = heldIn?.();
  if (declaredBy !== undefined)
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      const name = declaredBy(line);
      if (name !== null) declared.add(name);
      const change = read?.(line) ?? null;
      if (change === null) continue;
      const changes = held.get(change.account);
      if (changes === undefined) held.set(change.account, [change]);
      else changes.push(change);
    }
  return { isEmpty: false, endsLine: last === 0x0a, declared, held };
}

async function lastByte(path: string): Promise<number | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return null;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] ?? null;
  } finally {
    await file.close();
  }
}
