/** Answers of guided set-up as an entry of accounts.yaml. Pure. */

import { isTestAddress } from '../../config/address.js';
import type { AccountEntry } from '../../config/schema.js';
import type { NewInstitution } from '../../config/yaml/edit.js';
import { type Answers, isOfFiles, type Origin } from './state.js';

/** The entry, with other accounts than those that were picked where they are given. */
export function entryOf(answers: Answers, accounts: readonly AccountEntry[] = answers.picked ?? []): NewInstitution {
  const { name = '', origin } = answers;
  if (isOfFiles(answers)) return { keys: { name, files: answers.files ?? '' }, accounts };
  return {
    keys: {
      name,
      ...addressKeys(origin, answers),
      ...answers.learned,
      ...(answers.ca === undefined ? {} : { ca: answers.ca }),
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
    ...(org === '' ? {} : { org }),
    ...(fid === '' ? {} : { fid }),
  };
}

/** Where the password is found; the password itself for a playground alone. */
function passwordKey({ place, where = '', password = '' }: Answers): string | object {
  switch (place) {
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

/** Whether the password may stand in accounts.yaml itself: nothing real is behind the address. */
export function mayBeLiteral({ origin }: Answers): boolean {
  return origin?.kind === 'url' && isTestAddress(origin.url);
}

/** A name for the institution that nothing else has: from its title or its host. */
export function proposedName({ origin, files = '' }: Answers, taken: readonly string[]): string {
  const base = plain(
    origin?.kind === 'directory' ? origin.id : origin?.kind === 'url' ? hostWord(origin.url) : fileWord(files),
  );
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** `river` of `https://ofx.river.example/ofx`, and of `http://127.0.0.1:8443/river`. */
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

function plain(text: string): string {
  const word = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return word === '' ? 'institution' : word;
}

/** What is wrong with a name, `null` when it can be taken. */
export function nameComplaint(name: string, taken: readonly string[]): string | null {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]*[\p{L}\p{M}\p{N}._-])?$/u.test(name) || name.length > 64)
    return 'letters and digits, with blanks, dots, dashes and underscores between them';
  return taken.includes(name) ? `${name} is taken` : null;
}
