/** What npm publishes: exactly what a user needs, and every file that a page or a message of it names. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { links, ROOT } from '../support/markdown.js';
import { builtProgram, writeManifest } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly publishConfig: object;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const TOP = ['LICENSE', 'README.md', 'package.json'];
const REPOSITORY = 'https://github.com/ofx-sync/ofx-sync/blob/main/';

let packed: readonly string[] = [];
let folder = '';

beforeAll(() => {
  folder = scratchDir();
  cpSync(join(dirname(builtProgram())), join(folder, 'dist'), { recursive: true });
  for (const name of [...TOP, ...manifest.files].filter((one) => one !== 'dist' && !one.startsWith('!')))
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  writeManifest(folder);
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e8,
  });
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
});

test('has these files, and the modules of the library', () => {
  const modules = /^dist\/(?!cli\/)[\w./-]+\.(?:js|d\.ts)$/;
  const parts = /^dist\/[\w-]+\.cjs$/;
  const pages = /^docs\/(?:recipes\/)?[\w-]+\.md$/;
  expect(packed.filter((path) => !modules.test(path) && !parts.test(path) && !pages.test(path)).toSorted()).toEqual([
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'accounts.example.yaml',
    'accounts.schema.json',
    'dist/THIRD-PARTY-LICENSES.txt',
    'docs/images/report.png',
    'docs/images/sync.svg',
    'package.json',
  ]);
  // The path that schedules of version 0.1 start.
  expect(packed).toEqual(expect.arrayContaining(['dist/bin.js', 'dist/bin.cjs', 'dist/index.js', 'dist/index.d.ts']));
});

test('each module that the library imports is in it', () => {
  const isIn = new Set(packed);
  const reached = new Set(['dist/index.js', 'dist/index.d.ts', 'dist/sources/large-reply-thread.js']);
  for (const path of reached)
    for (const [, target = ''] of textOf(path).matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
      const module = posix.join(posix.dirname(path), target);
      reached.add(path.endsWith('.d.ts') ? module.replace(/\.js$/, '.d.ts') : module);
    }
  expect(reached.size).toBeGreaterThan(100);
  expect([...reached].filter((path) => !isIn.has(path))).toEqual([]);
});

describe('what its pages and messages name is there', () => {
  test('links between files', () => {
    const pages = packed.filter((path) => path.endsWith('.md'));
    const broken = pages.flatMap((path) =>
      links(textOf(path)).flatMap((link) => {
        const [target = ''] = link.split('#');
        if (target === '') return [];
        if (target.startsWith(REPOSITORY)) return existsSync(join(ROOT, target.slice(REPOSITORY.length))) ? [] : [link];
        if (/^[a-z]+:/.test(target)) return [];
        const named = posix.join(posix.dirname(path), target).replace(/\/$/, '');
        return packed.some((one) => one === named || one.startsWith(`${named}/`)) ? [] : [`${path}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  // Evidence of the directory is in repositories of others.
  test('files in messages', () => {
    const parts = packed.filter((path) => path.endsWith('.cjs')).map(textOf);
    const named = parts.flatMap(
      (text) =>
        text
          .replaceAll(/https:\/\/github\.com\/[^'"`]*?\(20\d\d-\d\d\)/g, '')
          .match(/\bdocs\/[\w/-]+\.md|\baccounts\.(?:example\.yaml|schema\.json)/g) ?? [],
    );
    expect(new Set(named).size).toBeGreaterThan(2);
    expect([...new Set(named)].filter((path) => !packed.includes(path))).toEqual([]);
  });
});

test('names each package that is inside, in the version that the bill of materials has', () => {
  const text = textOf('dist/THIRD-PARTY-LICENSES.txt');
  const inside = [...text.matchAll(/^((?:@[\w-]+\/)?[\w.-]+) (\d\S*) \([\w.-]+\)$/gm)];
  expect(inside.map(([, name]) => name)).toEqual(expect.arrayContaining(['commander', 'undici', 'yaml', 'zod']));
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean }>;
  };
  const wrong = inside.filter(([, name, version]) => {
    const locked = packages[`node_modules/${name}`];
    return locked?.version !== version || locked?.dev === true;
  });
  expect(wrong.map(([line]) => line)).toEqual([]);
});

test('has a bill of materials with each package that is installed with it, and no other', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const { components, dependencies } = JSON.parse(printed) as {
    components: { name: string; version: string; 'bom-ref': string }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean }>;
  };
  const installed = Object.entries(packages).flatMap(([path, { version, dev }]) =>
    path === '' || dev === true ? [] : [`${path.replace(/^.*node_modules\//, '')} ${version}`],
  );
  expect(components.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(installed.toSorted());
  const [program] = dependencies;
  expect(program?.dependsOn.map((one) => one.replace(/(?<=.)@.*$/, ''))).toEqual(
    expect.arrayContaining(Object.keys(manifest.dependencies)),
  );
  const known = new Set([program?.ref, ...components.map((one) => one['bom-ref'])]);
  expect(dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((one) => !known.has(one))).toEqual(
    [],
  );
});

test('is published with provenance, in a version that the changelog begins with', () => {
  expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  const [, newest] = /^## (\S+) \(\d{4}-\d\d-\d\d\)$/m.exec(textOf('CHANGELOG.md')) ?? [];
  expect(newest).toBe(manifest.version);
});

function textOf(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
