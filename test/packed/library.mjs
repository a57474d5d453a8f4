/**
 * The examples of docs/library.md against the installed package: they compile in strict mode and do what they show.
 *
 *     node test/packed/library.mjs FOLDER    where FOLDER/node_modules has ofx-sync
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? '.');

const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
if (examples.length < 2) throw new Error('docs/library.md has no examples');

copyFileSync(join(ROOT, 'accounts.example.yaml'), join(folder, 'accounts.yaml'));
copyFileSync(join(ROOT, 'test/fixtures/statements/credit-card.ofx'), join(folder, 'statement.qfx'));

for (const [index, code] of examples.entries()) {
  const name = `example-${index + 1}`;
  writeFileSync(join(folder, `${name}.mts`), code);
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const strict = ['--strict', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes', 'true'];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const target = ['--module', 'nodenext', '--target', 'es2023', '--ignoreConfig'];
  execFileSync(process.execPath, [tsc, ...target, ...strict, ...types, `${name}.mts`], {
    cwd: folder,
    stdio: 'inherit',
  });
  const output = execFileSync(process.execPath, [`${name}.mjs`], { cwd: folder, encoding: 'utf8' });
  if (output.trim() === '' || /undefined/.test(output)) throw new Error(`${name} printed ${JSON.stringify(output)}`);
}
