/**
 * Writes `NAME.expected.json` beside each fixture that has none: what the reader makes of it today, to be read by a person
 * before it is committed. `--force` writes those that exist too. Needs `npm run build`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../fixtures/statements/', import.meta.url);
const { parseOfx } = await import(process.env.OFX_SYNC_READER ?? '../../dist/ofx/read.js');
const { inspectJson } = await import(
  (process.env.OFX_SYNC_READER ?? '../../dist/ofx/read.js').replace('read.js', 'file.js')
);
const { withoutDefaults } = await import('../support/without-defaults.mjs');
const force = process.argv.includes('--force');
let written = 0;
for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.ofx'))) {
  const target = new URL(name.replace(/\.ofx$/, '.expected.json'), FOLDER);
  if (existsSync(target) && !force) continue;
  writeFileSync(target, `${JSON.stringify(outcome(readFileSync(new URL(name, FOLDER))), null, 1)}\n`);
  written += 1;
}
console.log(`${written} written in ${fileURLToPath(FOLDER)}; read them before you commit them`);

function outcome(bytes) {
  try {
    return withoutDefaults(inspectJson(parseOfx(bytes)));
  } catch (error) {
    return { error: { code: error.code, message: error.message, hint: error.hint } };
  }
}
