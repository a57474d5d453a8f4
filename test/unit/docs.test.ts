/** The pages that a person reads: generated blocks are those of the tables, links lead somewhere, commands exist. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { BLOCKS, fillBlocks, schemaText } from '../../scripts/blocks.js';
import { markdownFiles } from '../../scripts/pages.js';
import { parseArguments } from '../../src/cli/command/program.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { openDirectory } from '../../src/institutions/directory.js';
import { anchors, fences, links, page, prose, ROOT } from '../support/markdown.js';

const PAGES = await markdownFiles(ROOT);
const TEXTS = new Map(PAGES.map((path) => [path, page(path)]));
const textOf = (path: string) => TEXTS.get(path) ?? '';

describe('generated blocks', () => {
  const sources = async () => ({
    directory: await openDirectory(),
    gallery: page('test/fixtures/errors/README.md'),
    field: page('test/fixtures/field.json'),
  });

  test.each(PAGES)('%s is up to date (npm run docs)', async (path) => {
    expect(fillBlocks(textOf(path), await sources())).toBe(textOf(path));
  });

  test('the schema is up to date (npm run docs)', () => {
    expect(page('accounts.schema.json')).toBe(schemaText());
  });

  test('each block is on one page, once, and names the command that makes it', () => {
    const markers = PAGES.flatMap((path) => [...prose(textOf(path)).matchAll(/^<!-- generated.*$/gm)].map(String));
    const expected = Object.keys(BLOCKS).map((name) => `<!-- generated: ${name} (npm run docs) -->`);
    expect(markers.toSorted()).toEqual(expected.toSorted());
  });

  test('a stale block is noticed, and an unknown one refused', async () => {
    const marked = (name: string) => `<!-- generated: ${name} (npm run docs) -->\n\nold\n\n<!-- end -->\n`;
    const filled = fillBlocks(marked('exit-codes'), await sources());
    expect(filled).toContain('| `130` |');
    expect(filled).not.toContain('old');
    const given = await sources();
    expect(() => fillBlocks(marked('no-such-block'), given)).toThrow('no-such-block');
  });
});

test.each(COMMANDS)('$name has a summary and examples that begin with the program’s name', ({ summary, examples }) => {
  expect(summary.length).toBeGreaterThan(10);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(example).toMatch(/\bofx-sync\b/);
});

describe('pages', () => {
  test('README has at most 200 lines, and begins its tests with the command that runs them', () => {
    expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
    expect(textOf('README.md')).toMatch(/^## Tests\n\n```sh\nnpm ci && npm test\n```$/m);
  });

  test.each(PAGES)('%s: every link and anchor leads somewhere', (path) => {
    const broken = links(textOf(path)).filter((target) => !/^(https?|mailto):/.test(target) && !leads(path, target));
    expect(broken).toEqual([]);
  });

  test('README leads to every page', () => {
    const reached = new Set(['README.md']);
    for (const path of reached)
      for (const target of links(textOf(path)))
        if (!/^(https?|mailto):/.test(target)) {
          const file = resolved(path, target);
          if (TEXTS.has(file)) reached.add(file);
        }
    expect(PAGES.filter((path) => !reached.has(path))).toEqual([]);
  });

  test('the package has the pages and not the scripts', () => {
    const { files } = JSON.parse(page('package.json')) as { files: string[] };
    expect(files).toContain('docs');
    expect(files.filter((name) => name.startsWith('scripts') || name.startsWith('test'))).toEqual([]);
  });

  test('a message that names a page names one that exists, and its section', () => {
    const named = sourceTexts().flatMap((text) => [...text.matchAll(/(?:"([^"\n]+)" in )?(docs\/[\w/-]+\.md)/g)]);
    expect(named.length).toBeGreaterThan(3);
    const wrong = named.filter(([, section, path = '']) => {
      const text = textOf(path);
      return text === '' || (section !== undefined && !text.includes(`## ${section}\n`));
    });
    expect(wrong.map(String)).toEqual([]);
  });
});

describe('commands that a page shows', () => {
  /** Banks and accounts of the pages; without this list a slip in a command would pass for a name. */
  const NAMES = new Set(['river', 'summit', 'meadow', 'harbor', 'NAME', 'COMMAND']);
  const shown = PAGES.flatMap((path) => commandsOf(textOf(path)).map((line) => ({ path, line })));

  test('there are many', () => {
    expect(shown.length).toBeGreaterThan(150);
  });

  test.each(PAGES.filter((path) => shown.some((one) => one.path === path)))(
    '%s: each exists, with its options',
    (path) => {
      const wrong = shown.filter((one) => one.path === path && complaint(one.line, NAMES) !== null);
      expect(wrong.map(({ line }) => `${line}: ${complaint(line, NAMES)}`)).toEqual([]);
    },
  );

  test.each([
    'ofx-sync synk',
    'ofx-sync sync --sinse 30d',
    'ofx-sync exprot --format csv',
    'ofx-sync push ynab --crate',
  ])('%s would be noticed', (line) => {
    expect(complaint(line, NAMES)).not.toBeNull();
  });
});

function resolved(path: string, target: string): string {
  const [file = ''] = target.split('#');
  return file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
}

function leads(path: string, target: string): boolean {
  const file = resolved(path, target);
  const [, anchor] = target.split('#');
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchors(textOf(file)).includes(anchor);
}

/** Lines of shell and inline code that begin with the program's name, without comments and what follows a pipe. */
function commandsOf(text: string): string[] {
  const typed = fences(text).flatMap(({ language, code }) =>
    language === 'console'
      ? code.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []))
      : language === 'sh'
        ? code.split('\n')
        : [],
  );
  const inline = [...prose(text).matchAll(/`(ofx-sync [^`\n]+)`/g)].map(([, code = '']) => code);
  return [...typed, ...inline]
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/&&|[;|]/))
    .map((line) => line.trim().replace(/ (>>?|<) .*$/, ''))
    .filter((line) => /^ofx-sync /.test(line));
}

/** Returns the reason why the program would not take the line, or `null`. */
function complaint(line: string, names: ReadonlySet<string>): string | null {
  const argv = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1);
  const [first = '-'] = argv;
  const isCommand = COMMANDS.some(({ name }) => name === first);
  // A mention, not a line to type.
  if (isCommand && argv.length === 1) return null;
  if (!isCommand && !/^[-[]/.test(first) && !names.has(first.split('/')[0] ?? ''))
    return `neither a command nor a name: ${first}`;
  try {
    parseArguments(argv, quietIo(), COMMANDS);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function quietIo(): Parameters<typeof parseArguments>[1] {
  const stream = () => new PassThrough();
  return {
    stdin: stream(),
    stdout: stream(),
    stderr: stream(),
    env: {},
    cwd: ROOT,
    home: ROOT,
    platform: 'linux',
    user: null,
    pid: 1,
    program: ['node', 'ofx-sync'],
    now: () => new Date(0),
    random: () => 0,
    signal: new AbortController().signal,
    interrupt: () => undefined,
  };
}

function sourceTexts(): string[] {
  const src = join(ROOT, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !dirname(path).endsWith('data'))
    .map((path) => readFileSync(join(src, path), 'utf8'));
}
