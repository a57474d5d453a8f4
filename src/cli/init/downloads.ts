/** Guided set-up for an institution that offers only downloads: the statement files on this machine, and their accounts. */

import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { foundAccounts } from '../../config/found-accounts.js';
import { toOfxSyncError } from '../../errors.js';
import { type Directory, openDirectory } from '../../institutions/directory.js';
import type { WebsiteDownload } from '../../institutions/listing.js';
import { accountKey, idsOf, maskedId } from '../../model/account.js';
import { present } from '../../model/present.js';
import type { Statement } from '../../model/statement.js';
import type { AccountInfo } from '../../ofx/file.js';
import { laterFiles, matchesPattern, withTilde } from '../../sources/file-pattern.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
import { widthOf } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';
import { type ConfigTarget, draftInstitution, offersOf, pathsOf } from './config-file.js';
import {
  balanceOf,
  type DownloadedFile,
  downloadedFiles,
  downloadsFolder,
  readFileContent,
} from './downloaded-files.js';
import { proposedName } from './entry.js';
import type { QuestionContext, QuestionResult } from './question.js';
import type { Answers, Offer } from './state.js';

interface InFiles {
  readonly offers: readonly Offer[];
  readonly remarks: readonly string[];
}

/** Returns the accounts of all matching files, each with the balance of its last statement. */
export async function accountsInFiles(answers: Answers, target: ConfigTarget): Promise<InFiles> {
  const { institution } = await draftInstitution(answers, target, []);
  const { newFiles } = await import('../../sources/files.js');
  const statements: Statement[] = [];
  const remarks: string[] = [];
  try {
    for await (const found of newFiles(institution, () => false)) {
      if ('none' in found) throw found.none;
      if ('error' in found) remarks.push(visible(found.error.message));
      else
        await readFileContent(found.body, target.invocation.io.signal).then(
          (file) => statements.push(...file.statements),
          (error: unknown) => remarks.push(`${visible(found.path)}: ${visible(toOfxSyncError(error).message)}`),
        );
    }
  } catch (error) {
    const { message, hint } = toOfxSyncError(error);
    return { offers: [], remarks: [visible(`${message}. ${hint ?? ''}`)] };
  }
  const listed: AccountInfo[] = statements.flatMap(({ account }) =>
    account === null ? [] : [{ account, description: null, status: null }],
  );
  const found = foundAccounts(listed, { ...institution, quirks: { ...institution.quirks, bankId: 'empty' } });
  const offers = offersOf(found, target).map((offer) => ({
    ...offer,
    balance: balanceOf(offer.entry.id, statements),
    isActive: offer.isActive && (answers.pickedIds?.includes(offer.entry.id) ?? true),
  }));
  return { offers, remarks };
}

const OTHER: Choice = { id: '', label: 'Other files, or another folder' };

/** Asks which statement files are the bank's: those that lie in the downloads folder, else a folder or patterns. */
export async function askFiles(context: QuestionContext): Promise<QuestionResult> {
  const { answers, prompts, target } = context;
  const { io } = target.invocation;
  const directory = await openDirectory();
  const usual = await downloadsFolder(io);
  let folder = (answers.files ?? []).map((pattern) => dirname(inFull(pattern, io.home)))[0] ?? usual;
  for (;;) {
    const { files, unread, exists } = await downloadedFiles(folder, io, directory);
    const shown = visible(withTilde(folder, io.home));
    if (files.length > 0) {
      const picked = await pickFiles(files, context, directory);
      if (picked === null) return null;
      if (picked.length > 0) return answersFor(picked, context);
    } else
      prompts.say([
        `${exists ? 'No statement file (.qfx, .ofx) is in' : 'There is no folder'} ${shown}${unread > 0 ? ` (${plural(unread, 'file')} without a statement)` : ''}.`,
        ...whatToDownload(downloadOf(answers)).map((line) => `  ${line}`),
      ]);
    const typed = await prompts.line('Folder of its statement files, or patterns such as ~/Downloads/bank*.qfx', {
      initial: withTilde(folder, io.home),
      validate: (text) => (text.trim() === '' ? 'enter a folder, or a pattern such as ~/Downloads/*.qfx' : null),
    });
    if (typed === null && files.length === 0) return null;
    if (typed === null) continue;
    const place = await placeOf(typed, target);
    if (typeof place !== 'string') return { files: place };
    folder = place;
  }
}

function downloadOf({ origin }: Answers): WebsiteDownload | null {
  return origin?.kind === 'directory' ? (origin.ended?.download ?? null) : null;
}

/** Says which file to download, and the pattern of its name, for files that are still to come. */
function whatToDownload(download: WebsiteDownload | null): string[] {
  if (download?.format !== 'ofx')
    return ['Download one from the bank’s website, in the format Quicken, QFX or OFX; then press Enter to look again.'];
  const { name = 'QFX', files = [] } = download;
  return [
    `Download “${name}” from its website; then press Enter to look again.`,
    ...(files.length === 0
      ? []
      : [`Or enter ${files.map((one) => `~/Downloads/${one}`).join(', ')}, for files that are still to come.`]),
  ];
}

