/** Who may import whom, which package lives where, and the few words that code must not contain (see the README, "Layers"). */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Rank of a file by the first part of its path below src/. A file imports only from a lower rank or its own folder. */
const RANKS: Readonly<Record<string, number>> = {
  model: 0,
  'errors.ts': 1,
  'version.ts': 1,
  ofx: 2,
  'ports.ts': 3,
  config: 4,
  institutions: 4,
  sources: 4,
  secrets: 4,
  store: 4,
  exporters: 4,
  push: 4,
  schedule: 4,
  sandbox: 4,
  'limiter.ts': 4,
  'windows.ts': 4,
  'guard.ts': 4,
  'verdict.ts': 4.3,
  'answer.ts': 4.4,
  'ask.ts': 4.5,
  'delivery.ts': 4.6,
  'chunks.ts': 4,
  'login-run.ts': 4.8,
  'download.ts': 5,
  'attach.ts': 4.5,
  'conversation.ts': 5,
  'profile.ts': 5.2,
  'signon.ts': 5.3,
  'probe.ts': 5.2,
  check: 6.5,
  'plan.ts': 5.5,
  'handed-on.ts': 4.5,
  'export-source.ts': 5.5,
  'freshness.ts': 5.5,
  'news.ts': 5.7,
  'tell.ts': 6,
  notify: 4,
  'take.ts': 5.2,
  'files-run.ts': 5.4,
  'outcome.ts': 5.4,
  'due.ts': 5.5,
  'network.ts': 4,
  'sync.ts': 6,
  'wiring.ts': 6,
  'preview.ts': 6.5,
  cli: 7,
  'index.ts': 7,
  'bin.ts': 8,
};

/** Siblings of rank 4 that may be read by another, with the reason. */
const SIBLINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['config', ['institutions']], // `directory:` fills an institution in
]);

/** The one home of each package. */
const HOMES: Readonly<Record<string, RegExp>> = {
  zod: /^(config|institutions)\//,
  yaml: /^config\//,
  undici: /^sources\//,
  'ofx-js': /^ofx\/parse\.ts$/,
  '@photostructure/sqlite': /^store\//,
  keytar: /^secrets\/keychain\.ts$/,
  'big.js': /^model\/money\.ts$/,
  commander: /^cli\//,
  '@clack/core': /^cli\/asker-live\.ts$/,
  'string-width': /^cli\//,
  'p-limit': /^limiter\.ts$/,
  re2js: /^model\/pattern\.ts$/,
  ynab: /^push\/ynab/,
};

const PURE = /^(model\/|errors\.ts|ofx\/|ports\.ts|exporters\/)/;
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

  test('a file imports only from a lower rank or its own room', () => {
    const wrong = ALL.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(SRC, resolve(SRC, dirname(path), specifier)).replaceAll('\\', '/'))
        .map((target) => target.replace(/\.js$/, '.ts'))
        .filter((target) => !target.startsWith('..') && !mayImport(path, target))
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
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

  test('only the request writer reveals a secret, and what hands it to the API of a budget', () => {
    const allowed = new Set(['model/secret.ts', 'ofx/request.ts', 'push/ynab-api.ts', 'push/actual.ts']);
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

  test('no file is longer than 250 lines, data apart', () => {
    const long = ALL.filter(({ path }) => !/\/data\/|^cli\/commands\.ts$/.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  test('no room for odds and ends', () => {
    expect(
      ALL.map(({ path }) => path).filter((path) => /(^|\/)(utils?|helpers?|types|common|misc)\.ts$/.test(path)),
    ).toEqual([]);
  });
});

function mayImport(from: string, target: string): boolean {
  const [fromRoom, targetRoom] = [roomOf(from), roomOf(target)];
  if (fromRoom === targetRoom) return true;
  if (SIBLINGS.get(fromRoom)?.includes(targetRoom) === true) return true;
  const [fromRank, targetRank] = [RANKS[fromRoom] ?? 0, RANKS[targetRoom] ?? 99];
  // ports.ts names types of the rooms below it only; sync and wiring stand side by side.
  return targetRank < fromRank || (fromRoom === 'wiring.ts' && targetRoom === 'sync.ts');
}

/** The text without comments and strings, so that a word in a sentence is not taken for code. */
function code(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}
