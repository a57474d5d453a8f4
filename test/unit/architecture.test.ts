/** Who may import whom, which package lives where, and the few words that code must not contain (see docs/design.md, "Layers"). */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * Ranks by folder: a file imports only from its own folder or from folders of a lower rank. Siblings of one rank do not know each
 * other. The longest prefix counts; what stands at the root of a folder has the rank of the folder, unless it is named.
 */
const RANKS: Readonly<Record<string, number>> = {
  model: 0,
  'errors.ts': 1,
  'version.ts': 1,
  ofx: 2,
  simplefin: 3,
  'ports.ts': 3,
  config: 4,
  institutions: 4,
  secrets: 4,
  sources: 4,
  store: 4,
  exporters: 4,
  push: 4,
  notify: 4,
  schedule: 4,
  sandbox: 4,
  report: 4,
  sync: 5,
  rules: 5,
  discovery: 6,
  check: 7,
  serve: 7,
  'wiring.ts': 8,
  library: 9,
  'index.ts': 10,
  cli: 10,
  'bin.ts': 11,
};

/** Ranks inside two folders, by their sub-folders; their other files stand above or below these. */
const INNER: Readonly<Record<string, { readonly ranks: Readonly<Record<string, number>>; readonly root: RootRank }>> = {
  // Values, statuses and the type of a file are known to every stage; `read.ts` runs them all.
  ofx: {
    ranks: { unpack: 1, text: 2, repair: 3, map: 4, write: 4 },
    root: (file) => (file === 'read.ts' ? 5 : 0),
  },
  // The table of commands and the entry point stand above all groups.
  cli: {
    ranks: {
      terminal: 0,
      command: 1,
      sync: 2,
      schedule: 3,
      init: 4,
      check: 4,
      export: 4,
      store: 4,
      institution: 4,
      serve: 4,
      help: 4,
    },
    root: () => 5,
  },
};
type RootRank = (file: string) => number;

/** Siblings of rank 4 that may be read by another, with the reason. */
const SIBLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['config', ['institutions']], // `directory:` fills an institution in
]);

/** The one home of each package. */
const HOMES: Readonly<Record<string, RegExp>> = {
  zod: /^(config|institutions)\//,
  yaml: /^config\//,
  undici: /^sources\//,
  'ofx-js': /^ofx\/repair\/tree\.ts$/,
  '@photostructure/sqlite': /^store\//,
  keytar: /^secrets\/keychain\.ts$/,
  'big.js': /^model\/money\.ts$/,
  commander: /^cli\//,
  '@clack/core': /^cli\/terminal\/drawn-prompts\.ts$/,
  'string-width': /^cli\//,
  'p-limit': /^sync\/limiter\.ts$/,
  tldts: /^institutions\/same-bank\.ts$/,
  re2js: /^model\/rules\/pattern\.ts$/,
  ynab: /^push\/ynab/,
};

const PURE = /^(model\/|errors\.ts|ofx\/|simplefin\/|ports\.ts|exporters\/|report\/|rules\/)/;
const IMPURE_MODULES = /^node:(fs|fs\/promises|net|http|https|tls|dns|os|child_process|process)$/;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(join(SRC, path), 'utf8');
      const found = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gm)];
      return { path: path.replaceAll('\\', '/'), text, imports: found.map((match) => match[1] ?? '') };
    });
}

const ALL = sources();

function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

