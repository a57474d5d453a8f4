/** The only user of the SQLite driver: typed binding, transactions, and errors that say what to do. */

import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { StoreError } from '../errors.js';
import { sqliteDriver } from './disk/driver.js';

export type Value = string | number | bigint | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;
const SQLITE_FULL = 13;
/** Also a full disk: there is no room for the index of the log. */
const SQLITE_IOERR_SHMSIZE = 4874;
const WAL_ATTEMPTS = 20;

export class Database {
  readonly path: string;
  readonly #db: DatabaseSyncInstance;
  readonly #statements = new Map<string, Prepared>();
  readonly #latestSql = new Map<string, { readonly columns: readonly string[]; readonly sql: string }>();
  /** The driver's iterators do not keep their statements alive: one collected before its last row would end the program. */
  readonly #iterated = new Set<StatementSyncInstance>();
  readonly #readOnly: boolean;
  /** The transaction that is open now. */
  #open: { readonly durable: boolean; lost: Error | null } | null = null;

  constructor(path: string, options: { readonly readOnly?: boolean; readonly timeoutMs?: number } = {}) {
    this.path = path;
    this.#readOnly = options.readOnly ?? false;
    try {
      const { DatabaseSync } = sqliteDriver();
      const timeout = options.timeoutMs ?? 5000;
      this.#db = this.#readOnly ? openForReading(path, timeout) : new DatabaseSync(path, { readOnly: false, timeout });
    } catch (error) {
      throw storeError(error, path);
    }
  }

