/** `npm run docs`: compiles the scripts of this folder with the sources that they read, and runs `docs.ts`. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'node_modules', '.cache', 'ofx-sync-docs');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
// The program reads its version from it.
copyFileSync(join(ROOT, 'package.json'), join(OUT, 'package.json'));
const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'scripts')], { stdio: 'inherit' });
const { main } = await import(pathToFileURL(join(OUT, 'scripts', 'docs.js')).href);
process.exitCode = await main(ROOT, process.argv.slice(2));
