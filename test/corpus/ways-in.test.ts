/**
 * Real statement files by each way into the store: whatever the reader found is stored or named in a notice, and `import`,
 * `files:` and Direct Connect say the same of the same bytes. OFX_SYNC_CORPUS names the folder, as in `corpus.test.ts`.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ACCOUNT_TYPES } from '../../src/config/account-types.js';
import { ACCOUNT_KINDS, type AccountId } from '../../src/model/account.js';
import { type Notice, unreadCount } from '../../src/model/notice.js';
import type { Transaction } from '../../src/model/statement.js';
import type { OfxFile } from '../../src/ofx/file.js';
import { parseOfx } from '../../src/ofx/read.js';
import { startBank } from '../support/plain-bank.js';
import { runCli } from '../support/run-cli.js';
import { scratchDirInMemory } from '../support/scratch.js';
import { FILES_CONFIG } from '../support/statement-file.js';

const folder = join(process.env['OFX_SYNC_CORPUS'] ?? '', 'files');
const isThere = process.env['OFX_SYNC_CORPUS'] !== undefined && existsSync(folder);

function read(name: string): OfxFile | null {
  try {
    return parseOfx(readFileSync(join(folder, name)));
  } catch {
    return null;
  }
}

/** Each account of the file once. Accounts of one number are told apart by their kind and routing number. */
function accountsOf({ statements }: OfxFile): AccountId[] {
  const keyOf = ({ id, kind, accountType, routing }: AccountId) => [id, kind, accountType, routing].join(' ');
  const all = statements.flatMap(({ account }) => (account === null || account.id === '' ? [] : [account]));
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

function configFor(file: OfxFile, source: Record<string, unknown>): string {
  const accounts = accountsOf(file).map((account, index) => {
    const { kind, id, routing, accountType } = account;
    const same = ACCOUNT_KINDS.find(
      (one) => ACCOUNT_TYPES[one].kind === kind && ACCOUNT_TYPES[one].type === accountType,
    );
    const name = { name: `a${index}`, kind: kind === 'bank' ? (same ?? 'checking') : kind, id };
    return kind === 'bank' && routing !== null && /^.{1,9}$/.test(routing) ? { ...name, routing } : name;
  });
  const brokerId = accountsOf(file).find((one) => one.brokerId !== null)?.brokerId ?? 'broker.example';
  return stringify({ institutions: [{ name: 'bank', ...source, bankId: 'empty', brokerId, accounts }] });
}

interface Heard {
  readonly code: number;
  /** Accounts of which a statement was stored. */
  readonly saved: number;
  readonly stored: readonly string[];
  readonly notices: readonly Notice[];
  readonly error: string | null;
}

interface Listed {
  readonly notices: readonly Notice[];
  readonly error?: { readonly code: string } | null;
}

async function answer(argv: readonly string[], cwd: string): Promise<{ code: number; document: unknown }> {
  const { code, stdout, stderr } = await runCli(argv, { cwd });
  if (!/"(?:files|accounts|transactions)":/.test(stdout)) throw new Error(stderr + stdout);
  return { code, document: JSON.parse(stdout) };
}

async function storedIn(cwd: string): Promise<string[]> {
  const { document } = await answer(['transactions', '--json'], cwd);
  const { transactions } = document as { transactions: Pick<Transaction, 'postedOn' | 'amount' | 'fitid'>[] };
  return transactions.map(lineOf).toSorted();
}

/** Counts the transactions of a file. One that is repeated with the same FITID and content is one. */
function countOf({ statements }: OfxFile): number {
  const lines = statements.flatMap(({ account, transactions }, statement) =>
    transactions.map((one, index) => {
      const unique = one.fitid === null || account === null ? `${statement} ${index}` : one.fitid;
      return `${account?.id} ${account?.accountType} ${JSON.stringify(one)} ${unique}`;
    }),
  );
  return new Set(lines).size;
}

function lineOf({ postedOn, amount, fitid }: Pick<Transaction, 'postedOn' | 'amount' | 'fitid'>): string {
  return `${postedOn} ${amount} ${fitid}`;
}

async function byImport(name: string, file: OfxFile): Promise<Heard> {
  const cwd = scratchDirInMemory();
  writeFileSync(join(cwd, 'accounts.yaml'), configFor(file, { files: 'none/*' }));
  const { code, document } = await answer(['import', join(folder, name), '--json'], cwd);
  const [one] = (document as { files: (Listed & { accounts: Listed[] })[] }).files;
  const notices = [...(one?.notices ?? []), ...(one?.accounts ?? []).flatMap((account) => account.notices)];
  const saved = one?.accounts.length ?? 0;
  return { code, saved, stored: await storedIn(cwd), notices, error: one?.error?.code ?? null };
}

async function bySync(source: Record<string, unknown>, file: OfxFile, cwd: string): Promise<Heard> {
  writeFileSync(join(cwd, 'accounts.yaml'), configFor(file, source));
  const { code, document } = await answer(['sync', '--json', '--retries', '0'], cwd);
  const { accounts } = document as { accounts: Listed[] };
  const error = accounts.find((one) => one.error != null)?.error?.code ?? null;
  const saved = accounts.length;
  return { code, saved, stored: await storedIn(cwd), notices: accounts.flatMap((one) => one.notices), error };
}

/** Codes of the notices of reading, with their counts, however they are spread over accounts. */
function readingCodes(notices: readonly Notice[], file: OfxFile): string[] {
  const known = new Set([...file.notices, ...file.statements.flatMap((one) => one.notices)].map(({ code }) => code));
  const counts = new Map<string, number>();
  for (const { code, count = 1 } of notices) if (known.has(code)) counts.set(code, (counts.get(code) ?? 0) + count);
  return [...counts].map(([code, count]) => `${code} ${count}`).toSorted();
}

/** Counts the transactions of statements that were skipped, as their notices name them. */
function held(notices: readonly Notice[]): number {
  const counts = notices.map(({ code, message }) =>
    code === 'unclaimed-statement' ? Number(/with (\d+) transaction/.exec(message)?.[1] ?? 0) : 0,
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Imports a file that holds no statement, or none of an account, and returns the exit status. */
async function importAlone(name: string): Promise<number> {
  const cwd = scratchDirInMemory();
  writeFileSync(join(cwd, 'accounts.yaml'), FILES_CONFIG);
  return (await runCli(['import', join(folder, name)], { cwd })).code;
}

describe.skipIf(!isThere)('ways into the store (needs OFX_SYNC_CORPUS)', async () => {
  const names = isThere ? readdirSync(folder).toSorted() : [];
  let bytes: Uint8Array = new Uint8Array();
  const bank = isThere
    ? await startBank((_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
        response.end(bytes);
      })
    : null;

  test.each(names)('%s', async (name) => {
    const file = read(name);
    if (file === null || accountsOf(file).length === 0) {
      expect(await importAlone(name)).toBe(3);
      return;
    }
    bytes = readFileSync(join(folder, name));
    const imported = await byImport(name, file);
    const cwd = scratchDirInMemory();
    mkdirSync(join(cwd, 'in'));
    writeFileSync(join(cwd, 'in', name), bytes);
    const files = await bySync({ files: 'in/*' }, file, cwd);
    const direct = await bySync(
      { url: bank?.url, userId: 'x', password: { literal: 'x' } },
      file,
      scratchDirInMemory(),
    );
    const named = held(imported.notices);
    const found = countOf(file);
    const truth = readingCodes([...file.notices, ...file.statements.flatMap((one) => one.notices)], file);
    expect(imported.stored.length + named).toBe(found);
    expect(readingCodes(imported.notices, file)).toEqual(truth);
    const isWhole = named === 0 && unreadCount(imported.notices) === 0;
    expect(imported.code).toBe(imported.saved === 0 ? 3 : isWhole ? 0 : 1);
    expect([files.stored, readingCodes(files.notices, file)]).toEqual([imported.stored, truth]);
    // A reply that was cut off is refused as a whole: the bank is asked again.
    if (file.notices.some(({ code }) => code === 'truncated')) expect(direct.error).toBe('OFX_UNREADABLE');
    else expect([direct.stored, readingCodes(direct.notices, file)]).toEqual([imported.stored, truth]);
  });
});
