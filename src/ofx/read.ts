/**
 * Reading, from bytes to statements: decode → header → repair → ofx-js → model. Forgiving in form and exact in content:
 * what was mended or left out is a notice, and nothing disappears without one.
 */

import { OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile, OfxHeader, OtherReply, Signon } from './file.js';
import { mapStatements } from './map/reply.js';
import { mapAccounts, mapChallenges, mapProfile, mapReplies, mapSignons } from './map/signon-and-profile.js';
import type { Document } from './map/statement.js';
import { transactionListFor } from './map/transaction-list.js';
import { NoticeList } from './notices.js';
import { DocumentSink, type OfxDocument } from './repair/document.js';
import { Repair } from './repair/repair.js';
import { TextSink } from './repair/sink.js';
import { namesIn, type Tree } from './repair/tree.js';
import { isSuccess } from './status.js';
import { decode, wholeText } from './text/charset.js';
import { readHeader } from './text/header.js';
import { isOfc, type Origin, unreadable } from './unpack/identify.js';
import { unwrap } from './unpack/unwrap.js';
import { type Entry, unpack } from './unpack/zip.js';

/** Tokens taken before others get a turn: a few milliseconds' worth. */
const SLICE = 5_000;
const HEAD = 4_096;

/**
 * Reads a reply or file; also a ZIP archive of statements.
 * @throws OfxError OFX_UNREADABLE when there is no OFX in it; says what it is instead.
 */