/** Returns the picked files; none when the person wants others; `null` to go back. */
async function pickFiles(
  files: readonly DownloadedFile[],
  { answers, prompts, target }: QuestionContext,
  directory: Directory,
): Promise<readonly DownloadedFile[] | null> {
  const ids = await prompts.pick(
    'Which of these files are from this bank?',
    [...files.map((file) => choiceOf(file, target)), OTHER],
    likely(files, { answers, target, directory }).map(({ path }) => path),
  );
  if (ids === null) return null;
  return ids.includes(OTHER.id) ? [] : files.filter(({ path }) => ids.includes(path));
}

/** Returns the files to tick: those of the bank that was chosen, or all when they are of one bank. */
function likely(
  files: readonly DownloadedFile[],
  { answers: { origin }, target, directory }: Pick<QuestionContext, 'answers' | 'target'> & { directory: Directory },
): readonly DownloadedFile[] {
  const fresh = files.filter((file) => file.accounts.some((account) => configuredAs(account, target) === null));
  if (origin?.kind !== 'directory') {
    const isOneBank = new Set(fresh.map(({ bank }) => bank)).size === 1;
    return isOneBank ? fresh : [];
  }
  const chosen = directory.lookUp(origin.id);
  const patterns = origin.ended?.download?.files ?? [];
  const [word = ''] = origin.id.split('-');
  return fresh.filter(
    ({ institution, name, bank }) =>
      (institution !== null && 'id' in chosen && institution.fid === chosen.fid && institution.org === chosen.org) ||
      (institution === null && patterns.some((pattern) => matchesPattern(name, pattern))) ||
      [name, bank ?? ''].some((text) => text.toLowerCase().includes(word)),
  );
}

/** On a narrow terminal the middle of a name is omitted, so that the days beside it are not. */
function choiceOf(file: DownloadedFile, target: ConfigTarget): Choice {
  const { name, bank, accounts, days } = file;
  const first = accounts.slice(0, 2).map((account) => {
    const already = configuredAs(account, target);
    const kind = account.kind === 'bank' ? (account.accountType ?? 'bank').toLowerCase() : account.kind;
    return `${visible(kind)} ${visible(maskedId(account.id))}${already === null ? '' : ` (${visible(already)})`}`;
  });
  const more = accounts.length > 2 ? ` and ${accounts.length - 2} more` : '';
  const owner = accounts.length === 0 ? 'without an account number' : first.join(', ') + more;
  const width = widthOf(target.invocation.io.stderr);
  return {
    id: file.path,
    label: `${visible(bank ?? 'unnamed bank')} ${owner}${days === null ? '' : `, ${daysText(days)}`}`,
    hint: abridged(visible(name), Math.max(18, width - 64)),
  };
}

/** Returns `2026-11-01 to 11-20`: the year once where it is the same. */
function daysText({ from, to }: NonNullable<DownloadedFile['days']>): string {
  if (from === to) return from;
  return `${from} to ${from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to}`;
}

function abridged(name: string, longest: number): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const half = Math.floor((longest - 1) / 2);
  return `${letters.slice(0, longest - 1 - half).join('')}…${letters.slice(-half).join('')}`;
}

function configuredAs({ id, routing }: DownloadedFile['accounts'][number], { config }: ConfigTarget): string | null {
  const all = config?.institutions.flatMap(({ accounts }) => accounts) ?? [];
  const same = all.find((one) => idsOf(one).includes(id) && (one.routing === null || one.routing === routing));
  return same === undefined ? null : `already ${accountKey(same)}`;
}

/** Returns the patterns that match the picked files and later downloads, and a name for a bank that only the files name. */
function answersFor(picked: readonly DownloadedFile[], { answers, target }: QuestionContext): Answers {
  const { home } = target.invocation.io;
  const patterns = new Map(
    picked.map(({ path }) => {
      const pattern = laterFiles(path, home);
      return [pattern.toLowerCase(), pattern];
    }),
  );
  const [first] = picked;
  const taken = target.config?.institutions.map(({ name }) => name) ?? [];
  const title = first?.institution?.id ?? first?.bank ?? null;
  const name =
    answers.origin?.kind === 'files' && answers.isNamed !== true && title !== null
      ? proposedName({ origin: { kind: 'files' }, files: [title.replace(/[*?./\\]/g, ' ')] }, taken)
      : undefined;
  const pickedIds = picked.flatMap(({ accounts }) => accounts.map(({ id }) => id));
  return { files: [...patterns.values()], pickedIds, ...present({ name }) };
}

/** Reads what was typed: a folder to look into, else patterns. A file becomes the pattern of its later downloads. */
async function placeOf(typed: string, target: ConfigTarget): Promise<string | readonly string[]> {
  const { home } = target.invocation.io;
  const paths = pathsOf(typed, target);
  const found: string[] = [];
  for (const path of paths) {
    const about = await stat(inFull(path, home)).catch(() => null);
    if (about?.isDirectory() === true && paths.length === 1) return inFull(path, home);
    // A folder that is still to come, too.
    const isFolder = about === null ? !/[*?]|\.\w+$/.test(basename(path)) : about.isDirectory();
    if (isFolder) found.push(join(path, '*.qfx'), join(path, '*.ofx'));
    else found.push(about?.isFile() === true ? laterFiles(inFull(path, home), home) : path);
  }
  return found;
}

function inFull(path: string, home: string): string {
  return path.replace(/^~(?=[\\/]|$)/, () => home);
}
