/** Set-up without questions: the same answers from options, and the same checks. */

import { urlComplaint } from '../../config/address.js';
import { freeName, nameFrom } from '../../config/free-name.js';
import type { AccountEntry } from '../../config/schema.js';
import { UsageError } from '../../errors.js';
import { openDirectory } from '../../institutions/directory.js';
import { didYouMean } from '../../model/nearest.js';
import { present } from '../../model/present.js';
import { isForBridge } from '../../simplefin/access.js';
import { namesOption, textOption } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { readLine } from '../terminal/hidden-prompt.js';
import { claimed, needsClaim } from './claim-token.js';
import { type ConfigTarget, namesIn, pathOf, pathsOf } from './config-file.js';
import { commandProblem, mayBeLiteral, nameProblem, proposedName } from './entry.js';
import { directoryOrigin } from './origin.js';
import { keychainTrouble } from './password.js';
import { freePasswordFile } from './password-file.js';
import {
  type Answers,
  type Offer,
  type Origin,
  type PasswordStorage,
  signsOn,
  usesBridge,
  usesProgram,
} from './state.js';

/** Returns the answers from the options. @throws UsageError for an option that is missing or invalid; else as `signOn`. */
export async function answersFromFlags(target: ConfigTarget): Promise<Answers> {
  const { invocation } = target;
  const { io, options, words } = invocation;
  const more = optionalAnswers(target);
  const first = { origin: await originFromOptions(target), ...more };
  const taken = namesIn(target);
  const bank = more.command === undefined || words.length === 0 ? null : nameFrom(words.join(' '));
  const name = textOption(invocation, 'name') ?? (bank === null ? proposedName(first, taken) : freeName(bank, taken));
  const complaint = nameProblem(name, taken);
  if (complaint !== null) throw new UsageError(`--name: ${complaint}`);
  const named = { ...first, name };
  const say = (lines: readonly string[]) => {
    if (options.quiet !== true) io.stderr.write(lines.map((line) => `${line}\n`).join(''));
  };
  if (!signsOn(named)) {
    const offers = await offersWithoutSignon(named, target, say);
    return { ...named, offers, picked: picked(offers, namesOption(invocation, 'account')) };
  }
  const given = { ...named, ...(await credentials(named, target)) };
  const known = needsClaim(given) ? await claimed(given, target) : given;
  const { signOn } = await import('./signon.js');
  const { offers, learned, movedTo, remarks } = await signOn(known, target, null);
  say(remarks);
  return { ...known, offers, learned, movedTo, picked: picked(offers, namesOption(invocation, 'account')) };
}

/** Returns the accounts in files, or in what a program prints. */
async function offersWithoutSignon(
  answers: Answers,
  target: ConfigTarget,
  say: (lines: readonly string[]) => void,
): Promise<readonly Offer[]> {
  if (usesProgram(answers)) {
    const { accountsOfProgram, announcement } = await import('./program.js');
    say(announcement(answers));
    return (await accountsOfProgram(answers, target)).offers;
  }
  const { accountsInFiles } = await import('./downloads.js');
  const { offers, remarks } = await accountsInFiles(answers, target);
  say(remarks);
  return offers;
}

async function originFromOptions({ invocation }: ConfigTarget): Promise<Origin> {
  const { options, words } = invocation;
  const command = textOption(invocation, 'command');
  if (command !== undefined) {
    const problem = commandProblem(command);
    if (problem !== null) throw new UsageError(`--command: ${problem.message}`, problem.suggestion);
    return { kind: 'command' };
  }
  const word = words.length === 0 ? undefined : words.join(' ');
  return originFromWord(word, textOption(invocation, 'files'), options['acceptStale'] === true);
}

async function originFromWord(
  word: string | undefined,
  files: string | undefined,
  acceptStale: boolean,
): Promise<Origin> {
  if (word === undefined) {
    if (files !== undefined) return { kind: 'files' };
    throw new UsageError(
      'init --non-interactive needs a bank, --files or --command',
      'Name it as ofx-sync institutions WORDS lists it, or give its address (https://…).',
    );
  }
  if (word.toLowerCase() === 'simplefin') return { kind: 'bridge' };
  if (isForBridge(word))
    throw new UsageError(
      'init got the secret of a SimpleFIN bridge as a word, which other programs and the history of the shell can see',
      'Give it on standard input, best a new one: ofx-sync init simplefin --non-interactive',
    );
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
      `${origin.title} has no OFX service: ${origin.ended.what}`,
      `${origin.ended.advice}; to read the files: --files 'FOLDER/*.qfx'`,
    );
  if (origin.ended === null && origin.isStale && !acceptStale)
    throw new UsageError(
      `${origin.title}: ${origin.evidence}`,
      'Ask the bank first. If the address is still right, add: --accept-stale',
    );
  return origin.ended === null && files !== undefined ? { kind: 'files' } : origin;
}

