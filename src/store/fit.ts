/** Whether the store of a data folder fits this program, without looking further into it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from './database.js';
import { STORE_FILE } from './names.js';
import { SCHEMA_VERSION, schemaVersion } from './schema.js';

interface StoreFit {
  readonly path: string;
  readonly schema: number;
  /** The schema that this program writes. */
  readonly known: number;
}

/** `null` before the first sync. @throws StoreError when the file is no database that can be read. */
export function storeFit(dataDir: string): StoreFit | null {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return null;
  const db = new Database(path, { readOnly: true });
  try {
    return { path, schema: schemaVersion(db), known: SCHEMA_VERSION };
  } finally {
    db.close();
  }
}
