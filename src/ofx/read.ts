/**
 * Reading, from bytes to statements: unpack → decode → header → repair → ofx-js → model. Forgiving in form and exact in
 * content: everything repaired or skipped is a notice.
 */

import { OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile, OfxHeader, OtherReply, Signon } from './file.js';
import { mapStatements } from './map/reply.js';
import { mapAccounts, mapChallenges, mapProfile, mapReplies, mapSignons } from './map/signon-and-profile.js';
import type { StatementDocument } from './map/statement.js';
import { transactionListFor } from './map/transaction-list.js';
import { excerpt, NoticeList } from './notices.js';
import { DocumentSink, type OfxDocument } from './repair/document.js';
import { Repair } from './repair/repair.js';
import { type ElementSink, TextSink } from './repair/sink.js';
import { childNames, type Tree } from './repair/tree.js';
import { isSuccess } from './status.js';
import { type Decoded, decode, wholeText } from './text/charset.js';
import { readHeader } from './text/header.js';
import { partsByWidth } from './text/parts.js';
import { isOfc, type Origin, unreadable } from './unpack/identify.js';
import { unwrap } from './unpack/unwrap.js';
import { type ExtractedFile, unpack } from './unpack/zip.js';

/** Tokens processed before the event loop gets a turn: a few milliseconds of work. */
const SLICE = 5_000;
const HEAD_LENGTH = 4_096;

/**
 * Reads a reply or file, also a ZIP archive of statements.
 * @throws OfxError OFX_UNREADABLE, with the kind of the file, when it holds no OFX.
 */