export function parseOfx(bytes: Uint8Array): OfxFile {
  const work = reading(bytes, 'file');
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/**
 * The same as {@link parseOfx}, giving the event loop a turn every few milliseconds. Whether the bytes are a file or an
 * institution's reply makes a difference for the hint of the error alone.
 * @throws OfxError OFX_UNREADABLE; OfxSyncError INTERRUPTED when the signal aborts.
 */
export async function readOfx(bytes: Uint8Array, signal?: AbortSignal, origin: Origin = 'file'): Promise<OfxFile> {
  const work = reading(bytes, origin);
  for (;;) {
    if (signal?.aborted === true) throw new OfxSyncError('INTERRUPTED', 'interrupted while reading');
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** The whole way, a slice at a time. */
function* reading(bytes: Uint8Array, origin: Origin): Generator<void, OfxFile> {
  const entries = unpack(bytes) ?? unpack(unwrap(bytes)?.bytes ?? bytes);
  const readOne = (entry: Uint8Array) => readingOne(entry, origin);
  return yield* entries === null ? readOne(bytes) : readEntries(entries, { archive: bytes, origin }, readOne);
}

/**
 * Reads the entries of an archive one after another. Those that hold no statement are notices, unless all are so.
 * @throws OfxError OFX_UNREADABLE when none holds a statement.
 */
function* readEntries(
  entries: readonly Entry[],
  { archive, origin }: { readonly archive: Uint8Array; readonly origin: Origin },
  readOne: (bytes: Uint8Array) => Generator<void, OfxFile>,
): Generator<void, OfxFile> {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return yield* readOne(only.bytes);
  const files: OfxFile[] = [];
  const notices: Notice[] = [];
  for (const { name, bytes } of entries) {
    try {
      files.push(yield* readOne(bytes));
    } catch (error) {
      const { code, message } = toOfxSyncError(error);
      if (code !== 'OFX_UNREADABLE') throw error;
      notices.push({ code: 'unread-file', message: `${name} of the archive was not read: ${message}` });
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

function* readingOne(bytes: Uint8Array, origin: Origin): Generator<void, OfxFile> {
  const notices = new NoticeList();
  const { header, documents } = yield* readDocuments(bytes, notices, origin);
  if (documents.length > 1) notices.add('several-documents', `${documents.length} OFX documents in one file were read`);
  const statements: Statement[] = [];
  for (const document of documents) statements.push(...(yield* mapStatements(document, notices)));
  const replies = documents.flatMap(mapReplies);
  unread(documents, replies, notices);
  return {
    header,
    signon: firstFailing(documents.flatMap(mapSignons)),
    statements,
    accounts: documents.flatMap(mapAccounts),
    profile: documents.map(mapProfile).find((profile) => profile !== null) ?? null,
    challenges: documents.flatMap(mapChallenges),
    replies,
    notices: notices.toArray(),
  };
}

/** The text, which nothing needs afterwards, lives no longer than this. */
function* readDocuments(
  given: Uint8Array,
  notices: NoticeList,
  origin: Origin,
): Generator<void, { readonly header: OfxHeader; readonly documents: readonly Document[] }> {
  const unwrapped = unwrap(given);
  const bytes = unwrapped?.bytes ?? given;
  if (unwrapped !== null) notices.add('unwrapped', `the statement was taken out of ${unwrapped.from}`);
  const decoded = decode(bytes);
  if (isOfc(decoded.markup.slice(0, HEAD))) throw unreadable(wholeText(decoded), bytes, origin);
  if (decoded.lied) notices.add('charset', `the file says ${decoded.declared} but is ${decoded.charset}`);
  if (decoded.mixed)
    notices.add('charset', 'some of the file is not UTF-8 as the rest is, and was read as windows-1252');
  const sink = new DocumentSink(notices, transactionListFor);
  const repair = new Repair(decoded, sink, notices);
  while (repair.run(SLICE)) yield;
  const documents = sink.documents.filter(({ tree }) => typeof tree !== 'string');
  if (documents.length === 0) throw unreadable(wholeText(decoded), bytes, origin);
  return { header: readHeader(decoded), documents };
}

/** The text after the repair stage, indented, as ofx-js would get it. */
export function repairedText(packed: Uint8Array): string {
  const sink = new TextSink();
  const bytes = firstOf(packed);
  const decoded = decode(bytes);
  const repair = new Repair(decoded, sink, new NoticeList());
  while (repair.run(SLICE));
  if (sink.parts.length === 0) throw unreadable(wholeText(decoded), bytes, 'file');
  return sink.parts.join('');
}

/** The documents as trees of names and values, with the children of lists in place. */
export function ofxTrees(packed: Uint8Array): readonly Tree[] {
  const bytes = firstOf(packed);
  const decoded = decode(bytes);
  const sink = new DocumentSink(new NoticeList());
  const repair = new Repair(decoded, sink, new NoticeList());
  while (repair.run(SLICE));
  if (sink.documents.length === 0) throw unreadable(wholeText(decoded), bytes, 'file');
  return sink.documents.map((document) => document.wholeTree());
}

/** The file itself, or the first of an archive: the stages before statements are shown of one file. */
function firstOf(given: Uint8Array): Uint8Array {
  const bytes = unwrap(given)?.bytes ?? given;
  const first = unpack(bytes)?.[0]?.bytes ?? bytes;
  return unwrap(first)?.bytes ?? first;
}

/** Of several signons the one that failed is the one to tell about. */
function firstFailing(signons: readonly Signon[]): Signon | null {
  return signons.find(({ status }) => !isSuccess(status)) ?? signons[0] ?? null;
}

/** What nothing here reads is named, so that nobody thinks it was read. */
function unread(documents: readonly OfxDocument[], replies: readonly OtherReply[], notices: NoticeList): void {
  const sets = /^(?:SIGNON|SIGNUP|BANK|CREDITCARD|INVSTMT|LOAN|SECLIST|PROF)MSGSRSV\d$/;
  for (const name of documents.flatMap(({ tree }) => namesIn(tree)))
    if (/MSGS/.test(name) && !sets.test(name)) {
      const what = /MSGSRQV\d$/.test(name) ? 'holds requests, which no institution answered here' : 'was not read';
      notices.add('unread-message-set', `the message set ${name} ${what}`);
    }
  const read = /^(?:PROF|ACCTINFO|PINCH|CHALLENGE|MFACHALLENGE|SECLIST)TRNRS$/;
  for (const { name } of replies) if (!read.test(name)) notices.add('unread-reply', `a reply was not read: ${name}`);
}
