/**
 * Keeps the configuration that was checked last, so that the next command need not load what checks it. What is kept is
 * encrypted with a key that only the text of accounts.yaml gives: whoever has not got that file reads nothing, and can plant
 * nothing. A configuration with a password written in it is not kept.
 */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { withFilesBeside } from '../../config/files-beside.js';
import type { LoadOptions } from '../../config/load.js';
import type { Config, Institution } from '../../model/institution.js';
import type { CliIo } from '../terminal/io.js';
import { cacheFolder, removeOld, replaceKept } from './cache-folder.js';
import type { ConfigSource } from './trust.js';

interface KeptConfig {
  /** `null` unless this very text was checked by this very program. */
  readonly config: Config | null;
  readonly keep: (config: Config) => Promise<void>;
}

/** Changes with the program: the name of its part, which depends on its content. `null` where it is not made of parts. */
const BUILD = /-[\w-]{8}\.cjs$/.exec(import.meta.url)?.[0] ?? null;

const NOTHING: KeptConfig = { config: null, keep: async () => {} };
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Returns the configuration that was checked before, and how to keep one. @param build stands for the program */
export async function keptConfig(
  { file, text }: Pick<ConfigSource, 'file' | 'text'>,
  more: Pick<LoadOptions, 'accountsToCome'>,
  io: Pick<CliIo, 'env' | 'cwd' | 'home' | 'platform' | 'user' | 'pid' | 'now'>,
  build: string | null = BUILD,
): Promise<KeptConfig> {
  if (build === null) return NOTHING;
  const folder = cacheFolder(io);
  if (folder === null) return NOTHING;
  const checked = JSON.stringify([build, more.accountsToCome === true, io.home, file]);
  const name = createHash('sha256').update(checked).digest('hex').slice(0, 32);
  const key = createHash('sha256').update(`ofx-sync\n${checked}\n${text}`).digest();
  const path = join(folder, `config-${name}`);
  return {
    config: readKept(path, key),
    keep: async (config) => {
      removeOld(folder, io.now());
      writeKept(path, key, { config, pid: io.pid });
    },
  };
}

function readKept(path: string, key: Uint8Array): Config | null {
  try {
    const bytes = readFileSync(path);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    const kept = fromText(text.toString());
    return { ...kept, institutions: withFilesBeside(kept.institutions) };
  } catch {
    // None is kept, or one of another text: the file is checked, and kept again.
    return null;
  }
}

/** Returns a line with the institutions, of which there may be thousands and which have no maps, and one with the rest. */
function toText({ institutions, ...rest }: Config): string {
  return `${JSON.stringify(institutions)}\n${JSON.stringify(rest, withoutMaps)}`;
}

function fromText(text: string): Config {
  const end = text.indexOf('\n');
  const institutions: Config['institutions'] = JSON.parse(text.slice(0, end));
  return { ...(JSON.parse(text.slice(end), withMaps) as Config), institutions };
}

const MAP = '$map';

function withoutMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? { [MAP]: [...value] } : value;
}

function withMaps(_key: string, value: unknown): unknown {
  const entries: unknown = Reflect.get(Object(value), MAP);
  return Array.isArray(entries) ? new Map(entries) : value;
}

function writeKept(path: string, key: Uint8Array, { config, pid }: { config: Config; pid: number }): void {
  try {
    const body = sealed(config, key);
    if (body !== null) replaceKept(path, body, pid);
  } catch {
    // A configuration too large for one text.
  }
}

/** Returns the encrypted form of a configuration; `null` for one that would be another afterwards. */
function sealed(config: Config, key: Uint8Array): Uint8Array | null {
  const kept = { ...config, institutions: config.institutions.map(withoutFilesBeside) };
  const text = toText(kept);
  // Secrets have no JSON, so that one with a password in it is another afterwards.
  if (!isDeepStrictEqual(fromText(text), kept)) return null;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** In memory all banks of a folder share one list. In JSON each would have its own, which grows with the square of the banks. */
function withoutFilesBeside({ filesBeside: _, ...institution }: Institution): Institution {
  return institution;
}
