/** The one place that speaks to the SQLite driver: typed binding, transactions, and errors that say what to do. */

import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { StoreError } from '../errors.js';

export type Value = string | number | bigint | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;
const WAL_ATTEMPTS = 20;

export class Database {
  readonly path: string;
  readonly #db: DatabaseSyncInstance;
  readonly #statements = new Map<string, StatementSyncInstance>();
  /** The driver's iterators do not hold their statements: collected before its last row, one would end the program. */
  readonly #iterated = new Set<StatementSyncInstance>();
  readonly #readOnly: boolean;

  constructor(path: string, options: { readonly readOnly?: boolean; readonly timeoutMs?: number } = {}) {
    this.path = path;
    this.#readOnly = options.readOnly ?? false;
    try {
      const timeout = options.timeoutMs ?? 5000;
      this.#db = this.#readOnly ? openForReading(path, timeout) : new DatabaseSync(path, { readOnly: false, timeout });
    } catch (error) {
      throw storeError(error, path);
    }
  }

  /**
   * Switching to WAL can meet another process that does the same, whatever the busy timeout. With WAL and NORMAL a killed
   * program loses nothing that was committed; a power failure may lose the last moments whole, which the next sync asks
   * for again, and never half of anything.
   */
  useWal(): void {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#db.exec(
          'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000',
        );
        return;
      } catch (error) {
        if (errcode(error) !== SQLITE_BUSY || attempt >= WAL_ATTEMPTS) throw storeError(error, this.path);
      }
    }
  }

  exec(sql: string): void {
    this.#guarded(() => this.#db.exec(sql));
  }

  /** Rows changed. */
  run(sql: string, ...values: readonly Value[]): number {
    return this.#guarded(() => Number(this.#prepare(sql).run(...values.map(bindable)).changes));
  }

  /** Row id of the inserted row. */
  insert(sql: string, ...values: readonly Value[]): number {
    return this.#guarded(() => Number(this.#prepare(sql).run(...values.map(bindable)).lastInsertRowid));
  }

  get(sql: string, ...values: readonly Value[]): Row | null {
    return this.#guarded(() => (this.#prepare(sql).get(...values.map(bindable)) as Row | undefined) ?? null);
  }

  all(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#guarded(() => this.#prepare(sql).all(...values.map(bindable)) as Row[]);
  }

  /** One row at a time; the statement is its own, so that other queries may run in between. */
  *iterate(sql: string, ...values: readonly Value[]): Iterable<Row> {
    const statement = this.#guarded(() => this.#db.prepare(sql));
    this.#iterated.add(statement);
    try {
      for (const row of statement.iterate(...values.map(bindable))) yield row as Row;
    } catch (error) {
      throw storeError(error, this.path);
    } finally {
      this.#iterated.delete(statement);
    }
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself (full disk, I/O error): the first error is the one to tell.
      }
      throw error;
    }
  }

  /** Everything that was written is in the one file afterwards, unless another program is reading it now. */
  close(): void {
    this.#statements.clear();
    try {
      if (!this.#readOnly) this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next one to open it does this, too.
    }
    this.#db.close();
  }

  #prepare(sql: string): StatementSyncInstance {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(error, this.path);
    }
  }
}

/** Where nothing may be written, SQLite cannot share a file that may change: it is read as one that does not. */
function openForReading(path: string, timeout: number): DatabaseSyncInstance {
  const db = new DatabaseSync(path, { readOnly: true, timeout });
  try {
    db.exec('SELECT 1 FROM sqlite_master LIMIT 1');
    return db;
  } catch (error) {
    const isWhole = !existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0;
    if (errcode(error) !== SQLITE_CANTOPEN || !isWhole) return db;
    db.close();
    return new DatabaseSync(`${pathToFileURL(path).href}?immutable=1`, { readOnly: true, timeout });
  }
}

export function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: Value | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

/** The driver ends text at a NUL character, so none may get there. */
function bindable(value: Value): Value {
  return typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '') : value;
}

/** The driver leaves the number out of some errors; SQLite's own texts stand for them. */
const TEXTS: ReadonlyMap<string, number> = new Map([
  ['database is locked', SQLITE_BUSY],
  ['attempt to write a readonly database', SQLITE_READONLY],
  ['disk I/O error', SQLITE_IOERR],
  ['database disk image is malformed', SQLITE_CORRUPT],
  ['database or disk is full', SQLITE_FULL],
  ['unable to open database file', SQLITE_CANTOPEN],
  ['file is not a database', SQLITE_NOTADB],
]);

function errcode(error: unknown): number {
  if (!(error instanceof Error)) return 0;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  return TEXTS.get(error.message) ?? 0;
}

function storeError(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !('code' in error)) return error;
  const say = (message: string, hint: string) =>
    new StoreError('STORE_FAILED', `${path} ${message}`, { hint, cause: error });
  switch (errcode(error)) {
    case SQLITE_BUSY:
      return new StoreError('STORE_LOCKED', `${path} is in use by another program`, {
        hint: 'Wait until it has finished, then run again.',
        cause: error,
      });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return say(
        'cannot be opened or written',
        'Check the permissions of the file and its folder, and whether the disk is mounted read-only; or use another folder: --data DIR',
      );
    case SQLITE_IOERR:
      return say(
        'cannot be read or written: the disk reports an error',
        'Check the disk. What was stored before is unchanged.',
      );
    case SQLITE_FULL:
      return say(
        'cannot be written: the disk is full',
        'Make room and run again. What was stored before is unchanged.',
      );
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return say(
        'is damaged, or no database of ofx-sync',
        'Move it aside and put back a backup from the same folder; the next sync fills in what is newer.',
      );
    default:
      return say(error.message, 'Run again with --verbose and report this if it stays.');
  }
}
