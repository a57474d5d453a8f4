/**
 * The accounts of imported files that accounts.yaml does not have: proposed as entries of a bank that is configured, or of a new
 * one that reads the later downloads; printed as YAML, or written.
 */

import { basename, dirname } from 'node:path';
import { foundAccounts } from '../../config/found-accounts.js';
import { freeName, nameFrom } from '../../config/free-name.js';
import { loadConfigText } from '../../config/load.js';
import type { AccountEntry } from '../../config/schema.js';
import { setAccountNumber } from '../../config/yaml/change.js';
import { accountLine, addAccounts, addInstitution, keyLines } from '../../config/yaml/edit.js';
import { readConfigText, writeConfigText } from '../../config/yaml/write.js';
import { openDirectory } from '../../institutions/directory.js';
import { institutionWith } from '../../institutions/same-bank.js';
import { type AccountId, accountKey, maskedId } from '../../model/account.js';
import type { Config, Institution } from '../../model/institution.js';
import type { Signon } from '../../ofx/file.js';
import { laterFiles, matchesPattern } from '../../sources/file-pattern.js';
import { isDescriptor } from '../../sources/regular-file.js';
import type { Invocation } from '../command/command.js';
import { ensureConfigFolder } from '../command/config-folder.js';
import { loadOptionsOf } from '../command/context.js';
import { renewTrust } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { likelyNumbers, type NumberOf } from './bridge-numbers.js';

/** A file with accounts that accounts.yaml does not have. */
export interface FileWithUnknown {
  /** Absolute. */
  readonly path: string;
  readonly signon: Pick<Signon, 'org' | 'fid'> | null;
  readonly accounts: readonly AccountId[];
}

/** accounts.yaml as it was read. */
export interface ConfigFile {
  readonly file: string;
  /** `null` for a file that is still to be made. */
  readonly config: Config | null;
}

export interface Addition {
  /** Name of the bank in accounts.yaml. */
  readonly bank: string;
  /** The keys of a new bank; `null` for one that is configured. */
  readonly keys: Readonly<Record<string, unknown>> | null;
  readonly entries: readonly AccountEntry[];
  /** Accounts that cannot be added, with the reason, and what to know of the others. */
  readonly remarks: readonly string[];
  readonly files: readonly FileWithUnknown[];
  /** The accounts of a bridge that they may be. */
  readonly likely?: readonly NumberOf[];
  /** In place of entries: the accounts of a bridge that they are. */
  readonly numbers?: readonly NumberOf[];
}

