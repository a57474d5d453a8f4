/** Maintenance of the store: checks, backups, compaction, and the removal of old records. */

import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type OfxSyncError, StoreError, toOfxSyncError } from '../errors.js';
import { isIsoDate } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import { bad, type Finding, good } from '../model/finding.js';
import { shellWord } from '../model/shell-word.js';
import { SCHEMA_VERSION, schemaVersion, UPDATE_HINT } from './data/migrations.js';
import { Database, stringOf } from './database.js';
import { BACKUP_FOLDER, createPrivate, ensureFolder, noStore, refuseEmpty, STORE_FILE } from './folder.js';

/** Checks everything of the store and changes nothing. */
export function checkStore(dataDir: string, { platform }: { readonly platform: string }): Finding[] {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return [failed('file', noStore(dataDir))];
  // Windows protects files by other means than mode bits.
  const permissions = platform === 'win32' ? [] : [checkPermissions(dataDir, path)];
  let db: Database | null = null;
  try {
    refuseEmpty(path);
    db = new Database(path, { readOnly: true });
    return [...permissions, checkSchema(db), checkIntegrity(db, dataDir), checkContent(db)];
  } catch (error) {
    return [...permissions, failed('file', toOfxSyncError(error))];
  } finally {
    db?.close();
  }
}

function failed(what: string, { message, hint }: Pick<OfxSyncError, 'message' | 'hint'>): Finding {
  return { what, ok: false, detail: message, hint };
}

function checkPermissions(dataDir: string, path: string): Finding {
  const open = [dataDir, path].filter((one) => (statSync(one).mode & 0o077) !== 0);
  return open.length === 0
    ? good('permissions', 'for you only')
    : bad('permissions', `others can read ${open.join(' and ')}`, `chmod -R go-rwx ${shellWord(dataDir)}`);
}

function checkSchema(db: Database): Finding {
  const version = schemaVersion(db);
  return version <= SCHEMA_VERSION
    ? good('schema', `version ${version}`)
    : bad('schema', `version ${version}, this ofx-sync supports ${SCHEMA_VERSION}`, UPDATE_HINT);
}

function checkIntegrity(db: Database, dataDir: string): Finding {
  const complaints = [
    ...db.all('PRAGMA integrity_check').map((row) => stringOf(row['integrity_check'])),
    ...db.all('PRAGMA foreign_key_check').map((row) => `a row of ${String(row['table'])} refers to a missing row`),
  ].filter((text) => text !== 'ok');
  return complaints.length === 0
    ? good('database', 'intact')
    : bad(
        'database',
        complaints.slice(0, 3).join('; '),
        `Move ${STORE_FILE} away and copy a backup to its place (${join(dataDir, BACKUP_FOLDER)}). The next sync downloads what is newer.`,
      );
}

/** Checks that amounts are decimals, that days exist, and that the columns agree with the transaction. */
function checkContent(db: Database): Finding {
  let count = 0;
  const wrong: string[] = [];
  const value = (name: string) => `CASE WHEN json_valid(t.body) THEN json_extract(t.body, '$.${name}') END`;
  const rows = db.iterate(
    `SELECT a.institution, a.name, t.public_id, t.posted_on, t.amount, t.currency, json_valid(t.body) AS valid,
       ${value('postedOn')} AS day, ${value('amount')} AS money, ${value('currency')} AS unit
     FROM transactions t LEFT JOIN accounts a ON a.id = t.account`,
  );
  for (const row of rows) {
    const { posted_on: day, amount, currency, valid, day: bodyDay, money, unit } = row;
    count += 1;
    const agrees = valid === 1 && day === bodyDay && amount === money && currency === unit;
    if (!agrees || !isIsoDate(String(day)) || !isDecimal(String(amount)))
      wrong.push(`${stringOf(row['institution'])}/${stringOf(row['name'])} ${stringOf(row['public_id'])}`);
  }
  return wrong.length === 0
    ? good('transactions', `${count}, all readable`)
    : bad(
        'transactions',
        `${wrong.length} of ${count} are invalid or contradict themselves: ${listed(wrong)}`,
        'Read the kept replies again: ofx-sync import --replay. If that does not help, copy a backup to the place of the store.',
      );
}

const MOST_NAMED = 10;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

interface BackupOptions {
  /** Path of the copy; `null` for a new one in the backup folder. */
  readonly file: string | null;
  readonly at: Date;
  /** Omits what is not for others: tokens, check values, raw replies. */
  readonly share?: boolean;
}

