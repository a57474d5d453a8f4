/**
 * Remembers how far each consumer was served, in the store and in a file beside it. A backup that is put in the place of the
 * store brings back older marks but not the older file: so it shows that an export would repeat.
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parsedObject } from './damage.js';
import { type Database, numberOf } from './database.js';

const FILE = 'exports.json';

/** Records in the store that a consumer was served up to a change. */
export function recordHandover(db: Database, consumer: string, upTo: number): void {
  db.insert('handovers', { consumer, change: upTo }, 'replace');
}

/** Records the same in the file beside the store; call it after the commit. */
export function noteHandover(db: Database, consumer: string, upTo: number): void {
  writeNoted(db, { ...notedHandovers(db), [consumer]: upTo });
}

/** Removes a consumer from the file beside the store. */
export function forgetHandover(db: Database, consumer: string): void {
  const { [consumer]: _, ...others } = notedHandovers(db);
  writeNoted(db, others);
}

function writeNoted(db: Database, consumers: Readonly<Record<string, number>>): void {
  const path = join(dirname(db.path), FILE);
  try {
    writeFileSync(`${path}.part`, `${JSON.stringify({ version: 1, consumers })}\n`, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  } catch {
    // The file only warns of restored backups: the export itself is complete.
  }
}

/** Returns true when a consumer was served beyond what the store knows. */
export function isBehind(db: Database, consumer: string): boolean {
  const noted = notedHandovers(db)[consumer] ?? 0;
  return noted > numberOf(db.get('SELECT change FROM handovers WHERE consumer = ?', consumer)?.['change']);
}

function notedHandovers(db: Database): Readonly<Record<string, number>> {
  const noted = parsedObject(textAt(join(dirname(db.path), FILE)));
  const consumers: unknown = noted !== null && 'consumers' in noted ? noted.consumers : null;
  if (typeof consumers !== 'object' || consumers === null) return {};
  return Object.fromEntries(
    Object.entries(consumers).flatMap(([name, change]) => (typeof change === 'number' ? [[name, change]] : [])),
  );
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
