/**
 * The statement files in a folder, newest first, each with its bank, accounts and days. The folder is a person's downloads:
 * anything may lie there, so names, files and bytes are limited, and nothing but regular files is opened.
 */

import { opendir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { interrupted, toOfxSyncError } from '../../errors.js';
import type { Directory, DirectoryInstitution } from '../../institutions/directory.js';
import { institutionWith } from '../../institutions/same-bank.js';
import type { AccountId } from '../../model/account.js';
import type { Statement } from '../../model/statement.js';
import type { OfxFile } from '../../ofx/file.js';
import type { CliIo } from '../terminal/io.js';
import { amountText } from '../terminal/wording.js';

export interface DownloadedFile {
  readonly path: string;
  readonly name: string;
  /** Title in the directory, else ORG; `null` for a file that names no bank. */
  readonly bank: string | null;
  /** The institution of the directory whose ids the file has. */
  readonly institution: DirectoryInstitution | null;
  readonly accounts: readonly AccountId[];
  /** First and last day; `null` without transactions and without a period. */
  readonly days: { readonly from: string; readonly to: string } | null;
}

export interface DownloadsFolder {
  readonly files: readonly DownloadedFile[];
  /** Files that were not read: too large, older than the newest ones, or without a statement. */
  readonly unread: number;
  /** False when the folder cannot be read. */
  readonly exists: boolean;
}

const STATEMENT_NAME = /\.(?:ofx|qfx|qbo)$/i;
const MOST_NAMES = 20_000;
const MOST_CANDIDATES = 1_000;
const NEWEST = 40;
/** A year of a busy account is smaller than 1 MB. */
const LARGEST_BYTES = 8_000_000;
const TIME_LIMIT_MS = 15_000;

/** Lists a folder. @throws OfxSyncError INTERRUPTED */
export async function downloadedFiles(
  folder: string,
  { signal }: Pick<CliIo, 'signal'>,
  directory: Directory,
): Promise<DownloadsFolder> {
  const found = await candidatesIn(folder);
  if (found === null) return { files: [], unread: 0, exists: false };
  const newest = found.toSorted((a, b) => b.changed - a.changed || (a.name < b.name ? -1 : 1)).slice(0, NEWEST);
  const until = performance.now() + TIME_LIMIT_MS;
  const files: DownloadedFile[] = [];
  for (const { name, size } of newest) {
    if (signal.aborted) throw interrupted();
    if (size > LARGEST_BYTES || performance.now() > until) continue;
    const path = join(folder, name);
    const file = await readStatements(path, signal);
    if (file !== null && file.statements.length > 0) files.push(describe(path, name, file, directory));
  }
  return { files, unread: found.length - files.length, exists: true };
}

interface Candidate {
  readonly name: string;
  readonly changed: number;
  readonly size: number;
}

async function candidatesIn(folder: string): Promise<Candidate[] | null> {
  const found: Candidate[] = [];
  let seen = 0;
  try {
    for await (const { name } of await opendir(folder)) {
      seen += 1;
      if (seen > MOST_NAMES || found.length >= MOST_CANDIDATES) break;
      if (!STATEMENT_NAME.test(name)) continue;
      const about = await stat(join(folder, name)).catch(() => null);
      if (about?.isFile() === true) found.push({ name, changed: about.mtimeMs, size: about.size });
    }
    return found;
  } catch {
    return null;
  }
}

/** Reads one file; ``null` without a statement in it. @throws OfxSyncError INTERRUPTED */
async function readStatements(path: string, signal: AbortSignal): Promise<OfxFile | null> {
  const { readRegularFile } = await import('../../sources/regular-file.js');
  try {
    return await readFileContent(await readRegularFile(path), signal);
  } catch (error) {
    if (toOfxSyncError(error).code === 'INTERRUPTED') throw error;
    return null;
  }
}

/** Reads the content of a statement file, a large one in a thread of its own. @throws OfxError; OfxSyncError INTERRUPTED */
export async function readFileContent(bytes: Uint8Array, signal: AbortSignal): Promise<OfxFile> {
  const { isLarge, readLarge } = await import('../../sources/large-reply.js');
  if (isLarge(bytes)) return readLarge(bytes, signal, 'file');
  return (await import('../../ofx/read.js')).readOfx(bytes, signal, 'file');
}

/** Returns the last balance that the statements of an account have, formatted; `null` without one. */
export function balanceOf(id: string, statements: readonly Statement[]): string | null {
  const last = statements.filter((one) => one.account?.id === id && one.ledgerBalance !== null).at(-1);
  const balance = last?.ledgerBalance ?? null;
  return balance === null ? null : amountText(balance.amount, balance.currency ?? last?.currency ?? '');
}

function describe(path: string, name: string, file: OfxFile, directory: Directory): DownloadedFile {
  const institution = file.signon === null ? null : institutionWith(file.signon, directory.institutions);
  const accounts = file.statements.flatMap(({ account }) => (account === null ? [] : [account]));
  const days = file.statements
    .flatMap(({ transactions, period }) => [
      ...(period === null ? [] : [period.from, period.to]),
      ...transactions.map(({ postedOn }) => postedOn),
    ])
    .filter((day): day is NonNullable<typeof day> => day !== null)
    .toSorted();
  const [from, to] = [days[0], days.at(-1)];
  return {
    path,
    name,
    institution,
    bank: institution?.title ?? (file.signon?.org?.trim() || null),
    accounts: [...new Map(accounts.map((one) => [`${one.kind} ${one.routing} ${one.id}`, one])).values()],
    days: from === undefined || to === undefined ? null : { from, to },
  };
}

/** Returns the folder where browsers of this system put downloads. */
export async function downloadsFolder({ env, home, platform }: CliIo): Promise<string> {
  const usual = join(home, 'Downloads');
  if (platform === 'win32' || platform === 'darwin') return usual;
  const settings = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'user-dirs.dirs');
  const text = await readFile(settings, 'utf8').catch(() => '');
  // The desktop writes the name in the language of the person.
  const named = /^XDG_DOWNLOAD_DIR="(?<path>[^"\r\n]+)"/m.exec(text)?.groups?.['path'];
  if (named === undefined) return usual;
  const path = resolve(named.replace(/^\$HOME(?=\/|$)/, () => home));
  return path === resolve(home) ? usual : path;
}
