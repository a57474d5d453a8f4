/** `npm run docs`: brings the README's generated blocks and picture and accounts.schema.json up to date; with --check, fails when they are not. */
import { fileURLToPath } from 'node:url';
import { writeDocs } from '../../dist/cli/docs.js';
import { updatePicture } from './picture.mjs';

const PICTURE = 'test/fixtures/screens/sync.svg';
const root = fileURLToPath(new URL('../../', import.meta.url));
const check = process.argv.includes('--check');
const stale = await writeDocs(root, check);
if (!(await updatePicture(root, PICTURE, check))) stale.push(PICTURE);
if (stale.length > 0) console.log(`${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
if (check && stale.length > 0) process.exitCode = 1;
