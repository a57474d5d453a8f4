/** accounts.yaml to account objects. Nothing is sent before all of it is right; every mistake is reported at once. */

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import type { Account, AccountKind, StatementKind } from '../model/account.js';
import type { Config, Institution, Quirks } from '../model/institution.js';
import { Secret, type SecretReference } from '../model/secret.js';
import { locate, problem } from './positions.js';
import { allProblems } from './problems.js';
import { QUIRK_KEYS } from './quirks.js';
import { type AccountEntry, configSchema, type InstitutionEntry, type SecretEntry } from './schema.js';

/** What the built-in directory knows of an institution. */
export interface DirectoryEntry {
  readonly title: string;
  readonly url: string;
  readonly org: string | null;
  readonly fid: string | null;
  readonly brokerId: string | null;
  readonly quirks: Quirks;
}

export interface LoadOptions {
  /** Looks a name up in the directory of institutions; `null` when it is not there. */
  readonly lookUp?: (name: string) => DirectoryEntry | null;
  readonly home?: string;
}

const ACCOUNT_TYPES: Readonly<Record<AccountKind, { kind: StatementKind; type: string | null }>> = {
  checking: { kind: 'bank', type: 'CHECKING' },
  savings: { kind: 'bank', type: 'SAVINGS' },
  moneymarket: { kind: 'bank', type: 'MONEYMRKT' },
  creditline: { kind: 'bank', type: 'CREDITLINE' },
  cd: { kind: 'bank', type: 'CD' },
  creditcard: { kind: 'creditcard', type: null },
  investment: { kind: 'investment', type: null },
  loan: { kind: 'loan', type: null },
};

/**
 * Reads and checks a configuration file.
 * @throws ConfigError CONFIG_NOT_FOUND, or CONFIG_INVALID with every problem and its place.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  const path = resolve(file);
  return parseConfig(await readText(path), path, options);
}

/** The same for text that is already here; relative paths in it count from the folder of `file`. */
export function parseConfig(text: string, file: string, options: LoadOptions = {}): Config {
  const located = locate(text);
  const problems = located.problems.length > 0 ? located.problems : allProblems(located);
  if (problems.length > 0) throw invalid(file, problems);
  const { defaults, institutions } = configSchema.parse(located.value);
  const context: Context = {
    base: dirname(file),
    home: options.home ?? homedir(),
    lookUp: options.lookUp ?? (() => null),
  };
  const missing = institutions.flatMap(({ directory }, index) => {
    if (directory === undefined || context.lookUp(directory) !== null) return [];
    const path = ['institutions', index, 'directory'];
    return [
      problem({
        ...located.position(path),
        path: path.join('.'),
        message: `${JSON.stringify(directory)} is not in the built-in directory`,
        suggestion: 'write url, org and fid instead',
      }),
    ];
  });
  if (missing.length > 0) throw invalid(file, missing);
  return {
    file,
    defaults: {
      historyDays: Number.parseInt(defaults?.history ?? '90d', 10),
      overlapDays: Number.parseInt(defaults?.overlap ?? '10d', 10),
      timeoutMs: parseDuration(defaults?.timeout ?? '60s'),
      concurrency: defaults?.concurrency ?? 10,
      perInstitution: defaults?.perInstitution ?? 1,
      retries: defaults?.retries ?? 2,
      keepRepliesDays: defaults?.keepReplies ?? 30,
    },
    institutions: institutions.map((entry) => buildInstitution(entry, context)),
  };
}

/** `250ms`, `60s`, `2m`, `1h` or `1d` in milliseconds. */
export function parseDuration(text: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)\s*(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return Number(count) * (factor[unit] ?? 1000);
}

interface Context {
  readonly base: string;
  readonly home: string;
  readonly lookUp: (name: string) => DirectoryEntry | null;
}

