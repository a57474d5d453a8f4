/**
 * Tokens of other programs and of browsers. The store has digests of their secrets only; `serve/secrets.ts` makes and compares
 * them. A write that meets another process waits for it without holding up anything else.
 */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../../errors.js';
import type { AccountRef } from '../../model/account.js';
import { type IsoDate, isoDate } from '../../model/dates.js';
import { Database, type Row, stringOf, textOf } from '../database.js';
import { fileIdentity, noStore, STORE_FILE } from '../folder.js';

/** `reader`: a program that reads accounts; `page`: a browser that shows the status page. */
export type TokenKind = 'reader' | 'page';

/** The part of the store that a token may read. */
export interface Scope {
  /** `null` for all, also for those that are added later. */
  readonly accounts: readonly AccountRef[] | null;
  /** The first day; `null` for any. */
  readonly since: IsoDate | null;
}

/** One half of a secret is looked up, the other compared by its digest. */
export interface Credential {
  readonly id: string;
  readonly digest: string;
}

export interface Token {
  readonly name: string;
  readonly kind: TokenKind;
  readonly scope: Scope;
  /** ISO 8601 instants. */
  readonly createdAt: string;
  /** The end of the time in which it can be claimed; `null` once it is. */
  readonly expiresAt: string | null;
  readonly claimedAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface NewToken extends Pick<Token, 'name' | 'kind' | 'scope'> {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly setup: Credential;
}

export interface Tokens {
  list(): readonly Token[];
  /** @returns `false` when a token of this name exists. One that was not claimed in time does not count. */
  add(token: NewToken): Promise<boolean>;
  /** @returns `false` when no token has this name. */
  revoke(name: string): Promise<boolean>;
  /** Finds the token that may be claimed by a credential, whose digest is still to be compared. */
  claimable(id: string, now: Date): (Token & { readonly digest: string }) | null;
  /** Exchanges the setup credential for the one of access. @returns `false` when another program was faster. */
  claim(setupId: string, access: Credential, now: Date): Promise<boolean>;
  /** Finds the token of a credential, whose digest is still to be compared. */
  byAccess(id: string): (Token & { readonly digest: string }) | null;
  /** Records the use of a token, unless something else is writing now. */
  used(name: string, at: Date): void;
  /** The address at which other programs reach the server; `null` before its first start. */
  url(): string | null;
  setUrl(url: string): Promise<void>;
  close(): void;
}

const MOST_WAIT_MS = 10_000;
const PAUSE_MS = 25;

/** Opens the tokens of a store that exists and is current. @throws StoreError */
export function openTokens(dataDir: string): Tokens {
  const connection = connectionTo(dataDir);
  const { db } = connection;
  const write = <Result>(work: (db: Database) => Result) => whenFree(() => db().transaction(() => work(db())));
  return {
    list: () =>
      db()
        .all('SELECT * FROM tokens ORDER BY name')
        .map((row) => tokenIn(db(), row)),
    add: (token) => write((own) => addToken(own, token)),
    revoke: (name) => write((own) => removeToken(own, name)),
    claimable: (id, now) => {
      const row = db().get('SELECT * FROM tokens WHERE setup_id = ? AND expires_at > ?', id, now.toISOString());
      return row === null ? null : { ...tokenIn(db(), row), digest: stringOf(row['setup_digest']) };
    },
    claim: (setupId, access, now) =>
      write(
        (own) =>
          own.run(
            `UPDATE tokens SET setup_id = NULL, setup_digest = NULL, expires_at = NULL, access_id = ?, access_digest = ?, claimed_at = ?
             WHERE setup_id = ?`,
            access.id,
            access.digest,
            now.toISOString(),
            setupId,
          ) === 1,
      ),
    byAccess: (id) => {
      const row = db().get('SELECT * FROM tokens WHERE access_id = ?', id);
      return row === null ? null : { ...tokenIn(db(), row), digest: stringOf(row['access_digest']) };
    },
    used: (name, at) => {
      try {
        db().run('UPDATE tokens SET last_used_at = ? WHERE name = ?', at.toISOString(), name);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    },
    url: () => textOf(db().get('SELECT url FROM serving')?.['url']),
    setUrl: async (url) => {
      await write((own) => own.insert('serving', { id: 1, url }, 'replace'));
    },
    close: connection.close,
  };
}

/** Opens the store again when another file is put in its place. */
function connectionTo(dataDir: string): { readonly db: () => Database; readonly close: () => void } {
  const path = join(dataDir, STORE_FILE);
  let open: { readonly db: Database; readonly file: string } | null = null;
  return {
    db: () => {
      const file = fileIdentity(path);
      if (file === null) throw noStore(dataDir);
      if (open?.file === file) return open.db;
      open?.db.close();
      const db = new Database(path, { timeoutMs: 0 });
      db.exec('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
      open = { db, file };
      return db;
    },
    close: () => {
      open?.db.close();
      open = null;
    },
  };
}

/** Does the work as soon as nobody else writes. @throws StoreError STORE_LOCKED after ten seconds */
async function whenFree<Result>(work: () => Result): Promise<Result> {
  for (const deadline = performance.now() + MOST_WAIT_MS; ; await sleep(PAUSE_MS)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'STORE_LOCKED';
}

function addToken(db: Database, { name, kind, scope, createdAt, expiresAt, setup }: NewToken): boolean {
  db.run('DELETE FROM tokens WHERE name = ? AND expires_at <= ?', name, createdAt.toISOString());
  if (db.get('SELECT 1 FROM tokens WHERE name = ?', name) !== null) return false;
  db.insert('tokens', {
    name,
    kind,
    since: scope.since,
    all_accounts: scope.accounts === null ? 1 : 0,
    created_at: createdAt.toISOString(),
    setup_id: setup.id,
    setup_digest: setup.digest,
    expires_at: expiresAt.toISOString(),
  });
  for (const account of scope.accounts ?? [])
    db.insert('token_accounts', { token: name, institution: account.institution, name: account.name }, 'ignore');
  return true;
}

function removeToken(db: Database, name: string): boolean {
  return db.run('DELETE FROM tokens WHERE name = ?', name) === 1;
}

function tokenIn(db: Database, row: Row): Token {
  const name = stringOf(row['name']);
  const since = textOf(row['since']);
  return {
    name,
    kind: row['kind'] === 'page' ? 'page' : 'reader',
    scope: {
      accounts: row['all_accounts'] === 1 ? null : accountsOf(db, name),
      // A damaged day must not open everything.
      since: since === null ? null : isoDate(since),
    },
    createdAt: stringOf(row['created_at']),
    expiresAt: textOf(row['expires_at']),
    claimedAt: textOf(row['claimed_at']),
    lastUsedAt: textOf(row['last_used_at']),
  };
}

function accountsOf(db: Database, token: string): AccountRef[] {
  return db
    .all('SELECT institution, name FROM token_accounts WHERE token = ? ORDER BY institution, name', token)
    .map((row) => ({ institution: stringOf(row['institution']), name: stringOf(row['name']) }));
}
