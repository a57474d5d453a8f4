/**
 * The removal of a person's own words from the texts of a check: names of institutions, accounts, variables and keychain
 * entries, and paths of files. Hosts, settings and what a bank wrote are kept.
 */

import { dirname } from 'node:path';
import { type Account, accountKey } from '../model/account.js';
import { type Institution, secretReferences } from '../model/institution.js';
import type { SecretReference } from '../model/secret.js';
import type { Redactor } from './redact.js';

export interface Names {
  /** Returns `bank`, or `bank-2` where there are several. */
  readonly institution: (name: string) => string;
  /** Returns `account-1` for the first account of an institution. */
  readonly account: (account: Account) => string;
}

interface Surroundings {
  readonly home: string;
  /** The statement files that were found. */
  readonly paths: readonly string[];
  /** Removes secrets, which has happened to the texts already, and perhaps within names. */
  readonly redact: Redactor;
}

const PATH = '[path]';
/** Within a longer word, an address or the name of a host, a name is a part of something else. */
const BEFORE = '(?<![\\p{L}\\p{N}_./@\\\\-])';
const AFTER = '(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}]|:\\d)';
const BEFORE_PATH = '(?<![\\p{L}\\p{N}./-]|:/)';

/** Numbers the institutions and accounts in the order of the configuration. */
export function namesFor(institutions: readonly Institution[]): Names {
  const isOne = institutions.length === 1;
  const banks = new Map(institutions.map(({ name }, index) => [name, isOne ? 'bank' : `bank-${index + 1}`]));
  const accounts = new Map(
    institutions.flatMap((one) => one.accounts.map((account, index) => [accountKey(account), `account-${index + 1}`])),
  );
  return {
    institution: (name) => banks.get(name) ?? 'bank',
    account: (account) => accounts.get(accountKey(account)) ?? 'account',
  };
}

/** Returns a function that removes the names of all institutions, and what else is private about one of them, from its texts. */
export function namesRedactorFor(
  institution: Institution,
  institutions: readonly Institution[],
  { home, paths, redact }: Surroundings,
): Redactor {
  const names = namesFor(institutions);
  const references = secretReferences(institution).map(([, reference]) => reference);
  const inHome = home.length > 1 ? [`${escaped(home)}(?:[\\\\/][^\\s"'”’;,]*)?`] : [];
  const known = [...new Set([...paths, ...pathsOf(institution, references)])].toSorted(longestFirst).map(escaped);
  const path = new RegExp(`${BEFORE_PATH}(?:${[...known, ...inHome].join('|') || '(?!)'})`, 'gu');
  const words = new Map(
    [
      ...references.flatMap(wordsOf),
      ...institutions.map(({ name }) => [name, names.institution(name)] as const),
      ...institution.accounts.flatMap((account) => {
        const own = names.account(account);
        return [
          [account.name, own] as const,
          [accountKey(account), `${names.institution(account.institution)}/${own}`] as const,
        ];
      }),
    ].flatMap(([word, shown]) => spellings(word, redact).map((one) => [one, shown] as const)),
  );
  const word = new RegExp(
    `${BEFORE}(?:${[...words.keys()].toSorted(longestFirst).map(escaped).join('|') || '(?!)'})${AFTER}`,
    'gu',
  );
  return (text) => text.replace(path, PATH).replace(word, (found) => words.get(found) ?? found);
}

/** Returns the spellings of a word in a message: as it is, and without the secrets in it. */
function spellings(word: string, redact: Redactor): string[] {
  const without = redact(word);
  const isLeft = /[\p{L}\p{N}]/u.test(without.replace(/\[[^\]]*\]/g, ''));
  return isLeft ? [word, without] : [word];
}

function pathsOf({ ca, files, program }: Institution, references: readonly SecretReference[]): string[] {
  const commands = references.flatMap((one) => (one.scheme === 'command' ? [one.command] : []));
  return [
    ...references.flatMap((one) => (one.scheme === 'file' ? [one.path] : [])),
    ...(ca === null ? [] : [ca]),
    ...(files ?? []).flatMap((pattern) => [pattern, dirname(pattern)]),
    ...[...commands, ...(program === undefined ? [] : [program.line])].flatMap(pathsInCommand),
  ].filter((path) => path.length > 1);
}

function pathsInCommand(command: string | readonly string[]): string[] {
  if (typeof command === 'string') return [command, ...pathsInCommand(command.split(/\s+/))];
  return command.filter((word) => /[\\/]/.test(word));
}

/** Lists the names that a person gave to variables and keychain entries. */
function wordsOf(reference: SecretReference): (readonly [string, string])[] {
  if (reference.scheme === 'env') return [[reference.name, '[variable]']];
  if (reference.scheme === 'keychain' && reference.name !== null) return [[reference.name, '[entry]']];
  return [];
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
