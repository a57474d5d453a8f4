/** accounts.yaml to account objects. Nothing is sent before all of it is right; every mistake is reported at once. */

import { open, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { ConfigError } from '../errors.js';
import type { Config } from '../model/institution.js';
import type { NotifySettings } from '../model/news.js';
import { buildConfig, buildNotify } from './build.js';
import type { PatternComplaint } from './export.js';
import type { DirectoryLookup, HostQuirks } from './known.js';
import { notifyRules } from './rules.js';
import { configSchema, isNewerVersion, notifySchema } from './schema.js';
import { endOf, LARGEST_FILE, locate, problem, TOO_LARGE, withAccountsToCome } from './yaml/positions.js';
import { allProblems } from './yaml/problems.js';

export type { DirectoryEntry, DirectoryLookup } from './known.js';
export { parseDuration } from './length.js';

export interface LoadOptions {
  /** Looks up `directory:` names; `loadConfig` asks the built-in directory when absent, `parseConfig` knows none. */
  readonly lookUp?: DirectoryLookup;
  /** What holds for the host of a `url:`; `loadConfig` asks the built-in list when absent. */
  readonly lookUpHost?: HostQuirks;
  /** What `sandbox://NAME` leads to: fills in org, fid and version, as the directory does; any NAME is taken when absent. */
  readonly lookUpSandbox?: DirectoryLookup;
  /** What is wrong with a regular expression of `rules:`; `loadConfig` asks the engine when absent. */
  readonly patternComplaint?: PatternComplaint;
  /** Institutions may have no accounts yet, which are to be asked for. */
  readonly accountsToCome?: boolean;
  /** What `~` stands for; the home folder of this user when absent. */
  readonly home?: string;
}

/**
 * Reads and checks a configuration file.
 * @throws ConfigError CONFIG_NOT_FOUND, or CONFIG_INVALID with every problem and its place.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  const path = resolve(file);
  return loadConfigText(decode(await readBytes(path), path), path, options);
}

/** The same for text that is already here, with the built-in directory where it names an institution of it. */
export async function loadConfigText(text: string, file: string, options: LoadOptions = {}): Promise<Config> {
  const [lookUp, lookUpHost, patternComplaint] = await Promise.all([
    options.lookUp ?? builtInLookUp(text),
    options.lookUpHost ?? builtInHosts(text),
    options.patternComplaint ?? patternComplaints(text),
  ]);
  return parseConfig(text, file, {
    ...options,
    ...(lookUp === null ? {} : { lookUp }),
    ...(lookUpHost === null ? {} : { lookUpHost }),
    ...(patternComplaint === null ? {} : { patternComplaint }),
  });
}

/** The engine, loaded only for a file with rules. */
async function patternComplaints(text: string): Promise<PatternComplaint | null> {
  if (!/^["']?rules["']?\s*:/m.test(text)) return null;
  const pattern = await (await import('../model/pattern.js')).patternMaker();
  return (expression) => {
    try {
      pattern(expression);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : 'not a regular expression';
    }
  };
}

async function builtInHosts(text: string): Promise<HostQuirks | null> {
  if (!/^[^#\r\n]*\burl["']?\s*:\s*["']?https:/m.test(text)) return null;
  return (await import('../institutions/hosts.js')).openHosts();
}

/** The built-in directory, loaded only for a file that names an institution of it. */
async function builtInLookUp(text: string): Promise<DirectoryLookup | null> {
  if (!/^[^#\r\n]*\bdirectory["']?\s*:/m.test(text)) return null;
  const { openDirectory } = await import('../institutions/directory.js');
  return (await openDirectory()).lookUp;
}

/** Checks text that is already here; relative paths in it count from the folder of `file`. */
export function parseConfig(text: string, file: string, options: LoadOptions = {}): Config {
  const path = resolve(file);
  const { lookUp = () => ({ suggestions: [] }), lookUpSandbox = null, home = homedir() } = options;
  const located = options.accountsToCome === true ? withAccountsToCome(locate(text)) : locate(text);
  const context = { accountsToCome: false, ...options, lookUp, lookUpSandbox };
  const problems = located.value === undefined ? located.problems : allProblems(located, context);
  if (problems.length > 0) throw invalid(path, isNewer(located.value) ? problems.filter(ofVersion) : problems);
  return buildConfig(configSchema.parse(located.value), { ...context, file: path, base: dirname(path), home });
}

/** What a newer form has besides cannot be judged. */
function isNewer(value: unknown): boolean {
  return isNewerVersion(Reflect.get(Object(value), 'version'));
}

function ofVersion({ path }: ConfigError['problems'][number]): boolean {
  return path === 'version';
}

function invalid(file: string, problems: ConfigError['problems']): ConfigError {
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
  return new ConfigError('CONFIG_INVALID', `${file} has ${count}; nothing was sent`, {
    file,
    problems,
    hint: 'Correct the lines above; accounts.example.yaml shows every key.',
  });
}

/** At most a little more than a configuration may have, so that a wrong name cannot fill the memory. */
async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const bytes = new Uint8Array(LARGEST_FILE + 1);
      let length = 0;
      // Piece by piece, and without a position: the file may be a pipe.
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = (await handle.read(bytes, length, bytes.length - length, null)).bytesRead;
      return bytes.subarray(0, length);
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
      ? [`there is no ${path}`, 'Make one: ofx-sync init; or name another: --config FILE']
      : code === 'EISDIR'
        ? [`${path} is a folder`, 'Name the file in it: --config FILE']
        : [`${path} cannot be read`, 'Check its permissions, or name another: --config FILE'];
  return new ConfigError('CONFIG_NOT_FOUND', message, { file: path, cause, hint });
}

function decode(bytes: Uint8Array, path: string): string {
  if (bytes.length > LARGEST_FILE) throw invalid(path, [TOO_LARGE]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid(path, [
      problem({ ...firstBadByte(bytes), message: 'not UTF-8 text from here on', suggestion: 'save the file as UTF-8' }),
    ]);
  }
}

/** The place of the first byte that is no UTF-8: the text before it decodes, with it it does not. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  let text = '';
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for (const byte of bytes) text += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    // The loop ends at that byte.
  }
  return endOf(text);
}

interface FoundNotify {
  readonly settings: NotifySettings;
  /** Variables of the environment that the file names for its secrets, wherever it does. */
  readonly secretVariables: ReadonlySet<string>;
}

/** `null` when there is none, it is wrong itself, or the file cannot be read. */
export async function loadNotify(file: string): Promise<FoundNotify | null> {
  try {
    const text = await readFile(file, 'utf8');
    if (text.length > LARGEST_FILE) return null;
    const value: unknown = parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 0 });
    const notify: unknown = Reflect.get(Object(value), 'notify');
    const checked = notifySchema.safeParse(notify);
    if (!checked.success || notifyRules({ notify }).length > 0) return null;
    // By their spelling: what is wrong may be just there.
    const named = text.matchAll(/\benv\b["']?\s*:\s*["']?([A-Za-z_]\w*)/g);
    return {
      settings: buildNotify(checked.data),
      secretVariables: new Set([...named].flatMap(([, name]) => name ?? [])),
    };
  } catch {
    // What keeps it from being read keeps the configuration from being read, and was told there.
    return null;
  }
}
