/** Who is refused as the writer of a configuration: by owner, mode, group, folder and link, and where a file system knows none of them. */

import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileModes, intrusionInto, isReplaceable } from '../../../../src/config/trust/ownership.js';
import { scratchDir } from '../../../support/scratch.js';

const ME = { uid: 1000, gid: 1000 };
const [ROOT, OTHER, SHARED] = [0, 1001, 50];
const FILE = 0o100000;
const FOLDER = 0o040000;

type Owned = readonly [uid: number, gid: number, mode: number];

interface Row {
  readonly what: string;
  readonly file: Owned;
  readonly folder: Owned;
  /** The refusal, `null` when the file is used. */
  readonly refused: RegExp | null;
}

const mine = (mode: number): Owned => [ME.uid, ME.gid, mode];

const TABLE: readonly Row[] = [
  { what: 'umask 077', file: mine(0o600), folder: mine(0o700), refused: null },
  { what: 'umask 022', file: mine(0o644), folder: mine(0o755), refused: null },
  { what: 'umask 002, with a group of one’s own', file: mine(0o664), folder: mine(0o775), refused: null },
  { what: 'umask 000', file: mine(0o666), folder: mine(0o777), refused: /other users can change .*yaml$/ },
  { what: 'umask 000 for the folder alone', file: mine(0o600), folder: mine(0o777), refused: /change the folder/ },
  { what: 'a sticky folder of all', file: mine(0o644), folder: [ROOT, 0, 0o1777], refused: null },
  {
    what: 'a shared group that may write the file',
    file: [ME.uid, SHARED, 0o664],
    folder: mine(0o755),
    refused: /group 50 can change .*yaml$/,
  },
  {
    what: 'a shared group that may write the folder',
    file: mine(0o644),
    folder: [ME.uid, SHARED, 0o2775],
    refused: /group 50 can change the folder/,
  },
  {
    what: 'a shared group that may read',
    file: [ME.uid, SHARED, 0o640],
    folder: [ME.uid, SHARED, 0o750],
    refused: null,
  },
  { what: 'a mount that root owns', file: [ROOT, 0, 0o644], folder: [ROOT, 0, 0o755], refused: null },
  {
    what: 'a secret mount for one’s group',
    file: [ROOT, ME.gid, 0o640],
    folder: [ROOT, ME.gid, 0o3777],
    refused: null,
  },
  { what: 'root’s, open to all', file: [ROOT, 0, 0o646], folder: [ROOT, 0, 0o755], refused: /other users can change/ },
  {
    what: 'somebody else’s file',
    file: [OTHER, OTHER, 0o644],
    folder: mine(0o755),
    refused: /belongs to another user/,
  },
  {
    what: 'somebody else’s file in a sticky folder',
    file: [OTHER, ME.gid, 0o644],
    folder: [ROOT, 0, 0o1777],
    refused: /belongs to another user/,
  },
  {
    what: 'one’s own file in somebody else’s folder',
    file: mine(0o600),
    folder: [OTHER, OTHER, 0o755],
    refused: /belongs to another user/,
  },
];

/** Puts a file into a folder; their owners and modes are those of the row. */
function place({ file, folder }: Pick<Row, 'file' | 'folder'>) {
  const dir = realpathSync(scratchDir());
  const path = join(dir, 'accounts.yaml');
  writeFileSync(path, '');
  const modes = ([uid, gid, mode]: Owned, kind: number): FileModes => ({ uid, gid, mode: mode | kind });
  const look = (one: string) => (one === path ? modes(file, FILE) : modes(folder, FOLDER));
  return { dir, path, look };
}

test.each(TABLE)('$what', ({ refused, ...row }) => {
  const { path, look } = place(row);
  const found = intrusionInto(path, ME, look)?.message ?? null;
  if (refused === null) expect(found).toBeNull();
  else expect(found).toMatch(refused);
});

test('a remedy is a command, or the choice to name the file', () => {
  const open = place({ file: mine(0o666), folder: mine(0o755) });
  expect(intrusionInto(open.path, ME, open.look)?.hint).toBe(`chmod go-w ${open.path}`);
  const foreign = place({ file: [OTHER, OTHER, 0o644], folder: mine(0o755) });
  expect(intrusionInto(foreign.path, ME, foreign.look)?.hint).toContain(`--config ${foreign.path}`);
});

test('where the file system or the system knows no modes, nothing is judged', () => {
  const { path, look } = place({ file: [OTHER, OTHER, 0o777], folder: [OTHER, OTHER, 0o777] });
  expect(intrusionInto(path, ME, () => null)).toBeNull();
  expect(intrusionInto(path, null, look)).toBeNull();
});

test('a link is judged with its folder, its target and the folder of that', () => {
  const { dir, path, look } = place({ file: mine(0o600), folder: mine(0o700) });
  const home = join(dir, 'home');
  mkdirSync(home);
  const link = join(home, 'accounts.yaml');
  symlinkSync(path, link);
  const judge = (special: Readonly<Record<string, Owned>>) =>
    intrusionInto(link, ME, (one) => {
      const [uid, gid, mode] = special[one] ?? [];
      return uid === undefined || gid === undefined || mode === undefined ? look(path) : { uid, gid, mode };
    })?.message ?? null;
  expect(judge({})).toBeNull();
  expect(judge({ [link]: [OTHER, OTHER, 0o777] })).toBe(`${link} belongs to another user`);
  expect(judge({ [home]: mine(0o777) })).toBe(`other users can change the folder ${home}`);
  expect(judge({ [dir]: mine(0o777) })).toBe(`other users can change the folder ${dir}`);
  expect(judge({ [path]: mine(0o666) })).toBe(`other users can change ${path}`);
  // The modes of a link itself mean nothing.
  expect(judge({ [link]: mine(0o777) })).toBeNull();
});

test('a folder is replaceable by whoever owns its parent, or a link to that', () => {
  const dir = realpathSync(scratchDir());
  const [parent, link] = [join(dir, 'parent'), join(dir, 'link')];
  mkdirSync(join(parent, 'own'), { recursive: true });
  symlinkSync(parent, link);
  const ownedBy = (other: string) => (path: string) => ({
    uid: path === other ? OTHER : ME.uid,
    gid: ME.gid,
    mode: 0o755,
  });
  const through = (path: string, other: string) => isReplaceable(join(path, 'own'), ME, ownedBy(other));
  expect([through(parent, ''), through(parent, dir), through(link, '')]).toEqual([false, false, false]);
  expect([through(parent, parent), through(link, parent), through(link, link), through(link, dir)]).toEqual(
    Array.from({ length: 4 }, () => true),
  );
  expect(isReplaceable(join(parent, 'own'), null)).toBe(false);
  expect(isReplaceable(join(parent, 'own'), ME, () => null)).toBe(false);
});