export function parseOfx(bytes: Uint8Array): OfxFile {
  const work = readSliced(bytes, 'file');
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/**
 * Reads like {@link parseOfx}, but gives the event loop a turn every few milliseconds. The origin of the bytes only affects
 * the hint of the error.
 * @throws OfxError OFX_UNREADABLE; OfxSyncError INTERRUPTED when the signal aborts.
 */
export async function readOfx(bytes: Uint8Array, signal?: AbortSignal, origin: Origin = 'file'): Promise<OfxFile> {
  const work = readSliced(bytes, origin);
  for (;;) {
    if (signal?.aborted === true) throw new OfxSyncError('INTERRUPTED', 'interrupted while reading');
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Reads a file or all files of an archive, a slice at a time. */
function* readSliced(bytes: Uint8Array, origin: Origin): Generator<void, OfxFile> {
  const packed = unpack(bytes);
  if (packed !== null) return yield* readEntries(packed, bytes, origin);
  const content = contentOf(bytes);
  const entries = content.from === null ? null : unpack(content.bytes);
  return yield* entries === null ? readFile(content, origin) : readEntries(entries, bytes, origin);
}

/** The bytes of a file, and what they were extracted from. */
interface Content {
  readonly bytes: Uint8Array;
  readonly from: string | null;
}

function contentOf(bytes: Uint8Array): Content {
  return unwrap(bytes) ?? { bytes, from: null };
}

/**
 * Reads the entries of an archive one after another. Those without a statement are notices.
 * @throws OfxError OFX_UNREADABLE when none has a statement.
 */
function* readEntries(
  entries: readonly ExtractedFile[],
  archive: Uint8Array,
  origin: Origin,
): Generator<void, OfxFile> {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return yield* readFile(contentOf(only.bytes), origin);
  const files: OfxFile[] = [];
  const notices: Notice[] = [];
  for (const { name, bytes } of entries) {
    try {
      files.push(yield* readFile(contentOf(bytes), origin));
    } catch (error) {
      const { code, message } = toOfxSyncError(error);
      if (code !== 'OFX_UNREADABLE') throw error;
      notices.push({ code: 'unread-file', message: `${name} in the archive was skipped: ${message}` });
    }
  }
  const [first] = files;
  if (first === undefined) throw unreadable('PK\u0003\u0004', archive, origin);
  return {
    header: first.header,
    signon: files.flatMap(({ signon }) => signon ?? []).find(({ status }) => !isSuccess(status)) ?? first.signon,
    statements: files.flatMap(({ statements }) => statements),
    accounts: files.flatMap(({ accounts }) => accounts),
    profile: files.find(({ profile }) => profile !== null)?.profile ?? null,
    challenges: files.flatMap(({ challenges }) => challenges),
    replies: files.flatMap(({ replies }) => replies),
    notices: [...notices, ...files.flatMap((file) => file.notices)],
  };
}

/** Reads one file. */
function* readFile(content: Content, origin: Origin): Generator<void, OfxFile> {
  const notices = new NoticeList();
  if (content.from !== null) notices.add('unwrapped', `the statement was extracted from ${content.from}`);
  const { header, documents } = yield* readDocuments(content.bytes, notices, origin);
  if (documents.length > 1)
    notices.add('several-documents', `${documents.length} OFX documents were read from one file`);
  const statements: Statement[] = [];
  for (const document of documents) statements.push(...(yield* mapStatements(document, notices)));
  const replies = documents.flatMap(mapReplies);
  noticeUnread(documents, replies, notices);
  return {
    header,
    signon: decisiveSignon(documents.flatMap(mapSignons)),
    statements,
    accounts: documents.flatMap(mapAccounts),
    profile: documents.map(mapProfile).find((profile) => profile !== null) ?? null,
    challenges: documents.flatMap(mapChallenges),
    replies,
    notices: notices.toArray(),
  };
}

/** Runs all stages up to repair. The text of the file is released at the end. */
function* readDocuments(
  bytes: Uint8Array,
  notices: NoticeList,
  origin: Origin,
): Generator<void, { readonly header: OfxHeader; readonly documents: readonly StatementDocument[] }> {
  const parts = partsByWidth(bytes);
  const first = decode(parts[0] ?? bytes);
  if (isOfc(first.markup.slice(0, HEAD_LENGTH))) throw unreadable(wholeText(first), bytes, origin);
  if (parts.length > 1) notices.add('charset', 'the file is joined from parts in different character sets');
  const sink = new DocumentSink(notices, transactionListFor);
  for (const [index, part] of parts.entries()) {
    const decoded = index === 0 ? first : decode(part);
    noticeCharset(decoded, notices);
    const repair = new Repair(decoded, sink, notices);
    while (repair.run(SLICE)) yield;
  }
  const documents = sink.documents.filter(({ tree }) => typeof tree !== 'string');
  if (documents.length === 0) throw unreadable(wholeText(first), bytes, origin);
  return { header: readHeader(first), documents };
}

/** Adds notices for a label that the bytes contradict or that is not known. */
function noticeCharset({ charset, declared, mislabeled, unknown, mixed }: Decoded, notices: NoticeList): void {
  if (mislabeled) notices.add('charset', `the file declares the character set ${declared} but uses ${charset}`);
  if (unknown) {
    const what = `the character set ${excerpt(declared ?? '')} is not known`;
    notices.add('charset', `${what}; letters beyond ASCII were read as windows-1252`);
  }
  if (mixed) notices.add('charset', 'part of this UTF-8 file is not UTF-8 and was read as windows-1252');
}

/** Returns the text after the repair stage, indented, as ofx-js would get it. */
export function repairedText(packed: Uint8Array): string {
  const sink = new TextSink();
  repairInto(sink, packed, () => sink.parts.length === 0);
  return sink.parts.join('');
}

/** Returns the documents as trees of names and values, with the children of lists in place. */
export function ofxTrees(packed: Uint8Array): readonly Tree[] {
  const sink = new DocumentSink(new NoticeList());
  repairInto(sink, packed, () => sink.documents.length === 0);
  return sink.documents.map((document) => document.wholeTree());
}

function repairInto(sink: ElementSink, packed: Uint8Array, isEmpty: () => boolean): void {
  const bytes = firstFile(packed);
  for (const part of partsByWidth(bytes)) {
    const repair = new Repair(decode(part), sink, new NoticeList());
    while (repair.run(SLICE));
  }
  if (isEmpty()) throw unreadable(wholeText(decode(bytes)), bytes, 'file');
}

/** Returns the file itself, or the first of an archive: the stages before statements are shown for one file. */
function firstFile(given: Uint8Array): Uint8Array {
  const bytes = unwrap(given)?.bytes ?? given;
  const first = unpack(bytes)?.[0]?.bytes ?? bytes;
  return unwrap(first)?.bytes ?? first;
}

/** Returns the first signon that failed, or else the first. */
function decisiveSignon(signons: readonly Signon[]): Signon | null {
  return signons.find(({ status }) => !isSuccess(status)) ?? signons[0] ?? null;
}

/** Adds notices for message sets and replies that are not supported. */
function noticeUnread(documents: readonly OfxDocument[], replies: readonly OtherReply[], notices: NoticeList): void {
  const sets = /^(?:SIGNON|SIGNUP|BANK|CREDITCARD|INVSTMT|LOAN|SECLIST|PROF)MSGSRSV\d$/;
  for (const name of documents.flatMap(({ tree }) => childNames(tree)))
    if (/MSGS/.test(name) && !sets.test(name)) {
      const what = /MSGSRQV\d$/.test(name) ? 'holds requests instead of replies' : 'is not supported and was skipped';
      notices.add('unread-message-set', `the message set ${name} ${what}`);
    }
  const read = /^(?:PROF|ACCTINFO|PINCH|CHALLENGE|MFACHALLENGE|SECLIST)TRNRS$/;
  for (const { name } of replies)
    if (!read.test(name)) notices.add('unread-reply', `a reply is not supported and was skipped: ${name}`);
}