describe('layers', () => {
  test('every file belongs to a room with a rank', () => {
    const unknown = ALL.map(({ path }) => roomOf(path)).filter((room) => RANKS[room] === undefined);
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('a file imports only from a lower rank or its own folder', () => {
    const wrong = ALL.flatMap(({ path, imports }) =>
      imports
        .flatMap((specifier) => targetOf(path, specifier) ?? [])
        .filter((target) => !mayImport(path, target))
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(circles()).toEqual([]);
  });

  test('a package has one home', () => {
    const wrong = ALL.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => HOMES[packageOf(specifier)]?.test(path) === false)
        .map((specifier) => `${path} → ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('pure rooms touch no file system, network, clock, randomness or environment', () => {
    const wrong = ALL.filter(({ path }) => PURE.test(path)).flatMap(({ path, text, imports }) => [
      ...imports.filter((specifier) => IMPURE_MODULES.test(specifier)).map((specifier) => `${path} → ${specifier}`),
      ...[...code(text).matchAll(/Date\.now\(|new Date\(\)|Math\.random\(|\bprocess\./g)].map(
        (match) => `${path}: ${match[0]}`,
      ),
    ]);
    expect(wrong).toEqual([]);
  });
});

describe('habits', () => {
  test('only bin.ts touches process', () => {
    const wrong = ALL.filter(({ path, text }) => path !== 'bin.ts' && /\bprocess\.\w/.test(code(text))).map(
      ({ path }) => path,
    );
    expect(wrong).toEqual([]);
  });

  test('only the request writer reveals a secret, and what hands it to the API of a budget or to a program', () => {
    const allowed = new Set([
      'model/secret.ts',
      'ofx/write/request.ts',
      'push/ynab-api.ts',
      'push/actual.ts',
      'sources/program.ts',
      'sources/simplefin.ts',
    ]);
    const wrong = ALL.filter(({ path, text }) => !allowed.has(path) && /\.reveal\(/.test(code(text))).map(
      ({ path }) => path,
    );
    expect(wrong).toEqual([]);
  });

  test('no default export, no any, no non-null assertion by comment', () => {
    const wrong = ALL.filter(({ text }) =>
      /^export default|\bas any\b|: any\b|@ts-ignore|@ts-nocheck/m.test(code(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('no file is longer than 400 lines, data apart', () => {
    const long = ALL.filter(({ path }) => !/\/data\/|^cli\/commands\.ts$/.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  test('at most 7 files at the root, and 25 in a folder', () => {
    const folders = ALL.filter(({ path }) => !path.includes('/data/')).map(({ path }) => dirname(path));
    const counts = new Map(folders.map((folder) => [folder, folders.filter((one) => one === folder).length]));
    expect([...counts].filter(([folder, count]) => count > (folder === '.' ? 7 : 25))).toEqual([]);
  });

  test('no room for odds and ends', () => {
    expect(
      ALL.map(({ path }) => path).filter((path) => /(^|\/)(utils?|helpers?|types|common|misc)\.ts$/.test(path)),
    ).toEqual([]);
  });
});

function mayImport(from: string, target: string): boolean {
  const [fromRoom, targetRoom] = [roomOf(from), roomOf(target)];
  if (fromRoom === targetRoom) return mayImportWithin(fromRoom, from, target);
  if (SIBLINGS.get(fromRoom)?.includes(targetRoom) === true) return true;
  return (RANKS[targetRoom] ?? 99) < (RANKS[fromRoom] ?? 0);
}

function mayImportWithin(room: string, from: string, target: string): boolean {
  const inner = INNER[room];
  if (inner === undefined) return true;
  const [fromFolder, targetFolder] = [subFolderOf(from), subFolderOf(target)];
  if (fromFolder === targetFolder) return true;
  const rankOf = (path: string, folder: string | null) =>
    folder === null ? inner.root(path.split('/').at(-1) ?? '') : (inner.ranks[folder] ?? Number.NaN);
  return rankOf(target, targetFolder) < rankOf(from, fromFolder);
}

function subFolderOf(path: string): string | null {
  const parts = path.split('/');
  return parts.length > 2 ? (parts[1] ?? null) : null;
}

/** Groups of files that import each other, types and lazy imports included (Tarjan's strongly connected components). */
function circles(): string[][] {
  const targets = new Map(ALL.map(({ path, imports }) => [path, imports.flatMap((one) => targetOf(path, one) ?? [])]));
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): void => {
    order.set(path, order.size);
    low.set(path, order.get(path) ?? 0);
    stack.push(path);
    for (const next of targets.get(path) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(path, Math.min(low.get(path) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(path) !== order.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1) found.push(group.sort());
  };
  for (const { path } of ALL) if (!order.has(path)) visit(path);
  return found;
}

/** The file below src/ that a relative import leads to; `null` for packages. */
function targetOf(path: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const target = relative(SRC, resolve(SRC, dirname(path), specifier))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '.ts');
  return target.startsWith('..') ? null : target;
}

/** The text without comments and strings, so that a word in a sentence is not taken for code. */
function code(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}
