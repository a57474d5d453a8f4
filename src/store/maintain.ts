/** Looking after the store: is it whole, a copy of it, and its smallest size. */

import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError, toOfxSyncError } from '../errors.js';
import { isIsoDate } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import { shellWord } from '../model/shell-word.js';
import { Database, numberOf, textOf } from './database.js';
import { BACKUP_FOLDER, ensureFolder, STORE_FILE } from './folder.js';
import { SCHEMA_VERSION, schemaVersion } from './schema.js';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do when it is not well. */
  readonly hint: string | null;
}

/** Looks at everything of the store and changes nothing. */
export function checkStore(dataDir: string, { platform }: { readonly platform: string }): Finding[] {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path))
    return [
      {
        what: 'file',
        ok: false,
        detail: `there is no store in ${dataDir} yet`,
        hint: 'Run ofx-sync first, or name the folder: --data DIR',
      },
    ];
  // Windows keeps such files by other means than mode bits.
  const permissions = platform === 'win32' ? [] : checkPermissions(dataDir, path);
  let db: Database | null = null;
  try {
    db = new Database(path, { readOnly: true });
    return [...permissions, ...checkSchema(db), ...checkIntegrity(db, dataDir), ...checkContent(db)];
  } catch (error) {
    const { message, hint } = toOfxSyncError(error);
    return [...permissions, { what: 'file', ok: false, detail: message, hint }];
  } finally {
    db?.close();
  }
}

function checkPermissions(dataDir: string, path: string): Finding[] {
  const open = [dataDir, path].filter((one) => (statSync(one).mode & 0o077) !== 0);
  const ok = open.length === 0;
  return [
    {
      what: 'permissions',
      ok,
      detail: ok ? 'for you alone' : `others may read ${open.join(' and ')}`,
      hint: ok ? null : `chmod -R go-rwx ${shellWord(dataDir)}`,
    },
  ];
}

function checkSchema(db: Database): Finding[] {
  const version = schemaVersion(db);
  const ok = version <= SCHEMA_VERSION;
  return [
    {
      what: 'schema',
      ok,
      detail: ok ? `version ${version}` : `version ${version}, this ofx-sync knows ${SCHEMA_VERSION}`,
      hint: ok ? null : 'Update ofx-sync: npm install -g ofx-sync',
    },
  ];
}

function checkIntegrity(db: Database, dataDir: string): Finding[] {
  const complaints = [
    ...db.all('PRAGMA integrity_check').map((row) => textOf(row['integrity_check']) ?? ''),
    ...db.all('PRAGMA foreign_key_check').map((row) => `a row of ${String(row['table'])} belongs to nothing`),
  ].filter((text) => text !== 'ok');
  const ok = complaints.length === 0;
  return [
    {
      what: 'database',
      ok,
      detail: ok ? 'whole' : complaints.slice(0, 3).join('; '),
      hint: ok
        ? null
        : `Move ${STORE_FILE} aside and put back a backup (${join(dataDir, BACKUP_FOLDER)}); the next sync fills in what is newer.`,
    },
  ];
}

/** Amounts are decimals, days exist, and the columns say what the transaction says. */
function checkContent(db: Database): Finding[] {
  let count = 0;
  let wrong = 0;
  const rows = db.iterate(
    `SELECT posted_on, amount, currency, json_valid(body) AS valid, json_extract(body, '$.postedOn') AS day,
       json_extract(body, '$.amount') AS money, json_extract(body, '$.currency') AS unit FROM transactions`,
  );
  for (const { posted_on: day, amount, currency, valid, day: bodyDay, money, unit } of rows) {
    count += 1;
    const fits = valid === 1 && day === bodyDay && amount === money && currency === unit;
    if (!fits || !isIsoDate(String(day)) || !isDecimal(String(amount))) wrong += 1;
  }
  return [
    {
      what: 'transactions',
      ok: wrong === 0,
      detail: wrong === 0 ? `${count}, all readable` : `${wrong} of ${count} do not say one thing`,
      hint: wrong === 0 ? null : 'Read the kept replies again: ofx-sync import --replay; or put back a backup.',
    },
  ];
}

/**
 * A copy of the store, whole even while a sync runs.
 * @param file where to; by default a new one in the backup folder.
 * @returns its path.
 * @throws StoreError when there is such a file already, or it cannot be written.
 */
export function backupStore(dataDir: string, options: { readonly file: string | null; readonly at: Date }): string {
  const db = openExisting(dataDir, { readOnly: true });
  try {
    const stamp = options.at.toISOString().slice(0, 19).replaceAll(':', '');
    return copyTo(db, options.file ?? join(dataDir, BACKUP_FOLDER, `ofx-sync-${stamp}.db`));
  } finally {
    db.close();
  }
}

/** Writes beside the target and renames, so that a copy is there whole or not at all. */
export function copyTo(db: Database, file: string): string {
  if (existsSync(file))
    throw new StoreError('STORE_FAILED', `${file} is there already`, { hint: 'Name another file, or move it away.' });
  if (dirname(file) !== '.') ensureFolder(dirname(file));
  const half = `${file}.part`;
  rmSync(half, { force: true });
  try {
    db.run('VACUUM INTO ?', half);
    chmodSync(half, 0o600);
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
  return file;
}

/** Gives unused room back. The caller holds the lock. @returns sizes in bytes. */
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
  if (!existsSync(path))
    throw new StoreError('STORE_FAILED', `there is no store in ${dataDir} yet`, {
      hint: 'Run ofx-sync first, or name the folder: --data DIR',
    });
  const db = new Database(path, options);
  // Reading shows at once whether it is a database at all.
  try {
    numberOf(db.get('SELECT COUNT(*) AS n FROM sqlite_master')?.['n']);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function sizeOf(path: string): number {
  return [path, `${path}-wal`].reduce((sum, one) => sum + (existsSync(one) ? statSync(one).size : 0), 0);
}

/** Three years of a run a day. */
const RUNS = 1000;
const DELIVERED = 200;
/** Nobody has taken the older ones for so long that they would only confuse. */
const WAITING = 50;

/**
 * Records that have had their day. They are counted and not dated, since a clock that was wrong once must not take them all;
 * what an account's state hangs on (statements, coverage, conditions that were told) is not among them.
 */
export function prune(db: Database): void {
  db.transaction(() => {
    // Their outcomes go with them.
    db.run('DELETE FROM runs WHERE id <= (SELECT MAX(id) FROM runs) - ?', RUNS);
    for (const [state, most] of [
      ['IS NOT NULL', DELIVERED],
      ['IS NULL', WAITING],
    ] as const)
      db.run(
        `DELETE FROM messages WHERE sent_at ${state} AND rowid NOT IN
           (SELECT rowid FROM messages WHERE sent_at ${state} ORDER BY rowid DESC LIMIT ?)`,
        most,
      );
  });
}
