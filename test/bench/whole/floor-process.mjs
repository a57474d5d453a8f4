/**
 * The least that a run in one process of Node could do: it sends each request, reads the reply with the reader of ofx-sync, and
 * stores one row. Arguments: the address of the bank, and the number of institutions.
 */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Agent } from 'undici';
import { parseOfx } from '../../../dist/ofx/read.js';
import { requestText } from './request-text.mjs';

const AT_ONCE = 50;
const TOGETHER = 32;
const [address, count] = process.argv.slice(2);

const db = new DatabaseSync(join(process.env.OFX_SYNC_DATA, 'floor.sqlite'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
db.exec('CREATE TABLE IF NOT EXISTS statements (institution TEXT PRIMARY KEY, balance TEXT, transactions INTEGER)');
const insert = db.prepare('INSERT OR REPLACE INTO statements VALUES (?, ?, ?)');
const agent = new Agent({ connections: AT_ONCE });

let begun = 0;
let open = 0;
function store(institution, { statements: [statement] }) {
  if (open === 0) db.exec('BEGIN');
  insert.run(institution, String(statement.ledgerBalance.amount), statement.transactions.length);
  open = (open + 1) % TOGETHER;
  if (open === 0) db.exec('COMMIT');
}

async function work() {
  while (begun < Number(count)) {
    const path = `/i${begun++}/0`;
    const reply = await agent.request({ origin: address, path, method: 'POST', body: requestText() });
    store(path, parseOfx(new Uint8Array(await reply.body.arrayBuffer())));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
if (open > 0) db.exec('COMMIT');
db.close();
await agent.close();
