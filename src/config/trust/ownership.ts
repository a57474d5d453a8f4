/**
 * Judges who can change a configuration: whoever can decides where passwords are sent and which programs run. Only you and root
 * may own it, and nobody else may write it or its folder.
 */

import { lstatSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { shellWord } from '../../model/shell-word.js';

/** The user who runs the program. */
export interface Person {
  readonly uid: number;
  /** Number of the primary group. */
  readonly gid: number;
}

export interface FileModes extends Person {
  readonly mode: number;
}

/** Returns owner and mode of a path, links not followed; `null` where its file system has none. */
export type LookUpModes = (path: string) => FileModes | null;

/** A way in which somebody else can change a configuration. */
export interface Intrusion {
  readonly message: string;
  readonly hint: string;
}

/** Returns the first way in which somebody else can change the file; `null` without one, or where it cannot be judged. */
export function intrusionInto(
  file: string,
  person: Person | null,
  modesOf: LookUpModes = modesOnThisSystem,
): Intrusion | null {
  if (person === null) return null;
  const path = resolve(file);
  // A pipe, such as the shell's `<(…)`, is in no folder.
  if (!statSync(path).isFile()) return null;
  const real = realpathSync(path);
  const judged = [
    { path: real, isFolder: false },
    { path: dirname(real), isFolder: true },
    // A link decides which file is read, and its folder which link.
    ...(real === path ? [] : [{ path: realpathSync(dirname(path)), isFolder: true }]),
  ];
  if (real !== path && isForeign(modesOf(path), person)) return foreign(path, file);
  for (const one of judged) {
    const modes = modesOf(one.path);
    const found = modes === null ? null : intrusionAt(one, modes, { person, file });
    if (found !== null) return found;
  }
  return null;
}

/**
 * Returns true if somebody else can put another folder in the place of one: by its parent, or by a link on the way to that. False
 * where it cannot be judged.
 */
export function isReplaceable(
  folder: string,
  person: Person | null,
  modesOf: LookUpModes = modesOnThisSystem,
): boolean {
  if (person === null) return false;
  const parent = dirname(resolve(folder));
  const real = realpathSync(parent);
  if (real !== parent && isForeign(modesOf(parent), person)) return true;
  const judged = real === parent ? [real] : [real, realpathSync(dirname(parent))];
  return judged.some((path) => {
    const modes = modesOf(path);
    return modes !== null && intrusionAt({ path, isFolder: true }, modes, { person, file: folder }) !== null;
  });
}

interface Judged {
  readonly path: string;
  readonly isFolder: boolean;
}

const STICKY = 0o1000;
const GROUP_WRITES = 0o020;
const ALL_WRITE = 0o002;

function intrusionAt(
  { path, isFolder }: Judged,
  modes: FileModes,
  { person, file }: { readonly person: Person; readonly file: string },
): Intrusion | null {
  if (isForeign(modes, person)) return foreign(path, file);
  // Nobody can rename or remove the files of others in a sticky folder.
  if (isFolder && (modes.mode & STICKY) !== 0) return null;
  const what = isFolder ? `the folder ${path}` : path;
  if ((modes.mode & ALL_WRITE) !== 0)
    return { message: `other users can change ${what}`, hint: `chmod go-w ${shellWord(path)}` };
  if ((modes.mode & GROUP_WRITES) !== 0 && modes.gid !== person.gid)
    return { message: `the members of group ${modes.gid} can change ${what}`, hint: `chmod g-w ${shellWord(path)}` };
  return null;
}

function isForeign(modes: FileModes | null, { uid }: Person): boolean {
  return modes !== null && modes.uid !== uid && modes.uid !== 0;
}

function foreign(path: string, file: string): Intrusion {
  return {
    message: `${path} belongs to another user`,
    hint: `Read it first. To use it all the same, name it: --config ${shellWord(file)}`,
  };
}

/** Types of file systems without owners and modes of their own (statfs(2)): FAT, exFAT, NTFS, FUSE, SMB, shared folders of virtual machines. */
const WITHOUT_MODES: ReadonlySet<number> = new Set([
  ...[0x4d44, 0x2011bab0, 0x5346544e, 0x7366746e, 0x65735546, 0x01021997],
  ...[0xff534d42, 0xfe534d42, 0x517b, 0x786f4256, 0x7c7c6673, 0xbacbacbc],
]);

const modesOnThisSystem: LookUpModes = (path) => {
  const found = lstatSync(path);
  const { uid, gid, mode } = found;
  // A question about a link would be answered for its target.
  const { type } = statfsSync(found.isSymbolicLink() ? dirname(path) : path);
  return WITHOUT_MODES.has(type) ? null : { uid, gid, mode };
};
