/** The readers of npm, each in a folder of its own; installed for this run, without install scripts. They are no dependencies. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inPairs, run } from '../lab.mjs';

export const NPM_PACKAGES = ['ofx-js', 'banking', 'node-ofx-parser', 'ofx-data-extractor', '@f-o-t/ofx', 'ofx-parser'];
let scratch = '';

/** Installs what is not there. Returns the names in the table of those that could not be. */
export async function installReaders(dir) {
  scratch = dir;
  const tasks = NPM_PACKAGES.filter((name) => !existsSync(npmFolder(name))).map((name) => async () => {
    const cwd = join(dir, folderOf(name));
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
    await run(['npm', ['install', ...options, name]], { cwd, env: { HOME: process.env.HOME }, limit: 120_000 });
  });
  await inPairs(tasks);
  return NPM_PACKAGES.filter((name) => !existsSync(npmFolder(name))).map((name) => `${name} (npm)`);
}

export function npmFolder(name) {
  return join(scratch, folderOf(name), 'node_modules', name);
}

export function npmVersion(name) {
  return JSON.parse(readFileSync(join(npmFolder(name), 'package.json'), 'utf8')).version;
}

function folderOf(name) {
  return name.replace('/', '+');
}
