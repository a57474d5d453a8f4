/**
 * Appending to a file exactly once, also when the program is killed: what is to be appended lies ready in the data folder,
 * beside a note of the file and its length before. A later run finds the note, looks how much of it has arrived, appends the
 * rest, and does what was to follow. A file that was changed meanwhile is left alone, and the person is told.
 */

import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ExportError } from '../../errors.js';
import type { Exporter } from '../../ports.js';
import { PART, syncFolder, writeAll, writeError, writeWhole } from '../command/atomic-file.js';

/** What follows when all has arrived: the mark of a consumer moves. */
export interface Mark {
  readonly consumer: string;
  readonly accounts: readonly { readonly institution: string; readonly name: string }[];
  readonly upTo: number;
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
  /** Folder for notes, below the data folder; whoever writes there holds its lock. */
  readonly dir: string;
  readonly signal: AbortSignal;
  /** Carries out what follows. Doing it twice does no harm. */
  readonly follow: (mark: Mark) => void;
}

const NOTE = '.note.json';
const TEXT = '.text';
const CHUNK = 65_536;

export const APPENDING_DIR = 'appending';

/** Finishes what earlier runs began. @throws ExportError when a file was changed since. */
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
  // Of a run that was killed before it began to append: nothing of this has arrived anywhere.
  for (const name of names.filter((one) => one.endsWith(PART) || (one.endsWith(TEXT) && !names.includes(noteOf(one)))))
    await rm(join(context.dir, name), { force: true });
}

/**
 * Appends the text to `file`, which is made when it is not there, and then follows the mark.
 * @throws ExportError; OfxSyncError INTERRUPTED before anything was appended.
 */
export async function appendOnce(
  file: string,
  what: { readonly chunks: Iterable<string>; readonly mark: () => Mark | null },
  context: AppendContext,
): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const there = await stat(target).catch(() => null);
  if (there !== null && !there.isFile())
    throw new ExportError(`${file} is no file that can be appended to`, { hint: 'Name a file: --output FILE' });
  await mkdir(context.dir, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString('hex');
  const length = await prepare(join(context.dir, id + TEXT), what.chunks, context.signal);
  const note: Note = { version: 1, file: target, lengthBefore: there?.size ?? 0, length, mark: what.mark() };
  await writeWhole(join(context.dir, id + NOTE), [JSON.stringify(note)], context.signal);
  try {
    await finish(id, note, context);
  } catch (error) {
    await takeBack(id, note, context);
    throw writeError(file, error);
  }
}

function noteOf(text: string): string {
  return `${text.slice(0, -TEXT.length)}${NOTE}`;
}

async function prepare(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<number> {
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

/** Appends what has not arrived yet, follows the mark, and forgets. */
async function finish(id: string, note: Note, { dir, follow }: AppendContext): Promise<void> {
  const size = (await stat(note.file).catch(() => null))?.size ?? 0;
  if (size < note.lengthBefore) throw changed(id, note, dir);
  const text = await open(join(dir, id + TEXT), 'r');
  try {
    const file = await open(note.file, 'a+', 0o600);
    try {
      const arrived = await commonLength({ file, from: note.lengthBefore, size }, text, note.length);
      if (arrived < note.length && note.lengthBefore + arrived !== size) throw changed(id, note, dir);
      await copyRest(text, file, { from: arrived, to: note.length });
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await text.close();
  }
  if (note.lengthBefore === 0) await syncFolder(dirname(note.file));
  if (note.mark !== null) follow(note.mark);
  await forget(id, dir);
}

/** How much of the text stands in the file from the place on. */
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
      throw new ExportError('what was to be appended is cut off', { hint: 'Run the command again.' });
    // In append mode there is no position, so that nothing of the file can be written over.
    for (let written = 0; written < bytesRead; )
      written += (await file.write(buffer, written, bytesRead - written)).bytesWritten;
    at += bytesRead;
  }
}

/** A full disk, say: the file becomes what it was, unless it holds something else by now. */
async function takeBack(id: string, note: Note, { dir }: AppendContext): Promise<void> {
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
    await forget(id, dir);
  } catch {
    // The note stays, and the next run finishes or tells.
  }
}

/** The note first: a text without a note is nothing. */
async function forget(id: string, dir: string): Promise<void> {
  await rm(join(dir, id + NOTE), { force: true });
  await rm(join(dir, id + TEXT), { force: true });
}

async function readNote(path: string): Promise<Note> {
  const note: Partial<Note> = JSON.parse(await readFile(path, 'utf8'));
  if (note.version !== 1 || note.file === undefined || note.lengthBefore === undefined || note.length === undefined)
    throw new ExportError(`${path} is no note of this program`, { hint: 'Look at it, and move it away.' });
  return { version: 1, file: note.file, lengthBefore: note.lengthBefore, length: note.length, mark: note.mark ?? null };
}

function changed(id: string, { file }: Note, dir: string): ExportError {
  return new ExportError(`appending to ${file} was interrupted, and the file has been changed since`, {
    hint: `What was to be appended is in ${join(dir, id + TEXT)}. Take what has arrived of it out of the file, delete ${join(dir, id + NOTE)}, and run again.`,
  });
}

export interface ContinuedFile {
  /** Not there, or nothing in it: it begins with what is written now. */
  readonly isEmpty: boolean;
  /** Its last line has an end, and what is appended begins a new one. */
  readonly endsLine: boolean;
  /** What the format says is declared in it. */
  readonly declared: ReadonlySet<string>;
}

const EMPTY: ContinuedFile = { isEmpty: true, endsLine: true, declared: new Set() };

/** A file that cannot be read is taken for an empty one: writing to it tells what is wrong. */
export async function continuedFile(path: string, { declaredBy }: Exporter): Promise<ContinuedFile> {
  const last = await lastByte(path).catch(() => null);
  if (last === null) return EMPTY;
  const declared = new Set<string>();
  if (declaredBy !== undefined)
    for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
      const name = declaredBy(line);
      if (name !== null) declared.add(name);
    }
  return { isEmpty: false, endsLine: last === 0x0a, declared };
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
