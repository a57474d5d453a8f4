/** The answers of guided set-up as an entry of accounts.yaml. Pure. */

import { isTestAddress } from '../../config/address.js';
import { freeName, nameFrom } from '../../config/free-name.js';
import type { AccountEntry } from '../../config/schema.js';
import type { NewInstitution } from '../../config/yaml/edit.js';
import { present } from '../../model/present.js';
import { type Answers, type Origin, usesBridge, usesFiles } from './state.js';

/** Returns the entry, with the accounts that were picked unless others are given. */
export function entryOf(answers: Answers, accounts: readonly AccountEntry[] = answers.picked ?? []): NewInstitution {
  const { name = '', origin } = answers;
  if (usesFiles(answers)) {
    const { files: patterns = [] } = answers;
    return { keys: { name, files: patterns.length === 1 ? patterns[0] : patterns }, accounts };
  }
  if (usesBridge(answers))
    return { keys: { name, simplefin: passwordKey(answers), ...present({ ca: answers.ca }) }, accounts };
  return {
    keys: {
      name,
      ...addressKeys(origin, answers),
      ...answers.learned,
      ...present({ ca: answers.ca }),
      userId: answers.userId ?? '',
      password: passwordKey(answers),
    },
    accounts,
  };
}

function addressKeys(origin: Origin | undefined, { org = '', fid = '' }: Answers): Record<string, string> {
  if (origin?.kind === 'directory') return { directory: origin.id };
  return {
    url: origin?.kind === 'url' ? origin.url : '',
    ...present({ org: org || undefined, fid: fid || undefined }),
  };
}

/** Returns the value of `password:`: a reference; the password itself for a sandbox or loopback address only. */
function passwordKey({ storage, where = '', password = '' }: Answers): string | object {
  switch (storage) {
    case 'env':
      return `env:${where}`;
    case 'file':
      return `file:${where}`;
    case 'command':
      return { command: where };
    case 'prompt':
      return 'prompt';
    case 'literal':
      return { literal: password };
    default:
      return 'keychain';
  }
}

/** Returns true when the password may be in accounts.yaml itself: the address leads to no real institution. */
export function mayBeLiteral({ origin }: Answers): boolean {
  return origin?.kind === 'url' && isTestAddress(origin.url);
}

/** Returns a free name for the institution, from its directory id, its host or its files. */
export function proposedName({ origin, files = [] }: Answers, taken: readonly string[]): string {
  if (origin?.kind === 'bridge') return freeName('simplefin', taken);
  const base = nameFrom(
    origin?.kind === 'directory' ? origin.id : origin?.kind === 'url' ? hostWord(origin.url) : fileWord(files[0] ?? ''),
  );
  return freeName(base, taken);
}

/** Returns `river` for `https://ofx.river.example/ofx`, and for `http://127.0.0.1:8443/river`. */
function hostWord(url: string): string {
  if (!URL.canParse(url)) return '';
  const { hostname, pathname } = new URL(url);
  if (/^[\d.]+$|^localhost$|^\[/.test(hostname)) return pathname.split('/').find((part) => part !== '') ?? '';
  const labels = hostname.split('.');
  return labels.at(-2) ?? labels[0] ?? '';
}

function fileWord(pattern: string): string {
  return (pattern.split(/[\\/]/).at(-1) ?? '').replace(/[*?].*$/, '').replace(/\.\w+$/, '');
}

/** Returns the problem with a name, `null` for a free and valid one. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}._-])?$/u.test(name) || name.length > 64)
    return 'use letters and digits, with spaces, dots, dashes and underscores between them';
  return taken.includes(name) ? `${name} is taken: choose another name` : null;
}
