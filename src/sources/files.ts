/**
 * Statements from files that a person downloads, for institutions that offer nothing else: every file that matches the
 * pattern is read in the same run, and its statements are attached by account id like any other.
 */

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OfxError, OfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import { unpack } from '../ofx/archive.js';
import { decode, wholeText } from '../ofx/decode.js';
import type { Reply, StatementSource } from '../ports.js';

export function statementFiles(institution: Institution): StatementSource {
  const pattern = institution.files ?? '';
  return {
    kind: 'files',
    fetch: async (_, { signal }) => {
      const paths = await matching(pattern);
      if (paths.length === 0) {
        throw new OfxSyncError('STATEMENT_MISSING', `no file matches ${pattern}`, {
          hint: `Download a statement of ${institution.name} (OFX or QFX) into that folder.`,
        });
      }
      const parts: Uint8Array[] = [];
      for (const path of paths) {
        if (signal.aborted) throw new OfxSyncError('INTERRUPTED', 'interrupted');
        parts.push(asUtf8(await readOne(path)), NEWLINE);
      }
      return { body: Buffer.concat(parts), httpStatus: 0, origin: pattern } satisfies Reply;
    },
    preview: () => `reads ${pattern}\n`,
    close: async () => undefined,
  };
}

const NEWLINE = Buffer.from('\n');

/** Each file has a character set of its own, so that they can only be joined as one and the same. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  const texts = (unpack(bytes) ?? [{ bytes }]).map((entry) => wholeText(decode(entry.bytes)));
  return new TextEncoder().encode(texts.join('\n'));
}

/** Files of one folder whose names fit `*` and `?`, oldest name first. */
async function matching(pattern: string): Promise<string[]> {
  const folder = dirname(pattern);
  const expression = new RegExp(
    `^${basename(pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new OfxSyncError('STATEMENT_MISSING', `the folder ${folder} cannot be read`, {
      cause,
      hint: 'Make it, or correct files: in accounts.yaml.',
    });
  }
  return names
    .filter((name) => expression.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

async function readOne(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new OfxError('OFX_UNREADABLE', `${path} cannot be read`, { cause, hint: 'Check its permissions.' });
  }
}
