/**
 * Secrets that are easy to find again, and where one looks for them: in what was printed, in every file of a folder, and in
 * every column of every table of a store, unpacked. What to look for is written down here and imported from nowhere.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { Database } from '../../src/store/database.js';

export const CANARIES = {
  password: 'c4nary-1177&pässword',
  userId: 'user-c4nary-8841',
  credential: 'cred-c4nary-2207',
  token: 'token-c4nary-5563',
  newPassword: 'new-c4nary-9917',
  webhook: 'hook-c4nary-3305',
} as const;
export type Canary = keyof typeof CANARIES;
export const ALL_CANARIES: readonly Canary[] = ['password', 'userId', 'credential', 'token', 'newPassword', 'webhook'];

/** The first eight letters, each written as a number. */
function spelled(mark: string, value: string): string[] {
  const end = mark.startsWith('&') ? ';' : '';
  const codes = [...value.slice(0, 8)].map((char) => char.charCodeAt(0));
  const text = codes.map((code) => `${mark}${code.toString(mark === '&#' ? 10 : 16)}${end}`).join('');
  return [text, text.replaceAll('&', '&amp;')];
}

/** As bytes might hold it, each as latin-1 text. */
function formsOf(value: string): string[] {
  const utf8 = Buffer.from(value, 'utf8');
  return [
    utf8.toString('latin1'),
    value,
    Buffer.from(value.replace('&', '&amp;'), 'utf8').toString('latin1'),
    value.replace('&', '&amp;'),
    encodeURIComponent(value),
    JSON.stringify(value).replace('ä', '\\u00e4').slice(1, -1),
    Buffer.from(value, 'utf16le').toString('latin1'),
    utf8.toString('base64').replace(/=+$/, ''),
    utf8.toString('hex'),
    value.toUpperCase(),
    Buffer.from(value.toUpperCase(), 'utf8').toString('latin1'),
    ...['&#', '&#x', '%', '\\u00', '\\x'].flatMap((mark) => spelled(mark, value)),
    // Base64 of the value within other text, without the characters that this text changes.
    ...[1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), utf8])
        .toString('base64')
        .slice(4, -4),
    ),
    // The part that no encoding changes.
    /[\w-]*c4nary[\w-]*/.exec(value)?.[0] ?? value,
  ];
}

const FORMS = ALL_CANARIES.map((name) => ({ name, forms: formsOf(CANARIES[name]) }));

/** Names of the canaries that stand in the bytes. */
export function canariesIn(bytes: Uint8Array | string): Canary[] {
  const text = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8').toString('latin1') : latin1(bytes);
  return FORMS.filter(({ forms }) => forms.some((form) => text.includes(form))).map(({ name }) => name);
}

/** Files that were looked through, by path, time and size. */
const clean = new Set<string>();

function stampOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return `${path} ${mtimeMs} ${size} ${ino}`;
}

/** `PLACE: CANARY` for each that a folder holds. */
export function canariesUnder(dir: string): string[] {
  if (!existsSync(dir)) return [];
  const found: string[] = [];
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const stamp = stampOf(path);
    if (clean.has(stamp)) continue;
    const before = found.length;
    const say = (where: string, bytes: Uint8Array | string) => {
      for (const name of canariesIn(bytes)) found.push(`${where}: ${name}`);
    };
    say(path, path);
    say(path, readFileSync(path));
    if (entry.name.endsWith('.db')) for (const { where, value } of cellsOf(path)) say(`${path} ${where}`, value);
    if (found.length === before) clean.add(stamp);
  }
  return found;
}

export interface Cell {
  readonly where: string;
  readonly value: Uint8Array | string;
}

/** Every value of a database, what was packed unpacked. */
export function cellsOf(path: string): Cell[] {
  const db = new Database(path);
  try {
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => String(name));
    return tables.flatMap((table) =>
      db.all(`SELECT * FROM "${table}"`).flatMap((row) =>
        Object.entries(row).flatMap(([column, value]): Cell[] => {
          const where = `${table}.${column}`;
          if (value instanceof Uint8Array) return [{ where, value: unpacked(value) }];
          return typeof value === 'string' ? [{ where, value }] : [];
        }),
      ),
    );
  } finally {
    db.close();
  }
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes);
  } catch {
    return bytes;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