/** Returns the answers that need no other. */
export function optionalAnswers(target: ConfigTarget): Answers {
  const text = (name: string) => textOption(target.invocation, name);
  const path = (typed: string | undefined) => (typed === undefined ? undefined : pathOf(typed, target));
  const ofxVersion = text('ofxVersion');
  const files = text('files');
  const command = text('command');
  if (files !== undefined && command !== undefined)
    throw new UsageError('--files and --command exclude each other', 'A bank has one source of statements.');
  return present({
    files: files === undefined ? undefined : pathsOf(files, target),
    command,
    org: text('org'),
    fid: text('fid'),
    ca: path(text('ca')),
    learned: ofxVersion === undefined ? undefined : { ofxVersion },
  });
}

/** Returns user id and password storage; for the keychain also the password, from one line of standard input. */
async function credentials(answers: Answers, target: ConfigTarget): Promise<Answers> {
  const { invocation } = target;
  const userId = textOption(invocation, 'userId') ?? (usesBridge(answers) ? '' : undefined);
  if (userId === undefined)
    throw new UsageError('--user-id is missing', 'Give the user id that you sign on with on its website.');
  const given = textOption(invocation, 'password') ?? 'keychain';
  const [, scheme = '', where = ''] = /^(env|file|command):\s*(\S.*)$/.exec(given) ?? [];
  if (scheme === 'env' || scheme === 'file' || scheme === 'command')
    return { userId, storage: scheme, where: scheme === 'file' ? pathOf(where, target) : where };
  if (given === 'file') {
    const file = freePasswordFile(answers.name ?? '', { config: target.file, io: invocation.io });
    return { userId, storage: given, where: file, ...(await typed(given, answers, target)) };
  }
  const kept = (['keychain', 'literal', 'prompt'] as const).find((one) => one === given);
  if (kept === undefined || (kept === 'literal' && !mayBeLiteral(answers)))
    throw new UsageError(
      '--password takes the place where the password is kept, never the password itself',
      'One of: keychain (default) or file (ofx-sync writes it): both read the password from one line of standard input; env:NAME, file:PATH, command:WORDS',
    );
  return { userId, storage: kept, ...(await typed(kept, answers, target)) };
}

async function typed(kept: PasswordStorage, { name = '' }: Answers, target: ConfigTarget): Promise<Answers> {
  const { io } = target.invocation;
  if (kept === 'keychain') {
    const trouble = await keychainTrouble(name, target);
    if (trouble !== null)
      throw new UsageError(
        trouble,
        'Keep the password elsewhere: --password env:NAME, file:PATH, command:WORDS, or file (ofx-sync writes one)',
      );
  }
  if (io.stdin.isTTY === true)
    throw new UsageError(
      'the password is read from standard input',
      'For example: pass show river | ofx-sync init … --non-interactive',
    );
  const password = await readLine(io);
  if (password === '') throw new UsageError('no password was given', 'Give it as one line of standard input.');
  return { password };
}

/** Returns the accounts that were named, else all active ones. */
function picked(offers: readonly Offer[], names: readonly string[]): AccountEntry[] {
  if (names.length === 0) {
    const active = offers.filter(({ isActive }) => isActive).map(({ entry }) => entry);
    if (active.length > 0) return active;
    throw new UsageError(
      offers.length === 0
        ? 'no account was found; nothing was written'
        : 'none of the accounts found is both new and active',
      'Write the entry of accounts.yaml by hand (accounts.example.yaml shows every key), or run in a terminal: ofx-sync init',
    );
  }
  return names.map((name) => {
    const found = offers.find(({ entry }) => entry.name === name || (name.length >= 4 && entry.id.endsWith(name)));
    if (found !== undefined) return found.entry;
    const available = offers.map(({ entry }) => entry.name);
    throw new UsageError(
      `no account ${JSON.stringify(name)} was found`,
      didYouMean(name, available, `There are: ${available.join(', ')}`),
    );
  });
}
