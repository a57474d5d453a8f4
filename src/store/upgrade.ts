/** Bringing the tables of a store up to date, after a copy of it was laid aside. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../errors.js';
import { Database } from './database.js';
import { BACKUP_FOLDER, STORE_FILE } from './folder.js';
import { copyTo } from './maintain.js';
import { MIGRATIONS, migrate, SCHEMA_VERSION, schemaVersion } from './schema.js';

/** Whether the tables are those of an earlier version. @throws StoreError STORE_NEWER */
export function isOutdated(db: Database, migrations: readonly string[] = MIGRATIONS): boolean {
  const version = schemaVersion(db);
  if (version <= migrations.length) return version < migrations.length;
  throw new StoreError(
    'STORE_NEWER',
    `${db.path} was written by a newer ofx-sync (schema ${version}, this one knows ${migrations.length})`,
    { hint: 'Update ofx-sync: npm install -g ofx-sync' },
  );
}

/**
 * Runs what is missing of the migrations, each whole or not at all. What they would spoil stays in the backup folder.
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

/** `null` before the first sync. @throws StoreError when the file is no database that can be read. */
export function storeSchema(dataDir: string): StoreSchema | null {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return null;
  const db = new Database(path, { readOnly: true });
  try {
    return { path, schema: schemaVersion(db), known: SCHEMA_VERSION };
  } finally {
    db.close();
  }
}