/**
 * Copies the store, consistently even while a sync runs.
 * @returns the path of the copy.
 * @throws StoreError when the file exists already or cannot be written.
 */
export function backupStore(dataDir: string, { file, at, share = false }: BackupOptions): string {
  const db = openExisting(dataDir, { readOnly: true });
  try {
    const stamp = at.toISOString().slice(0, 19).replaceAll(':', '');
    const name = `ofx-sync-${share ? 'share-' : ''}${stamp}`;
    return copyTo(db, file ?? freeName(join(dataDir, BACKUP_FOLDER, name)), share ? keepShared : undefined);
  } finally {
    db.close();
  }
}

/** Adds a number to the name of a second copy within one second. */
function freeName(base: string): string {
  for (let number = 2, file = `${base}.db`; ; file = `${base}-${number}.db`, number += 1)
    if (!existsSync(file)) return file;
}

/**
 * Writes beside the target and renames, so that the copy is complete or does not exist.
 * @param change applied to the copy before it gets its name
 */
export function copyTo(db: Database, file: string, change?: (part: string) => void): string {
  if (existsSync(file))
    throw new StoreError('STORE_FAILED', `${file} exists already`, {
      hint: 'Choose another file name, or move the file away.',
    });
  if (dirname(file) !== '.') ensureFolder(dirname(file));
  const part = `${file}.${randomUUID()}.part`;
  try {
    createPrivate(part);
    db.run('VACUUM INTO ?', part);
    change?.(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return file;
}

/** Tables whose rows are for others; every other table is emptied, also one that a later version adds. */
const SHARED: ReadonlySet<string> = new Set([
  'accounts',
  'transactions',
  'counter',
  'versions',
  'spellings',
  'corrections',
  'balances',
  'market_values',
  'gaps',
  'coverage',
  'holes',
  'statements',
  'runs',
  'outcomes',
  'arrivals',
  'classifications',
]);

/**
 * Leaves in a copy what the banks said of the accounts: nothing that serves the next sign-on, no raw replies, and no names of
 * files of this computer. Writes it anew, so that nothing of them remains in unused pages.
 */
function keepShared(path: string): void {
  const db = new Database(path);
  try {
    // Without a journal or a temporary file, which would hold the old pages beside it.
    db.exec('PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF');
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    for (const name of tables.map((row) => stringOf(row['name'])))
      if (!SHARED.has(name)) db.exec(`DELETE FROM "${name.replaceAll('"', '""')}"`);
    db.exec('VACUUM');
  } finally {
    db.close();
  }
}

/** Gives unused space back to the disk. The caller holds the lock. @returns sizes in bytes. */
export function compactStore(dataDir: string): { readonly before: number; readonly after: number } {
  const path = join(dataDir, STORE_FILE);
  const db = openExisting(dataDir, { readOnly: false });
  try {
    const before = sizeOf(path);
    db.exec('VACUUM');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.exec('PRAGMA optimize');
    return { before, after: sizeOf(path) };
  } finally {
    db.close();
  }
}

function openExisting(dataDir: string, options: { readonly readOnly: boolean }): Database {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) throw noStore(dataDir);
  refuseEmpty(path);
  const db = new Database(path, options);
  // The first read shows whether it is a database at all.
  try {
    db.count('SELECT COUNT(*) AS n FROM sqlite_master');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function sizeOf(path: string): number {
  return [path, `${path}-wal`].reduce((sum, one) => sum + (existsSync(one) ? statSync(one).size : 0), 0);
}

/** Three years of one run a day. */
const MOST_RUNS = 1000;
const MOST_DELIVERED = 200;
/** Older undelivered messages have waited for so long that they would only confuse. */
const MOST_WAITING = 50;

/**
 * Removes old runs and messages, by count and not by date: a clock that was wrong once must not remove them all. The state of
 * an account (statements, coverage, reported conditions) does not depend on them.
 */
export function prune(db: Database): void {
  db.transaction(() => {
    // Their outcomes are removed with them.
    db.run('DELETE FROM runs WHERE id <= (SELECT MAX(id) FROM runs) - ?', MOST_RUNS);
    for (const [state, most] of [
      ['IS NOT NULL', MOST_DELIVERED],
      ['IS NULL', MOST_WAITING],
    ] as const)
      db.run(
        `DELETE FROM messages WHERE sent_at ${state} AND rowid NOT IN
           (SELECT rowid FROM messages WHERE sent_at ${state} ORDER BY rowid DESC LIMIT ?)`,
        most,
      );
  });
}
