/** Reads accounts.yaml. Nothing is sent while the file has a mistake, and all mistakes are reported at once. */

import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { ConfigError } from '../errors.js';
import type { Config } from '../model/institution.js';
import type { NotifySettings } from '../model/notifications.js';
import { present } from '../model/present.js';
import type { PatternMaker } from '../model/rules/pattern.js';
import { buildConfig, buildNotify } from './build.js';
import type { DirectoryLookup, HostQuirks } from './known.js';
import { invalid, readConfig } from './read-file.js';
import { notifyRules } from './rules.js';
import { configSchema, isNewerVersion, notifyValueSchema } from './schema.js';
import { parseYaml, withEmptyAccounts } from './yaml/positions.js';
import { hasTooManyValues, MAX_FILE_LENGTH } from './yaml/problem.js';
import { allProblems } from './yaml/problems.js';

export type { DirectoryEntry, DirectoryLookup } from './known.js';

export interface LoadOptions {
  /** Looks up `directory:` names. When absent, `loadConfig` uses the built-in directory; `parseConfig` finds no name. */
  readonly lookUp?: DirectoryLookup;
  /** Looks up the quirks of the host of a `url:`. When absent, `loadConfig` uses the built-in list. */
  readonly lookUpHost?: HostQuirks;
  /** Looks up the NAME of `sandbox://NAME`, to fill in org, fid and version; any NAME is accepted when absent. */
  readonly lookUpSandbox?: DirectoryLookup;
  /** Compiles the regular expressions of `rules:`, to check them. When absent, `loadConfig` uses the engine. */
  readonly pattern?: PatternMaker;
  /** Accepts institutions without accounts, so that their accounts can be discovered. */
  readonly accountsToCome?: boolean;
  /** Replaces `~`; the home folder of this user when absent. */
  readonly home?: string;
}

/**
 * Reads and checks a configuration file.
 * @throws ConfigError CONFIG_NOT_FOUND, or CONFIG_INVALID with every problem and its place.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  return loadConfigText(await readConfig(file), file, options);
}

/** Checks a configuration that is already in memory, with the built-in directory if the text refers to it. @throws as above */
export async function loadConfigText(text: string, file: string, options: LoadOptions = {}): Promise<Config> {
  const [lookUp, lookUpHost, pattern] = await Promise.all([
    options.lookUp ?? builtInLookUp(text),
    options.lookUpHost ?? builtInHosts(text),
    options.pattern ?? patternOf(text),
  ]);
  return parseConfig(text, file, present({ ...options, lookUp, lookUpHost, pattern }));
}

/** Loads the engine of regular expressions, only for a file with rules. */
async function patternOf(text: string): Promise<PatternMaker | undefined> {
  if (!/^["']?rules["']?\s*:/m.test(text)) return undefined;
  return (await import('../model/rules/pattern.js')).patternMaker();
}

async function builtInHosts(text: string): Promise<HostQuirks | undefined> {
  if (!/^[^#\r\n]*\burl["']?\s*:\s*["']?https:/m.test(text)) return undefined;
  return (await import('../institutions/hosts.js')).openHosts();
}

/** Loads the built-in directory, only for a file that names an institution of it. */
async function builtInLookUp(text: string): Promise<DirectoryLookup | undefined> {
  if (!/^[^#\r\n]*\bdirectory["']?\s*:/m.test(text)) return undefined;
  const { openDirectory } = await import('../institutions/directory.js');
  return (await openDirectory()).lookUp;
}

/** Checks a configuration that is already in memory; relative paths in it count from the folder of `file`. */
export function parseConfig(text: string, file: string, options: LoadOptions = {}): Config {
  const path = resolve(file);
  const { lookUp = () => ({ suggestions: [] }), lookUpSandbox = null, home = homedir() } = options;
  const yaml = options.accountsToCome === true ? withEmptyAccounts(parseYaml(text)) : parseYaml(text);
  const context = { accountsToCome: false, ...options, lookUp, lookUpSandbox };
  const problems = yaml.value === undefined ? yaml.problems : allProblems(yaml, context);
  if (problems.length > 0) throw invalid(path, isNewer(yaml.value) ? problems.filter(ofVersion) : problems);
  return buildConfig(configSchema.parse(yaml.value), { ...context, file: path, base: dirname(path), home });
}

/** The other keys of a newer version cannot be checked. */
function isNewer(value: unknown): boolean {
  return isNewerVersion(Reflect.get(Object(value), 'version'));
}

function ofVersion({ path }: ConfigError['problems'][number]): boolean {
  return path === 'version';
}

export interface FoundNotify {
  readonly settings: NotifySettings;
  /** Environment variables that the file names for its secrets, anywhere in it. */
  readonly secretVariables: ReadonlySet<string>;
}

/**
 * Reads `notify:` alone, from a configuration that may be wrong elsewhere, so that the mistake itself can be reported.
 * Returns `null` when it is absent or wrong itself.
 */
export function loadNotify(text: string): FoundNotify | null {
  if (text.length > MAX_FILE_LENGTH || hasTooManyValues(text)) return null;
  try {
    const options = { logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
    const value: unknown = parseDocument(text, options).toJS({ maxAliasCount: 0 });
    const notify: unknown = Reflect.get(Object(value), 'notify');
    const checked = notifyValueSchema.safeParse(notify);
    if (!checked.success || notifyRules({ notify }).length > 0) return null;
    // Found by spelling, since the mistake may be in these very keys.
    const named = text.matchAll(/\benv\b["']?\s*:\s*["']?([A-Za-z_]\w*)/g);
    return {
      settings: buildNotify(checked.data),
      secretVariables: new Set([...named].flatMap(([, name]) => name ?? [])),
    };
  } catch {
    // Reading the whole configuration failed for the same reason and reported it.
    return null;
  }
}