  /**
   * Switches to WAL, again and again while another process does the same: the busy timeout does not apply here. With WAL
   * and NORMAL a killed program loses nothing that was committed. A power failure may lose the last transactions, never
   * half of one; the next sync asks for them again.
   */
  useWal(): void {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#db.exec(
          'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000',
        );
        return;
      } catch (error) {
        if (failureOf(error)?.code !== SQLITE_BUSY || attempt >= WAL_ATTEMPTS) throw storeError(error, this.path);
      }
    }
  }

  exec(sql: string): void {
    this.#guarded(() => this.#db.exec(sql));
  }

  /** @returns the number of changed rows. */
  run(sql: string, ...values: readonly Value[]): number {
    return this.#guarded(() => Number(this.#prepare(sql).statement.run(...values.map(bindable)).changes));
  }

  /** Inserts a row by the names of its columns. @returns its id. */
  insert(table: string, row: Row, onConflict: 'fail' | 'ignore' | 'replace' = 'fail'): number {
    const sql = this.#sqlFor(`${onConflict} ${table}`, Object.keys(row), (columns) =>
      insertSql(table, columns, onConflict),
    );
    const values = Object.values(row).map(bindable);
    return this.#guarded(() => Number(this.#prepare(sql).statement.run(...values).lastInsertRowid));
  }

  /** Changes the named columns of the row with an id. */
  update(table: string, id: Value, row: Row): void {
    const sql = this.#sqlFor(`update ${table}`, Object.keys(row), (columns) => updateSql(table, columns));
    this.run(sql, ...Object.values(row), id);
  }

  /** Returns the text for some columns, which are mostly those of the last time. */
  #sqlFor(what: string, columns: readonly string[], make: (columns: readonly string[]) => string): string {
    const latest = this.#latestSql.get(what);
    const isSame = latest?.columns.length === columns.length && columns.every((one, at) => latest.columns[at] === one);
    if (latest !== undefined && isSame) return latest.sql;
    const sql = make(columns);
    this.#latestSql.set(what, { columns, sql });
    return sql;
  }

  get(sql: string, ...values: readonly Value[]): Row | null {
    return this.#guarded(() => this.#prepare(sql).get(values.map(bindable)));
  }

  all(sql: string, ...values: readonly Value[]): readonly Row[] {
    return this.#guarded(() => this.#prepare(sql).all(values.map(bindable)));
  }

  /** Reads rows as one text, which takes less time than many values. */
  list({ sql, names }: ListQuery, ...values: readonly Value[]): readonly Row[] {
    const rows: readonly (readonly Value[])[] = JSON.parse(stringOf(this.get(sql, ...values)?.['list']));
    return rows.map((row) => rowOf(names, row));
  }

  /** @returns the value of a `SELECT COUNT(*) AS n`. */
  count(sql: string, ...values: readonly Value[]): number {
    return numberOf(this.get(sql, ...values)?.['n']);
  }

  /** Reads one row at a time, with a statement of its own, so that other queries may run in between. */
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

  /**
   * Does all of the work or nothing of it. Within another transaction it is a part of that one: a part that fails leaves the
   * others as they are.
   * @param how.durable what is committed outlives a power failure, too.
   */
  transaction<T>(work: () => T, { durable = false }: { readonly durable?: boolean } = {}): T {
    if (this.#open === null) return durable ? this.#durably(work) : this.#whole(work, durable);
    if (durable && !this.#open.durable) throw new TypeError('a durable part needs a durable transaction');
    return this.#part(work);
  }

  #durably<T>(work: () => T): T {
    this.exec('PRAGMA synchronous = FULL');
    try {
      return this.#whole(work, true);
    } finally {
      this.exec('PRAGMA synchronous = NORMAL');
    }
  }

  #whole<T>(work: () => T, durable: boolean): T {
    this.run('BEGIN IMMEDIATE');
    this.#open = { durable, lost: null };
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back already (full disk, I/O error): the first error is the one to report.
      }
      throw error;
    } finally {
      this.#open = null;
    }
  }

  #part<T>(work: () => T): T {
    this.run('SAVEPOINT part');
    try {
      const result = work();
      this.run('RELEASE part');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.exec('ROLLBACK TO part; RELEASE part');
      throw error;
    }
  }

  /** Moves everything that was written into the one file, unless another program is reading it now, and closes it. */
  close(): void {
    this.#statements.clear();
    try {
      // Without waiting for a reader, which may be in this process and would wait for this.
      if (!this.#readOnly) this.#db.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next program that opens it does this, too.
    }
    this.#db.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = new Prepared(this.#db.prepare(sql));
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #guarded<T>(work: () => T): T {
    const open = this.#open;
    // Whatever follows in a transaction that SQLite has given up (full disk, I/O error) would be committed by itself.
    if (open?.lost instanceof Error) throw open.lost;
    try {
      return work();
    } catch (error) {
      const failure = storeError(error, this.path);
      if (open !== null && !this.#db.isTransaction && failure instanceof Error) open.lost = failure;
      throw failure;
    }
  }
}

function insertSql(table: string, columns: readonly string[], onConflict: 'fail' | 'ignore' | 'replace'): string {
  const insert = onConflict === 'replace' ? 'INSERT OR REPLACE' : 'INSERT';
  const end = onConflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : '';
  return `${insert} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})${end}`;
}

function updateSql(table: string, columns: readonly string[]): string {
  return `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`;
}

/** A statement that is kept. The driver makes lists of values in less time than objects with the names of their columns. */
class Prepared {
  readonly statement: StatementSyncInstance;
  #names: readonly string[] = [];

  constructor(statement: StatementSyncInstance) {
    this.statement = statement;
    statement.setReturnArrays(true);
  }

  get(values: readonly Value[]): Row | null {
    const row: unknown = this.statement.get(...values);
    return row === undefined ? null : this.#rowOf(row as readonly Value[]);
  }

  all(values: readonly Value[]): Row[] {
    return (this.statement.all(...values) as (readonly Value[])[]).map((row) => this.#rowOf(row));
  }

  #rowOf(values: readonly Value[]): Row {
    // Another program may have added columns.
    if (values.length !== this.#names.length) this.#names = this.statement.columns().map(({ name }) => name);
    return rowOf(this.#names, values);
  }
}

function rowOf(names: readonly string[], values: readonly Value[]): Row {
  const row: Record<string, Value> = {};
  for (let index = 0; index < names.length; index += 1) row[names[index] ?? ''] = values[index] ?? null;
  return row;
}

/** A query that returns its rows as one text. */
export interface ListQuery {
  readonly sql: string;
  readonly names: readonly string[];
}

/** Makes such a query of the columns and what follows them. Damaged content may be binary, which JSON cannot hold. */
export function listQuery(
  columns: { readonly texts: readonly string[]; readonly numbers?: readonly string[] },
  from: string,
): ListQuery {
  const { texts, numbers = [] } = columns;
  const names = [...texts, ...numbers];
  const values = [...texts.map((name) => `CAST(${name} AS TEXT)`), ...numbers];
  return {
    names,
    sql: `SELECT json_group_array(json_array(${values.join(', ')})) AS list FROM (SELECT ${names.join(', ')} ${from})`,
  };
}

/** Opens a file for reading; as one that never changes where nothing may be written, since SQLite cannot share it there. */
function openForReading(path: string, timeout: number): DatabaseSyncInstance {
  const { DatabaseSync } = sqliteDriver();
  const db = new DatabaseSync(path, { readOnly: true, timeout });
  try {
    db.exec('SELECT 1 FROM sqlite_master LIMIT 1');
    return db;
  } catch (error) {
    const isWhole = !existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0;
    if (failureOf(error)?.code !== SQLITE_CANTOPEN || !isWhole) return db;
    db.close();
    return new DatabaseSync(`${pathToFileURL(path).href}?immutable=1`, { readOnly: true, timeout });
  }
}

export function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** Returns the text of a column that is never NULL. */
export function stringOf(value: Value | undefined): string {
  return textOf(value) ?? '';
}

export function numberOf(value: Value | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

/** The driver ends text at a NUL character, so none may get there. */
function bindable(value: Value): Value {
  return typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '') : value;
}

interface Failure {
  /** Result code of SQLite. */
  readonly code: number;
  /** SQLite's own text: the driver omits the code of some errors. */
  readonly text: string;
  readonly message: string;
  readonly hint: string;
}

const UNAVAILABLE = {
  message: 'cannot be opened or written',
  hint: 'Check the permissions of the file and its folder, and that the disk is not mounted read-only. To use another folder: --data DIR',
};
const DAMAGED = {
  message: 'is damaged, or is not a database of ofx-sync',
  hint: 'Move the file away and copy a backup from backups/ in the same folder to its place. The next sync downloads what is newer.',
};
const FAILURES: readonly Failure[] = [
  {
    code: SQLITE_BUSY,
    text: 'database is locked',
    message: 'is in use by another program',
    hint: 'Wait until it has finished, then run again.',
  },
  { code: 8, text: 'attempt to write a readonly database', ...UNAVAILABLE },
  { code: SQLITE_CANTOPEN, text: 'unable to open database file', ...UNAVAILABLE },
  {
    code: 10,
    text: 'disk I/O error',
    message: 'cannot be read or written: the disk reports an error',
    hint: 'Check the disk. What was stored before is unchanged.',
  },
  {
    code: SQLITE_FULL,
    text: 'database or disk is full',
    message: 'cannot be written: the disk is full',
    hint: 'Make room and run again. What was stored before is unchanged.',
  },
  { code: 11, text: 'database disk image is malformed', ...DAMAGED },
  { code: 26, text: 'file is not a database', ...DAMAGED },
];

function failureOf(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const extended = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
  const code = extended === SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : extended === null ? null : extended & 0xff;
  return FAILURES.find((one) => (code === null ? one.text === error.message : one.code === code)) ?? null;
}

function storeError(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !('code' in error)) return error;
  const failure = failureOf(error);
  const { message, hint } = failure ?? {
    message: error.message,
    hint: 'Run again with --verbose. If it happens again, please report it.',
  };
  const code = failure?.code === SQLITE_BUSY ? 'STORE_LOCKED' : 'STORE_FAILED';
  return new StoreError(code, `${path} ${message}`, { hint, cause: error });
}
