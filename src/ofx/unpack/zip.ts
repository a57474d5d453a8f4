/**
 * Statements inside ZIP archives, as some institutions offer several accounts at once, and gzip files (PKWARE APPNOTE 6.3;
 * RFC 1952). The entries are found by the central directory; sizes are capped whatever the archive says of itself.
 */

import { gunzipSync, inflateRawSync } from 'node:zlib';
import { OfxError } from '../../errors.js';

export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 500;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LONGEST_COMMENT = 65_535;
/** Files that may hold a statement; what has another ending is a picture, a terms-and-conditions PDF … */
const MAY_BE_STATEMENT = /\.(?:ofx|ofx2|qfx|qbo|ofc|aso|xml|sgml|txt|dat|zip|gz)$|^[^.]*$|\/[^.]+$/i;
/** Archives of which a part is XML, too. */
const OFFICE = /^(?:xl\/workbook\.xml|word\/document\.xml|mimetype)$/;
/** Archives in archives. */
const DEEPEST = 2;

/**
 * The statement files of an archive; `null` for bytes that are no archive.
 * @throws OfxError OFX_UNREADABLE when the archive is damaged, encrypted, or far too large.
 */
export function unpack(bytes: Uint8Array): readonly Entry[] | null {
  return unpackTo(DEEPEST, bytes);
}

function unpackTo(depth: number, bytes: Uint8Array): readonly Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (depth === 0) return null;
  if (bytes.length > 18 && view.getUint16(0) === 0x1f8b) {
    const content = inflate(bytes, 'gzip');
    return unpackTo(depth - 1, content) ?? [{ name: '', bytes: content }];
  }
  if (bytes.length < 22 || view.getUint32(0, true) !== LOCAL_HEADER) return null;
  const entries: Entry[] = [];
  let total = 0;
  for (const member of wantedOf(directoryOf(view))) {
    const content = contentOf(member, view, bytes);
    const inner = unpackTo(depth - 1, content) ?? [{ name: member.name, bytes: content }];
    total += inner.reduce((sum, entry) => sum + entry.bytes.length, 0);
    if (total > MOST_BYTES) throw tooLarge();
    entries.push(...inner);
  }
  return entries;
}

function wantedOf(directory: readonly Member[]): readonly Member[] {
  if (directory.some(({ name }) => OFFICE.test(name))) return [];
  return directory.filter(({ name }) => MAY_BE_STATEMENT.test(name) && !/(?:^__MACOSX\/|\/$)/.test(name));
}

interface Member {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedSize: number;
  readonly localHeader: number;
}

function directoryOf(view: DataView): Member[] {
  const end = endOfDirectory(view);
  const count = Math.min(view.getUint16(end + 10, true), MOST_ENTRIES);
  const members: Member[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged();
    members.push({
      name: Buffer.from(view.buffer, view.byteOffset + at + 46, nameLength).toString('utf8'),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packedSize: view.getUint32(at + 20, true),
      localHeader: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return members;
}

/** The record at the very end, before a comment of any length. */
function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw damaged();
}

function contentOf(
  { method, encrypted, packedSize, localHeader }: Member,
  view: DataView,
  bytes: Uint8Array,
): Uint8Array {
  if (encrypted)
    throw new OfxError('OFX_UNREADABLE', 'the ZIP archive is protected by a password', {
      hint: 'Unpack it and give the statement file itself.',
    });
  if (localHeader + 30 > bytes.length || view.getUint32(localHeader, true) !== LOCAL_HEADER) throw damaged();
  const start = localHeader + 30 + view.getUint16(localHeader + 26, true) + view.getUint16(localHeader + 28, true);
  if (start + packedSize > bytes.length || (method !== 0 && method !== 8)) throw damaged();
  const packed = bytes.subarray(start, start + packedSize);
  return method === 0 ? packed : inflate(packed, 'deflate');
}

function inflate(packed: Uint8Array, format: 'gzip' | 'deflate'): Uint8Array {
  try {
    return (format === 'gzip' ? gunzipSync : inflateRawSync)(packed, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): OfxError {
  return new OfxError('OFX_UNREADABLE', 'the archive is damaged, or of a kind that cannot be read', {
    cause,
    hint: 'Download it again, or unpack it and give the statement file itself.',
  });
}

function tooLarge(): OfxError {
  return new OfxError('OFX_UNREADABLE', `the archive unpacks to more than ${MOST_BYTES / 1024 / 1024} MB`, {
    hint: 'That is no statement. If it is, unpack it and give the statement file itself.',
  });
}
