/** Brings everything that is generated up to date; with `--check` it changes nothing and fails when something is not. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDirectory } from '../src/institutions/directory.js';
import { fillBlocks, schemaText } from './blocks.js';
import { markdownFiles } from './pages.js';
import { updatePicture } from './picture.js';
import { fillRecorded, withoutTimes } from './recorded.js';

const PICTURE = 'docs/images/sync.svg';
const GALLERY = 'test/fixtures/errors/README.md';
const FIELD = 'test/fixtures/field.json';

interface Part {
  readonly file: string;
  readonly make: (current: string) => Promise<string>;
  /** Fills what is the same in each run. */
  readonly blocks?: (current: string) => string;
}

/** Returns the exit status. */
export async function main(root: string, argv: readonly string[]): Promise<number> {
  const check = argv.includes('--check');
  const stale = await updateAll(root, check);
  if (stale.length > 0) console.log(`${check ? 'out of date (npm run docs)' : 'written'}: ${stale.join(', ')}`);
  return check && stale.length > 0 ? 1 : 0;
}

/** Returns the names of the files that were out of date. */
async function updateAll(root: string, check: boolean): Promise<string[]> {
  const stale: string[] = [];
  for (const { file, make, blocks } of await parts(root)) {
    const current = await readFile(join(root, file), 'utf8').catch(() => '');
    const next = await make(current);
    // Two real runs differ in the times that they took; generated blocks do not.
    const isFilled = blocks === undefined || blocks(current) === current;
    if (isFilled && withoutTimes(next) === withoutTimes(current)) continue;
    stale.push(file);
    if (!check) await writeFile(join(root, file), next);
  }
  if (!(await updatePicture(root, PICTURE, check))) stale.push(PICTURE);
  return stale;
}

async function parts(root: string): Promise<Part[]> {
  const sources = {
    directory: await openDirectory(),
    gallery: await readFile(join(root, GALLERY), 'utf8'),
    field: await readFile(join(root, FIELD), 'utf8'),
  };
  const pages = await markdownFiles(root);
  return [
    ...pages.map((file) => ({
      file,
      blocks: (current: string) => fillBlocks(current, sources),
      make: async (current: string) => fillRecorded(fillBlocks(current, sources), root),
    })),
    { file: 'accounts.schema.json', make: async () => schemaText() },
  ];
}
