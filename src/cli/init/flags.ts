/** Guided set-up without questions: the same answers from options, and the same checks. */

import { urlComplaint } from '../../config/address.js';
import type { AccountEntry } from '../../config/schema.js';
import { UsageError } from '../../errors.js';
import { openDirectory } from '../../institutions/directory.js';
import { nearest } from '../../model/nearest.js';
import { textOption } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { lineOf } from '../terminal/hidden-prompt.js';
import { type ConfigPlace, namesIn, pathOf } from './config-file.js';
import { mayBeLiteral, nameComplaint, proposedName } from './entry.js';
import { directoryOrigin } from './origin.js';
import { keychainTrouble } from './password.js';
import { type Answers, isOfFiles, type Offer, type Origin, type Place } from './state.js';

/** @throws UsageError naming the option that is missing or wrong; otherwise as signing on does. */
export async function answersFromFlags(place: ConfigPlace): Promise<Answers> {
  const { invocation } = place;
  const { io, options, words } = invocation;
  const files = textOption(invocation, 'files');
  const origin = await originFromWord(words[0], files, invocation.options['acceptStale'] === true);
  const first: Answers = {
    origin,
    ...(files === undefined ? {} : { files: pathOf(files, place) }),
    ...optional(place),
  };
  const taken = namesIn(place);
  const name = textOption(invocation, 'name') ?? proposedName(first, taken);
  const complaint = nameComplaint(name, taken);
  if (complaint !== null) throw new UsageError(`--name: ${complaint}`);
  const named = { ...first, name };
  const say = (lines: readonly string[]) => {
    if (options.quiet !== true) io.stderr.write(lines.map((line) => `${line}\n`).join(''));
  };
  if (isOfFiles(named)) {
    const { accountsInFiles } = await import('./downloads.js');
    const { offers, remarks } = await accountsInFiles(named, place);
    say(remarks);
    return { ...named, offers, picked: picked(offers, invocation.options['account']) };
  }
  const known = { ...named, ...(await credentials(named, place)) };
  const { signOn } = await import('./signon.js');
  const { offers, learned, remarks } = await signOn(known, place);
  say(remarks);
  return { ...known, offers, learned, picked: picked(offers, invocation.options['account']) };
}

async function originFromWord(
  word: string | undefined,
  files: string | undefined,
  acceptStale: boolean,
): Promise<Origin> {
  if (word === undefined) {
    if (files !== undefined) return { kind: 'files' };
    throw new UsageError(
      'init --non-interactive takes an institution, or --files',
      'The name that ofx-sync institutions WORDS shows, or an address (https://…).',
    );
  }
  if (word.includes('://')) {
    const complaint = urlComplaint(word);
    if (complaint !== null) throw new UsageError(`${complaint.message}: ${visible(word)}`, complaint.suggestion);
    return { kind: 'url', url: word };
  }
  const found = (await openDirectory()).lookUp(word);
  if ('suggestions' in found)
    throw new UsageError(
      `${JSON.stringify(word)} is not in the built-in directory`,
      found.suggestions.length === 0
        ? 'Give its address (https://…).'
        : `Did you mean ${found.suggestions.join(', ')}?`,
    );
  const origin = directoryOrigin(found);
  if (origin.kind !== 'directory') return origin;
  if (origin.ended !== null && files === undefined)
    throw new UsageError(
      `${origin.title} cannot be asked: ${origin.ended.what}`,
      `${origin.ended.advice}; here: --files 'FOLDER/*.qfx'`,
    );
  if (origin.ended === null && origin.isStale && !acceptStale)
    throw new UsageError(
      `${origin.title}: ${origin.evidence}`,
      'When the institution has told you that the address still holds: --accept-stale',
    );
  return origin.ended === null && files !== undefined ? { kind: 'files' } : origin;
}

function optional(place: ConfigPlace): Answers {
  const text = (name: string) => textOption(place.invocation, name);
  const version = text('ofxVersion');
  return {
    ...(text('org') === undefined ? {} : { org: text('org') ?? '' }),
    ...(text('fid') === undefined ? {} : { fid: text('fid') ?? '' }),
    ...(text('ca') === undefined ? {} : { ca: pathOf(text('ca') ?? '', place) }),
    ...(version === undefined ? {} : { learned: { ofxVersion: version } }),
  };
}

/** Where the password is, and for the keychain the password itself: one line of standard input. */
async function credentials(answers: Answers, place: ConfigPlace): Promise<Answers> {
  const { invocation } = place;
  const userId = textOption(invocation, 'userId');
  if (userId === undefined)
    throw new UsageError('--user-id is missing', 'The name that you sign on with at its web site.');
  const given = textOption(invocation, 'password') ?? 'keychain';
  const [, scheme = '', where = ''] = /^(env|file|command):\s*(\S.*)$/.exec(given) ?? [];
  if (scheme === 'env' || scheme === 'file' || scheme === 'command')
    return { userId, place: scheme, where: scheme === 'file' ? pathOf(where, place) : where };
  const kept = (['keychain', 'literal', 'prompt'] as const).find((one) => one === given);
  if (kept === undefined || (kept === 'literal' && !mayBeLiteral(answers)))
    throw new UsageError(
      '--password takes where the password is, never the password itself',
      'keychain (default, with the password as one line of standard input), env:NAME, file:PATH, command:WORDS',
    );
  return { userId, place: kept, ...(await typed(kept, answers, place)) };
}

async function typed(kept: Place, { name = '' }: Answers, place: ConfigPlace): Promise<Answers> {
  const { io } = place.invocation;
  if (kept === 'keychain') {
    const trouble = await keychainTrouble(name, place);
    if (trouble !== null)
      throw new UsageError(
        trouble.replace(/\.$/, ''),
        'Name another place: --password env:NAME, file:PATH or command:WORDS',
      );
  }
  if (io.stdin.isTTY === true)
    throw new UsageError(
      'the password is read from standard input',
      'For example: pass show river | ofx-sync init … --non-interactive',
    );
  const password = await lineOf(io);
  if (password === '') throw new UsageError('no password was given', 'Give it as one line of standard input.');
  return { password };
}

/** The accounts that were named, else all that are active. */
function picked(offers: readonly Offer[], wanted: unknown): AccountEntry[] {
  const names = Array.isArray(wanted) ? wanted.map(String) : [];
  if (names.length === 0) {
    const active = offers.filter(({ isActive }) => isActive).map(({ entry }) => entry);
    if (active.length > 0) return active;
    throw new UsageError(
      offers.length === 0
        ? 'no account was found, and nothing was written'
        : 'no account that is not configured already was found',
      'Write the entry of accounts.yaml by hand (accounts.example.yaml shows every key), or on a terminal: ofx-sync init',
    );
  }
  return names.map((name) => {
    const found = offers.find(({ entry }) => entry.name === name || (name.length >= 4 && entry.id.endsWith(name)));
    if (found !== undefined) return found.entry;
    const there = offers.map(({ entry }) => entry.name);
    const near = nearest(name, there);
    throw new UsageError(
      `no account ${JSON.stringify(name)} was found`,
      near === null ? `There are: ${there.join(', ')}` : `Did you mean ${near}?`,
    );
  });
}
