/**
 * Reading, from bytes to statements: decode → header → repair → ofx-js → model. Forgiving in form and exact in content:
 * what was mended or left out is a notice, and nothing disappears without one.
 */

import { setImmediate } from 'node:timers';
import { OfxSyncError } from '../errors.js';
import type { Notice } from '../model/notice.js';
import { type Decoded, decode } from './decode.js';
import { DocumentSink, type OfxDocument, TextSink } from './document.js';
import type { OfxFile, Signon } from './file.js';
import { readHeader } from './header.js';
import { mapAccounts, mapProfile, mapSignons } from './map-login.js';
import { mapStatements } from './map-reply.js';
import { NoticeList } from './notices.js';
import { one, type Tree } from './parse.js';
import { Repair } from './repair.js';
import { unreadable } from './sniff.js';
import { isSuccess } from './status.js';

/** Tokens taken before others get a turn: a few milliseconds' worth. */
const SLICE = 20_000;

/**
 * Reads a reply or file.
 * @throws OfxError OFX_UNREADABLE when there is no OFX in it; says what it is instead.
 */
export function parseOfx(bytes: Uint8Array): OfxFile {
  const reading = startReading(bytes);
  while (reading.repair.run(SLICE));
  return finishReading(bytes, reading);
}

/**
 * The same as {@link parseOfx}, giving the event loop a turn every few milliseconds.
 * @throws OfxError OFX_UNREADABLE; OfxSyncError INTERRUPTED when the signal aborts.
 */
export async function readOfx(bytes: Uint8Array, signal?: AbortSignal): Promise<OfxFile> {
  const reading = startReading(bytes);
  while (reading.repair.run(SLICE)) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) throw new OfxSyncError('INTERRUPTED', 'interrupted while reading');
  }
  return finishReading(bytes, reading);
}

/** The text after the repair stage, indented, as ofx-js would get it. */
export function repairedText(bytes: Uint8Array): string {
  const sink = new TextSink();
  const decoded = decode(bytes);
  const repair = new Repair(decoded.text, sink, new NoticeList());
  while (repair.run(SLICE));
  if (sink.parts.length === 0) throw unreadable(decoded.text, bytes);
  return sink.parts.join('');
}

/** The documents as trees of names and values, with the children of lists in place. */
export function ofxTrees(bytes: Uint8Array): readonly Tree[] {
  const reading = startReading(bytes);
  while (reading.repair.run(SLICE));
  if (reading.sink.documents.length === 0) throw unreadable(reading.decoded.text, bytes);
  return reading.sink.documents.map(inPlace);
}

interface Reading {
  readonly decoded: Decoded;
  readonly notices: NoticeList;
  readonly sink: DocumentSink;
  readonly repair: Repair;
}

function startReading(bytes: Uint8Array): Reading {
  const decoded = decode(bytes);
  const notices = new NoticeList();
  if (decoded.lied) notices.add('charset', `the file says ${decoded.declared} but is ${decoded.charset}`);
  const sink = new DocumentSink((name, offset) => {
    notices.add('truncated-transaction', `the last ${name} was cut off with the file and was left out`, offset);
  });
  return { decoded, notices, sink, repair: new Repair(decoded.text, sink, notices) };
}

function finishReading(bytes: Uint8Array, { decoded, notices, sink }: Reading): OfxFile {
  const documents = sink.documents.filter(({ tree }) => typeof tree !== 'string');
  if (documents.length === 0) throw unreadable(decoded.text, bytes);
  if (documents.length > 1) notices.add('several-documents', `${documents.length} OFX documents in one file were read`);
  const statements = documents.flatMap(mapStatements);
  return {
    header: readHeader(decoded),
    signon: firstFailing(documents.flatMap(mapSignons)),
    statements,
    accounts: documents.flatMap(mapAccounts),
    profile: documents.map(mapProfile).find((profile) => profile !== null) ?? null,
    notices: [...notices.toArray(), ...unclaimedBySets(documents)],
  };
}

/** Of several signons the one that failed is the one to tell about. */
function firstFailing(signons: readonly Signon[]): Signon | null {
  return signons.find(({ status }) => !isSuccess(status)) ?? signons[0] ?? null;
}

/** Message sets that nothing here reads are named, so that nobody thinks they were read. */
function unclaimedBySets(documents: readonly OfxDocument[]): Notice[] {
  const read = /^(?:SIGNON|SIGNUP|BANK|CREDITCARD|INVSTMT|LOAN|SECLIST|PROF)MSGSRSV1$/;
  const names = new Set(
    documents
      .flatMap(({ tree }) => (typeof tree === 'string' ? [] : Object.keys(tree)))
      .filter((name) => /MSGS/.test(name) && !read.test(name)),
  );
  return [...names].map((name) => ({ code: 'unread-message-set', message: `the message set ${name} was not read` }));
}

function inPlace({ tree, lists }: OfxDocument): Tree {
  const visit = (node: Tree): Tree => {
    if (typeof node === 'string') return node;
    const entries: [string, Tree | readonly Tree[]][] = [];
    for (const [name, value] of Object.entries(node)) {
      if (value === undefined) continue;
      if (name !== 'OFX-SYNC.ITEMS')
        entries.push([name, Array.isArray(value) ? value.map(visit) : visit(value as Tree)]);
      else for (const item of lists[Number(one(node, name))] ?? []) addItem(entries, item.name, item.tree);
    }
    return Object.fromEntries(entries);
  };
  return visit(tree);
}

function addItem(entries: [string, Tree | readonly Tree[]][], name: string, tree: Tree): void {
  const known = entries.find(([other]) => other === name);
  if (known === undefined) entries.push([name, [tree]]);
  else if (Array.isArray(known[1])) known[1].push(tree);
}
