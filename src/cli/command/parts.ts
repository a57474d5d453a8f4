/**
 * Loads the parts that the program is bundled of, with what V8 compiled of them in earlier runs: compiling them is a third of a
 * start, and Node keeps none of it before version 22. What is kept lies in the cache folder, in one file for each build and Node.
 */

import { createHash } from 'node:crypto';
import { openSync, readFileSync, readSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { removeOld, replaceKept } from './cache-folder.js';

export interface Parts {
  /** Loads a part, once, like `require`; a name that does not begin with `./` is one of Node or of a package. */
  readonly load: (name: string) => unknown;
  /** Keeps what was compiled, unless it is kept already. */
  readonly keep: (now: Date) => void;
}

export interface PartsOptions {
  /** The cache folder. */
  readonly folder: string;
  readonly pid: number;
  /** Whatever else decides which compiled code fits, such as the version of Node. */
  readonly engine: string;
}

/** The place of a part's code in the file, and the number of runs that wrote it. */
interface Kept {
  readonly name: string;
  /** Bytes behind the index. */
  readonly at: number;
  readonly length: number;
  readonly digest: string;
  readonly runs: number;
}

/** The first run of a command does what others do not, as for an empty store; after three, most of what is used is known. */
const RUNS = 3;
const LENGTH_BYTES = 4;
const DIGEST_LENGTH = 32;
/** Far above what is written, so that a damaged file asks for no memory that is not there. */
const MOST_INDEX_BYTES = 1_000_000;
const MOST_CODE_BYTES = 100_000_000;
const WRAPPER = ['(function(exports,require,module,__filename,__dirname){', '\n})'] as const;

/** Returns the parts beside the file `start`. @param start is an absolute path */
export function partsBeside(start: string, { folder, pid, engine }: PartsOptions): Parts {
  const require = createRequire(start);
  const compiled = new Map<string, Compiled>();
  let file: CodeFile | null = null;
  const load = (name: string): unknown => {
    const path = join(dirname(start), name);
    const known = name.startsWith('./') ? require.cache[path] : null;
    if (known === null) return require(name);
    if (known !== undefined) return known.exports;
    // The first part has a name that depends on the content of all others.
    file ??= openCode(join(folder, `code-${digestOf(engine, name)}`));
    const one = compile(path, file.codeOf(name));
    compiled.set(name, one);
    // A script that is compiled from a text cannot import (scripts/bundle.mjs).
    const module = Object.assign(new Module(path), { imported: (url: string): Promise<object> => import(url) });
    require.cache[path] = module;
    try {
      one.script.runInThisContext().call(module.exports, module.exports, load, module, path, dirname(path));
    } catch (error) {
      // Half a part would fail in a way that says nothing of the reason.
      Reflect.deleteProperty(require.cache, path);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };
  const keep = (now: Date) => {
    if (file === null || [...compiled.values()].every(({ runs }) => runs >= RUNS)) return;
    removeOld(folder, now);
    replaceKept(file.path, file.with(compiled), pid);
  };
  return { load, keep };
}

interface Compiled {
  readonly script: Script;
  /** The number of runs that wrote what they used of it. */
  readonly runs: number;
}

function compile(path: string, code: { readonly data: Buffer; readonly runs: number } | null): Compiled {
  const text = `${WRAPPER[0]}${readFileSync(path, 'utf8')}${WRAPPER[1]}`;
  const options = { filename: path, columnOffset: -WRAPPER[0].length };
  if (code === null) return { script: new Script(text, options), runs: 0 };
  const script = new Script(text, { ...options, cachedData: code.data });
  return { script, runs: script.cachedDataRejected === true ? 0 : code.runs };
}

interface CodeFile {
  readonly path: string;
  /** Returns what V8 compiled of a part; `null` if nothing is kept, or it is damaged. */
  readonly codeOf: (name: string) => { readonly data: Buffer; readonly runs: number } | null;
  /** Returns a file with the code of these parts as it is now, and that of the others as it was. */
  readonly with: (parts: ReadonlyMap<string, Compiled>) => Buffer;
}

/** Opens the file, if there is one. It stays open, so that a run that replaces it disturbs no other. */
function openCode(path: string): CodeFile {
  const { descriptor, begin, index } = opened(path);
  const bytesOf = ({ at, length }: Kept) => {
    try {
      const bytes = Buffer.allocUnsafe(length);
      return descriptor !== null && readSync(descriptor, bytes, 0, length, begin + at) === length ? bytes : null;
    } catch {
      return null;
    }
  };
  return {
    path,
    codeOf: (name) => {
      const kept = index.get(name);
      const data = kept === undefined ? null : bytesOf(kept);
      // V8 believes what it is given: damaged code would end the process.
      return kept === undefined || data === null || digestOf(name, data) !== kept.digest
        ? null
        : { data, runs: kept.runs };
    },
    with: (parts) => {
      const others = [...index.values()].flatMap((kept) => {
        const bytes = parts.has(kept.name) ? null : bytesOf(kept);
        return bytes === null ? [] : [{ ...kept, bytes }];
      });
      const own = [...parts].map(([name, { script, runs }]) => {
        const bytes = script.createCachedData();
        return { name, bytes, digest: digestOf(name, bytes), runs: runs + 1 };
      });
      return fileOf([...own, ...others]);
    },
  };
}

/** Opens the file and reads its index. An empty index, as of a file that is damaged, leaves each part to be compiled. */
function opened(path: string): { descriptor: number | null; begin: number; index: ReadonlyMap<string, Kept> } {
  try {
    const descriptor = openSync(path, 'r');
    const start = Buffer.alloc(LENGTH_BYTES);
    readSync(descriptor, start);
    const text = Buffer.alloc(Math.min(start.readUInt32LE(), MOST_INDEX_BYTES));
    readSync(descriptor, text, 0, text.length, LENGTH_BYTES);
    const rows: unknown = JSON.parse(text.toString());
    const index = new Map((Array.isArray(rows) ? rows : []).filter(isKept).map((kept) => [kept.name, kept]));
    return { descriptor, begin: LENGTH_BYTES + text.length, index };
  } catch {
    return { descriptor: null, begin: 0, index: new Map() };
  }
}

function isKept(value: unknown): value is Kept {
  const of = (key: keyof Kept): unknown => Reflect.get(Object(value), key);
  const isCount = (count: unknown) => Number.isInteger(count) && Number(count) >= 0 && Number(count) < MOST_CODE_BYTES;
  return typeof of('name') === 'string' && isCount(of('at')) && isCount(of('length')) && isCount(of('runs'));
}

/** Returns the length of the index, the index as JSON, then the code of each part at its place behind the index. */
function fileOf(parts: readonly (Pick<Kept, 'name' | 'digest' | 'runs'> & { readonly bytes: Buffer })[]): Buffer {
  let at = 0;
  const rows = parts.map(({ name, bytes, digest, runs }): Kept => {
    at += bytes.length;
    return { name, at: at - bytes.length, length: bytes.length, digest, runs };
  });
  const index = Buffer.from(JSON.stringify(rows));
  const start = Buffer.alloc(LENGTH_BYTES);
  start.writeUInt32LE(index.length);
  return Buffer.concat([start, index, ...parts.map(({ bytes }) => bytes)]);
}

function digestOf(name: string, data: Uint8Array | string): string {
  return createHash('sha256').update(`${name}\n`).update(data).digest('hex').slice(0, DIGEST_LENGTH);
}
