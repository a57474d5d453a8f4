/** Upgrading the tables of a store, after a backup of it. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../errors.js';
import { MIGRATIONS, migrate, SCHEMA_VERSION, schemaVersion, UPDATE_HINT } from './data/migrations.js';
import { Database } from './database.js';
import { BACKUP_FOLDER, refuseEmpty, STORE_FILE } from './folder.js';
import { copyTo } from './maintain.js';

/** Returns `true` when the tables are of an earlier version. @throws StoreError STORE_NEWER */
export function isOutdated(db: Database, migrations: readonly string[] = MIGRATIONS): boolean {
  const version = schemaVersion(db);
  if (version <= migrations.length) return version < migrations.length;
  throw new StoreError(
    'STORE_NEWER',
    `${db.path} was written by a newer ofx-sync (schema ${version}, this version supports ${migrations.length})`,
    { hint: UPDATE_HINT },
  );
}

/**
 * Runs the missing migrations, each whole or not at all. A copy of the store from before stays in the backup folder.
 * @throws StoreError STORE_NEWER
 */
export function upgrade(db: Database, migrations: readonly string[] = MIGRATIONS): void {
  if (!isOutdated(db, migrations)) return;
  const version = schemaVersion(db);
  const copy = join(dirname(db.path), BACKUP_FOLDER, `ofx-sync-schema-${version}.db`);
  // An earlier attempt may have left its copy.
  if (version > 0 && !existsSync(copy)) copyTo(db, copy);
  migrate(db, migrations);
}

interface StoreSchema {
  readonly path: string;
  readonly schema: number;
  /** The schema that this program writes. */
  readonly known: number;
}

/** Reads the schema version of a store; `null` before the first sync. @throws StoreError when the file is not a readable database. */
export function storeSchema(dataDir: string): StoreSchema | null {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return null;
  refuseEmpty(path);
  const db = new Database(path, { readOnly: true });
  try {
    return { path, schema: schemaVersion(db), known: SCHEMA_VERSION };
  } finally {
    db.close();
  }
}
