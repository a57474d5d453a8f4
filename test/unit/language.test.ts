/** Texts are plain English: words that were retired do not come back (see the glossary in CONTRIBUTING.md). */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What is not written any more, and what is written instead. */
const RETIRED: readonly (readonly [RegExp, string])[] = [
  // The table keeps its name.
  [/(?<!\bFROM )\b(?:tell|tells|told|telling)\b(?! apart)/i, 'report, say, show'],
  [/\bhand(?:s|ed|ing)? on\b/i, 'export'],
  [/\btak(?:e|es|en|ing) away\b|\btook away\b/i, 'remove'],
  [/\bleav(?:e|es|ing) away\b|\bleft away\b/i, 'omit'],
  [/\bleav(?:e|es|ing) (?:\w+ )?out\b|\bleft out\b/i, 'skip, omit'],
  [/\bleft aside\b|\bleav(?:e|es|ing) (?:\w+ )?aside\b/i, 'skip, ignore'],
  [/\bc(?:a|o)mes? to nothing\b/i, 'did not run, failed'],
  [
    /(?<!\bthere )\b(?:is|are|was) no (?!(?:longer|more|less|such|later|earlier|better|worse|different|difference|reason|way|need|one|guess|point|match|others?|D-Bus)\b)[a-z]+/i,
    'is not a, is invalid',
  ],
  [/\bso many\b|\bso much\b/i, 'at most N, that many'],
  [/\bthere (?:is|are|was|were) none\b/i, 'not found'],
  [/\b(?:to|can|could) be had\b/i, 'is available'],
  [/\bwithout a word\b/i, 'silently'],
  [/\bnobody\b[^.]{0,40}\bany more\b/i, 'no longer'],
  [/\bof its own accord\b|\bby itself alone\b/i, 'on its own'],
  [/\bas it stands\b/i, 'unchanged'],
];

/** A doc comment begins with a verb or with the name of the thing, not with a relative clause. */
const RELATIVE_CLAUSE = /\/\*\*\s*(?:\n\s*\*\s*)?(?:What|Whether|Which|How|Why|Whose|Whom|Who)\b.*/g;

/** Words that stay: a released migration, the mark of installed schedules, and a test bank's replies. */
const EXEMPT: readonly string[] = ['src/store/data/migrations.ts', 'src/schedule/job.ts', 'src/sandbox/request.ts'];

interface Text {
  readonly line: number;
  readonly text: string;
}

/** Comments, and strings that have a blank in them: sentences, not keys. */
function textsOf(source: string): Text[] {
  const pieces = source.matchAll(
    /\/\*[\s\S]*?\*\/|(?<=^|[^:'"`\w/\\[(])\/\/[^\n]*|'(?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g,
  );
  return [...pieces].map((match) => ({
    line: source.slice(0, match.index).split('\n').length,
    text: match[0].replace(/\$\{[^}]*\}/g, 'X').replace(/\s*\n\s*\*?\s*/g, ' '),
  }));
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|md|yaml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .filter((path) => !path.includes('/data/') && !EXEMPT.includes(path))
    .toSorted();
}

const FOLDERS = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    name === 'cli'
      ? readdirSync(join(ROOT, 'src', 'cli'), { withFileTypes: true }).flatMap((entry) =>
          entry.isDirectory() ? [`src/cli/${entry.name}`] : [],
        )
      : [`src/${name}`],
  );
const ROOTS = ['src', 'src/cli'].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith('.ts') ? [`${folder}/${name}`] : [])),
);

function wrongIn(path: string): string[] {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const words = textsOf(source).flatMap(({ line, text }) =>
    RETIRED.flatMap(([pattern, instead]) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${path}:${line}: “${found}” (say: ${instead})`];
    }),
  );
  const clauses = [...source.matchAll(RELATIVE_CLAUSE)].map((match) => {
    const line = source.slice(0, match.index).split('\n').length;
    return `${path}:${line}: begins with a relative clause: ${match[0].slice(0, 60).replace(/\s+/g, ' ')}`;
  });
  return [...words, ...clauses];
}

test.each(FOLDERS)('%s is written in the words of the glossary', (folder) => {
  expect(files(folder).flatMap(wrongIn)).toEqual([]);
});

test('the files at the root are, too', () => {
  expect(ROOTS.flatMap(wrongIn)).toEqual([]);
});

/** Prose without code, and without the glossary, which names the retired words. */
function proseOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8').replace(/^## Words\n[\s\S]*?(?=^## )/m, '');
  return text
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, 'X')
    .split('\n');
}

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'accounts.example.yaml',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
];

test.each(PAGES)('%s is written in the words of the glossary', (path) => {
  const wrong = proseOf(path).flatMap((line, index) =>
    RETIRED.flatMap(([pattern, instead]) => {
      const found = pattern.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1}: “${found}” (say: ${instead}): ${line.slice(0, 100)}`];
    }),
  );
  expect(wrong).toEqual([]);
});
