/** Several files that came in one archive, as one: the statements of all, and of each what the others have not. */

import { toOfxSyncError } from '../../errors.js';
import type { Notice } from '../../model/notice.js';
import type { OfxFile } from '../file.js';
import { isSuccess } from '../status.js';
import { type Origin, unreadable } from './identify.js';
import type { Entry } from './zip.js';

/**
 * Reads the entries of an archive one after another. Those that hold no statement are notices, unless all are so.
 * @throws OfxError OFX_UNREADABLE when none holds a statement.
 */
export function* readEntries(
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
