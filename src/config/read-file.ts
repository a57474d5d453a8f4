/** Reads the text of accounts.yaml, before anything looks at what it says. */

import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import { endOfText, MAX_FILE_LENGTH, problem, TOO_LARGE } from './yaml/problem.js';

/** Reads the text of a configuration file. @throws ConfigError */
export async function readConfig(file: string): Promise<string> {
  const path = resolve(file);
  return decode(await readBytes(path), path);
}

/** Returns the error for a file with mistakes. */
export function invalid(file: string, problems: ConfigError['problems']): ConfigError {
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
  return new ConfigError('CONFIG_INVALID', `${file} has ${count}; nothing was sent`, {
    file,
    problems,
    hint: 'Correct the lines above; accounts.example.yaml shows every key.',
  });
}

const CHUNK_LENGTH = 65_536;

/** Reads hardly more than a configuration may have, so that a wrong file name cannot fill the memory. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const chunks: Uint8Array[] = [];
      let length = 0;
      while (length <= MAX_FILE_LENGTH) {
        const chunk = new Uint8Array(CHUNK_LENGTH);
        // Without a position, since the file may be a pipe.
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_LENGTH, null);
        if (bytesRead === 0) break;
        chunks.push(chunk.subarray(0, bytesRead));
        length += bytesRead;
      }
      return Buffer.concat(chunks, length);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw notReadable(path, cause);
  }
}

function notReadable(path: string, cause: unknown): ConfigError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const [message, hint] =
    code === 'ENOENT'
      ? [`${path} not found`, 'Create it: ofx-sync init. Or name another file: --config FILE']
      : code === 'EISDIR'
        ? [`${path} is a folder`, 'Name a file in it: --config FILE']
        : [`${path} cannot be read`, 'Check its permissions, or name another file: --config FILE'];
  return new ConfigError('CONFIG_NOT_FOUND', message, { file: path, cause, hint });
}

function decode(bytes: Uint8Array, path: string): string {
  if (bytes.length > MAX_FILE_LENGTH) throw invalid(path, [TOO_LARGE]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid(path, [
      problem({ ...firstBadByte(bytes), message: 'not UTF-8 text from here on', suggestion: 'save the file as UTF-8' }),
    ]);
  }
}

/** Finds the first byte that is not UTF-8: the text before it can be decoded, and with it cannot. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  let text = '';
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for (const byte of bytes) text += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    // The loop ends at that byte.
  }
  return endOfText(text);
}