function buildInstitution(entry: InstitutionEntry, context: Context): Institution {
  const known = entry.directory === undefined ? null : context.lookUp(entry.directory);
  const brokerId = entry.brokerId ?? known?.brokerId ?? null;
  const isFiles = entry.files !== undefined;
  return {
    name: entry.name,
    title: known?.title ?? null,
    url: entry.url ?? known?.url ?? null,
    files: entry.files === undefined ? null : absolute(entry.files, context),
    org: entry.org ?? known?.org ?? null,
    fid: entry.fid ?? known?.fid ?? null,
    userId: entry.userId === undefined ? null : referenceOf(entry.userId, 'plain', context),
    password: isFiles ? null : referenceOf(entry.password ?? 'keychain', 'secret', context),
    ...clientUidOf(entry.clientUid, context),
    accounts: entry.accounts.map((account) => buildAccount(account, entry.name, brokerId)),
    quirks: quirksOf(entry, known?.quirks ?? {}),
    timeoutMs: entry.timeout === undefined ? null : parseDuration(entry.timeout),
    perInstitution: entry.perInstitution ?? null,
    ca: entry.ca === undefined ? null : absolute(entry.ca, context),
    proxy: entry.proxy ?? null,
  };
}

function buildAccount(entry: AccountEntry, institution: string, brokerId: string | null): Account {
  const { kind, type } = ACCOUNT_TYPES[entry.kind];
  return {
    institution,
    name: entry.name,
    accountKind: entry.kind,
    kind,
    id: entry.id,
    routing: entry.routing ?? null,
    branch: entry.branch ?? null,
    brokerId: kind === 'investment' ? (entry.brokerId ?? brokerId) : null,
    accountType: type,
  };
}

/** The user's own keys before those of the directory. */
function quirksOf(entry: InstitutionEntry, known: Quirks): Quirks {
  const own: Quirks = Object.fromEntries(
    QUIRK_KEYS.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
  const uid: Quirks =
    entry.clientUid === 'never' || entry.clientUid === 'always' || entry.clientUid === 'auto'
      ? { clientUid: entry.clientUid }
      : {};
  return { ...known, ...own, ...uid };
}

function clientUidOf(entry: SecretEntry | undefined, context: Context): { clientUid: Institution['clientUid'] } {
  if (entry === undefined || entry === 'never') return { clientUid: null };
  if (entry === 'auto' || entry === 'always') return { clientUid: 'auto' };
  return { clientUid: referenceOf(entry, 'plain', context) };
}

/** Both spellings of a reference; other text is the value itself where that is no secret. */
function referenceOf(entry: SecretEntry, otherwise: 'plain' | 'secret', context: Context): SecretReference {
  if (typeof entry !== 'string') {
    if (entry.env !== undefined) return { scheme: 'env', name: entry.env };
    if (entry.file !== undefined) return { scheme: 'file', path: absolute(entry.file, context) };
    if (entry.command !== undefined) return { scheme: 'command', command: entry.command };
    if (entry.literal !== undefined) return { scheme: 'literal', value: new Secret(entry.literal) };
    return { scheme: 'keychain', name: entry.keychain ?? null };
  }
  const [, scheme, rest = ''] = /^(keychain|env|file|prompt)(?::(.+))?$/.exec(entry) ?? [];
  if (scheme === 'keychain') return { scheme, name: rest === '' ? null : rest };
  if (scheme === 'prompt') return { scheme };
  if (scheme === 'env' && rest !== '') return { scheme, name: rest };
  if (scheme === 'file' && rest !== '') return { scheme, path: absolute(rest, context) };
  return otherwise === 'plain' ? { scheme: 'plain', value: entry } : { scheme: 'keychain', name: null };
}

function absolute(path: string, { base, home }: Context): string {
  return resolve(base, path.replace(/^~(?=\/|$)/, home));
}

function invalid(file: string, problems: ConfigError['problems']): ConfigError {
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`;
  return new ConfigError('CONFIG_INVALID', `${file} has ${count}; nothing was sent`, {
    file,
    problems,
    hint: 'Correct the lines above; accounts.example.yaml shows every key.',
  });
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new ConfigError('CONFIG_NOT_FOUND', missing ? `there is no ${path}` : `${path} cannot be read`, {
      file: path,
      cause,
      hint: missing
        ? 'Write one (accounts.example.yaml shows every key), or name it: --config FILE'
        : 'Check its permissions, or name another: --config FILE',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigError('CONFIG_INVALID', `${path} is not UTF-8 text`, {
      file: path,
      cause,
      hint: 'Save it again as UTF-8.',
    });
  }
}