/** Proposes a bank for the accounts of each file, and an entry for each account. */
export async function proposedAdditions(
  files: readonly FileWithUnknown[],
  source: ConfigFile,
  invocation: Invocation,
): Promise<Addition[]> {
  const groups = new Map<string, { readonly bank: string | null; readonly files: FileWithUnknown[] }>();
  // A bridge has no account of a number.
  const banks = source.config?.institutions.filter(({ simplefin }) => simplefin !== true) ?? [];
  for (const file of files) {
    const bank = configuredBank(file, banks)?.name ?? null;
    const { org, fid } = file.signon ?? { org: null, fid: null };
    const key = bank === null ? JSON.stringify(org ? [org, fid] : laterFiles(file.path, '')) : `bank ${bank}`;
    const group = groups.get(key) ?? { bank, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }
  const additions: Addition[] = [];
  for (const group of groups.values()) {
    const taken = additions.map(({ bank }) => bank);
    const addition =
      group.bank === null
        ? await additionOfNew(group.files, taken, source, invocation)
        : additionTo(group.bank, group.files, source);
    additions.push({ ...addition, likely: likelyNumbers(group.files, source.config) });
  }
  return additions;
}

/** Returns the remarks for a person who has not been asked. */
export function remarksOf({ remarks, likely = [] }: Addition): readonly string[] {
  const bridged = likely.map(
    ({ account, number }) =>
      `${maskedId(number)} may be ${accountKey(account)}: if it is, do not add it, but write its number there (number: "…")`,
  );
  return [...remarks, ...bridged];
}

/** Proposes the accounts for a bank that is configured. */
export function additionTo(bank: string, files: readonly FileWithUnknown[], { config }: ConfigFile): Addition {
  const institution = config?.institutions.find(({ name }) => name === bank);
  if (institution === undefined) throw new TypeError('the bank is not configured');
  return { bank, keys: null, files, ...entriesIn(institution, files) };
}

/** Proposes a new bank, which reads the later downloads. */
async function additionOfNew(
  files: readonly FileWithUnknown[],
  taken: readonly string[],
  { config, file }: ConfigFile,
  invocation: Invocation,
): Promise<Addition> {
  const { io } = invocation;
  const [first] = files;
  const signon = first?.signon ?? null;
  const { institutions } = await openDirectory();
  const listed = signon === null ? null : institutionWith(signon, institutions);
  const names = [...(config?.institutions.map(({ name }) => name) ?? []), ...taken];
  const word = listed?.id ?? (signon?.org || basename(first?.path ?? '').replace(/[\d_.-].*$/, ''));
  const name = freeName(nameFrom(word), names);
  // What a pipe brought has no folder: the usual one, for files that have the name of the bank.
  const patterns = files.map(({ path }) =>
    isDescriptor(path) ? `~/Downloads/${name}*.?fx` : laterFiles(path, io.home),
  );
  const [only = '', ...more] = [...new Map(patterns.map((one) => [one.toLowerCase(), one])).values()];
  const keys = { name, files: more.length === 0 ? only : [only, ...more] };
  const text = addInstitution('', { keys, accounts: [] });
  const draft = await loadConfigText(text, file, { ...loadOptionsOf(invocation), accountsToCome: true });
  const institution = draft.institutions[0];
  if (institution === undefined) throw new TypeError('the bank was added and is not found');
  return { bank: name, keys, files, ...entriesIn(institution, files) };
}

function entriesIn(institution: Institution, files: readonly FileWithUnknown[]): Pick<Addition, 'entries' | 'remarks'> {
  const listed = files.flatMap(({ accounts }) =>
    accounts.map((account) => ({ account, description: null, status: null })),
  );
  // A file has what it says; only a request needs a routing number.
  const quirks = institution.files === null ? institution.quirks : { ...institution.quirks, bankId: 'empty' as const };
  const found = foundAccounts(listed, { ...institution, quirks });
  return {
    entries: found.flatMap(({ state, entry }) => (state === 'new' && entry !== null ? [entry] : [])),
    remarks: found.flatMap(({ entry, remark }) => (remark === null ? [] : [`${entry?.name ?? 'skipped'}: ${remark}`])),
  };
}

/** Returns the one configured bank of a file: by ORG and FID, by its patterns, or by the routing number of its accounts. */
function configuredBank(
  { path, signon, accounts }: FileWithUnknown,
  institutions: readonly Institution[],
): Institution | null {
  const routings = new Set(accounts.flatMap(({ routing, brokerId }) => [routing, brokerId]).filter((one) => one));
  const ways: ((one: Institution) => boolean)[] = [
    (one) => signon !== null && institutionWith(signon, [one]) !== null,
    ({ files }) =>
      (files ?? []).some(
        (pattern) => dirname(pattern) === dirname(path) && matchesPattern(basename(path), basename(pattern)),
      ),
    (one) => one.accounts.some(({ routing, brokerId }) => routings.has(routing) || routings.has(brokerId)),
  ];
  for (const isLikely of ways) {
    const [only, ...more] = institutions.filter(isLikely);
    if (only !== undefined && more.length === 0) return only;
  }
  return null;
}

/** Returns the lines to paste into accounts.yaml. */
export function pastedLines(additions: readonly Addition[]): string[] {
  return additions
    .filter(({ entries }) => entries.length > 0)
    .flatMap(({ bank, keys, entries }) => {
      const list = entries.map((entry) => `- ${accountLine(entry)}`);
      if (keys === null) return [`# under accounts: of ${bank}`, ...list.map((line) => `      ${line}`)];
      const [first = '', ...rest] = keyLines(keys);
      return [
        '# under institutions:',
        `  - ${first}`,
        ...rest.map((line) => `    ${line}`),
        '    accounts:',
        ...list.map((line) => `      ${line}`),
      ];
    })
    .map(visible);
}

/**
 * Writes the accounts into accounts.yaml and returns its new content.
 * @throws ConfigError when the file cannot be written or would be invalid; it is then unchanged.
 */
export async function writeAdditions(
  additions: readonly Addition[],
  { file, config }: ConfigFile,
  invocation: Invocation,
): Promise<Config> {
  const before = await readConfigText(file);
  const after = additions.reduce(withAddition, before);
  const options = { ...loadOptionsOf(invocation), accountsToCome: true };
  if (before === '') ensureConfigFolder(file);
  await writeConfigText(file, { before, after }, options);
  await renewTrust({ file, before, config }, invocation);
  return loadConfigText(after, file, options);
}

function withAddition(text: string, { bank, keys, entries, numbers = [] }: Addition): string {
  if (numbers.length > 0)
    return numbers.reduce((current, { account, number }) => setAccountNumber(current, account, number), text);
  return keys === null ? addAccounts(text, bank, entries) : addInstitution(text, { keys, accounts: entries });
}
