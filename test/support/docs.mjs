/** `npm run docs`: brings the README's generated blocks and accounts.schema.json up to date; with --check, fails when they are not. */
import { fileURLToPath } from 'node:url';
import { writeDocs } from '../../dist/cli/docs.js';

const check = process.argv.includes('--check');
const stale = await writeDocs(fileURLToPath(new URL('../../', import.meta.url)), check);
if (stale.length > 0) console.log(`${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
if (check && stale.length > 0) process.exitCode = 1;
