/** The pages that a person reads, as they lie in the project. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const AT_THE_ROOT = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** Paths from the root of the project, with slashes, in a fixed order. */
export async function markdownFiles(root: string): Promise<string[]> {
  const names = await readdir(join(root, 'docs'), { recursive: true });
  const pages = names.filter((name) => name.endsWith('.md')).map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return [...AT_THE_ROOT, ...pages.toSorted()];
}
