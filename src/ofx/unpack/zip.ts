/**
 * Statements in ZIP archives, in which some institutions offer several accounts at once, and in gzip files (PKWARE APPNOTE
 * 6.3; RFC 1952). The central directory lists the entries; sizes are limited, whatever the archive declares.
 */

import { gunzipSync, inflateRawSync } from 'node:zlib';
import { OfxError } from '../../errors.js';

export interface ExtractedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 500;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const MAX_COMMENT_LENGTH = 65_535;
/** Names of files that may hold a statement; others are pictures, PDF documents with terms and conditions … */
const MAY_BE_STATEMENT = /\.(?:ofx|ofx2|qfx|qbo|ofc|aso|xml|sgml|txt|dat|zip|gz)$|^[^.]*$|\/[^.]+$/i;
/** Entries of office documents, which are archives with XML inside too. */
const OFFICE = /^(?:xl\/workbook\.xml|word\/document\.xml|mimetype)$/;
/** The limit for archives inside archives. */
const MAX_DEPTH = 2;

/**
 * Extracts the statement files of an archive; `null` for bytes that are not an archive.
 * @throws OfxError OFX_UNREADABLE when the archive is damaged, encrypted, or far too large.
 */
export function unpack(bytes: Uint8Array): readonly ExtractedFile[] | null {
  return unpackTo(MAX_DEPTH, bytes);
}

function unpackTo(depth: number, bytes: Uint8Array): readonly ExtractedFile[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (depth === 0) return null;
  if (bytes.length > 18 && view.getUint16(0) === 0x1f8b) {
    const content = inflate(bytes, 'gzip');
    return unpackTo(depth - 1, content) ?? [{ name: '', bytes: content }];
  }
  if (bytes.length < 22 || view.getUint32(0, true) !== LOCAL_HEADER) return null;
  const files: ExtractedFile[] = [];
  let total = 0;
  for (const entry of statementEntries(directoryOf(view))) {
    const content = contentOf(entry, view, bytes);
    const inner = unpackTo(depth - 1, content) ?? [{ name: entry.name, bytes: content }];
    total += inner.reduce((sum, file) => sum + file.bytes.length, 0);
    if (total > MAX_BYTES) throw tooLarge();
    files.push(...inner);
  }
  return files;
}

function statementEntries(directory: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
  if (directory.some(({ name }) => OFFICE.test(name))) return [];
  return directory.filter(({ name }) => MAY_BE_STATEMENT.test(name) && !/(?:^__MACOSX\/|\/$)/.test(name));
}

interface DirectoryEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedSize: number;
  readonly localHeader: number;
}

function directoryOf(view: DataView): DirectoryEntry[] {
  const end = endOfDirectory(view);
  const count = Math.min(view.getUint16(end + 10, true), MAX_ENTRIES);
  const found: DirectoryEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged();
    found.push({
      name: Buffer.from(view.buffer, view.byteOffset + at + 46, nameLength).toString('utf8'),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packedSize: view.getUint32(at + 20, true),
      localHeader: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return found;
}

/** Finds the end record of the central directory, which only a comment may follow. */
function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - MAX_COMMENT_LENGTH);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw damaged();
}

function contentOf(
  { method, encrypted, packedSize, localHeader }: DirectoryEntry,
  view: DataView,
  bytes: Uint8Array,
): Uint8Array {
  if (encrypted)
    throw new OfxError('OFX_UNREADABLE', 'the ZIP archive is protected by a password', {
      hint: 'Unpack it and use the statement file inside.',
    });
  if (localHeader + 30 > bytes.length || view.getUint32(localHeader, true) !== LOCAL_HEADER) throw damaged();
  const start = localHeader + 30 + view.getUint16(localHeader + 26, true) + view.getUint16(localHeader + 28, true);
  if (start + packedSize > bytes.length || (method !== 0 && method !== 8)) throw damaged();
  const packed = bytes.subarray(start, start + packedSize);
  return method === 0 ? packed : inflate(packed, 'deflate');
}

function inflate(packed: Uint8Array, format: 'gzip' | 'deflate'): Uint8Array {
  try {
    return (format === 'gzip' ? gunzipSync : inflateRawSync)(packed, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): OfxError {
  return new OfxError('OFX_UNREADABLE', 'the archive is damaged, or of an unsupported kind', {
    cause,
    hint: 'Download it again, or unpack it and use the statement file inside.',
  });
}

function tooLarge(): OfxError {
  return new OfxError('OFX_UNREADABLE', `the archive unpacks to more than ${MAX_BYTES / 1024 / 1024} MB`, {
    hint: 'No statement is that large. If this one is, unpack it and use the statement file inside.',
  });
}
