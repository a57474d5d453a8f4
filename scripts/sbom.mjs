/** `npm run sbom`: prints the software bill of materials (CycloneDX) of what a user installs, for a release. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
// `--omit dev` would also omit what a tool of development needs, too.
const argv = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
const document = JSON.parse(execFileSync('npm', argv, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }));

const components = document.components.filter(
  ({ properties = [] }) => !properties.some((one) => one.name === 'cdx:npm:package:development'),
);
const { component } = document.metadata;
const kept = new Set([component, ...components].map((one) => one['bom-ref']));
const dependencies = document.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
// npm names the program after the folder that it is in.
component.name = name;
console.log(JSON.stringify({ ...document, components, dependencies }, null, 2));
