/** `npm run sbom`: prints the software bill of materials (CycloneDX) of what a user installs, for a release. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const argv = ['sbom', '--omit', 'dev', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
const document = JSON.parse(execFileSync('npm', argv, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }));
// npm names the program after the folder that it is in.
document.metadata.component.name = name;
console.log(JSON.stringify(document, null, 2));
